//! The tree that the API of generated code is read into.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::code::{self, Code};

/// The subject of an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An operation, by the name of its method.
    Operation(String),
    /// A type, by its name.
    Type(String),
    /// Anything else.
    Rest,
}

impl Subject {
    /// Returns the noun for it, and its name.
    #[must_use]
    pub fn title(&self) -> (&'static str, &str) {
        match self {
            Self::Operation(name) => ("operation", name),
            Self::Type(name) => ("type", name),
            Self::Rest => ("everything else", ""),
        }
    }
}

/// The kind of a part of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    /// The operation itself, which has no name here.
    Operation,
    /// A thing that callers can say about a request: a parameter, a family of headers, the body, or another function.
    Setter,
    /// The function `send`.
    Send,
    /// A status that an answer is read with.
    Status,
    /// The type itself, which has no name here.
    Type,
    /// A field.
    Field,
    /// A variant.
    Variant,
    /// A trait or a function that a type has.
    Ability,
    /// A constant about the API as a whole.
    Constant,
    /// A base URL.
    Host,
    /// Code that is neither of an operation nor of a type.
    Code,
    /// All code of an operation that no other part holds.
    OperationCode,
    /// All code of a type.
    TypeCode,
}

/// A fact about a part. They are said in this order; texts that people read come before the rest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The method and the path template.
    Request,
    /// `idempotent` or `not idempotent`.
    Idempotence,
    /// The first tag.
    Tag,
    /// Anything else that the operation table says, by the name of the column.
    Fact(String),
    /// `a struct`, `an enum` and so on.
    Shape,
    /// The type that a setter converts its argument to.
    Takes,
    /// The type of a field; of a variant, what it holds.
    Holds,
    /// The type that `send` succeeds with.
    Success,
    /// The type that the error of `send` holds.
    Error,
    /// The name on the wire.
    Wire,
    /// The value of a constant.
    Value,
    /// Parameters of which one has to be given, a line each.
    Filter,
    /// The signature of a function without its name.
    Signature,
    /// The value has to be given.
    Required,
    /// The part of the request that the value goes into, and its name there.
    Sent,
    /// Several values are sent.
    Repeated,
    /// Other names by which it is read, a line each.
    Aliases,
    /// Values in their order, a line each, of which each is a part, too.
    Order,
    /// All of its code; of a field or a variant, that of its attributes.
    Code,
    /// It is deprecated.
    Deprecated,
    /// The documentation.
    Description,
}

/// A part of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// ``the setter `owner` ``; nothing for what has no name.
    pub title: String,
    /// `` (query parameter `owner`)``.
    pub detail: String,
    /// All that can be said of it; of what it just is, an empty text.
    pub facets: BTreeMap<Facet, String>,
}

/// An operation, a type, or all that is neither.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// The same text for the same thing, whatever it is called: the request of an operation, the code of a type.
    pub identity: String,
    /// Its parts by what they are and by name; the first one is the item itself.
    pub parts: IndexMap<(Noun, String), Part>,
}

impl Part {
    /// Returns a facet, if it has that one.
    #[must_use]
    pub fn get(&self, facet: &Facet) -> Option<&str> {
        self.facets.get(facet).map(String::as_str)
    }

    pub(super) fn set(&mut self, facet: Facet, text: impl Into<String>) {
        self.facets.insert(facet, text.into());
    }

    /// Sets a facet that a part just has, or not.
    pub(super) fn flag(&mut self, facet: Facet, has: bool) {
        if has {
            self.set(facet, "");
        }
    }

    /// Adds code and what is written about it.
    pub(super) fn code(&mut self, code: &Code) {
        self.add(Facet::Code, &code.text);
        self.add(Facet::Description, &code.description);
        self.flag(Facet::Deprecated, code.deprecated);
    }

    pub(super) fn add(&mut self, facet: Facet, text: &str) {
        self.facets.entry(facet).or_default().push_str(text);
    }
}

impl Item {
    /// Returns the part of this kind and name.
    pub(super) fn part(&mut self, noun: Noun, name: &str) -> &mut Part {
        self.parts.entry((noun, name.to_owned())).or_default()
    }

    /// Returns the names in facets, whatever they stand for.
    pub(super) fn names(&self, facets: &[Facet]) -> Vec<&str> {
        let parts = self.parts.values();
        let texts = parts.flat_map(|part| facets.iter().filter_map(|facet| part.get(facet)));
        texts.flat_map(code::words).collect()
    }
}
