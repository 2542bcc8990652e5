//! Compares types.

use std::collections::{BTreeMap, BTreeSet};

use super::super::change::{Change, Position, Subject};
use super::super::judge::Kind;
use super::{Changes, Remarks};
use crate::api::{Api, Member, Shape, Type};

/// The changes of types, by their names.
pub(super) fn compare(old: &Api, new: &Api) -> Vec<Change> {
    let renamed = renamed(&old.types, &new.types);
    let reached = [old.reached(), new.reached()];
    let mut changes = Vec::new();
    let names: BTreeSet<&String> = old.types.keys().chain(new.types.keys()).collect();
    for name in names {
        let former = renamed.get(name.as_str()).copied().unwrap_or(name);
        let sides = [(&reached[0], former), (&reached[1], name.as_str())];
        let mut own = Changes::about(Subject::Type(name.clone()), position(sides));
        match (old.types.get(former), new.types.get(name)) {
            (Some(before), Some(now)) => {
                own.was(Kind::TypeRenamed, None, "is called", former, name);
                both([former, name], [before, now], &mut own);
            }
            (None, Some(now)) => {
                let noun = now.shape.noun();
                own.came(
                    Kind::TypeAdded,
                    None,
                    format!("is a new type, {noun}"),
                    noun,
                );
            }
            (Some(_), None) if renamed.values().any(|former| former == name) => {}
            (Some(before), None) => {
                own.went(Kind::TypeRemoved, None, "is gone", before.shape.noun());
            }
            (None, None) => {}
        }
        changes.extend(own.list);
    }
    changes
}

/// The former names of types that are the same but for their names, by the new names.
fn renamed<'a>(
    old: &'a BTreeMap<String, Type>,
    new: &'a BTreeMap<String, Type>,
) -> BTreeMap<&'a str, &'a str> {
    let mut gone: Vec<&String> = old.keys().filter(|name| !new.contains_key(*name)).collect();
    let mut renamed = BTreeMap::new();
    for (name, now) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let is_same = |former: &&String| {
            let was = old
                .get(*former)
                .map(|was| anonymous(&was.code.code, former));
            was.is_some_and(|was| was == anonymous(&now.code.code, name))
        };
        if let Some(at) = gone.iter().position(is_same) {
            renamed.insert(name.as_str(), gone.remove(at).as_str());
        }
    }
    renamed
}

/// Code in which a name stands for nothing. Strings hold the name too, as parts of messages.
fn anonymous(code: &str, name: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut text = String::with_capacity(code.len());
    let mut word = String::new();
    for c in code.chars().chain(['\0']) {
        if is_part(c) {
            word.push(c);
            continue;
        }
        text.push_str(if word == name { "@" } else { &word });
        word.clear();
        text.push(c);
    }
    text
}

/// Which way a type travels on either side.
fn position(sides: [(&[BTreeSet<String>; 2], &str); 2]) -> Position {
    let way = |way: usize| {
        let mut sides = sides.iter();
        sides.any(|(reached, name)| reached.get(way).is_some_and(|names| names.contains(*name)))
    };
    match (way(0), way(1)) {
        (true, true) => Position::Both,
        (true, false) => Position::Request,
        (false, true) => Position::Response,
        (false, false) => Position::Nowhere,
    }
}

fn both(names: [&str; 2], [old, new]: [&Type; 2], own: &mut Changes) {
    own.was(
        Kind::TypeReshaped,
        None,
        "is",
        old.shape.noun(),
        new.shape.noun(),
    );
    if old.shape == new.shape {
        openness(old, new, own);
        members(old, new, own);
        abilities(names, [old, new], own);
    }
    if old.code.code != new.code.code && !own.explain_the_code(None) {
        own.say(Kind::ValuesChanged, None, "accepts or writes other values");
    }
    own.remarks(None, "the type", (&old.code).into(), (&new.code).into());
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
    own.say(kind, None, message);
}

