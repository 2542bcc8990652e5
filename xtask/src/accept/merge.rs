//! A revision of the document with our sentences: its structure and its order, our descriptions.
//!
//! The sentences are taken out of both documents, and ours are put into the revision, each at the address of what it is
//! about: that says where something stands whatever the order of lists and the names in path templates. What is a
//! sentence is known by the name of the member that holds it, and by what is around: a property may be called
//! `description`, and data may look like anything. Prose in members that OpenAPI does not know, such as extensions, is
//! ours, too.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::identity;
use crate::api::without_names;
use crate::pointer::Pointer;

/// Members that hold sentences for people, which are ours.
const SENTENCES: [&str; 2] = ["description", "$comment"];

/// Members that hold short texts of the vendor's.
const SHORT: &str = " summary title name pattern format url version openapi ";

/// Members that hold data, whatever it looks like, and what is the vendor's as a whole: the short descriptions of tags
/// and of security schemes are names like summaries.
const DATA: &str = " default const enum example value tags securitySchemes ";

/// Members that hold objects by names that mean nothing to OpenAPI.
const NAMED: &str = " properties patternProperties dependentSchemas dependencies $defs definitions schemas parameters \
    examples requestBodies headers links pathItems webhooks callbacks content encoding variables mapping scopes ";

fn is_one_of(names: &str, name: &str) -> bool {
    names.contains(&format!(" {name} "))
}

/// The kind of a value, by the members that hold it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// A value that OpenAPI describes.
    Object,
    /// Paths by template.
    Paths,
    /// The answers of an operation by status, and one of them, which has to have a description.
    Answers,
    Answer,
    /// Other objects by name.
    Named,
    /// A value that OpenAPI does not know.
    Foreign,
}

impl Around {
    /// The kind of a member.
    fn member(self, name: &str, value: &Value) -> Self {
        match self {
            Self::Foreign => Self::Foreign,
            Self::Named => Self::Object,
            _ if name.starts_with("x-") || SENTENCES.contains(&name) => Self::Foreign,
            Self::Answers => Self::Answer,
            Self::Object | Self::Answer if value.is_object() => match name {
                "paths" => Self::Paths,
                "responses" => Self::Answers,
                name if is_one_of(NAMED, name) => Self::Named,
                _ => Self::Object,
            },
            _ => Self::Object,
        }
    }

    /// Returns whether a member is the vendor's as it is.
    fn is_vendors(self, name: &str, value: &Value) -> bool {
        match self {
            Self::Foreign => false,
            Self::Named => !value.is_object(),
            Self::Paths | Self::Answers => !value.is_object() && !name.starts_with("x-"),
            Self::Object | Self::Answer => {
                let is_data = is_one_of(DATA, name) || name == "examples" && value.is_array();
                is_data || value.is_string() && is_one_of(SHORT, name)
            }
        }
    }
}

/// The outcome of a merge.
#[derive(Clone, Debug)]
pub(super) struct Merged {
    /// The revision with our sentences.
    pub(super) root: Value,
    /// Sentences of the revision for which we have none: they were left out.
    pub(super) wanted: Vec<Sentence>,
    /// Sentences of ours that found no place.
    pub(super) dropped: Vec<Sentence>,
}

/// A sentence that has been taken out of a document.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// The address of what it is about, and where that stands.
    address: String,
    pub(super) at: Pointer,
    /// The member that holds it; in a list, the index.
    pub(super) name: String,
    pub(super) text: String,
    /// The members before that one.
    before: Vec<String>,
    /// `true` if it is about what OpenAPI describes, and then, if the other side has nothing of that, so that nobody has
    /// decided to leave the sentence out.
    pub(super) is_new: bool,
}

/// Puts our sentences into a revision: two documents, or two objects of the same kind.
pub(super) fn merge(theirs: &Value, ours: &Value) -> Merged {
    let (theirs, ours) = (Bare::of(theirs), Bare::of(ours));
    let key = |it: &Sentence| (it.address.clone(), it.name.clone());
    let wanted = theirs.sentences.into_iter().map(|it| (key(&it), it));
    let mut wanted: IndexMap<_, Sentence> = wanted.collect();
    let (mut root, mut dropped) = (theirs.root, Vec::new());
    for sentence in ours.sentences {
        let own = wanted.shift_remove(&key(&sentence));
        let at = theirs.objects.get(&sentence.address);
        let at = at.filter(|_| own.is_some() || sentence.is_new);
        match at.and_then(|at| at.resolve_mut(&mut root)) {
            Some(holder) => sentence.put(own.as_ref().unwrap_or(&sentence), holder),
            None => dropped.push(sentence),
        }
    }
    for wanted in wanted.values_mut() {
        wanted.is_new &= !ours.objects.contains_key(&wanted.address);
    }
    Merged {
        root,
        wanted: wanted.into_values().collect(),
        dropped,
    }
}

