//! The core form as text, in the words of its grammar, for a person to review.

use std::fmt::Write as _;

use xtask::core::{
    Answers, Api, BodyKind, Content, Kind, Operation, Retry, Scalar, Shape, Slot, Status, Style,
    Type,
};

/// All types and operations.
pub(crate) fn api(api: &Api) -> String {
    let mut text = String::new();
    for named in api.types.values() {
        text.push_str(&type_text(named));
    }
    for operation in &api.operations {
        text.push_str(&operation_text(operation));
    }
    text
}

fn type_text(named: &Type) -> String {
    let name = &named.name;
    match &named.shape {
        Shape::Alias(target) => format!("{name} = {}\n", slot(target)),
        Shape::Enum(listed) => {
            let values = listed
                .values
                .iter()
                .map(|value| format!("{} {:?}", value.variant, value.value));
            format!("{name} = enum {}\n", join(values))
        }
        Shape::Union(union) => {
            let tag = union
                .tag
                .as_ref()
                .map(|tag| format!(" by {:?}", tag.name))
                .unwrap_or_default();
            let variants = union.variants.iter().map(|variant| {
                let tags = if variant.tags.is_empty() {
                    String::new()
                } else {
                    format!(" {:?}", variant.tags)
                };
                format!("{}{tags} {}", variant.name, slot(&variant.slot))
            });
            format!("{name} = union{tag} {}\n", join(variants))
        }
        Shape::Struct(object) => {
            let mut text = format!("{name} = struct\n");
            for property in &object.properties {
                let optional = if property.required { "" } else { "?" };
                let wire = if property.name == property.field {
                    String::new()
                } else {
                    format!(" {:?}", property.name)
                };
                let sensitive = if property.sensitive { " sensitive" } else { "" };
                let _ = writeln!(
                    text,
                    "  {}{optional}:{wire}{sensitive} {}",
                    property.field,
                    slot(&property.slot)
                );
            }
            if let Some(rest) = &object.rest {
                let _ = writeln!(text, "  ..: {}", slot(rest));
            }
            text
        }
    }
}

fn slot(value: &Slot) -> String {
    let text = match &value.kind {
        Kind::Any => "any".to_owned(),
        Kind::Scalar(Scalar::Format { json, format }) => format!("{json}:{format}"),
        Kind::Scalar(scalar) => format!("{scalar:?}").to_lowercase(),
        Kind::List(item) => format!("[{}]", slot(item)),
        Kind::Map(value) => format!("{{{}}}", slot(value)),
        Kind::Type(name) => name.clone(),
    };
    if value.nullable {
        format!("{text}|null")
    } else {
        text
    }
}

fn operation_text(operation: &Operation) -> String {
    let mut text = format!(
        "{} {} {}\n",
        operation.method_name,
        operation.method.name(),
        operation.path
    );
    for parameter in &operation.parameters {
        let optional = if parameter.required { "" } else { "?" };
        let wire = if parameter.name == parameter.field {
            String::new()
        } else {
            format!(" {:?}", parameter.name)
        };
        let style = match parameter.style {
            Style::Exploded | Style::Joined(",")
                if !matches!(parameter.slot.kind, Kind::List(_)) =>
            {
                String::new()
            }
            style => format!(" {style:?}"),
        };
        let raw = if parameter.raw { " raw" } else { "" };
        let excludes = match parameter.excludes.as_slice() {
            [] => String::new(),
            names => format!(" without {}", names.join(", ")),
        };
        let place = parameter.place.name();
        let _ = writeln!(
            text,
            "  {place} {}{optional}:{wire} {}{style}{raw}{excludes}",
            parameter.field,
            slot(&parameter.slot)
        );
    }
    if !operation.doc_aliases.is_empty() {
        let _ = writeln!(text, "  also {}", operation.doc_aliases.join(", "));
    }
    if operation.retry != Retry::default() {
        let _ = writeln!(text, "  retry {:?}", operation.retry);
    }
    if !operation.idempotency_headers.is_empty() {
        let _ = writeln!(
            text,
            "  idempotent with {:?}",
            operation.idempotency_headers
        );
    }
    for family in &operation.header_families {
        let _ = writeln!(
            text,
            "  header {}: {:?}",
            family.setter,
            format!("{}*", family.prefix)
        );
    }
    if let Some(body) = &operation.body {
        let optional = if body.required { "" } else { "?" };
        for media in &body.media {
            let kind = match &media.kind {
                BodyKind::Json(value) => format!("json {}", slot(value)),
                BodyKind::Form(value) => format!("form {}", slot(value)),
                other => format!("{other:?}").to_lowercase(),
            };
            let _ = writeln!(
                text,
                "  {}{optional}: {:?} {kind}",
                media.setter, media.media_type
            );
        }
    }
    answers(&mut text, "->", &operation.success);
    answers(&mut text, "!!", &operation.errors);
    text
}

fn answers(text: &mut String, sign: &str, answers: &Answers) {
    if let Some(union) = &answers.union {
        let _ = writeln!(text, "  {sign} {union}");
    }
    for case in &answers.cases {
        let statuses = case.statuses.iter().map(|status| match status {
            Status::Code(code) => code.to_string(),
            Status::Class(class) => format!("{class}XX"),
            Status::Default => "default".to_owned(),
        });
        let content = match &case.content {
            Content::Json(value) if case.members.is_empty() => slot(value),
            Content::Json(value) => format!("{} in {}", slot(value), case.members.join(", ")),
            other => format!("{other:?}").to_lowercase(),
        };
        let variant = if answers.union.is_some() {
            format!("{} ", case.variant)
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "  {sign} {variant}{} {content}",
            statuses.collect::<Vec<_>>().join(" ")
        );
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" | ")
}
