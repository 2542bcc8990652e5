//! Finds what differs between the APIs of two sides.

mod operations;
mod types;
mod units;

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::{Change, Effect, Position, Subject};
use super::judge::Kind;
use crate::api::{Api, Code};

/// The constants that have a sentence of their own.
const VERSION: &str = "API_VERSION";
const SERVERS: &str = "SERVERS";

/// The changes from the old API to the new one: operations in the order of the table, types, and the rest.
pub(super) fn compare(old: &Api, new: &Api) -> Vec<Change> {
    let mut changes = operations::compare(&old.operations, &new.operations);
    changes.extend(types::compare(old, new));
    let mut rest = Changes::about(Subject::Rest, Position::Nowhere);
    constants(old, new, &mut rest);
    let version = |api: &Api| {
        api.constants
            .get(VERSION)
            .map_or_else(String::new, Value::to_string)
    };
    let versions = [version(old), version(new)];
    for (path, code) in &new.rest {
        let title = format!("`{path}`");
        let Some(before) = old.rest.get(path) else {
            rest.say(Kind::CodeAdded, Some(path), format!("{title} is new"));
            continue;
        };
        // The version has its own sentence, wherever else it stands.
        let [was, is] = &versions;
        let known = was.len() > 2 && before.code.replace(was, is) == code.code;
        if before.code != code.code && !known {
            rest.say(
                Kind::CodeChanged,
                Some(path),
                format!("{title} is another one"),
            );
        }
        rest.remarks(Some(path), &title, before.into(), code.into());
    }
    for path in old.rest.keys().filter(|path| !new.rest.contains_key(*path)) {
        rest.say(Kind::CodeChanged, Some(path), format!("`{path}` is gone"));
    }
    changes.extend(rest.list);
    changes
}

/// Compares what holds for the API as a whole.
fn constants(old: &Api, new: &Api, own: &mut Changes) {
    let names = old.constants.keys().chain(new.constants.keys());
    for name in names.collect::<BTreeSet<&String>>() {
        let pair = [old.constants.get(name), new.constants.get(name)];
        let [before, now] = pair.map(|value| value.cloned().unwrap_or_default());
        let member = Some(name.as_str());
        match (name.as_str(), &before, &now) {
            _ if before == now => {}
            (SERVERS, Value::Array(before), Value::Array(now)) => {
                for server in now.iter().filter(|it| !before.contains(it)).map(shown) {
                    own.came(
                        Kind::ServerAdded,
                        member,
                        format!("the host `{server}` is new"),
                        &server,
                    );
                }
                for server in before.iter().filter(|it| !now.contains(it)).map(shown) {
                    own.went(
                        Kind::ServerRemoved,
                        member,
                        format!("the host `{server}` is gone"),
                        &server,
                    );
                }
                if own.list.is_empty() {
                    own.say(
                        Kind::FactsChanged,
                        member,
                        "the hosts stand in another order",
                    );
                }
            }
            (VERSION, ..) => {
                let verb = "the document has the version";
                own.was(
                    Kind::VersionChanged,
                    member,
                    verb,
                    &shown(&before),
                    &shown(&now),
                );
            }
            _ => own.was(
                Kind::CodeChanged,
                member,
                &format!("`{name}` is"),
                &shown(&before),
                &shown(&now),
            ),
        }
    }
}

/// A value as people write it.
fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The changes of one subject.
struct Changes {
    subject: Subject,
    request: Option<String>,
    position: Position,
    list: Vec<Change>,
}

impl Changes {
    fn about(subject: Subject, position: Position) -> Self {
        Self {
            subject,
            request: None,
            position,
            list: Vec::new(),
        }
    }

    fn push(
        &mut self,
        kind: Kind,
        member: Option<&str>,
        message: String,
        forms: [Option<&str>; 2],
    ) {
        let [old, new] = forms.map(|form| form.map(str::to_owned));
        self.list.push(Change {
            kind,
            effect: kind.effect(),
            subject: self.subject.clone(),
            request: self.request.clone(),
            member: member.map(str::to_owned),
            position: self.position,
            message,
            old,
            new,
        });
    }

    /// Adds a change that a sentence says all about.
    fn say(&mut self, kind: Kind, member: Option<&str>, message: impl Into<String>) {
        self.push(kind, member, message.into(), [None, None]);
    }

    /// Adds what was not there before.
    fn came(&mut self, kind: Kind, member: Option<&str>, message: impl Into<String>, now: &str) {
        self.push(kind, member, message.into(), [None, Some(now)]);
    }

    /// Adds what is there no longer.
    fn went(&mut self, kind: Kind, member: Option<&str>, message: impl Into<String>, before: &str) {
        self.push(kind, member, message.into(), [Some(before), None]);
    }

    /// Adds a value that has become another one, if it has.
    fn was(&mut self, kind: Kind, member: Option<&str>, verb: &str, before: &str, now: &str) {
        if before != now {
            let quoted = |text: &str| match text {
                "" => "nothing".to_owned(),
                text => format!("`{text}`"),
            };
            let message = format!("{verb} {}, where it was {}", quoted(now), quoted(before));
            self.push(kind, member, message, [Some(before), Some(now)]);
        }
    }

    /// Returns whether anything has been found that changes the code, of one member or at all.
    fn explain_the_code(&self, member: Option<&str>) -> bool {
        self.list.iter().any(|change| {
            change.effect > Effect::Neutral
                && (member.is_none() || change.member.as_deref() == member)
        })
    }

    /// Compares deprecations and descriptions.
    fn remarks(&mut self, member: Option<&str>, name: &str, old: Remarks<'_>, new: Remarks<'_>) {
        match (old.deprecated, new.deprecated) {
            (false, true) => self.say(Kind::Deprecated, member, format!("{name} is deprecated")),
            (true, false) => self.say(
                Kind::NoLongerDeprecated,
                member,
                format!("{name} is no longer deprecated"),
            ),
            _ => {}
        }
        if old.description != new.description {
            self.say(
                Kind::DescriptionChanged,
                member,
                format!("{name} is described otherwise"),
            );
        }
    }
}

/// The remarks about a thing.
#[derive(Clone, Copy)]
struct Remarks<'a> {
    deprecated: bool,
    description: &'a str,
}

impl<'a> From<&'a Code> for Remarks<'a> {
    fn from(code: &'a Code) -> Self {
        Self {
            deprecated: code.deprecated,
            description: &code.description,
        }
    }
}
