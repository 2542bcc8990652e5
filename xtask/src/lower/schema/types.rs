//! `type`, with null and with `enum`: a schema of 3.0 has one type, and may be `nullable` beside it.

use serde_json::{Number, Value, json};

use super::super::context::{Context, Object};
use super::super::grammar::TYPES;
use super::{annotations::is_annotation, arrays, constants, nulls, unions};
use crate::pointer::Pointer;

pub(super) fn lower(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let declared = declared(schema);
    let Some(mut types) = declared.or_else(|| of_values(schema)) else {
        lower_untyped_nullable(schema, at, context);
        return;
    };
    restrict(schema, &mut types);
    if types.is_empty() {
        constants::empty(schema, at, context);
        return;
    }
    let null = types.contains(&"null");
    types.retain(|name| *name != "null");
    match types.as_slice() {
        [] => only_null(schema),
        [name] => one_type(schema, name, null),
        several if null && several.len() == EVERY_TYPE && !schema.contains_key("enum") => {
            schema.shift_remove("type");
        }
        several => unions::lower(schema, several, null, at, context),
    }
}

/// How many types there are beside null, where numbers include integers.
const EVERY_TYPE: usize = 5;

/// The types that the schema declares, `number` without `integer`, which it includes.
fn declared(schema: &Object) -> Option<Vec<&'static str>> {
    let declared = schema.get("type")?;
    let has = |name: &str| match declared {
        Value::Array(names) => names.iter().any(|own| own == name),
        own => own == name,
    };
    let mut types: Vec<_> = match declared {
        Value::Array(names) => names.iter().filter_map(known).collect(),
        name => known(name).into_iter().collect(),
    };
    types.retain(|name| *name != "integer" || !has("number"));
    let mut once = Vec::new();
    for name in types {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    let nullable = schema.get("nullable") == Some(&Value::Bool(true));
    if nullable && !once.contains(&"null") {
        once.push("null");
    }
    Some(once)
}

fn known(name: &Value) -> Option<&'static str> {
    TYPES.into_iter().find(|known| name == known)
}

/// The types of the values of `enum`, which the generator does not see for itself.
fn of_values(schema: &Object) -> Option<Vec<&'static str>> {
    let values = schema.get("enum")?.as_array()?;
    let fraction = values
        .iter()
        .any(|value| value.is_number() && type_of(value) == "number");
    let mut types = Vec::new();
    for value in values {
        let name = match type_of(value) {
            "integer" if fraction => "number",
            name => name,
        };
        if !types.contains(&name) {
            types.push(name);
        }
    }
    Some(types)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if whole(number).is_some() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A number that has no fraction, written without one.
fn whole(number: &Number) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.is_i64() || number.is_u64() {
        return Some(number.clone());
    }
    let value = number.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the value is whole and in range"
    )]
    (value.fract() == 0.0 && value.abs() < EXACT).then(|| Number::from(value as i64))
}

/// Whether a value is of a type.
pub(super) fn is_of(value: &Value, name: &str) -> bool {
    let own = type_of(value);
    own == name || (own == "integer" && name == "number")
}

/// Leaves those values and types that go together.
///
/// A null that `enum` does not list is not accepted, whatever `type` says. Only `nullable` of 3.0 stays
/// all the same: most who write it beside an `enum` mean it.
fn restrict(schema: &mut Object, types: &mut Vec<&'static str>) {
    let nullable = schema.contains_key("nullable");
    let Some(Value::Array(values)) = schema.get_mut("enum") else {
        return;
    };
    values.retain(|value| types.iter().any(|name| is_of(value, name)));
    types.retain(|name| {
        let listed = values.iter().any(|value| is_of(value, name));
        listed || (nullable && *name == "null" && !values.is_empty())
    });
}

/// Nothing but null: only annotations and combinators can matter beside it.
fn only_null(schema: &mut Object) {
    const COMBINATORS: [&str; 4] = ["allOf", "anyOf", "oneOf", "not"];
    schema.retain(|name, _| is_annotation(name) || COMBINATORS.contains(&name.as_str()));
    schema.insert("enum".to_owned(), json!([null]));
}

fn one_type(schema: &mut Object, name: &str, null: bool) {
    schema.insert("type".to_owned(), json!(name));
    if null {
        schema.insert("nullable".to_owned(), json!(true));
    } else {
        schema.shift_remove("nullable");
    }
    if name == "integer"
        && let Some(Value::Array(values)) = schema.get_mut("enum")
    {
        for value in values {
            if let Value::Number(number) = value
                && let Some(whole) = whole(number)
            {
                *number = whole;
            }
        }
    }
    arrays::add_items(schema);
}

/// `nullable` of 3.0 without a type: beside a combinator null becomes a part of its own, as the generator
/// reads it; without one it has no effect, because a schema without a type accepts null.
fn lower_untyped_nullable(schema: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let nullable = schema.shift_remove("nullable") == Some(Value::Bool(true));
    let combined = ["allOf", "anyOf", "oneOf", "not"]
        .iter()
        .any(|name| schema.contains_key(*name));
    if !nullable || !combined {
        return;
    }
    let rest = super::split_off(schema, |name| !is_annotation(name));
    let part = at.join("oneOf").join(0);
    super::moved_members(&rest, at, &part, context);
    schema.insert("oneOf".to_owned(), json!([rest, nulls::null()]));
}
