//! Operations.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use serde::Deserialize;
use serde_json::Value;

use super::context::{Lowering, Object, is_true, list, members, owned, text};
use super::names::setter;
use super::operation_ids::Found;
use crate::core::{HeaderFamily, Operation, Parameter, Place, Retry};
use crate::pointer::Pointer;

/// The extension for operations that may be sent twice, or must not be, against what the method says.
const IDEMPOTENT: &str = "x-idempotent";
/// The extension for headers that make a request idempotent.
const IDEMPOTENCY_HEADERS: &str = "x-idempotency-headers";
/// The extension for what may be sent again of an operation that is not idempotent.
const RETRY: &str = "x-retry";
/// The extensions for other names of an operation, and for a call of it.
const DOC_ALIASES: &str = "x-doc-aliases";
const EXAMPLE: &str = "x-example";
/// The extension for query parameters of which one must be given.
const FILTER: Extension = ("x-needs-filter", "lower/needs-filter");
/// The extension for a query parameter that goes with no other.
const EXCLUDES: Extension = ("x-excludes", "lower/excludes");
const EXCEPT: &str = "except";
/// The extension for what hand-written code says in another way.
pub(super) const INTERNAL: &str = "x-internal";

/// The value of such an extension.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AllBut {
    #[serde(default)]
    except: Vec<String>,
}

/// The name of an extension, and the code of what is wrong with it.
type Extension = (&'static str, &'static str);

