//! Lower: an OpenAPI 3.0 or 3.1 document to the core form.
//!
//! Everything that needs a Rust name gets one here. What the core form cannot say exactly is widened to the narrowest
//! thing in it that takes every valid instance, with a note; what says two things at once, or refers to nothing, is an
//! error.

use serde_json::Value;

use crate::core::{Api, Reach, Shape, Type};
use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;
use crate::settings::Settings;
use crate::source::Document;

mod answers;
mod arrays;
mod bodies;
mod choices;
mod conjunction;
mod context;
mod enums;
mod keywords;
mod names;
mod objects;
mod operation_ids;
mod operations;
mod parameters;
mod references;
mod schemas;
mod separate;
mod shapes;
mod unions;

use context::Lowering;

/// Lowers a document to the core form.
///
/// # Findings
/// A note for everything that is widened, and an error for each contradiction.
pub fn lower(document: &Document, settings: &Settings, findings: &mut Findings) -> Option<Api> {
    let mut raised = Findings::new();
    let mut lowering = Lowering::new(document, settings, &mut raised);
    lowering.read_version();
    if let Value::Object(root) = &document.root {
        lowering.check_shape(root, &Pointer::root());
    }
    let found = lowering.name_operations();
    lowering.lower_components();
    let operations = lowering.lower_operations(&found);
    lowering.note_uncalled();
    if let Some(several) = lowering.several_files() {
        // What else is missing may be in those files.
        findings.push(several);
        return None;
    }
    let types = lowering.into_types();
    findings.extend(raised.iter().cloned());
    if raised.has_errors() {
        return None;
    }
    let info = |key: &str| text_of(document.root.pointer(&format!("/info/{key}")));
    let mut api = Api {
        title: info("title"),
        description: info("description"),
        version: info("version"),
        servers: servers(&document.root),
        types,
        operations,
    };
    drop_unused(&mut api);
    if api.operations.is_empty() && api.types.is_empty() {
        let empty = Finding::error(
            "lower/empty",
            "The document describes no operation that a client can call and no schema: there is nothing to generate.",
            "Check that this is the right file, and that `paths` and `components` are spelt and indented as they should be.",
        );
        findings.push(empty.at(document.locate(&Pointer::root())));
        return None;
    }
    api.types.sort_by(|a, _, b, _| a.cmp(b));
    Some(api)
}

/// Drops types that lowering made on the way, and that neither an operation nor a component holds in the end.
fn drop_unused(api: &mut Api) {
    let schemas = Pointer::root().join("components").join("schemas");
    let is_component = |named: &Type| named.about.pointer.parent().as_ref() == Some(&schemas);
    let components = api.types.values().filter(|named| is_component(named));
    let inside = api.types_in(components.flat_map(|named| named.shape.slots()).collect());
    let reach = Reach::of(api);
    let held = [&inside, &reach.sent, &reach.answered];
    api.types
        .retain(|name, named| is_component(named) || held.iter().any(|held| held.contains(name)));
}

/// Returns a text, or a number where a text should be: `version: 1.0` is read as a number.
fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The number of URLs that the variables of one server may stand for.
const MOST_URLS: usize = 64;

/// Returns the URLs of the servers, once for each value that their variables may have; a variable that may have any, or
/// one of very many, stays as it is.
fn servers(root: &Value) -> Vec<String> {
    let servers = root.get("servers").and_then(Value::as_array);
    let mut all = Vec::new();
    for server in servers.into_iter().flatten() {
        let mut urls = vec![text_of(server.get("url"))];
        let variables = server.get("variables").and_then(Value::as_object);
        for (name, variable) in variables.into_iter().flatten() {
            let values = variable.get("enum").and_then(Value::as_array);
            let values: Vec<String> = values
                .into_iter()
                .flatten()
                .map(|it| text_of(Some(it)))
                .collect();
            if !values.is_empty() && urls.len() * values.len() <= MOST_URLS {
                let place = format!("{{{name}}}");
                let each = |url: &String| {
                    values
                        .iter()
                        .map(|it| url.replace(&place, it))
                        .collect::<Vec<_>>()
                };
                urls = urls.iter().flat_map(each).collect();
            }
        }
        all.extend(urls);
    }
    all
}

impl Lowering<'_> {
    /// Reads the version of OpenAPI.
    fn read_version(&mut self) {
        let version = text_of(self.document.root.get("openapi"));
        self.older = version.starts_with("3.0");
        if !self.older && !version.starts_with("3.1") {
            self.error(
                "lower/version",
                &Pointer::root().join("openapi"),
                format!("OpenAPI `{version}` cannot be lowered"),
                "Give a document of OpenAPI 3.0 or 3.1.",
            );
        }
    }

    /// Lowers every component schema; those that need no type of their own become aliases.
    fn lower_components(&mut self) {
        let components = Pointer::root().join("components");
        let Some((_, components)) = self.object_at(&components) else {
            return;
        };
        let Some((members, schemas)) = self.object_at(&components.join("schemas")) else {
            return;
        };
        for name in members.keys() {
            self.name_of(&schemas.join(name));
        }
        for (name, value) in members {
            let at = schemas.join(name);
            let slot = self.slot(value, &at);
            let rust = self.name_of(&at);
            if !self.has_type(&rust) {
                let mut slot = slot;
                slot.nullable = false;
                self.add_type(&rust, &at, Shape::Alias(slot));
            }
        }
    }

    /// Notes that requests of the service are not for a client.
    fn note_uncalled(&mut self) {
        for (key, place) in [
            ("webhooks", Pointer::root().join("webhooks")),
            (
                "callbacks",
                Pointer::root().join("components").join("callbacks"),
            ),
        ] {
            if place.resolve(&self.document.root).is_some() {
                self.note(
                    "lower/uncalled",
                    &place,
                    format!("`{key}` describes requests that the service sends, and a client has nothing to call there"),
                    "Nothing has to be done.",
                );
            }
        }
    }
}
