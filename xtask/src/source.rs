//! The text of an input file, places in it, and documents that remember the place of each value.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Value;

use crate::pointer::Pointer;

/// An input file: its name for people, and its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as the user gave it, or `<stdin>`.
    pub name: String,
    /// The whole text; empty where the file could not be read as text.
    pub text: String,
}

impl Source {
    /// Returns a source with this name and text.
    ///
    /// A byte order mark is taken off, and line ends become `\n`, so that the same text loads the same and
    /// hashes the same wherever it was checked out.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        let plain = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let text = plain.replace("\r\n", "\n").replace('\r', "\n");
        Arc::new(Self {
            name: name.into(),
            text,
        })
    }
}

/// A place in a file that a person can edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// The line, counted from 1; 0 where only the file is known.
    pub line: usize,
    /// The column in characters, counted from 1; 0 where only the file is known.
    pub column: usize,
    /// The number of characters of the line that the marker covers, at least 1.
    pub width: usize,
}

impl Location {
    /// Returns the file as a whole, for what has no line: an unreadable or an empty file.
    #[must_use]
    pub fn whole_file(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            line: 0,
            column: 0,
            width: 1,
        }
    }

    /// Returns the place of a range of bytes of a file.
    #[must_use]
    pub fn of_bytes(source: &Arc<Source>, bytes: Range<usize>) -> Self {
        let before = source.text.get(..bytes.start).unwrap_or(&source.text);
        let marked = source.text.get(bytes).unwrap_or_default();
        let marked = marked.lines().next().unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            source: Arc::clone(source),
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            width: marked.chars().count().max(1),
        }
    }
}

/// `path:line:col`, or the path alone for a whole file.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source.name)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        Ok(())
    }
}

/// A JSON value together with the place in a source file that each part of it came from.
#[derive(Clone, Debug)]
pub struct Document {
    /// The value; objects keep the order of the file.
    pub root: Value,
    pub(crate) places: Places,
}

impl Document {
    /// Returns the file that the document as a whole came from.
    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.places.place.source
    }

    /// Returns the place of the value at `pointer`, or of the nearest value around it that has one.
    ///
    /// For a member of an object, that is the place of its key.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Location {
        self.places.locate(pointer)
    }

    /// Returns the value that `value` stands for: the end of its chain of `$ref` in this document, or itself.
    ///
    /// A reference that cannot be followed, or one of a ring of references, is the end.
    #[must_use]
    pub fn deref<'a>(&'a self, value: &'a Value) -> &'a Value {
        // A chain longer than this is a ring, or nothing that a person wrote.
        const LONGEST_CHAIN: usize = 32;
        let next = |value: &&'a Value| {
            let reference = value.get("$ref")?.as_str()?;
            Pointer::from_local_reference(reference)?.resolve(&self.root)
        };
        let chain = std::iter::successors(Some(value), next);
        chain.take(LONGEST_CHAIN).last().unwrap_or(value)
    }
}

/// The place of a value and, below it, the places of its members or elements, as far as they have places of
/// their own.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub(crate) place: Location,
    /// Boxed, because most values have none; elements by their indices.
    parts: Option<Box<IndexMap<Box<str>, Self>>>,
}

impl Places {
    /// Returns the place of a value whose parts have no places of their own.
    pub(crate) fn new(place: Location) -> Self {
        Self { place, parts: None }
    }

    /// Returns the places of a member or an element.
    pub(crate) fn part(&self, token: &str) -> Option<&Self> {
        self.parts.as_ref()?.get(token)
    }

    /// Sets the places of a member or an element.
    pub(crate) fn insert(&mut self, token: &str, part: Self) {
        self.parts
            .get_or_insert_default()
            .insert(token.into(), part);
    }

    /// Keeps these members or elements alone, each by its old and its new token.
    pub(crate) fn keep(&mut self, tokens: impl Iterator<Item = (String, String)>) {
        let mut all = self.parts.take().unwrap_or_default();
        for (old, new) in tokens {
            if let Some(part) = all.swap_remove(&*old) {
                self.insert(&new, part);
            }
        }
    }

    /// Returns the place of the part at `pointer`, or of the nearest value around it that has one.
    pub(crate) fn locate(&self, pointer: &Pointer) -> Location {
        let mut here = self;
        for token in pointer.tokens() {
            let Some(part) = here.part(&token) else {
                break;
            };
            here = part;
        }
        here.place.clone()
    }

    /// Returns the places of the part at `pointer`, as a copy that can stand elsewhere.
    pub(crate) fn copy(&self, pointer: &Pointer) -> Self {
        let mut tokens = pointer.tokens();
        let part = tokens.try_fold(self, |here, token| here.part(&token));
        part.map_or_else(|| Self::new(self.locate(pointer)), Self::clone)
    }

    /// Returns the places of the part at `pointer`, to be changed along with it.
    pub(crate) fn at_mut(&mut self, pointer: &Pointer) -> &mut Self {
        pointer.tokens().fold(self, |here, token| {
            let part = Self::new(here.place.clone());
            let parts = here.parts.get_or_insert_default();
            parts.entry(token.into()).or_insert(part)
        })
    }
}