impl Sentence {
    /// Puts it into what it is about, behind the member that another one stood behind, or that it stood behind itself.
    fn put(&self, other: &Self, holder: &mut Value) {
        let text = Value::from(self.text.as_str());
        match holder {
            Value::Object(map) if !map.contains_key(&self.name) => {
                let mut before = other.before.iter().rev();
                let before = before.find_map(|name| map.keys().position(|it| it == name));
                map.shift_insert(before.map_or(0, |at| at + 1), self.name.clone(), text);
            }
            Value::Object(map) => drop(map.insert(self.name.clone(), text)),
            Value::Array(list) => {
                let index = self.name.parse().ok();
                if let Some(entry) = index.and_then(|index: usize| list.get_mut(index)) {
                    *entry = text;
                }
            }
            _ => {}
        }
    }
}

/// A document without its sentences.
#[derive(Default)]
pub(super) struct Bare {
    pub(super) root: Value,
    sentences: Vec<Sentence>,
    /// Where its objects and lists stand, by their addresses.
    objects: HashMap<String, Pointer>,
}

impl Bare {
    pub(super) fn of(root: &Value) -> Self {
        let mut bare = Self::default();
        bare.root = bare.value(root, Around::Object, ("", &Pointer::root()));
        bare
    }

    fn value(&mut self, value: &Value, around: Around, place: (&str, &Pointer)) -> Value {
        let (address, at) = place;
        if value.is_object() || value.is_array() {
            self.objects.insert(address.to_owned(), at.clone());
        }
        match value {
            Value::Object(map) => {
                let mut bare = Map::new();
                for (name, value) in map {
                    let key = if around == Around::Paths {
                        &without_names(name)
                    } else {
                        name
                    };
                    let value = if around.is_vendors(name, value) {
                        value.clone()
                    } else if self.takes(name, value, around, place, map.keys()) {
                        if around != Around::Answer || name != "description" {
                            continue;
                        }
                        Value::from("")
                    } else {
                        let place = (&*format!("{address}\n{key}"), &at.join(name));
                        self.value(value, around.member(name, value), place)
                    };
                    bare.insert(name.clone(), value);
                }
                Value::Object(bare)
            }
            Value::Array(list) => {
                let by_place =
                    around == Around::Foreign || at.last().as_deref() == Some("prefixItems");
                let keys = if by_place {
                    Vec::new()
                } else {
                    identity::keys(list)
                };
                let entries = list.iter().enumerate().map(|(index, value)| {
                    let index = index.to_string();
                    // An empty text leaves the rest of the list where it is.
                    if around == Around::Foreign
                        && self.takes(&index, value, around, place, [].iter())
                    {
                        return Value::from("");
                    }
                    let key = keys
                        .get(index.parse::<usize>().unwrap_or_default())
                        .unwrap_or(&index);
                    self.value(
                        value,
                        around,
                        (&format!("{address}\n{key}"), &at.join(&index)),
                    )
                });
                entries.collect()
            }
            other => other.clone(),
        }
    }

    /// Takes a sentence out of what it is about, if it is one, and no name, address or code word.
    fn takes<'a>(
        &mut self,
        name: &str,
        value: &Value,
        around: Around,
        (address, at): (&str, &Pointer),
        names: impl Iterator<Item = &'a String>,
    ) -> bool {
        let text = value.as_str().unwrap_or_default().trim();
        let is_described = SENTENCES.contains(&name);
        if text.is_empty() || !is_described && !text.contains(char::is_whitespace) {
            return false;
        }
        self.sentences.push(Sentence {
            address: address.to_owned(),
            at: at.clone(),
            name: name.to_owned(),
            text: value.as_str().unwrap_or_default().to_owned(),
            before: names.take_while(|it| *it != name).cloned().collect(),
            is_new: is_described && around != Around::Foreign,
        });
        true
    }
}

#[cfg(test)]
mod tests;
