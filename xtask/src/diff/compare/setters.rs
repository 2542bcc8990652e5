//! Compares the setters of a builder: parameters, families of headers, and the body.

use super::super::api::{Operation, Setter};
use super::super::judge::Kind;
use super::{Changes, Remarks, absent, at, form};

pub(super) fn compare(old: &Operation, new: &Operation, own: &mut Changes) {
    for (name, setter) in &new.setters {
        match old.setters.get(name) {
            Some(before) => both(name, before, setter, own),
            None => added(name, setter, own),
        }
    }
    for (name, setter) in &old.setters {
        if !new.setters.contains_key(name) {
            let message = format!("the setter `{name}` ({}) is gone", setter.sent);
            let was = form(&setter.takes, &setter.location);
            own.push(Kind::ParameterRemoved, Some(name), message, was, absent());
        }
    }
}

fn added(name: &str, setter: &Setter, own: &mut Changes) {
    let (kind, word) = if setter.required {
        (Kind::RequiredParameterAdded, "new and required")
    } else {
        (Kind::ParameterAdded, "new")
    };
    let message = format!("the setter `{name}` ({}) is {word}", setter.sent);
    let now = form(&setter.takes, &setter.location);
    own.push(kind, Some(name), message, absent(), now);
}

fn both(name: &str, old: &Setter, new: &Setter, own: &mut Changes) {
    if old.signature != new.signature {
        let message = format!(
            "the setter `{name}` takes `{}`, where it was `{}`",
            new.takes, old.takes
        );
        let forms = (
            form(&old.takes, &old.location),
            form(&new.takes, &new.location),
        );
        own.push(
            Kind::ParameterTypeChanged,
            Some(name),
            message,
            forms.0,
            forms.1,
        );
    }
    if old.required != new.required {
        let (kind, word) = if new.required {
            (Kind::ParameterRequired, "required, and was optional")
        } else {
            (Kind::ParameterOptional, "optional, and was required")
        };
        let message = format!("the setter `{name}` is {word}");
        own.push(
            kind,
            Some(name),
            message,
            at(&old.location),
            at(&new.location),
        );
    }
    if old.sent != new.sent {
        let message = format!(
            "the setter `{name}` sends the {}, where it was the {}",
            new.sent, old.sent
        );
        let forms = (
            form(&old.sent, &old.location),
            form(&new.sent, &new.location),
        );
        own.push(
            Kind::ParameterSentOtherwise,
            Some(name),
            message,
            forms.0,
            forms.1,
        );
    }
    let title = format!("the setter `{name}`");
    own.remarks(Some(name), &title, remarks(old), remarks(new));
}

fn remarks(setter: &Setter) -> Remarks<'_> {
    Remarks {
        deprecated: setter.deprecated,
        description: &setter.description,
        location: &setter.location,
    }
}
