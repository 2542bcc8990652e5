//! Compares the fields or the variants of a type.

use super::super::api::{Member, Shape, Type};
use super::super::judge::Kind;
use super::{Changes, Remarks, absent, form};

/// The kinds of change that fields and variants share, for one of the two.
struct Kinds {
    noun: &'static str,
    added: Kind,
    added_to_closed: Kind,
    removed: Kind,
    type_changed: Kind,
    sent_otherwise: Kind,
}

const FIELDS: Kinds = Kinds {
    noun: "field",
    added: Kind::FieldAdded,
    added_to_closed: Kind::FieldAddedToClosed,
    removed: Kind::FieldRemoved,
    type_changed: Kind::FieldTypeChanged,
    sent_otherwise: Kind::FieldSentOtherwise,
};

const VARIANTS: Kinds = Kinds {
    noun: "variant",
    added: Kind::VariantAdded,
    added_to_closed: Kind::VariantAddedToClosed,
    removed: Kind::VariantRemoved,
    type_changed: Kind::VariantTypeChanged,
    sent_otherwise: Kind::VariantSentOtherwise,
};

pub(super) fn compare(old: &Type, new: &Type, own: &mut Changes) {
    let kinds = match new.shape {
        Shape::Enum => VARIANTS,
        Shape::Struct | Shape::Newtype | Shape::Alias => FIELDS,
    };
    for (name, member) in &new.members {
        match old.members.get(name) {
            Some(before) => both(&kinds, name, before, member, own),
            None => {
                let kind = if new.open {
                    kinds.added
                } else {
                    kinds.added_to_closed
                };
                let message = format!("the {} is new", title(&kinds, name, member));
                let now = form(&member.holds, &member.location);
                own.push(kind, Some(name), message, absent(), now);
            }
        }
    }
    for (name, member) in &old.members {
        if !new.members.contains_key(name) {
            let message = format!("the {} is gone", title(&kinds, name, member));
            let was = form(&member.holds, &member.location);
            own.push(kinds.removed, Some(name), message, was, absent());
        }
    }
}

/// ``field `owner_id` (`ownerId`)``.
fn title(kinds: &Kinds, name: &str, member: &Member) -> String {
    if name == member.name {
        format!("{} `{name}`", kinds.noun)
    } else {
        format!("{} `{name}` (`{}`)", kinds.noun, member.name)
    }
}

fn both(kinds: &Kinds, name: &str, old: &Member, new: &Member, own: &mut Changes) {
    let title = title(kinds, name, new);
    let mut push = |kind, message, before: &str, now: &str| {
        let forms = (form(before, &old.location), form(now, &new.location));
        own.push(kind, Some(name), message, forms.0, forms.1);
    };
    let retyped = old.holds != new.holds;
    if retyped {
        let message = format!(
            "the {title} is `{}`, where it was `{}`",
            new.holds, old.holds
        );
        push(kinds.type_changed, message, &old.holds, &new.holds);
    }
    if old.name != new.name {
        let message = format!(
            "the {title} is written as `{}`, where it was `{}`",
            new.name, old.name
        );
        push(kinds.sent_otherwise, message, &old.name, &new.name);
    }
    let names = |member: &Member| member.aliases.join(", ");
    if old.aliases != new.aliases {
        let gone = old.aliases.iter().any(|alias| !new.aliases.contains(alias));
        let (kind, word) = if gone {
            (
                kinds.sent_otherwise,
                "is no longer read by each of its names",
            )
        } else {
            (Kind::FieldAliasAdded, "is read by more names")
        };
        push(
            kind,
            format!("the {title} {word}"),
            &names(old),
            &names(new),
        );
    }
    // Another type brings its own way of being written and read.
    if old.serde != new.serde && !retyped {
        let message = format!("the {title} is written or read otherwise");
        push(kinds.sent_otherwise, message, &old.serde, &new.serde);
    }
    let title = format!("the {title}");
    own.remarks(Some(name), &title, remarks(old), remarks(new));
}

fn remarks(member: &Member) -> Remarks<'_> {
    Remarks {
        deprecated: member.deprecated,
        description: &member.description,
        location: &member.location,
    }
}
