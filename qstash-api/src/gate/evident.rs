//! Members that an answer may leave out, because the request has said them.

use percent_encoding::percent_decode_str;
use reqwest::Request;
use serde_json::{Map, Value};

use crate::generated::runtime::{Content, Operation, Received};

/// Operations that ask for one thing by its id, and the member of the answer that repeats it. The documented answer to
/// the first has no such member, and the official Python client takes the id that it has asked for.
const REPEATED: [(&str, &str); 2] = [("get_dlq_message", "dlqId"), ("get_schedule", "scheduleId")];

/// The id that a request asks for, and the member that repeats it.
pub(super) struct Asked {
    member: &'static str,
    id: String,
}

impl Asked {
    pub(super) fn of(request: &Request, operation: &Operation) -> Option<Self> {
        let (_, member) = REPEATED.iter().find(|(id, _)| *id == operation.id)?;
        let last = request.url().path_segments()?.next_back()?;
        let id = percent_decode_str(last).decode_utf8().ok()?;
        Some(Self {
            member,
            id: id.into_owned(),
        })
    }

    /// Adds the member to an answer of success that lacks it.
    pub(super) fn complete(self, answer: &mut Received) {
        let Content::Read(body) = &mut answer.content else {
            return;
        };
        if !answer.status.is_success() {
            return;
        }
        // What is no object is an error for those who read it.
        let Ok(mut members) = serde_json::from_slice::<Map<String, Value>>(body) else {
            return;
        };
        let is_there = members.get(self.member).is_some_and(|id| !id.is_null());
        if members.is_empty() || is_there {
            return;
        }
        members.insert(self.member.to_owned(), self.id.into());
        *body = Value::Object(members).to_string().into();
    }
}
