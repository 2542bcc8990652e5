//! The statement about each difference, and its kind.

use std::collections::BTreeSet;

use super::kinds::Kind;
use crate::api::{Facet, Noun, Part, VERSION};

/// Speaks of a part that is there on one side alone; `open` says whether its type is `#[non_exhaustive]`.
pub(super) fn presence(
    (noun, name): &(Noun, String),
    part: &Part,
    is_new: bool,
    open: bool,
) -> (Kind, String) {
    let is_required = part.get(&Facet::Required).is_some();
    let is_settable = part.get(&Facet::Takes).is_some();
    let (added, removed) = match noun {
        Noun::Operation => (Kind::OperationAdded, Kind::OperationRemoved),
        Noun::Type => (Kind::TypeAdded, Kind::TypeRemoved),
        Noun::Setter if is_new && is_required => {
            (Kind::RequiredParameterAdded, Kind::ParameterRemoved)
        }
        Noun::Setter if is_settable => (Kind::ParameterAdded, Kind::ParameterRemoved),
        // What callers could not set themselves does not keep them from compiling.
        Noun::Setter => (Kind::ParameterAdded, Kind::ParameterSentOtherwise),
        Noun::Status => (Kind::StatusAdded, Kind::StatusRemoved),
        Noun::Field if open => (Kind::FieldAdded, Kind::FieldRemoved),
        Noun::Field => (Kind::FieldAddedToClosed, Kind::FieldRemoved),
        Noun::Variant if open => (Kind::VariantAdded, Kind::VariantRemoved),
        Noun::Variant => (Kind::VariantAddedToClosed, Kind::VariantRemoved),
        Noun::Ability => (Kind::TraitAdded, Kind::TraitRemoved),
        Noun::Host => (Kind::ServerAdded, Kind::ServerRemoved),
        _ => (Kind::CodeAdded, Kind::CodeChanged),
    };
    let title = format!("{}{}", part.title, part.detail);
    let shape = part.get(&Facet::Shape).unwrap_or_default();
    let message = match (noun, is_new) {
        (Noun::Operation, true) => "is a new operation".to_owned(),
        (Noun::Type, true) => format!("is a new type, {shape}"),
        (Noun::Operation | Noun::Type, false) => "is gone".to_owned(),
        (Noun::Status, true) => format!("reads answers with the status {name}"),
        (Noun::Status, false) => {
            format!("takes answers with the status {name} for unexpected ones")
        }
        (Noun::Ability, true) => format!("has `{name}` now"),
        (Noun::Ability, false) => format!("no longer has `{name}`"),
        (Noun::Setter, true) if is_required => format!("{title} is new and required"),
        (_, true) => format!("{title} is new"),
        (_, false) => format!("{title} is gone"),
    };
    (if is_new { added } else { removed }, message)
}

/// Speaks of an item that has another name.
pub(super) fn renamed(noun: Noun, former: &str, name: &str) -> (Kind, String) {
    let kind = match noun {
        Noun::Operation => Kind::OperationRenamed,
        _ => Kind::TypeRenamed,
    };
    (kind, was("is called", Some(former), Some(name)))
}

