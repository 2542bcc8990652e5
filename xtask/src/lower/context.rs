//! What every step of lowering carries with it: the places of values, the findings, the version.

use serde_json::{Map, Value};

use crate::finding::{Finding, Findings, Location};
use crate::pointer::Pointer;
use crate::source::Origins;

/// A JSON object.
pub(super) type Object = Map<String, Value>;

/// The version of OpenAPI that the document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// 3.0.x
    V30,
    /// 3.1.x
    V31,
}

/// The places of all values in the document as it is at the moment, and the findings so far.
///
/// Every step keeps the places in line with the tree, so that a pointer into the tree as it is can
/// always be located.
pub(super) struct Context<'a> {
    /// The version that the document said it has.
    pub(super) version: Version,
    origins: Origins,
    findings: &'a mut Findings,
}

impl<'a> Context<'a> {
    /// A context for a document with these origins, until its version is known taken as 3.1.
    pub(super) fn new(origins: Origins, findings: &'a mut Findings) -> Self {
        Self {
            version: Version::V31,
            origins,
            findings,
        }
    }

    /// The origins, in line with the lowered tree.
    pub(super) fn into_origins(self) -> Origins {
        self.origins
    }

    /// Reports an error at `at`.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        next: impl Into<String>,
    ) {
        self.report(Finding::error(code, message, next), at);
    }

    /// Reports a warning at `at`.
    pub(super) fn warning(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        next: impl Into<String>,
    ) {
        self.report(Finding::warning(code, message, next), at);
    }

    /// Reports a note at `at`.
    pub(super) fn note(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        next: impl Into<String>,
    ) {
        self.report(Finding::note(code, message, next), at);
    }

    /// Reports an error at `at` that concerns a second place too.
    pub(super) fn error_with(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        next: impl Into<String>,
        (other, sentence): (&Pointer, &str),
    ) {
        let finding = Finding::error(code, message, next)
            .related(self.origins.locate(other), sentence.to_owned());
        self.report(finding, at);
    }

    fn report(&mut self, finding: Finding, at: &Pointer) {
        let location = self.origins.locate(at);
        self.findings.push(finding.at(location));
    }

    /// Lets the value at `to` stand where the value at `from` stands, with nothing said about its parts.
    pub(super) fn follow(&mut self, from: &Pointer, to: &Pointer) {
        self.origins.follow(from, to.clone());
    }

    /// Tells that `value`, with all its parts, has moved or been copied from `from` to `to`.
    ///
    /// All places are read before one is written, because `to` may lie within `from`.
    pub(super) fn moved(&mut self, value: &Value, from: &Pointer, to: &Pointer) {
        let mut places = Vec::new();
        self.places_of(value, from, to, &mut places);
        for (pointer, location) in places {
            self.origins.set(pointer, location);
        }
    }

    fn places_of(
        &self,
        value: &Value,
        from: &Pointer,
        to: &Pointer,
        places: &mut Vec<(Pointer, Location)>,
    ) {
        places.push((to.clone(), self.origins.locate(from)));
        match value {
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.places_of(element, &from.join(index), &to.join(index), places);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.places_of(member, &from.join(name), &to.join(name), places);
                }
            }
            _ => {}
        }
    }
}
