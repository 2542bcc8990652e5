//! The context of every step of lowering: the document, the findings, the types so far, and their names.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::names::Names;
use crate::core::{About, Shape, Slot, Type};
use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;
use crate::settings::Settings;
use crate::source::Document;

/// A JSON object.
pub(super) type Object = Map<String, Value>;

/// One run of lowering.
pub(super) struct Lowering<'a> {
    pub(super) document: &'a Document,
    pub(super) settings: &'a Settings,
    /// The document is written in OpenAPI 3.0.
    pub(super) older: bool,
    pub(super) names: Names,
    /// The slots of schemas that are lowered, by their places.
    pub(super) slots: HashMap<Pointer, Slot>,
    /// The schemas that are being lowered; `true` for those that were found to hold themselves.
    pub(super) open: HashMap<Pointer, bool>,
    /// The places of schemas that are merged, by the places of their parts.
    pub(super) merged: HashMap<Vec<Pointer>, Pointer>,
    /// The number of conjunctions within each other that are being lowered.
    pub(super) depth: usize,
    /// The causes that have been reported already, so that one cause is one finding.
    pub(super) said: HashSet<String>,
    /// The references that lead to other files, by their places.
    pub(super) elsewhere: Vec<(Pointer, &'a str)>,
    types: IndexMap<String, Type>,
    findings: &'a mut Findings,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(
        document: &'a Document,
        settings: &'a Settings,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            document,
            settings,
            older: false,
            names: Names::default(),
            slots: HashMap::new(),
            open: HashMap::new(),
            merged: HashMap::new(),
            depth: 0,
            said: HashSet::new(),
            elsewhere: Vec::new(),
            types: IndexMap::new(),
            findings,
        }
    }

    pub(super) fn into_types(self) -> IndexMap<String, Type> {
        self.types
    }

    /// Reports an error at `at`.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        next: impl Into<String>,
    ) {
        self.report(at, Finding::error(code, message, next));
    }

    /// Notes at `at` that something was widened.
    pub(super) fn note(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        next: impl Into<String>,
    ) {
        self.report(at, Finding::note(code, message, next));
    }

    fn report(&mut self, at: &Pointer, finding: Finding) {
        self.findings.push(finding.at(self.document.locate(at)));
    }

    /// Returns the Rust name of the type at `at`: derived from the place, and the same whenever it is asked for.
    pub(super) fn name_of(&mut self, at: &Pointer) -> String {
        self.names.of(at, &self.document.root)
    }

    pub(super) fn has_type(&self, name: &str) -> bool {
        self.types.contains_key(name)
    }

    pub(super) fn type_named(&self, name: &str) -> Option<&Type> {
        self.types.get(name)
    }

    /// Adds the type that stands at `at`.
    pub(super) fn add_type(&mut self, name: &str, at: &Pointer, shape: Shape) {
        let about = self.about(at);
        let named = Type {
            name: name.to_owned(),
            about,
            shape,
        };
        self.types.insert(name.to_owned(), named);
    }

    /// Returns the documentation of what stands at `at`.
    pub(super) fn about(&self, at: &Pointer) -> About {
        match at.resolve(&self.document.root) {
            Some(Value::Object(object)) => About {
                description: text(object, "description"),
                deprecated: is_true(object.get("deprecated")),
                pointer: at.clone(),
            },
            _ => About {
                pointer: at.clone(),
                ..About::default()
            },
        }
    }
}

/// Returns the text at `key`; empty where there is none.
pub(super) fn text(object: &Object, key: &str) -> String {
    let text = object.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

/// Returns whether the value is `true`.
pub(super) fn is_true(value: Option<&Value>) -> bool {
    value == Some(&Value::Bool(true))
}

/// Returns the elements of a list; none where the value is something else.
pub(super) fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// Returns the texts of a list.
pub(super) fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    list(value).filter_map(Value::as_str)
}

/// Returns the texts of a list, owned.
pub(super) fn owned(value: Option<&Value>) -> Vec<String> {
    texts(value).map(str::to_owned).collect()
}

/// Returns the members of an object; none where the value is something else.
pub(super) fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
