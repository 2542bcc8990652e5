//! Values made larger than anybody writes them.

use serde_json::{Map, Number, Value, json};

use super::Random;

/// The number of characters of a long text.
const LONG: usize = 20_000;

/// The number of elements or members of a large collection.
const MANY: usize = 300;

/// A value of the same type that is far larger, or the value at the bottom of a deep nest.
pub(super) fn blow_up(value: Value, random: &mut Random) -> Value {
    if random.below(4) == 0 {
        return deep(value, random);
    }
    match value {
        Value::String(text) => Value::String(longer(&text, LONG)),
        Value::Array(elements) if !elements.is_empty() => {
            elements.iter().cycle().take(MANY).cloned().collect()
        }
        Value::Object(members) if !members.is_empty() => many(members),
        Value::Number(_) => random
            .pick(&[
                json!(u64::MAX),
                json!(i64::MIN),
                json!(-1),
                json!(0),
                json!(1e308),
                json!(5e-324),
                json!(0.1),
                Number::from_f64(-0.0).into(),
            ])
            .clone(),
        other => deep(other, random),
    }
}

/// A name so long that no file, path or line has room for it.
pub(super) fn long_name(key: &str) -> String {
    longer(key, 4_000)
}

fn longer(text: &str, length: usize) -> String {
    let text = if text.is_empty() { "x" } else { text };
    text.chars().cycle().take(length).collect()
}

/// The members, and copies of them under numbered names.
fn many(mut members: Map<String, Value>) -> Value {
    let copies: Vec<_> = members
        .iter()
        .cycle()
        .enumerate()
        .take(MANY)
        .map(|(number, (name, value))| (format!("{name}{number}"), value.clone()))
        .collect();
    members.extend(copies);
    Value::Object(members)
}

fn deep(value: Value, random: &mut Random) -> Value {
    let depth = *random.pick(&[8, 20, 31, 50, 130, 300]);
    let form = random.below(4);
    (0..depth).fold(value, |inner, _| match form {
        0 => json!([inner]),
        1 => json!({ "type": "array", "items": inner }),
        2 => json!({ "type": "object", "properties": { "a": inner } }),
        _ => json!({ "allOf": [inner, { "description": "More." }] }),
    })
}
