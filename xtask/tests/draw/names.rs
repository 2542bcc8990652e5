//! Names that are hard on generated code.

use proptest::sample::Index;
use xtask::names::snake;

pub(super) const NAMES: &[&str] = &[
    "Order",
    "Item",
    "String",
    "Option",
    "Vec",
    "Box",
    "Result",
    "Ok",
    "Some",
    "None",
    "Value",
    "T",
    "D",
    "Read",
    "Default",
    "Clone",
    "Debug",
    "Serialize",
    "Deserialize",
    "TryInto",
    "Into",
    "Iterator",
    "ToString",
    "Error",
    "ConversionError",
    "Secret",
    "Member",
    "Unknown",
    "Self",
    "Builder",
    "From",
    "Copy",
    "Eq",
    "1st",
    "AsRef",
];

pub(super) const FIELDS: &[&str] = &[
    "id",
    "name",
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "build",
    "builder",
    "value",
    "T",
    "extra",
    "extra2",
    "createdAt",
    "1st",
    "x-y",
    "match",
    "async",
    "box",
    "deserializer",
    "serializer",
    "read",
    "error",
    "default",
    "f",
    "id_0",
    "try_into",
    "é",
    "$ref",
    "\"quoted\"",
    "a b",
    "clone",
    "required",
    "set",
];

pub(super) const VALUES: &[&str] = &[
    "CREATED", "a", "Unknown", "", " ", "\"", "\\", "é", "1", "-2", "Self", "self", "{x}",
    "as_str", "null", "\n",
];

/// One of `texts`.
pub(super) fn pick(index: &Index, texts: &[&'static str]) -> &'static str {
    texts[index.index(texts.len())]
}

/// Legal names, each once.
pub(super) struct Unique(pub(super) Vec<String>, pub(super) fn(&str) -> String);

impl Unique {
    /// Names that are none of these.
    pub(super) fn beside(taken: &[&str], case: fn(&str) -> String) -> Self {
        Self(taken.iter().map(|&name| name.to_owned()).collect(), case)
    }

    /// `text` in plain letters, digits and underscores.
    pub(super) fn plain(text: &str) -> String {
        snake(text).replace(|c: char| !c.is_ascii_alphanumeric(), "_")
    }

    pub(super) fn name(&mut self, text: &str) -> String {
        let mut name = (self.1)(text);
        let mut number = 2;
        while self.0.contains(&name) {
            name = (self.1)(&format!("{text}{number}"));
            number += 1;
        }
        self.0.push(name.clone());
        name
    }
}