/// Traits and functions.
fn abilities([former, own_name]: [&str; 2], [old, new]: [&Type; 2], own: &mut Changes) {
    for (name, signature) in &old.abilities {
        let is_same = |now: &String| anonymous(now, own_name) == anonymous(signature, former);
        let message = match new.abilities.get(name) {
            None => format!("no longer has `{name}`"),
            Some(now) if !is_same(now) => format!("has another `{name}`"),
            Some(_) => continue,
        };
        own.went(Kind::TraitRemoved, Some(name), message, name);
    }
    for name in new
        .abilities
        .keys()
        .filter(|name| !old.abilities.contains_key(*name))
    {
        own.came(
            Kind::TraitAdded,
            Some(name),
            format!("has `{name}` now"),
            name,
        );
    }
}

/// The kinds of change that fields and variants share, for one of the two.
struct Kinds {
    noun: &'static str,
    /// For a type that is `#[non_exhaustive]`, and for one that is not.
    added: [Kind; 2],
    removed: Kind,
    type_changed: Kind,
    sent_otherwise: Kind,
}

const FIELDS: Kinds = Kinds {
    noun: "field",
    added: [Kind::FieldAdded, Kind::FieldAddedToClosed],
    removed: Kind::FieldRemoved,
    type_changed: Kind::FieldTypeChanged,
    sent_otherwise: Kind::FieldSentOtherwise,
};

const VARIANTS: Kinds = Kinds {
    noun: "variant",
    added: [Kind::VariantAdded, Kind::VariantAddedToClosed],
    removed: Kind::VariantRemoved,
    type_changed: Kind::VariantTypeChanged,
    sent_otherwise: Kind::VariantSentOtherwise,
};

fn members(old: &Type, new: &Type, own: &mut Changes) {
    let kinds = if new.shape == Shape::Enum {
        VARIANTS
    } else {
        FIELDS
    };
    for (name, now) in &new.members {
        let title = title(&kinds, name, now);
        match old.members.get(name) {
            Some(before) => member(&kinds, name, &title, [before, now], own),
            None => {
                let [open, closed] = kinds.added;
                let kind = if new.open { open } else { closed };
                own.came(kind, Some(name), format!("{title} is new"), &now.holds);
            }
        }
    }
    for (name, was) in old
        .members
        .iter()
        .filter(|(name, _)| !new.members.contains_key(*name))
    {
        let message = format!("{} is gone", title(&kinds, name, was));
        own.went(kinds.removed, Some(name), message, &was.holds);
    }
}

/// ``the field `owner_id` (`ownerId`)``.
fn title(kinds: &Kinds, name: &str, member: &Member) -> String {
    if name == member.name {
        format!("the {} `{name}`", kinds.noun)
    } else {
        format!("the {} `{name}` (`{}`)", kinds.noun, member.name)
    }
}

fn member(kinds: &Kinds, name: &str, title: &str, [old, new]: [&Member; 2], own: &mut Changes) {
    let (member, sent) = (Some(name), kinds.sent_otherwise);
    own.was(
        kinds.type_changed,
        member,
        &format!("{title} is"),
        &old.holds,
        &new.holds,
    );
    own.was(
        sent,
        member,
        &format!("{title} is written as"),
        &old.name,
        &new.name,
    );
    if old.aliases != new.aliases {
        let (kind, word) = match old.aliases.iter().all(|alias| new.aliases.contains(alias)) {
            true => (Kind::FieldAliasAdded, "is read by more names"),
            false => (sent, "is no longer read by each of its names"),
        };
        own.say(kind, member, format!("{title} {word}"));
    }
    // Another type brings its own way of being written and read.
    if old.serde != new.serde && old.holds == new.holds {
        own.say(
            sent,
            member,
            format!("{title} is written or read otherwise"),
        );
    }
    own.remarks(member, title, remarks(old), remarks(new));
}

fn remarks(member: &Member) -> Remarks<'_> {
    Remarks {
        deprecated: member.deprecated,
        description: &member.description,
    }
}
