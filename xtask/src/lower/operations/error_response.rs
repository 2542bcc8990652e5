//! `x-error-response` at the root: the one response that every operation gives for an error.

use serde_json::{Value, json};

use super::super::context::{Context, Object};
use super::each_operation;
use super::resolve::resolve;
use super::responses::of_class;
use crate::pointer::Pointer;

/// The extension, a response or a reference to one.
pub(super) const EXTENSION: &str = "x-error-response";

/// The name of the component that a response becomes that is none.
const NAME: &str = "ErrorResponse";

/// Makes it the `4XX` and `5XX` response of every operation, and consumes the extension.
pub(super) fn apply(root: &mut Value, context: &mut Context<'_>) {
    let Some(response) = root
        .as_object_mut()
        .and_then(|root| root.shift_remove(EXTENSION))
    else {
        return;
    };
    let Some(reference) = as_component(root, response, context) else {
        return;
    };
    each_operation(root, |operation, components, place| {
        let at = place.pointer().join("responses");
        if let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        {
            let declared = Declared {
                responses,
                at: &at,
                components,
            };
            declared.replace(&reference, context);
        }
    });
}

/// A reference to the response, which becomes a component if it is none.
fn as_component(root: &mut Value, response: Value, context: &mut Context<'_>) -> Option<Value> {
    if response.get("$ref").is_some() {
        return Some(response);
    }
    let responses = root
        .as_object_mut()?
        .entry("components")
        .or_insert_with(|| json!({}))
        .as_object_mut()?
        .entry("responses")
        .or_insert_with(|| json!({}))
        .as_object_mut()?;
    let name = std::iter::once(NAME.to_owned())
        .chain((2_u64..).map(|number| format!("{NAME}{number}")))
        .find(|name| !responses.contains_key(name))?;
    let to = Pointer::from("/components/responses").join(&name);
    context.moved(&response, &Pointer::root().join(EXTENSION), &to);
    responses.insert(name, response);
    Some(json!({ "$ref": to.to_local_reference() }))
}

/// The responses that one operation declares.
struct Declared<'a> {
    responses: &'a mut Object,
    at: &'a Pointer,
    components: &'a Value,
}

impl Declared<'_> {
    fn replace(self, reference: &Value, context: &mut Context<'_>) {
        let wanted = self.schema(reference, self.at);
        let names: Vec<String> = [of_class(self.responses, '4'), of_class(self.responses, '5')]
            .concat()
            .into_iter()
            .chain(
                self.responses
                    .contains_key("default")
                    .then(|| "default".to_owned()),
            )
            .collect();
        for name in &names {
            let Some(response) = self.responses.get(name) else {
                continue;
            };
            let at = self.at.join(name);
            let empty = self.is_empty(response, &at) && name != "default";
            if !empty && self.schema(response, &at) != wanted {
                report(name, &at, context);
            }
        }
        let first = names.first().cloned();
        for range in ["4XX", "5XX"] {
            if let Some(first) = &first {
                context.follow(&self.at.join(first), &self.at.join(range));
            }
        }
        self.responses.retain(|name, _| !names.contains(name));
        for range in ["4XX", "5XX"] {
            self.responses.insert(range.to_owned(), reference.clone());
        }
    }

    fn is_empty(&self, response: &Value, at: &Pointer) -> bool {
        let content = resolve(response, at, self.components)
            .and_then(|(response, _)| response.get("content")?.as_object());
        content.is_none_or(serde_json::Map::is_empty)
    }

    /// The JSON schema of a response, looked up, without what it says to people.
    fn schema(&self, response: &Value, at: &Pointer) -> Option<Value> {
        let (response, at) = resolve(response, at, self.components)?;
        let schema = response.pointer("/content/application~1json/schema")?;
        let (schema, _) = resolve(schema, &at, self.components)?;
        let mut schema = schema.clone();
        if let Some(schema) = schema.as_object_mut() {
            schema.shift_remove("description");
            schema.shift_remove("title");
        }
        Some(schema)
    }
}

fn report(name: &str, at: &Pointer, context: &mut Context<'_>) {
    let code = if name == "default" {
        "lower/default-response"
    } else {
        "lower/error-response"
    };
    context.error_with(
        code,
        at,
        format!("the response `{name}` has another JSON schema than `{EXTENSION}`, which takes its place"),
        "Remove this response with an overlay action, or let both have the same schema.",
        (&Pointer::root().join(EXTENSION), "the response for all errors"),
    );
}
