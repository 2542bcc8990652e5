//! A revision of the document with our sentences: its structure and its order, our descriptions.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::identity;
use super::position::{Position, inner, is_prose, is_required, position};
use crate::lower::grammar::Kind;
use crate::pointer::Pointer;

/// What came of a merge.
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
    /// What it is about, in the revision and in what came of it.
    pub(super) at: Pointer,
    /// The member of it that would hold the sentence.
    pub(super) name: String,
    /// What kind of object it is about; `None` within an extension.
    pub(super) kind: Option<Kind>,
}

/// A sentence of ours whose place is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dropped {
    /// Where it stood.
    pub(super) at: Pointer,
    /// The sentence.
    pub(super) text: String,
}

/// Puts our sentences into a revision, both of one kind.
pub(super) fn merge(theirs: &Value, ours: &Value, kind: Kind) -> Merged {
    let mut all = Merge::default();
    let same = Same {
        value: ours,
        at: Pointer::root(),
    };
    let place = Position::One(kind);
    let root = all.value(theirs, place, Some(&same), &Pointer::root());
    // With nothing to keep, each of our own sentences is a wanted one.
    let mut own = Merge::default();
    own.value(ours, place, None, &Pointer::root());
    let own = own.wanted.iter().map(|wanted| wanted.at.join(&wanted.name));
    let dropped = own
        .filter(|at| !all.kept.contains(at))
        .filter_map(|at| {
            let text = at.resolve(ours)?.as_str()?.to_owned();
            Some(Dropped { at, text })
        })
        .collect();
    Merged {
        root,
        wanted: all.wanted,
        dropped,
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
        let at = self.at.join(name);
        Some(Self { value, at })
    }

    fn element(&self, index: usize) -> Option<Self> {
        let value = self.value.as_array()?.get(index)?;
        let at = self.at.join(index);
        Some(Self { value, at })
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
        place: Position,
        ours: Option<&Same<'_>>,
        at: &Pointer,
    ) -> Value {
        match (place, theirs) {
            (Position::One(kind), Value::Object(map)) => self.object(map, kind, ours, at),
            (Position::List(kind), Value::Array(values)) => self.list(values, kind, ours, at),
            (
                Position::Members(_) | Position::Paths | Position::Responses | Position::Callbacks,
                Value::Object(map),
            ) => self.members(map, place, ours, at),
            _ => theirs.clone(),
        }
    }

    fn object(
        &mut self,
        theirs: &Map<String, Value>,
        kind: Kind,
        ours: Option<&Same<'_>>,
        at: &Pointer,
    ) -> Value {
        let mut merged = Map::new();
        for (name, value) in theirs {
            let same = ours.and_then(|ours| ours.member(name));
            let value = match (position(kind, theirs, name), value) {
                (Position::Sentence, Value::String(text)) => {
                    let found = self.sentence(text, same.as_ref(), Some(kind), at, name);
                    let empty = || is_required(kind, theirs, name).then(|| Value::from(""));
                    found.or_else(empty)
                }
                (Position::Sentence | Position::Foreign, value) => {
                    self.foreign(value, same.as_ref(), at, name)
                }
                (place, value) => Some(self.value(value, place, same.as_ref(), &at.join(name))),
            };
            if let Some(value) = value {
                merged.insert(name.clone(), value);
            }
        }
        if let Some(ours) = ours {
            self.keep_unasked(ours, kind, theirs, &mut merged);
        }
        Value::Object(merged)
    }

    /// Takes over the sentences of ours for which the revision has none, each behind the member that it
    /// stood behind.
    fn keep_unasked(
        &mut self,
        ours: &Same<'_>,
        kind: Kind,
        theirs: &Map<String, Value>,
        merged: &mut Map<String, Value>,
    ) {
        let Value::Object(own) = ours.value else {
            return;
        };
        let mut index = 0;
        for name in own.keys() {
            let is_ours = position(kind, own, name) == Position::Sentence;
            let same = ours.member(name).filter(|_| is_ours);
            if let Some(same) = same.filter(|same| same.sentence().is_some())
                && !theirs.contains_key(name)
            {
                merged.shift_insert(index, name.clone(), same.value.clone());
                self.kept.insert(same.at);
            }
            if let Some(found) = merged.keys().position(|key| key == name) {
                index = found + 1;
            }
        }
    }

    fn list(
        &mut self,
        theirs: &[Value],
        kind: Kind,
        ours: Option<&Same<'_>>,
        at: &Pointer,
    ) -> Value {
        let own = ours.and_then(|ours| ours.value.as_array());
        let own = own.map(Vec::as_slice).unwrap_or_default();
        let name = at.last().unwrap_or_default();
        let pairs = identity::entries(kind, &name, theirs, own);
        let merged = theirs.iter().zip(pairs).enumerate();
        let merged = merged.map(|(index, (value, pair))| {
            let same = pair.and_then(|index| ours?.element(index));
            self.value(value, Position::One(kind), same.as_ref(), &at.join(index))
        });
        Value::Array(merged.collect())
    }

    fn members(
        &mut self,
        theirs: &Map<String, Value>,
        place: Position,
        ours: Option<&Same<'_>>,
        at: &Pointer,
    ) -> Value {
        let own = ours.and_then(|ours| ours.value.as_object());
        let pairs = match (place, own) {
            (Position::Paths, Some(own)) => Some(identity::paths(theirs, own)),
            _ => None,
        };
        let mut merged = Map::new();
        for (name, value) in theirs {
            let known = match &pairs {
                Some(pairs) => pairs.get(name).copied(),
                None => Some(name.as_str()),
            };
            let same = known.and_then(|name| ours?.member(name));
            let value = match inner(place, name) {
                Some(Position::Foreign) => self.foreign(value, same.as_ref(), at, name),
                Some(place) => Some(self.value(value, place, same.as_ref(), &at.join(name))),
                None => Some(value.clone()),
            };
            if let Some(value) = value {
                merged.insert(name.clone(), value);
            }
        }
        Value::Object(merged)
    }

    /// Our sentence in place of the revision's; `None` where we have none, and one is wanted.
    fn sentence(
        &mut self,
        theirs: &str,
        ours: Option<&Same<'_>>,
        kind: Option<Kind>,
        at: &Pointer,
        name: &str,
    ) -> Option<Value> {
        let own = ours.and_then(|ours| Some((ours, ours.sentence()?)));
        if let Some((ours, text)) = own {
            self.kept.insert(ours.at.clone());
            return Some(Value::from(text));
        }
        if theirs.trim().is_empty() {
            return Some(Value::from(theirs));
        }
        self.wanted.push(Wanted {
            at: at.clone(),
            name: name.to_owned(),
            kind,
        });
        None
    }

    /// An extension, whose prose is ours and whose structure is the revision's.
    ///
    /// In a list, what is left out leaves an empty text, so that the rest stays where it is.
    fn foreign(
        &mut self,
        theirs: &Value,
        ours: Option<&Same<'_>>,
        at: &Pointer,
        name: &str,
    ) -> Option<Value> {
        let here = at.join(name);
        match theirs {
            Value::String(text) => {
                let own = ours.and_then(Same::sentence);
                if is_prose(text) || own.is_some_and(is_prose) {
                    return self.sentence(text, ours, None, at, name);
                }
                Some(theirs.clone())
            }
            Value::Array(values) => {
                let values = values.iter().enumerate().map(|(index, value)| {
                    let same = ours.and_then(|ours| ours.element(index));
                    let merged = self.foreign(value, same.as_ref(), &here, &index.to_string());
                    merged.unwrap_or_else(|| Value::from(""))
                });
                Some(Value::Array(values.collect()))
            }
            Value::Object(map) => {
                let members = map.iter().filter_map(|(name, value)| {
                    let same = ours.and_then(|ours| ours.member(name));
                    let merged = self.foreign(value, same.as_ref(), &here, name)?;
                    Some((name.clone(), merged))
                });
                Some(Value::Object(members.collect()))
            }
            _ => Some(theirs.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
