//! Values out of a list: `enum` and `const`.

use std::collections::HashSet;

use serde_json::Value;

use super::conjunction::Part;
use super::context::Lowering;
use super::names::{pascal, unique};
use crate::core::{Enum, Kind, Scalar, Shape, Slot, Value as EnumValue};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// Returns the slot for the listed values, if a part lists any.
    pub(super) fn enumeration(
        &mut self,
        parts: &[Part<'a>],
        types: &[&str],
        at: &Pointer,
    ) -> Option<Slot> {
        let mut listed: Option<Vec<&'a Value>> = None;
        let mut place = at.clone();
        for part in parts {
            let here: Vec<&'a Value> = match (part.object.get("enum"), part.object.get("const")) {
                (Some(Value::Array(values)), _) => values.iter().collect(),
                (_, Some(value)) => vec![value],
                _ => continue,
            };
            place = part.at.join(if part.object.contains_key("enum") {
                "enum"
            } else {
                "const"
            });
            listed = Some(match listed {
                None => here,
                Some(before) => before
                    .into_iter()
                    .filter(|value| here.contains(value))
                    .collect(),
            });
        }
        let listed = listed?;
        let null = listed.iter().any(|value| value.is_null());
        let mut values = listed;
        values.retain(|value| !value.is_null());
        // `enum: [1, 2]` beside `type: string` is seen, and means the texts.
        if types == ["string"] && values.iter().any(|value| !value.is_string()) {
            self.left_to_service(&place);
            return Some(Slot::string().or_null(null));
        }
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(value.to_string()));
        let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
        if texts.is_empty() || texts.len() < values.len() {
            let kind = kind_of(&values);
            if !values.is_empty() {
                self.left_to_service(&place);
            }
            return Some(Slot::new(kind).or_null(null));
        }
        let texts = texts.into_iter().map(str::to_owned);
        Some(self.add_enum(texts, at).or_null(null))
    }

    /// Adds the enum of these texts at `at`.
    pub(super) fn add_enum(
        &mut self,
        texts: impl IntoIterator<Item = String>,
        at: &Pointer,
    ) -> Slot {
        let name = self.name_of(at);
        let mut taken = HashSet::from(["Unknown".to_owned()]);
        let values = texts
            .into_iter()
            .map(|value| {
                let variant = unique(&variant(&value), "", |name| taken.contains(name));
                taken.insert(variant.clone());
                EnumValue {
                    variant,
                    value,
                    description: String::new(),
                }
            })
            .collect();
        self.add_type(&name, at, Shape::Enum(Enum { values }));
        Slot::new(Kind::Type(name))
    }

    fn left_to_service(&mut self, at: &Pointer) {
        self.note(
            "lower/listed-values",
            at,
            "these values are not all texts, so every value of their type is taken",
            "Nothing has to be done; values that are not listed are refused by the service.",
        );
    }
}

/// Returns the type that all the values have.
fn kind_of(values: &[&Value]) -> Kind {
    let all = |is: fn(&Value) -> bool| !values.is_empty() && values.iter().all(|value| is(value));
    if all(Value::is_boolean) {
        Kind::Scalar(Scalar::Boolean)
    } else if all(Value::is_i64) {
        Kind::Scalar(Scalar::Int64)
    } else if all(Value::is_number) {
        Kind::Scalar(Scalar::Double)
    } else {
        Kind::Any
    }
}

/// Returns the Rust name of a variant: the words of the text, or the names of its signs.
fn variant(text: &str) -> String {
    let named: String = if text.chars().any(char::is_alphanumeric) {
        let signed = |c: char| matches!(c, '+' | '<' | '>' | '=' | '!');
        match text.strip_prefix(['-', '+']) {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
                format!("{} {rest}", sign(text.chars().next().unwrap_or('+')))
            }
            _ => text
                .chars()
                .map(|c| {
                    if signed(c) {
                        format!(" {} ", sign(c))
                    } else {
                        c.to_string()
                    }
                })
                .collect(),
        }
    } else if text.is_empty() {
        "empty".to_owned()
    } else {
        text.chars().map(|c| format!(" {} ", sign(c))).collect()
    };
    pascal(&named)
}

fn sign(c: char) -> String {
    let word = match c {
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '?' => "question",
        '_' => "underscore",
        ' ' => "space",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}
