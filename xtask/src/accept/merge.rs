//! A revision of the document with our sentences: its structure and its order, our descriptions.
//!
//! What is a sentence is known by the name of the member that holds it, and by what is around: a property may be called
//! `description`, and data may look like anything. Prose in members that OpenAPI does not know, such as extensions, is
//! ours, too.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::identity;
use crate::pointer::Pointer;

/// Members that hold sentences for people, which are ours.
const SENTENCES: [&str; 2] = ["description", "$comment"];

/// Members that hold short texts of the vendor's.
const SHORT: [&str; 8] = [
    "summary", "title", "name", "pattern", "format", "url", "version", "openapi",
];

/// Members that hold data, whatever it looks like, and what is the vendor's as a whole: the short descriptions of tags
/// and of security schemes are names like summaries.
const DATA: [&str; 7] = [
    "default",
    "const",
    "enum",
    "example",
    "value",
    "tags",
    "securitySchemes",
];

/// Members that hold objects by names that mean nothing to OpenAPI.
const NAMED: [&str; 22] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "dependencies",
    "$defs",
    "definitions",
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "links",
    "pathItems",
    "paths",
    "webhooks",
    "callbacks",
    "content",
    "encoding",
    "variables",
    "mapping",
    "scopes",
];

/// The kind of an object, by the member that holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around<'a> {
    /// An object that OpenAPI describes.
    Object,
    /// The answers of an operation, of which each has to have a description.
    Answer,
    /// Objects by name, in the member of this name.
    Named(&'a str),
    /// An object that OpenAPI does not know.
    Foreign,
}

/// The outcome of a merge.
#[derive(Clone, Debug)]
pub(super) struct Merged {
    /// The revision with our sentences.
    pub(super) root: Value,
    /// Sentences of the revision for which we have none: they were left out.
    pub(super) wanted: Vec<Wanted>,
    /// Sentences of ours that found no place.
    pub(super) dropped: Vec<Dropped>,
}

/// A sentence that is ours to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The thing that it is about, in the revision and in the outcome.
    pub(super) at: Pointer,
    /// The member of it that would hold the sentence.
    pub(super) name: String,
    /// `true` if we have nothing of the thing that it is about, so that nobody has decided to leave it out. What
    /// OpenAPI does not know never counts: the pipeline does not look at it.
    pub(super) is_new: bool,
}

/// A sentence of ours whose place is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dropped {
    /// Where it stood.
    pub(super) at: Pointer,
    /// The sentence.
    pub(super) text: String,
}

/// Puts our sentences into a revision: two documents, or two objects of the same kind.
pub(super) fn merge(theirs: &Value, ours: &Value) -> Merged {
    let mut all = Merge::default();
    let (value, at) = (ours, Pointer::root());
    let root = all.value(
        theirs,
        Around::Object,
        Some(&Same { value, at }),
        &Pointer::root(),
    );
    // With nothing to keep, each of our own sentences is a wanted one.
    let mut own = Merge::default();
    own.value(ours, Around::Object, None, &Pointer::root());
    let own = own.wanted.iter().map(|wanted| wanted.at.join(&wanted.name));
    let dropped = own.filter(|at| !all.kept.contains(at)).filter_map(|at| {
        let text = at.resolve(ours)?.as_str()?.to_owned();
        Some(Dropped { at, text })
    });
    Merged {
        root,
        dropped: dropped.collect(),
        wanted: all.wanted,
    }
}

/// The same thing in our document.
#[derive(Clone, Debug)]
struct Same<'a> {
    value: &'a Value,
    at: Pointer,
}

impl<'a> Same<'a> {
    fn member(&self, name: &str) -> Option<Self> {
        let value = self.value.as_object()?.get(name)?;
        Some(Self {
            value,
            at: self.at.join(name),
        })
    }

    fn element(&self, index: usize) -> Option<Self> {
        let value = self.value.as_array()?.get(index)?;
        Some(Self {
            value,
            at: self.at.join(index),
        })
    }

    /// The sentence that it is, if there is anything in it.
    fn sentence(&self) -> Option<&'a str> {
        self.value.as_str().filter(|text| !text.trim().is_empty())
    }
}

#[derive(Default)]
struct Merge {
    wanted: Vec<Wanted>,
    /// Where the sentences of ours stood that have been taken over.
    kept: HashSet<Pointer>,
}

impl Merge {
    fn value(
        &mut self,
        theirs: &Value,
        around: Around<'_>,
        ours: Option<&Same<'_>>,
        at: &Pointer,
    ) -> Value {
        match theirs {
            Value::Object(map) => self.object(map, around, ours, at),
            Value::Array(values) => self.list(values, around, ours, at),
            other => other.clone(),
        }
    }

    fn object(
        &mut self,
        theirs: &Map<String, Value>,
        around: Around<'_>,
        ours: Option<&Same<'_>>,
        at: &Pointer,
    ) -> Value {
        let own = ours.and_then(|ours| ours.value.as_object());
        let pairs =
            (around == Around::Named("paths")).then(|| own.map(|own| identity::paths(theirs, own)));
        let pairs = pairs.flatten();
        let mut merged = Map::new();
        for (name, value) in theirs {
            let known = match &pairs {
                Some(pairs) => pairs.get(name).copied(),
                None => Some(name.as_str()),
            };
            let same = known.and_then(|name| ours?.member(name));
            let inner = inner(around, name, value);
            let is_known = ours.is_some() || inner == Inner::Prose;
            let value = match (inner, value) {
                (Inner::Vendor, value) => Some(value.clone()),
                (Inner::Sentence | Inner::Prose, Value::String(text)) => {
                    let found = self.sentence(text, same.as_ref(), is_known, (at, name));
                    let is_required = around == Around::Answer && name == "description";
                    found.or_else(|| is_required.then(|| Value::from("")))
                }
                (Inner::Within(around), value) => {
                    Some(self.value(value, around, same.as_ref(), &at.join(name)))
                }
                (Inner::Sentence | Inner::Prose, value) => {
                    Some(self.value(value, Around::Foreign, same.as_ref(), &at.join(name)))
                }
            };
            merged.extend(value.map(|value| (name.clone(), value)));
        }
        if let (Some(ours), Some(own), Around::Object | Around::Answer) = (ours, own, around) {
            self.keep_unasked(ours, own, theirs, &mut merged);
        }
        Value::Object(merged)
    }

