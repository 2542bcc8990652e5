//! Compares types.

use std::collections::BTreeMap;

use super::super::api::{Shape, Type};
use super::super::change::{Change, Position, Subject};
use super::super::judge::Kind;
use super::{Changes, Remarks, absent, at, form, members};

type Types = BTreeMap<String, Type>;

/// The changes of types, by their names.
pub(super) fn compare(old: &Types, new: &Types) -> Vec<Change> {
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    let changes = names.into_iter().flat_map(|name| {
        let subject = Subject::Type(name.clone());
        match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) => {
                let mut own = Changes::about(subject, together(old.position, new.position));
                both(old, new, &mut own);
                own.list
            }
            (None, Some(new)) => {
                let mut own = Changes::about(subject, new.position);
                let now = form(new.shape.noun(), &new.location);
                let message = format!("is a new type, {}", new.shape.noun());
                own.push(Kind::TypeAdded, None, message, absent(), now);
                own.list
            }
            (Some(old), None) => {
                let mut own = Changes::about(subject, old.position);
                let was = form(old.shape.noun(), &old.location);
                own.push(Kind::TypeRemoved, None, "is gone".to_owned(), was, absent());
                own.list
            }
            (None, None) => Vec::new(),
        }
    });
    changes.collect()
}

/// Which way a type travels on either side.
fn together(old: Position, new: Position) -> Position {
    match (old, new) {
        (Position::Nowhere, other) | (other, Position::Nowhere) => other,
        (old, new) if old == new => old,
        _ => Position::Both,
    }
}

fn both(old: &Type, new: &Type, own: &mut Changes) {
    let places = || (at(&old.location), at(&new.location));
    if old.shape == new.shape {
        openness(old, new, own);
        members::compare(old, new, own);
        abilities(old, new, own);
    } else {
        let (before, now) = (old.shape.noun(), new.shape.noun());
        let message = format!("is {now}, where it was {before}");
        let forms = (form(before, &old.location), form(now, &new.location));
        own.push(Kind::TypeReshaped, None, message, forms.0, forms.1);
    }
    if old.code != new.code && !own.explain_the_code() {
        let message = "accepts or writes other values".to_owned();
        let (was, is) = places();
        own.push(Kind::ValuesChanged, None, message, was, is);
    }
    own.remarks(None, "the type", remarks(old), remarks(new));
}

fn openness(old: &Type, new: &Type, own: &mut Changes) {
    let (kind, message) = match (old.open, new.open, old.shape) {
        (false, true, Shape::Enum) => (
            Kind::TypeOpened,
            "is `#[non_exhaustive]` now: a `match` needs an arm for what is to come",
        ),
        (false, true, _) => (
            Kind::TypeOpened,
            "is `#[non_exhaustive]` now: it is built by its builder, not as a literal",
        ),
        (true, false, _) => (Kind::TypeClosed, "is no longer `#[non_exhaustive]`"),
        _ => return,
    };
    let forms = (at(&old.location), at(&new.location));
    own.push(kind, None, message.to_owned(), forms.0, forms.1);
}

/// Traits and functions.
fn abilities(old: &Type, new: &Type, own: &mut Changes) {
    for (name, signature) in &old.abilities {
        let message = match new.abilities.get(name) {
            None => format!("no longer has `{name}`"),
            Some(now) if now != signature => format!("has another `{name}`"),
            Some(_) => continue,
        };
        let forms = (form(name, &old.location), at(&new.location));
        own.push(Kind::TraitRemoved, Some(name), message, forms.0, forms.1);
    }
    for name in new.abilities.keys() {
        if !old.abilities.contains_key(name) {
            let message = format!("has `{name}` now");
            let forms = (at(&old.location), form(name, &new.location));
            own.push(Kind::TraitAdded, Some(name), message, forms.0, forms.1);
        }
    }
}

fn remarks(found: &Type) -> Remarks<'_> {
    Remarks {
        deprecated: found.deprecated,
        description: &found.description,
        location: &found.location,
    }
}
