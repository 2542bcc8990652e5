//! Places as a tree that mirrors the document: small, and cheap to move along with a subtree.

use std::sync::Arc;

use indexmap::IndexMap;

use super::Source;
use crate::finding::Location;

/// A place as the tree keeps it: a [`Location`] with small numbers.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) source: Arc<Source>,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) width: u32,
}

impl Place {
    /// A place in a source; numbers beyond 32 bits are cut to them.
    pub(crate) fn new(source: &Arc<Source>, line: usize, column: usize, width: usize) -> Self {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            source: Arc::clone(source),
            line: small(line),
            column: small(column),
            width: small(width.max(1)),
        }
    }
}

impl From<&Location> for Place {
    fn from(location: &Location) -> Self {
        let Location {
            source,
            line,
            column,
            width,
        } = location;
        Self::new(source, *line, *column, *width)
    }
}

impl From<&Place> for Location {
    fn from(place: &Place) -> Self {
        let large = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        Self {
            source: Arc::clone(&place.source),
            line: large(place.line),
            column: large(place.column),
            width: large(place.width),
        }
    }
}

/// The place of a value and, below it, the places of its members or elements.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    pub(crate) place: Option<Place>,
    children: Children,
}

/// A name leads to a member in either form, so a tree that was filled by pointer,
/// where an index looks like a name, answers like one that mirrors an array.
#[derive(Clone, Debug)]
enum Children {
    Elements(Vec<Places>),
    Members(Box<IndexMap<Box<str>, Places>>),
}

impl Default for Children {
    fn default() -> Self {
        Self::Elements(Vec::new())
    }
}

impl Places {
    /// The place of a value whose parts have no places of their own.
    pub(crate) fn leaf(place: Place) -> Self {
        Self {
            place: Some(place),
            children: Children::default(),
        }
    }

    /// The places of the member or element `token`.
    pub(crate) fn child(&self, token: &str) -> Option<&Self> {
        match &self.children {
            Children::Elements(elements) => elements.get(index(token)?),
            Children::Members(members) => members.get(token),
        }
    }

    /// The places of the member or element `token`, added where there are none.
    pub(crate) fn child_mut(&mut self, token: &str) -> &mut Self {
        let position = match &self.children {
            Children::Elements(elements) => index(token).filter(|index| *index <= elements.len()),
            Children::Members(_) => None,
        };
        match position {
            Some(position) => {
                let least = position.saturating_add(1);
                let elements = self.elements_mut(least);
                #[expect(
                    clippy::indexing_slicing,
                    reason = "there are at least `position + 1` elements"
                )]
                &mut elements[position]
            }
            None => self.members_mut().entry(token.into()).or_default(),
        }
    }

    /// The places of all members, for a value that is an object.
    pub(crate) fn members_mut(&mut self) -> &mut IndexMap<Box<str>, Self> {
        if let Children::Elements(elements) = &mut self.children {
            let members = std::mem::take(elements)
                .into_iter()
                .enumerate()
                .map(|(index, places)| (index.to_string().into_boxed_str(), places))
                .collect();
            self.children = Children::Members(Box::new(members));
        }
        match &mut self.children {
            Children::Members(members) => members,
            #[expect(clippy::unreachable, reason = "made members just above")]
            Children::Elements(_) => unreachable!(),
        }
    }

    /// The places of all elements, at least `least` of them, for a value that is an array.
    pub(crate) fn elements_mut(&mut self, least: usize) -> &mut Vec<Self> {
        if let Children::Members(members) = &mut self.children {
            let mut elements = Vec::new();
            elements.resize_with(least, Self::default);
            for (name, places) in std::mem::take(&mut **members) {
                if let Some(element) = index(&name).and_then(|index| elements.get_mut(index)) {
                    *element = places;
                }
            }
            self.children = Children::Elements(elements);
        }
        match &mut self.children {
            Children::Elements(elements) => {
                if elements.len() < least {
                    elements.resize_with(least, Self::default);
                }
                elements
            }
            #[expect(clippy::unreachable, reason = "made elements just above")]
            Children::Members(_) => unreachable!(),
        }
    }
}

/// The index that a token of a JSON Pointer stands for, if it is written as RFC 6901 wants it.
fn index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with(['0', '+']);
    canonical.then(|| token.parse().ok()).flatten()
}
