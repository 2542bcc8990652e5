//! Members that an answer may leave out, because the request has said them.

use percent_encoding::percent_decode_str;
use reqwest::Request;
use serde_json::{Map, Value};

use crate::generated::runtime::{Content, Operation, Received};

/// A value in the path of a request, and the member of the answer that repeats it.
pub(super) struct Asked {
    member: &'static str,
    value: String,
}

impl Asked {
    pub(super) fn of(request: &Request, operation: &Operation) -> Option<Self> {
        let echoed = operation.parameters.iter().find(|it| it.echoed)?;
        // The path of the base URL may stand before that of the operation.
        let place = format!("{{{}}}", echoed.name);
        let from_end = operation.path.rsplit('/').position(|part| part == place)?;
        let written = request.url().path().rsplit('/').nth(from_end)?;
        let value = percent_decode_str(written).decode_utf8().ok()?;
        Some(Self {
            member: echoed.name,
            value: value.into_owned(),
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
        let is_there = members.get(self.member).is_some_and(|it| !it.is_null());
        if members.is_empty() || is_there {
            return;
        }
        members.insert(self.member.to_owned(), self.value.into());
        *body = Value::Object(members).to_string().into();
    }
}
