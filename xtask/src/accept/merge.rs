//! Merges a revision of the document with our descriptions.
//!
//! Descriptions are taken out of both documents, and ours are put into the revision, each at the address of its
//! subject, which does not depend on the order of lists or the names in path templates. A description is recognised by the name
//! of its member and by the object around it, since a property may be called `description` and data may look like
//! anything. Prose in members that OpenAPI does not know, such as extensions, counts as a description too.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::identity;
use crate::api::without_names;
use crate::pointer::Pointer;

/// Members that hold descriptions for people, which are ours.
const DESCRIPTIONS: [&str; 2] = ["description", "$comment"];

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
    Unknown,
}

impl Around {
    /// Returns the kind of a member.
    fn member(self, name: &str, value: &Value) -> Self {
        match self {
            Self::Unknown => Self::Unknown,
            Self::Named => Self::Object,
            _ if name.starts_with("x-") || DESCRIPTIONS.contains(&name) => Self::Unknown,
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
            Self::Unknown => false,
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
pub struct Merged {
    /// The revision with our descriptions.
    pub root: Value,
    /// Descriptions of the revision for which we have none: they were left out.
    pub wanted: Vec<Description>,
    /// Descriptions of ours that found no place.
    pub dropped: Vec<Description>,
}

/// A description that has been taken out of a document.
#[derive(Clone, Debug)]
pub struct Description {
    /// The address of its subject.
    address: String,
    /// The place of the subject.
    pub at: Pointer,
    /// The member that holds it, in a list the index, and the member before that one.
    pub name: String,
    before: Option<String>,
    /// The text.
    pub text: String,
    /// `true` if OpenAPI requires one, be it empty.
    is_required: bool,
    /// `true` if OpenAPI describes its subject and, in the end, if the other side has no such subject: nobody has
    /// decided to leave the description out.
    pub is_new: bool,
}

/// Puts our descriptions into a revision: two documents, or two objects of the same kind.
pub fn merge(theirs: &Value, ours: &Value) -> Merged {
    let (theirs, ours) = (Bare::of(theirs), Bare::of(ours));
    let key = |it: &Description| (it.address.clone(), it.name.clone());
    let wanted = theirs.descriptions.into_iter().map(|it| (key(&it), it));
    let mut wanted: IndexMap<_, Description> = wanted.collect();
    let (mut root, mut dropped) = (theirs.root, Vec::new());
    for description in ours.descriptions {
        let is_wanted = wanted.shift_remove(&key(&description)).is_some();
        let at = theirs.objects.get(&description.address);
        let at = at.filter(|_| is_wanted || description.is_new);
        match at.and_then(|at| at.resolve_mut(&mut root)) {
            Some(holder) => description.put(holder),
            None => dropped.push(description),
        }
    }
    for wanted in wanted.values_mut() {
        wanted.is_new &= !ours.objects.contains_key(&wanted.address);
        if let Some(Value::Object(map)) = wanted.at.resolve_mut(&mut root)
            && !wanted.is_required
        {
            map.shift_remove(&wanted.name);
        }
    }
    Merged {
        root,
        wanted: wanted.into_values().collect(),
        dropped,
    }
}

impl Description {
    /// Puts it into its subject: where one has been taken out, or else behind the member that it stood behind.
    fn put(&self, holder: &mut Value) {
        let text = Value::from(self.text.as_str());
        if let Some(place) = Pointer::root().join(&self.name).resolve_mut(holder) {
            *place = text;
        } else if let Value::Object(map) = holder {
            let before = map
                .keys()
                .position(|name| Some(name) == self.before.as_ref());
            map.shift_insert(before.map_or(0, |at| at + 1), self.name.clone(), text);
        }
    }
}

/// A document with empty texts in the places of its descriptions.
#[derive(Default)]
struct Bare {
    root: Value,
    descriptions: Vec<Description>,
    /// The places of its objects and lists, by their addresses.
    objects: HashMap<String, Pointer>,
}

impl Bare {
    fn of(root: &Value) -> Self {
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
                    let is_path = around == Around::Paths;
                    let key = if is_path { &without_names(name) } else { name };
                    let place = (&*format!("{address}\n{key}"), &at.join(name));
                    let value = match value {
                        value if around.is_vendors(name, value) => value.clone(),
                        Value::String(text) if is_description(name, text) => {
                            let before = bare.keys().next_back().cloned();
                            self.take((name, before), text, around, (address, at))
                        }
                        value => self.value(value, around.member(name, value), place),
                    };
                    bare.insert(name.clone(), value);
                }
                Value::Object(bare)
            }
            Value::Array(list) => {
                let is_unknown = around == Around::Unknown;
                let by_place = is_unknown || at.last().as_deref() == Some("prefixItems");
                let keys = match by_place {
                    true => Vec::new(),
                    false => identity::keys(list),
                };
                let entries = list.iter().enumerate().map(|(index, value)| {
                    let key = keys
                        .get(index)
                        .cloned()
                        .unwrap_or_else(|| index.to_string());
                    match value {
                        Value::String(text) if is_unknown && is_description(&key, text) => {
                            self.take((&key, None), text, around, place)
                        }
                        value => {
                            let address = format!("{address}\n{key}");
                            self.value(value, around, (&address, &at.join(index)))
                        }
                    }
                });
                entries.collect()
            }
            other => other.clone(),
        }
    }

    /// Takes a description out of its subject.
    fn take(
        &mut self,
        (name, before): (&str, Option<String>),
        text: &str,
        around: Around,
        (address, at): (&str, &Pointer),
    ) -> Value {
        let is_described = DESCRIPTIONS.contains(&name);
        self.descriptions.push(Description {
            address: address.to_owned(),
            at: at.clone(),
            name: name.to_owned(),
            before,
            text: text.to_owned(),
            is_required: around == Around::Answer && name == "description",
            is_new: is_described && around != Around::Unknown,
        });
        Value::from("")
    }
}

/// Returns whether a text is a description rather than a name, an address or a code word.
fn is_description(name: &str, text: &str) -> bool {
    let text = text.trim();
    let is_described = DESCRIPTIONS.contains(&name);
    !text.is_empty() && (is_described || text.contains(char::is_whitespace))
}
