//! The document as the checks see it: every value with its pointer, the operations, and the schemas
//! that progenitor makes types of.

use std::collections::HashSet;

use serde_json::Value;

mod node;
mod roots;

pub(super) use node::Node;

use crate::finding::{Finding, Location};
use crate::pointer::Pointer;
use crate::source::Origins;

/// The members of a Path Item that hold operations, in the order in which progenitor visits them.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The kinds of component that progenitor follows references to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Schema,
    Parameter,
    RequestBody,
    Response,
}

impl Kind {
    /// The member of `components` that holds this kind.
    pub(super) fn section(self) -> &'static str {
        match self {
            Self::Schema => "schemas",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Response => "responses",
        }
    }

    /// What this kind is called in a sentence.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Schema => "a schema",
            Self::Parameter => "a parameter",
            Self::RequestBody => "a request body",
            Self::Response => "a response",
        }
    }
}

/// An operation and what surrounds it.
#[derive(Clone, Debug)]
pub(super) struct Operation<'a> {
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    /// The Path Item that holds it.
    pub(super) item: Node<'a>,
    pub(super) node: Node<'a>,
    /// Its `operationId`, empty where it has none.
    pub(super) id: &'a str,
    /// Its parameters and those of its Path Item; of two with the same name and place, its own.
    pub(super) parameters: Vec<Parameter<'a>>,
}

impl Operation<'_> {
    /// The name of the operation for people: the `operationId`, or method and path.
    pub(super) fn label(&self) -> String {
        if self.id.is_empty() {
            format!("{} {}", self.method.to_uppercase(), self.path)
        } else {
            self.id.to_owned()
        }
    }
}

/// A schema that progenitor hands to typify as it is, with the name that typify gets for it.
#[derive(Clone, Debug)]
pub(super) struct Root<'a> {
    pub(super) node: Node<'a>,
    pub(super) name: RootName<'a>,
}

/// The name that typify gets for a schema.
#[derive(Clone, Debug)]
pub(super) enum RootName<'a> {
    /// The name of a component: the type always has it.
    Component(&'a str),
    /// A name made from the operation: a type has it only where one is needed.
    Derived(String),
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub(super) struct Parameter<'a> {
    /// The entry in a `parameters` array.
    pub(super) entry: Node<'a>,
    /// The Parameter Object, references followed.
    pub(super) node: Node<'a>,
    pub(super) name: &'a str,
    pub(super) location: &'a str,
}

/// The document, surveyed.
pub(super) struct Survey<'a> {
    root: Node<'a>,
    origins: &'a Origins,
    pub(super) operations: Vec<Operation<'a>>,
    /// What several checks go through, found once.
    roots: Vec<Root<'a>>,
    schemas: Vec<Nested<'a>>,
}

/// A schema, and how many schemas stand around it, itself included.
#[derive(Clone, Debug)]
pub(super) struct Nested<'a> {
    pub(super) node: Node<'a>,
    pub(super) depth: usize,
}

impl<'a> Survey<'a> {
    pub(super) fn new(value: &'a Value, origins: &'a Origins) -> Self {
        let root = Node {
            pointer: Pointer::root(),
            value,
        };
        let operations = operations(&root);
        let mut survey = Self {
            root,
            origins,
            operations,
            roots: Vec::new(),
            schemas: Vec::new(),
        };
        let parameters: Vec<_> = survey
            .operations
            .iter()
            .map(|operation| survey.parameters(operation))
            .collect();
        for (operation, parameters) in survey.operations.iter_mut().zip(parameters) {
            operation.parameters = parameters;
        }
        survey.roots = survey.find_roots();
        survey.schemas = survey.find_schemas();
        survey
    }