/// Speaks of a facet that differs, after the title of the part.
pub(super) fn changed(
    (noun, name): &(Noun, String),
    facet: &Facet,
    [old, new]: [Option<&str>; 2],
) -> (Kind, String) {
    let was = |verb: &str| was(verb, old, new);
    let either = |gained: &str, lost: &str| match new {
        Some(_) => gained.to_owned(),
        None => lost.to_owned(),
    };
    let of_member = |field, variant| match noun {
        Noun::Variant => variant,
        _ => field,
    };
    let sent_otherwise = of_member(Kind::FieldSentOtherwise, Kind::VariantSentOtherwise);
    match facet {
        Facet::Request => (Kind::RequestLineChanged, was("sends")),
        Facet::Idempotence => (Kind::IdempotenceChanged, was("is")),
        Facet::Tag => (Kind::FactsChanged, was("has the tag")),
        Facet::Fact(name) => {
            let verb = format!("has in the table for `{name}`");
            (Kind::TableChanged, was(&verb))
        }
        Facet::Filter => filter(old.unwrap_or_default(), new.unwrap_or_default()),
        Facet::Shape => (Kind::TypeReshaped, was("is")),
        Facet::Open => match new {
            Some(_) => (Kind::TypeOpened, "is `#[non_exhaustive]` now: it is built by its builder, and a `match` needs an arm for what is to come".to_owned()),
            None => (Kind::TypeClosed, "is no longer `#[non_exhaustive]`".to_owned()),
        },
        Facet::Takes => match (old, new) {
            (None, _) => (Kind::ParameterAdded, "is new".to_owned()),
            (_, None) => (Kind::ParameterRemoved, "is gone, and the value is still sent".to_owned()),
            _ => (Kind::ParameterTypeChanged, was("takes")),
        },
        Facet::Signature if *noun == Noun::Ability => {
            (Kind::TraitRemoved, format!("has another `{name}`"))
        }
        Facet::Signature => (Kind::ParameterTypeChanged, "has another signature".to_owned()),
        Facet::Holds => {
            let kind = of_member(Kind::FieldTypeChanged, Kind::VariantTypeChanged);
            (kind, was("is"))
        }
        Facet::Required => {
            let (required, optional) = (Kind::ParameterRequired, Kind::ParameterOptional);
            let kind = if new.is_some() { required } else { optional };
            (kind, either("is required, and was optional", "is optional, and was required"))
        }
        Facet::Sent => {
            let [old, new] = [old, new].map(Option::unwrap_or_default);
            let message = format!("is sent as the {new}, where it was the {old}");
            (Kind::ParameterSentOtherwise, message)
        }
        Facet::Repeated => {
            let message = either("sends each of several values", "sends one value");
            (Kind::ParameterSentOtherwise, message)
        }
        Facet::Success => (Kind::SuccessChanged, was("answers with")),
        Facet::Error => (Kind::ErrorChanged, was("fails with")),
        Facet::Wire => (sent_otherwise, was("is written as")),
        Facet::Aliases => {
            let [mut old, new] = [old, new].map(|it| it.unwrap_or_default().lines());
            match old.all(|alias| new.clone().any(|it| it == alias)) {
                true => (Kind::FieldAliasAdded, "is read by more names".to_owned()),
                false => (sent_otherwise, "is no longer read by each of its names".to_owned()),
            }
        }
        Facet::Value if name == VERSION => (Kind::VersionChanged, was("is")),
        Facet::Value => (Kind::CodeChanged, was("is")),
        Facet::Order => (Kind::FactsChanged, "has another order".to_owned()),
        Facet::Code => match noun {
            Noun::Setter => (Kind::ParameterSentOtherwise, "checks or sends its value otherwise".to_owned()),
            Noun::Field | Noun::Variant => {
                (sent_otherwise, "is written or read otherwise".to_owned())
            }
            Noun::TypeCode => (Kind::ValuesChanged, "accepts or writes other values".to_owned()),
            Noun::OperationCode => (Kind::CodeChanged, "builds its request or reads its answer otherwise".to_owned()),
            _ => (Kind::CodeChanged, "is another one".to_owned()),
        },
        Facet::Deprecated => {
            let kind = if new.is_some() { Kind::Deprecated } else { Kind::NoLongerDeprecated };
            (kind, either("is deprecated", "is no longer deprecated"))
        }
        Facet::Description => (Kind::DescriptionChanged, "is described otherwise".to_owned()),
    }
}

/// Which parameters keep the operation from acting on everything.
fn filter(old: &str, new: &str) -> (Kind, String) {
    let [old, new] = [old, new].map(|names| names.lines().collect::<BTreeSet<_>>());
    let listed = |names: &BTreeSet<&str>| match names.is_empty() {
        true => "nothing".to_owned(),
        false => format!("`{}`", Vec::from_iter(names.iter().copied()).join("`, `")),
    };
    if old.is_subset(&new) && !old.is_empty() {
        let added = listed(&(&new - &old));
        return (
            Kind::FilterAdded,
            format!("takes {added} for a filter, too"),
        );
    }
    let (old, new) = (listed(&old), listed(&new));
    let message = format!("needs a filter of {new}, where it was {old}");
    (Kind::FilterChanged, message)
}

/// ``is `1`, where it was `2` ``.
fn was(verb: &str, old: Option<&str>, new: Option<&str>) -> String {
    let [old, new] = [old, new].map(|text| match text {
        None | Some("") => "nothing".to_owned(),
        Some(text) => format!("`{text}`"),
    });
    format!("{verb} {new}, where it was {old}")
}
