//! Finds what differs between the APIs of two sides.

use super::api::Api;
use super::change::{Change, Form, Position, Subject};
use super::judge::Kind;
use crate::finding::Location;

mod members;
mod operations;
mod setters;
mod types;

/// The changes from the old API to the new one: operations in the order of the document, then types.
pub(super) fn compare(old: &Api, new: &Api) -> Vec<Change> {
    let mut changes = operations::compare(&old.operations, &new.operations);
    changes.extend(types::compare(&old.types, &new.types));
    if old.rest != new.rest {
        let mut rest = Changes::about(Subject::Rest, Position::Nowhere);
        let sentence = "the code around operations and types is another one".to_owned();
        rest.push(
            Kind::CodeChanged,
            None,
            sentence,
            at(&old.location),
            at(&new.location),
        );
        changes.extend(rest.list);
    }
    changes
}

/// The changes of one subject.
struct Changes {
    subject: Subject,
    position: Position,
    list: Vec<Change>,
}

impl Changes {
    fn about(subject: Subject, position: Position) -> Self {
        Self {
            subject,
            position,
            list: Vec::new(),
        }
    }

    fn push(&mut self, kind: Kind, member: Option<&str>, message: String, old: Form, new: Form) {
        self.list.push(Change {
            kind,
            effect: kind.effect(),
            subject: self.subject.clone(),
            member: member.map(str::to_owned),
            position: self.position,
            message,
            old,
            new,
        });
    }

    /// Whether anything has been found that changes the code.
    fn explain_the_code(&self) -> bool {
        let neutral = super::change::Effect::Neutral;
        self.list.iter().any(|change| change.effect > neutral)
    }

    /// What is deprecated now or no longer, and what is described otherwise.
    fn remarks(&mut self, member: Option<&str>, name: &str, old: Remarks<'_>, new: Remarks<'_>) {
        let forms = || (at(old.location), at(new.location));
        if old.deprecated != new.deprecated {
            let (kind, word) = if new.deprecated {
                (Kind::Deprecated, "is deprecated")
            } else {
                (Kind::NoLongerDeprecated, "is no longer deprecated")
            };
            let (old, new) = forms();
            self.push(kind, member, format!("{name} {word}"), old, new);
        }
        if old.description != new.description {
            let (old, new) = forms();
            let message = format!("{name} is described otherwise");
            self.push(Kind::DescriptionChanged, member, message, old, new);
        }
    }
}

/// What is remarked about a thing.
#[derive(Clone, Copy)]
struct Remarks<'a> {
    deprecated: bool,
    description: &'a str,
    location: &'a Location,
}

/// A side that has nothing to show but a place.
fn at(location: &Location) -> Form {
    Form {
        value: None,
        location: Some(location.clone()),
    }
}

/// A side with what it was or is.
fn form(value: &str, location: &Location) -> Form {
    Form {
        value: Some(value.to_owned()),
        location: Some(location.clone()),
    }
}

/// A side without the thing.
fn absent() -> Form {
    Form::default()
}