    /// Takes over the sentences of ours for which the revision has none, each behind the member that it
    /// stood behind.
    fn keep_unasked(
        &mut self,
        ours: &Same<'_>,
        own: &Map<String, Value>,
        theirs: &Map<String, Value>,
        merged: &mut Map<String, Value>,
    ) {
        let mut index = 0;
        for name in own.keys() {
            let is_ours = SENTENCES.contains(&name.as_str()) && !theirs.contains_key(name);
            let same = ours
                .member(name)
                .filter(|same| is_ours && same.sentence().is_some());
            if let Some(same) = same {
                merged.shift_insert(index, name.clone(), same.value.clone());
                self.kept.insert(same.at);
            }
            if let Some(found) = merged.keys().position(|key| key == name) {
                index = found + 1;
            }
        }
    }

    /// A list, of which each object is the same as one of ours by what it says. Of what OpenAPI does not know, what is
    /// left out leaves an empty text, so that the rest stays where it is.
    fn list(
        &mut self,
        theirs: &[Value],
        around: Around<'_>,
        ours: Option<&Same<'_>>,
        at: &Pointer,
    ) -> Value {
        let own = ours.and_then(|ours| ours.value.as_array());
        let own = own.map(Vec::as_slice).unwrap_or_default();
        let pairs = match around {
            Around::Foreign => (0..theirs.len()).map(Some).collect(),
            _ => identity::entries(&at.last().unwrap_or_default(), theirs, own),
        };
        let merged = theirs
            .iter()
            .zip(pairs)
            .enumerate()
            .map(|(index, (value, pair))| {
                let same = pair.and_then(|index| ours?.element(index));
                match value {
                    Value::String(text)
                        if around == Around::Foreign && is_prose(text, same.as_ref()) =>
                    {
                        let found =
                            self.sentence(text, same.as_ref(), true, (at, &index.to_string()));
                        found.unwrap_or_else(|| Value::from(""))
                    }
                    value => self.value(value, around, same.as_ref(), &at.join(index)),
                }
            });
        Value::Array(merged.collect())
    }

    /// Our sentence in place of the revision's; `None` where we have none, and one is wanted.
    fn sentence(
        &mut self,
        theirs: &str,
        ours: Option<&Same<'_>>,
        is_known: bool,
        (at, name): (&Pointer, &str),
    ) -> Option<Value> {
        if !is_prose(theirs, ours) && !SENTENCES.contains(&name) {
            return Some(Value::from(theirs));
        }
        if let Some((ours, text)) = ours.and_then(|ours| Some((ours, ours.sentence()?))) {
            self.kept.insert(ours.at.clone());
            return Some(Value::from(text));
        }
        if theirs.trim().is_empty() {
            return Some(Value::from(theirs));
        }
        let (at, name, is_new) = (at.clone(), name.to_owned(), !is_known);
        self.wanted.push(Wanted { at, name, is_new });
        None
    }
}

/// The kind of a member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inner<'a> {
    /// The revision's, as it is.
    Vendor,
    /// A sentence.
    Sentence,
    /// A text that may be prose.
    Prose,
    /// A value to look into.
    Within(Around<'a>),
}

fn inner<'a>(around: Around<'a>, name: &'a str, value: &Value) -> Inner<'a> {
    let is_extension = name.starts_with("x-");
    match around {
        Around::Foreign if value.is_string() => Inner::Prose,
        Around::Foreign => Inner::Within(Around::Foreign),
        Around::Named("paths" | "responses") if is_extension && value.is_string() => Inner::Prose,
        Around::Named("paths" | "responses") if is_extension => Inner::Within(Around::Foreign),
        Around::Named("callbacks") => Inner::Within(Around::Named("paths")),
        Around::Named("responses") => Inner::Within(Around::Answer),
        Around::Named(_) if value.is_object() => Inner::Within(Around::Object),
        Around::Named(_) => Inner::Vendor,
        _ if SENTENCES.contains(&name) => Inner::Sentence,
        _ if SHORT.contains(&name) && value.is_string() || DATA.contains(&name) => Inner::Vendor,
        _ if value.is_string() => Inner::Prose,
        _ if is_extension => Inner::Within(Around::Foreign),
        _ if name == "examples" && value.is_array() => Inner::Vendor,
        _ if NAMED.contains(&name) && value.is_object() => Inner::Within(Around::Named(name)),
        _ => Inner::Within(Around::Object),
    }
}

/// Returns whether a text is prose, and no name, address or code word, here or with us.
fn is_prose(text: &str, ours: Option<&Same<'_>>) -> bool {
    let has_spaces = |text: &str| text.trim().contains(char::is_whitespace);
    has_spaces(text) || ours.and_then(Same::sentence).is_some_and(has_spaces)
}

#[cfg(test)]
mod tests;