impl<'a> Lowering<'a> {
    /// Lowers all operations.
    pub(super) fn lower_operations(&mut self, found: &[Found<'a>]) -> Vec<Operation> {
        let mut templates = HashSet::new();
        for operation in found {
            let shape = (operation.method.name(), shape(operation.path));
            if !templates.insert(shape) {
                self.note(
                    "lower/same-template",
                    &operation.at,
                    "another operation has the same method and the same path but for the names of its parameters",
                    "Remove one of the two with an overlay action.",
                );
            }
        }
        let lowered = found.iter().map(|operation| self.operation(operation));
        lowered.collect()
    }

    fn operation(&mut self, found: &Found<'a>) -> Operation {
        let mut taken = HashSet::new();
        let sends_raw = self.sends_raw(found);
        let declared = self.declared_parameters(found);
        let (families, declared): (Vec<_>, Vec<_>) =
            declared.into_iter().partition(|(object, _)| {
                object.get("in").is_some_and(|place| place == "header")
                    && text(object, "name").ends_with('*')
            });
        let parameters = declared.iter();
        let mut parameters: Vec<Parameter> = parameters
            .filter_map(|(object, at)| self.parameter(object, at, sends_raw, &mut taken))
            .collect();
        self.complete_path(found, &mut parameters, &mut taken);
        let mut header_families = Vec::new();
        for (object, at) in &families {
            let prefix = text(object, "name").trim_end_matches('*').to_owned();
            if prefix.is_empty() {
                self.error(
                    "lower/header-family",
                    at,
                    "this header parameter stands for every header there is",
                    "Give it a prefix, `X-Meta-*` for instance, or remove it with an overlay action.",
                );
                continue;
            }
            header_families.push(HeaderFamily {
                setter: setter(&format!("{prefix}-header"), &mut taken),
                prefix,
                internal: is_true(object.get(INTERNAL)),
                description: text(object, "description"),
            });
        }
        for (object, at) in &declared {
            let mut names = self.all_but(EXCLUDES, object, at, &parameters);
            let name = text(object, "name");
            names.retain(|other| *other != name);
            let is_it = |it: &&mut Parameter| it.place == Place::Query && it.name == name;
            if let Some(parameter) = parameters.iter_mut().find(is_it) {
                parameter.excludes = names;
            }
        }
        let filter = self.all_but(FILTER, found.operation, &found.at, &parameters);
        let (success, errors) = self.answers(found);
        Operation {
            id: found.id.clone(),
            method_name: found.method_name.clone(),
            builder_name: found.builder_name.clone(),
            method: found.method,
            path: found.path.to_owned(),
            tag: owned(found.operation.get("tags"))
                .into_iter()
                .next()
                .unwrap_or_default(),
            summary: text(found.operation, "summary"),
            about: self.about(&found.at),
            idempotent: match found.operation.get(IDEMPOTENT) {
                Some(Value::Bool(said)) => *said,
                _ => found.method.is_idempotent(),
            },
            idempotency_headers: owned(found.operation.get(IDEMPOTENCY_HEADERS)),
            retry: self.retry(found),
            // A name that stands twice is one: rustdoc refuses the second.
            doc_aliases: Vec::from_iter(IndexSet::<_>::from_iter(owned(
                found.operation.get(DOC_ALIASES),
            ))),
            example: text(found.operation, EXAMPLE),
            needs_filter: filter,
            parameters,
            header_families,
            body: self.body(found, sends_raw, &mut taken),
            success,
            errors,
        }
    }

    /// Returns the failures after which a request may be sent again that is not idempotent.
    fn retry(&mut self, found: &Found<'a>) -> Retry {
        match found.operation.get(RETRY).map(Value::as_str) {
            None => Retry::default(),
            Some(Some("never")) => Retry::Never,
            Some(Some("unsent")) => Retry::Unsent,
            Some(_) => {
                self.error(
                    "lower/retry",
                    &found.at.join(RETRY),
                    format!("`{RETRY}` is neither `never` nor `unsent`"),
                    "Write one of the two, or delete the extension.",
                );
                Retry::Never
            }
        }
    }

    /// Returns the query parameters that an extension means: all but those that it excepts.
    fn all_but(
        &mut self,
        (extension, code): Extension,
        object: &'a Object,
        at: &Pointer,
        parameters: &[Parameter],
    ) -> Vec<String> {
        let Some(value) = object.get(extension) else {
            return Vec::new();
        };
        let at = at.join(extension);
        let all_but = value.as_object().map(AllBut::deserialize);
        let Some(Ok(AllBut { except })) = all_but else {
            let message = format!(
                "`{extension}` is no object, or has members beside `{EXCEPT}`, a list of names"
            );
            let next = format!("Write `{extension}: {{ {EXCEPT}: [name] }}`.");
            self.error(code, &at, message, next);
            return Vec::new();
        };
        let query = parameters.iter().filter(|it| it.place == Place::Query);
        let (excepted, names): (Vec<_>, Vec<_>) = query
            .map(|it| it.name.clone())
            .partition(|name| except.contains(name));
        for (index, name) in except.iter().enumerate() {
            if !excepted.contains(name) {
                self.note(
                    code,
                    &at.join(EXCEPT).join(index),
                    format!(
                        "`{extension}` excepts `{name}`, and the operation has no such query parameter"
                    ),
                    "Delete the name, or correct it.",
                );
            }
        }
        if names.is_empty() {
            self.error(
                code,
                &at,
                format!("`{extension}` leaves no query parameter"),
                "Delete the extension, or add the parameter.",
            );
        }
        names
    }

    /// Gives every name in the path template a parameter, and leaves no other in the path.
    fn complete_path(
        &mut self,
        found: &Found<'a>,
        parameters: &mut Vec<Parameter>,
        taken: &mut HashSet<String>,
    ) {
        let names: Vec<&str> = template_names(found.path);
        parameters.retain(|parameter| {
            let used = parameter.place != Place::Path || names.contains(&parameter.name.as_str());
            if !used {
                self.note(
                    "lower/unused-path-parameter",
                    &parameter.about.pointer,
                    format!(
                        "the path has no `{{{}}}`, so that this parameter is never sent",
                        parameter.name
                    ),
                    "Remove it, or add it to the path, with an overlay action.",
                );
            }
            used
        });
        for name in names {
            let known =
                |parameter: &Parameter| parameter.place == Place::Path && parameter.name == name;
            if !parameters.iter().any(known) {
                self.note(
                    "lower/undeclared-path-parameter",
                    &found.at,
                    format!(
                        "the path has `{{{name}}}`, which is not declared; it is taken as text"
                    ),
                    "Declare it with an overlay action.",
                );
                parameters.push(Parameter::text(setter(name, taken), name, Place::Path));
            }
        }
    }

    /// Returns the parameters of an operation and those of its path item that it does not override, each once.
    fn declared_parameters(&mut self, found: &Found<'a>) -> Vec<(&'a Object, Pointer)> {
        let mut declared: IndexMap<(String, String), (&'a Object, Pointer)> = IndexMap::new();
        for (holder, at) in [(found.item, &found.item_at), (found.operation, &found.at)] {
            let at = at.join("parameters");
            let mut here = HashMap::new();
            for (index, value) in list(holder.get("parameters")).enumerate() {
                let Some((object, place)) = self.deref(value, &at.join(index)) else {
                    continue;
                };
                let name = text(object, "name");
                let key = (text(object, "in"), name.to_ascii_lowercase());
                match here.insert(key.clone(), object) {
                    None => {
                        declared.insert(key, (object, place));
                    }
                    // Of two that are equal, none is lost.
                    Some(first) if first == object => {}
                    Some(first) => {
                        here.insert(key, first);
                        self.note(
                            "lower/duplicate-parameter",
                            &at.join(index),
                            format!("`{name}` is declared twice; the first one counts"),
                            "Remove one of them with an overlay action.",
                        );
                    }
                }
            }
        }
        declared.into_values().collect()
    }
}

/// Returns the names in braces of a path template.
pub(super) fn template_names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        if !names.contains(&name) {
            names.push(name);
        }
        rest = after;
    }
    names
}

/// Returns the path template without the names of its parameters.
fn shape(path: &str) -> String {
    template_names(path)
        .into_iter()
        .fold(path.to_owned(), |path, name| {
            path.replace(&format!("{{{name}}}"), "{}")
        })
}

/// Returns the members of an object by their names, without extensions.
pub(super) fn plain_members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    members(value).filter(|(name, _)| !name.starts_with("x-"))
}
