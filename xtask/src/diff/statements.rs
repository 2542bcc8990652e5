//! The statement about each difference, and its kind.

use super::kinds::Kind;
use crate::api::{Facet, Noun, Part, VERSION};

/// Speaks of a part that is there on one side alone.
pub(super) fn presence((noun, name): &(Noun, String), part: &Part, is_new: bool) -> (Kind, String) {
    let is_required = part.get(&Facet::Required).is_some();
    let is_settable = part.get(&Facet::Takes).is_some();
    let kind = match (noun, is_new) {
        (Noun::Operation, true) => Kind::OperationAdded,
        (Noun::Operation, false) => Kind::OperationRemoved,
        (Noun::Type, true) => Kind::TypeAdded,
        (Noun::Type, false) => Kind::TypeRemoved,
        (Noun::Setter, true) if is_required => Kind::RequiredParameterAdded,
        (Noun::Setter, true) => Kind::ParameterAdded,
        (Noun::Setter, false) if is_settable => Kind::ParameterRemoved,
        // What callers could not set themselves does not keep them from compiling.
        (Noun::Setter, false) => Kind::ParameterSentOtherwise,
        (Noun::Status, true) => Kind::StatusAdded,
        (Noun::Status, false) => Kind::StatusRemoved,
        (Noun::Field, true) if is_required => Kind::RequiredFieldAdded,
        (Noun::Field, true) => Kind::FieldAdded,
        (Noun::Field, false) => Kind::FieldRemoved,
        (Noun::Variant, true) => Kind::VariantAdded,
        (Noun::Variant, false) => Kind::VariantRemoved,
        (Noun::Ability, true) => Kind::TraitAdded,
        (Noun::Ability, false) => Kind::TraitRemoved,
        (Noun::Host, true) => Kind::ServerAdded,
        (Noun::Host, false) => Kind::ServerRemoved,
        (_, true) => Kind::CodeAdded,
        (_, false) => Kind::CodeChanged,
    };
    let Part { title, detail, .. } = part;
    let message = match kind {
        Kind::OperationAdded => "is a new operation".to_owned(),
        Kind::TypeAdded => format!(
            "is a new type, {}",
            part.get(&Facet::Shape).unwrap_or_default()
        ),
        Kind::StatusAdded => format!("reads answers with the status {name}"),
        Kind::StatusRemoved => format!("takes answers with the status {name} for unexpected ones"),
        Kind::TraitAdded => format!("has `{name}` now"),
        Kind::TraitRemoved => format!("no longer has `{name}`"),
        _ if is_new && is_required => format!("{title}{detail} is new and required"),
        _ if is_new => format!("{title}{detail} is new"),
        _ => format!("{title}{detail} is gone"),
    };
    (kind, message.trim_start().to_owned())
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
    let is = |kind: Kind, text: &str| (kind, text.to_owned());
    let was = |kind: Kind, verb: &str| (kind, was(verb, old, new));
    let (has, is_variant) = (new.is_some(), *noun == Noun::Variant);
    let [before, now] = [old, new].map(Option::unwrap_or_default);
    let has_all = || before.lines().all(|line| now.lines().any(|it| it == line));
    match facet {
        Facet::Request => was(Kind::RequestLineChanged, "sends"),
        Facet::Idempotence => was(Kind::IdempotenceChanged, "is"),
        Facet::Tag => was(Kind::FactsChanged, "has the tag"),
        Facet::Fact(name) => was(
            Kind::TableChanged,
            &format!("has in the table for `{name}`"),
        ),
        Facet::Filter => filter(before, now),
        Facet::Shape => was(Kind::TypeReshaped, "is"),
        Facet::Takes if old.is_none() => is(Kind::ParameterAdded, "is new"),
        Facet::Takes if !has => is(
            Kind::ParameterRemoved,
            "is gone, and the value is still sent",
        ),
        Facet::Takes => was(Kind::ParameterTypeChanged, "takes"),
        Facet::Signature if *noun == Noun::Ability => {
            is(Kind::TraitRemoved, &format!("has another `{name}`"))
        }
        Facet::Signature => is(Kind::ParameterTypeChanged, "has another signature"),
        Facet::Holds if is_variant => was(Kind::VariantTypeChanged, "is"),
        Facet::Holds => was(Kind::FieldTypeChanged, "is"),
        Facet::Required if has => is(Kind::ParameterRequired, "is required, and was optional"),
        Facet::Required => is(Kind::ParameterOptional, "is optional, and was required"),
        Facet::Sent => {
            let message = format!("is sent as the {now}, where it was the {before}");
            (Kind::ParameterSentOtherwise, message)
        }
        Facet::Repeated if has => is(Kind::ParameterSentOtherwise, "sends each of several values"),
        Facet::Repeated => is(Kind::ParameterSentOtherwise, "sends one value"),
        Facet::Success => was(Kind::SuccessChanged, "answers with"),
        Facet::Error => was(Kind::ErrorChanged, "fails with"),
        Facet::Wire if is_variant => was(Kind::VariantSentOtherwise, "is written as"),
        Facet::Wire => was(Kind::FieldSentOtherwise, "is written as"),
        Facet::Aliases if has_all() => is(Kind::FieldAliasAdded, "is read by more names"),
        Facet::Aliases => is(
            Kind::FieldSentOtherwise,
            "is no longer read by each of its names",
        ),
        Facet::Value if name == VERSION => was(Kind::VersionChanged, "is"),
        Facet::Value => was(Kind::CodeChanged, "is"),
        Facet::Order => is(Kind::FactsChanged, "has another order"),
        Facet::Code => match noun {
            Noun::Setter => is(
                Kind::ParameterSentOtherwise,
                "checks or sends its value otherwise",
            ),
            Noun::Field => is(Kind::FieldSentOtherwise, "is written or read otherwise"),
            Noun::Variant => is(Kind::VariantSentOtherwise, "is written or read otherwise"),
            Noun::TypeCode => is(Kind::ValuesChanged, "accepts or writes other values"),
            _ => is(Kind::CodeChanged, "has other code"),
        },
        Facet::Deprecated if has => is(Kind::Deprecated, "is deprecated"),
        Facet::Deprecated => is(Kind::NoLongerDeprecated, "is no longer deprecated"),
        Facet::Description => is(Kind::DescriptionChanged, "is described otherwise"),
    }
}

/// Describes a change of the parameters that keep the operation from acting on everything.
fn filter(old: &str, new: &str) -> (Kind, String) {
    let added = new.lines().filter(|name| old.lines().all(|it| it != *name));
    let added: Vec<&str> = added.collect();
    if !old.is_empty() && old.lines().count() + added.len() == new.lines().count() {
        let message = format!("takes `{}` for a filter, too", added.join("`, `"));
        return (Kind::FilterAdded, message);
    }
    (
        Kind::FilterChanged,
        was("needs a filter of", Some(old), Some(new)),
    )
}

/// ``is `1`, where it was `2` ``.
fn was(verb: &str, old: Option<&str>, new: Option<&str>) -> String {
    let [old, new] = [old, new].map(|text| match text {
        None | Some("") => "nothing".to_owned(),
        Some(text) => format!("`{}`", text.replace('\n', "`, `")),
    });
    format!("{verb} {new}, where it was {old}")
}
