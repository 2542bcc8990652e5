//! Answers, by their statuses.

use http::StatusCode;
use serde_json::Value;

use super::bodies::{essence, is_json};
use super::context::{Lowering, Object, is_true, owned, text};
use super::names::{pascal, unique};
use super::objects::ALIASES;
use super::operation_ids::Found;
use super::operations::plain_members;
use crate::core::{Answers, Case, Content, Kind, Slot, Status};
use crate::pointer::Pointer;

/// The extension at the root for the one response that every operation gives for an error.
const ERROR: &str = "x-error-response";
/// The extension at the root for a service that does not keep to one status of success.
const ANY_SUCCESS: &str = "x-any-success";

impl<'a> Lowering<'a> {
    /// Returns the answers of an operation when it succeeds, and when it fails.
    pub(super) fn answers(&mut self, found: &Found<'a>) -> (Answers, Answers) {
        let (mut success, mut errors) = (Vec::new(), Vec::new());
        let any_success = is_true(self.document.root.get(ANY_SUCCESS));
        let shared = self.document.root.get(ERROR);
        let at = found.at.join("responses");
        let responses: Vec<_> = plain_members(found.operation.get("responses")).collect();
        let succeeds = responses.iter().any(|(status, _)| status.starts_with('2'));
        for (name, value) in responses {
            let place = at.join(name);
            let Some(status) = status(name) else {
                self.error(
                    "lower/status",
                    &place,
                    format!("`{name}` is no status"),
                    "Write a status such as `200`, a range such as `2XX`, or `default`, with an overlay action.",
                );
                continue;
            };
            let Some((response, place)) = self.deref(value, &place) else {
                continue;
            };
            let is_success = matches!(status, Status::Code(200..=299) | Status::Class(2));
            let status = if any_success && is_success {
                Status::Class(2)
            } else {
                status
            };
            let case = self.case(status, response, &place);
            let is_default = status == Status::Default;
            if is_success || (is_default && !succeeds) {
                add(&mut success, case.clone());
            }
            if !is_success && shared.is_none() && case.content != Content::Empty {
                add(&mut errors, case);
            }
        }
        if let Some(shared) = shared
            && let Some((response, place)) = self.deref(shared, &Pointer::root().join(ERROR))
        {
            for class in [4, 5] {
                let case = self.case(Status::Class(class), response, &place);
                add(&mut errors, case);
            }
        }
        let success = self.named(success, &format!("{}Response", found.builder_name));
        let errors = self.named(errors, &format!("{}Error", found.builder_name));
        (success, errors)
    }

    fn case(&mut self, status: Status, response: &'a Object, at: &Pointer) -> Case {
        let content = self.content(response, at);
        let is_list = matches!(&content, Content::Json(slot) if matches!(slot.kind, Kind::List(_)));
        Case {
            variant: variant(status),
            statuses: vec![status],
            members: if is_list {
                members(response)
            } else {
                Vec::new()
            },
            content,
            description: text(response, "description"),
        }
    }

    /// Returns the content of a response: JSON before text before bytes.
    fn content(&mut self, response: &'a Object, at: &Pointer) -> Content {
        self.check_shape(response, at);
        let at = at.join("content");
        let media: Vec<(&'a String, &'a Value)> = plain_members(response.get("content")).collect();
        // A service that may answer in any way answers JSON, if the schema is of JSON.
        let any = |(name, value): &&(&String, &Value)| {
            essence(name) == "*/*" && value.get("schema").is_some_and(of_json)
        };
        let json = media.iter().find(|(name, _)| is_json(name));
        if let Some((name, value)) = json.or_else(|| media.first().filter(any)) {
            return Content::Json(match value.get("schema") {
                Some(schema) => self.slot(schema, &at.join(name).join("schema")),
                None => Slot::any(),
            });
        }
        match media.iter().any(|(name, _)| is_text(name)) {
            true => Content::Text,
            false if media.is_empty() => Content::Empty,
            false => Content::Bytes,
        }
    }

    /// Returns the cases, with a name for their union where they need one.
    fn named(&mut self, mut cases: Vec<Case>, name: &str) -> Answers {
        let holding = cases
            .iter()
            .filter(|case| case.content != Content::Empty)
            .count();
        if holding > 1 {
            let mut taken = Vec::new();
            for case in &mut cases {
                case.variant = unique(&case.variant, "", |name| {
                    taken.iter().any(|taken| taken == name)
                });
                taken.push(case.variant.clone());
            }
        }
        Answers {
            union: (holding > 1).then(|| self.names.reserve(name)),
            cases,
        }
    }
}

/// Returns the members of an object under which a list may come instead.
fn members(response: &Object) -> Vec<String> {
    let media = plain_members(response.get("content")).find(|(name, _)| is_json(name));
    let schema = media.and_then(|(_, value)| value.get("schema"));
    let names = schema.and_then(|schema| schema.get(ALIASES));
    owned(names)
}

/// Adds a case to those of the same content.
fn add(cases: &mut Vec<Case>, case: Case) {
    match cases
        .iter_mut()
        .find(|other| same(&other.content, &case.content))
    {
        Some(other) => {
            for status in case.statuses {
                if !other.statuses.contains(&status) {
                    other.statuses.push(status);
                }
            }
            other.statuses.sort();
        }
        None => cases.push(case),
    }
}

fn same(a: &Content, b: &Content) -> bool {
    match (a, b) {
        (Content::Json(a), Content::Json(b)) => a.kind == b.kind,
        _ => a == b,
    }
}

fn status(name: &str) -> Option<Status> {
    if name == "default" {
        return Some(Status::Default);
    }
    let (first, rest) = (name.chars().next()?.to_digit(10)?, name.get(1..)?);
    if rest.eq_ignore_ascii_case("xx") {
        return u8::try_from(first)
            .ok()
            .filter(|first| (1..=5).contains(first))
            .map(Status::Class);
    }
    name.parse::<u16>()
        .ok()
        .filter(|code| (100..=599).contains(code))
        .map(Status::Code)
}

/// Returns the Rust name of the variant for a status: its reason phrase.
fn variant(status: Status) -> String {
    match status {
        Status::Default => "Default".to_owned(),
        Status::Class(class) => match class {
            2 => "Success".to_owned(),
            4 => "ClientError".to_owned(),
            5 => "ServerError".to_owned(),
            other => format!("Status{other}xx"),
        },
        Status::Code(code) => StatusCode::from_u16(code)
            .ok()
            .and_then(|code| code.canonical_reason())
            .map_or_else(|| format!("Status{code}"), pascal),
    }
}

fn is_text(media_type: &str) -> bool {
    essence(media_type).starts_with("text/")
}

/// Returns whether a schema is of anything but a text, which could hold anything.
fn of_json(schema: &Value) -> bool {
    schema.get("type").is_none_or(|json| json != "string")
}