    /// The whole document.
    pub(super) fn root(&self) -> &Node<'a> {
        &self.root
    }

    pub(super) fn locate(&self, pointer: &Pointer) -> Location {
        self.origins.locate(pointer)
    }

    /// An error at `pointer`.
    pub(super) fn error(
        &self,
        code: &'static str,
        pointer: &Pointer,
        message: impl Into<String>,
        next: impl Into<String>,
    ) -> Finding {
        Finding::error(code, message, next).at(self.locate(pointer))
    }

    /// A warning at `pointer`.
    pub(super) fn warning(
        &self,
        code: &'static str,
        pointer: &Pointer,
        message: impl Into<String>,
        next: impl Into<String>,
    ) -> Finding {
        Finding::warning(code, message, next).at(self.locate(pointer))
    }

    /// The components of one kind.
    pub(super) fn components(&self, kind: Kind) -> Vec<(&'a str, Node<'a>)> {
        self.root
            .get("components")
            .map(|components| components.members_of(kind.section()))
            .unwrap_or_default()
    }

    /// The component that `reference` names, the way progenitor looks it up.
    pub(super) fn lookup(&self, kind: Kind, reference: &str) -> Option<Node<'a>> {
        let prefix = format!("#/components/{}/", kind.section());
        let name = reference.strip_prefix(prefix.as_str())?;
        let name = name.replace("~1", "/").replace("~0", "~");
        self.root.get("components")?.get(kind.section())?.get(&name)
    }

    /// What `node` is once references are followed; `None` where they lead nowhere or in a circle.
    pub(super) fn resolve(&self, kind: Kind, node: &Node<'a>) -> Option<Node<'a>> {
        let mut node = node.clone();
        let mut seen = HashSet::new();
        while let Some(reference) = node.text("$ref") {
            if !seen.insert(reference) {
                return None;
            }
            node = self.lookup(kind, reference)?;
        }
        Some(node)
    }

    fn parameters(&self, operation: &Operation<'a>) -> Vec<Parameter<'a>> {
        let own = self.parameters_of(&operation.node);
        let mut all = self.parameters_of(&operation.item);
        all.retain(|shared| {
            !own.iter()
                .any(|own| own.name == shared.name && own.location == shared.location)
        });
        all.extend(own);
        all
    }

    fn parameters_of(&self, holder: &Node<'a>) -> Vec<Parameter<'a>> {
        let entries = holder.elements_of("parameters").into_iter();
        entries
            .filter_map(|entry| {
                let node = self.resolve(Kind::Parameter, &entry)?;
                let (name, location) = (node.text("name")?, node.text("in")?);
                Some(Parameter {
                    entry,
                    node,
                    name,
                    location,
                })
            })
            .collect()
    }

    /// The request body of `operation`, references followed.
    pub(super) fn body(&self, operation: &Operation<'a>) -> Option<Node<'a>> {
        self.resolve(Kind::RequestBody, &operation.node.get("requestBody")?)
    }

    /// The responses of `operation`, references followed, `default` first as progenitor visits them.
    pub(super) fn responses(&self, operation: &Operation<'a>) -> Vec<(&'a str, Node<'a>)> {
        let mut responses = operation.node.members_of("responses");
        responses.retain(|(status, _)| !status.starts_with("x-"));
        responses.sort_by_key(|(status, _)| *status != "default");
        responses
            .into_iter()
            .filter_map(|(status, entry)| Some((status, self.resolve(Kind::Response, &entry)?)))
            .collect()
    }

    /// The schemas that progenitor hands to typify, in its order; a shared one as often as it is used.
    pub(super) fn roots(&self) -> &[Root<'a>] {
        &self.roots
    }

    /// Every schema that progenitor makes a type of or looks into, each once.
    pub(super) fn schemas(&self) -> &[Nested<'a>] {
        &self.schemas
    }
}

/// The media type of a response that progenitor reads as JSON.
pub(super) fn json_content<'a>(response: &Node<'a>) -> Option<Node<'a>> {
    let content = response.members_of("content").into_iter();
    content
        .filter(|(media_type, _)| is_json(media_type))
        .map(|(_, node)| node)
        .next()
}

/// Whether progenitor takes `media_type` for JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.starts_with("application/json;")
}

fn operations<'a>(root: &Node<'a>) -> Vec<Operation<'a>> {
    let mut operations = Vec::new();
    for (path, item) in root.members_of("paths") {
        if !path.starts_with('/') {
            continue;
        }
        for method in METHODS {
            let Some(node) = item.get(method).filter(|node| node.value.is_object()) else {
                continue;
            };
            let id = node.text("operationId").unwrap_or_default();
            operations.push(Operation {
                path,
                method,
                item: item.clone(),
                node,
                id,
                parameters: Vec::new(),
            });
        }
    }
    operations
}
