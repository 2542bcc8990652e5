//! The text of an input file, and documents that remember which line each value came from.

use std::sync::Arc;

use serde_json::Value;

use crate::finding::Location;
use crate::pointer::Pointer;

mod origins;
pub(crate) mod places;

pub use origins::Origins;

/// An input file: its name for people, and its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as the user gave it, or `<stdin>`.
    pub name: String,
    /// The whole text; empty where the file could not be read as text.
    pub text: String,
}

impl Source {
    /// A source with this name and text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
        })
    }
}

/// A JSON value together with the place in a source file that each part of it came from.
#[derive(Clone, Debug)]
pub struct Document {
    /// The value; objects keep the order of the file.
    pub root: Value,
    /// Where each value stands.
    pub origins: Origins,
}

impl Document {
    /// The place of the value at `pointer`, or of the nearest value around it that has one.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Location {
        self.origins.locate(pointer)
    }

    /// The value that `value` stands for: what its `$ref` points to in this document, or itself.
    ///
    /// A reference that cannot be followed, or a ring of references, stands for itself.
    #[must_use]
    pub fn deref<'a>(&'a self, value: &'a Value) -> &'a Value {
        // A chain longer than this is a ring, or nothing that a person wrote.
        const LONGEST_CHAIN: usize = 32;
        let mut here = value;
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = here.get("$ref").and_then(Value::as_str) else {
                return here;
            };
            match Pointer::from_local_reference(reference)
                .and_then(|pointer| pointer.resolve(&self.root))
            {
                Some(target) => here = target,
                None => return value,
            }
        }
        value
    }
}

/// The lines of a text without their ends (`\n`, `\r\n` or `\r`), as YAML counts them; at least one.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some((line, after)) = text.split_once(['\n', '\r']) else {
            return rest.take();
        };
        let broken_by_return = text.as_bytes().get(line.len()) == Some(&b'\r');
        rest = Some(match after.strip_prefix('\n') {
            Some(after) if broken_by_return => after,
            _ => after,
        });
        Some(line)
    })
}
