//! Documents with something changed at random.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the ground of a test, and it fails by panicking"
)]
#![allow(dead_code, unused_imports, reason = "each test uses a part")]

mod blow_up;
mod keywords;
mod lines;
mod random;

pub(crate) use lines::change_lines;
pub(crate) use random::Random;

use serde_json::{Map, Value, json};
use xtask::pointer::Pointer;

use blow_up::{blow_up, long_name};
use keywords::KEYWORDS;

/// A change of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Delete,
    Retype,
    Rename,
    Duplicate,
    /// The value of another place.
    Move,
    /// A reference to another place.
    Refer,
    Nest,
    BlowUp,
    /// A keyword that was not there.
    Insert,
    /// Of the text, not of a value.
    Lines,
}

/// The changes of a value; what is there twice is done twice as often.
pub(crate) const KINDS: [Kind; 10] = [
    Kind::Delete,
    Kind::Retype,
    Kind::Rename,
    Kind::Duplicate,
    Kind::Move,
    Kind::Refer,
    Kind::Nest,
    Kind::BlowUp,
    Kind::Insert,
    Kind::Insert,
];

/// Texts that are special in YAML, JSON Pointer, Rust or on a terminal.
const TEXTS: [&str; 22] = [
    "",
    " ",
    "\u{0}",
    "\u{feff}",
    "a\nb",
    "*/",
    "\"#",
    "{",
    "}}",
    "'",
    "//",
    "\\",
    "~1",
    "~2",
    "日本",
    "🦀",
    "self",
    "crate",
    "r#type",
    "\u{202e}",
    "\u{1b}[2J",
    "1",
];

/// Changes one thing somewhere, and says what it did.
pub(crate) fn change(root: &mut Value, random: &mut Random) -> Option<Kind> {
    let mut places = Vec::new();
    pointers(root, &Pointer::root(), &mut places);
    if places.is_empty() {
        return None; // Nothing is left.
    }
    let place = random.pick(&places).clone();
    let other = random.pick(&places).clone();
    let (parent, key) = (
        place.parent().expect("no root"),
        place.last().expect("a token"),
    );
    let value = place.resolve(root).cloned().expect("a value");
    let kind = *random.pick(&KINDS);
    match kind {
        Kind::Delete => remove(root, &parent, &key),
        Kind::Retype => replace(root, &place, other_type(random)),
        Kind::Rename => {
            let name = name(&key, random);
            rename(root, &parent, &key, name, random.below(4) == 0);
        }
        Kind::Duplicate => {
            let name = name(&key, random);
            rename(root, &parent, &key, name, true);
        }
        Kind::Move => {
            let other = other.resolve(root).cloned().expect("a value");
            replace(root, &place, other);
        }
        Kind::Refer => {
            let reference = json!({ "$ref": format!("#{other}") });
            replace(root, &place, reference);
        }
        Kind::Nest => replace(root, &place, nested(value, random)),
        Kind::BlowUp => replace(root, &place, blow_up(value, random)),
        Kind::Insert | Kind::Lines => insert(root, &place, random),
    }
    Some(kind)
}

fn pointers(value: &Value, at: &Pointer, places: &mut Vec<Pointer>) {
    let mut add = |at: Pointer, value: &Value| {
        pointers(value, &at, places);
        places.push(at);
    };
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, value)| add(at.join(key), value)),
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .for_each(|(index, value)| add(at.join(index), value)),
        _ => {}
    }
}

fn replace(root: &mut Value, place: &Pointer, value: Value) {
    *place.resolve_mut(root).expect("a value") = value;
}

fn remove(root: &mut Value, parent: &Pointer, key: &str) {
    match parent.resolve_mut(root).expect("a value") {
        Value::Object(members) => drop(members.shift_remove(key)),
        Value::Array(elements) => drop(elements.remove(key.parse().expect("an index"))),
        _ => panic!("a parent"),
    }
}

fn other_type(random: &mut Random) -> Value {
    let text = *random.pick(&TEXTS);
    random
        .pick(&[
            json!(null),
            json!(true),
            json!(7),
            json!("x"),
            json!([]),
            json!({}),
            json!(text),
            json!([text]),
        ])
        .clone()
}

fn nested(value: Value, random: &mut Random) -> Value {
    match random.below(6) {
        0 => json!({ "allOf": [value] }),
        1 => json!({ "type": "array", "items": value }),
        2 => json!({ "type": "object", "properties": { "inner": value } }),
        3 => json!({ "oneOf": [value, { "type": "null" }] }),
        4 => json!([value]),
        _ => json!({ "value": value }),
    }
}

/// A name that is like `key`, or one that is like none.
fn name(key: &str, random: &mut Random) -> String {
    match random.below(7) {
        0 => key.to_uppercase(),
        1 => format!("{key}_"),
        2 => random.pick(KEYWORDS).0.to_owned(),
        3 => (*random.pick(&TEXTS)).to_owned(),
        4 => format!("{key}{}", random.pick(&TEXTS)),
        5 => long_name(key),
        _ => format!("{key}-item"),
    }
}

/// Another name for a member, or the same element once more.
fn rename(root: &mut Value, parent: &Pointer, key: &str, name: String, keep: bool) {
    match parent.resolve_mut(root).expect("a value") {
        Value::Object(members) => {
            let value = members.get(key).cloned().expect("a member");
            if !keep {
                members.shift_remove(key);
            }
            members.insert(name, value);
        }
        Value::Array(elements) => {
            let element = elements[key.parse::<usize>().expect("an index")].clone();
            elements.push(element);
        }
        _ => panic!("a parent"),
    }
}

/// A keyword in the object at `place` or the one around it.
fn insert(root: &mut Value, place: &Pointer, random: &mut Random) {
    let (key, value) = random.pick(KEYWORDS);
    let value: Value = serde_json::from_str(value).expect("JSON");
    let place = if place.resolve(root).is_some_and(Value::is_object) {
        place.clone()
    } else {
        place.parent().expect("no root")
    };
    let members: Option<&mut Map<String, Value>> =
        place.resolve_mut(root).and_then(Value::as_object_mut);
    if let Some(members) = members {
        if random.below(4) == 0 {
            members.clear();
        }
        members.insert((*key).to_owned(), value);
    }
}
