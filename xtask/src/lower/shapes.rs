//! Members that have to be an object or a list.

use serde_json::Value;

use super::context::{Lowering, Object};
use crate::pointer::Pointer;

/// Members of paths, operations, bodies and responses: nothing can be said without them.
const OBJECTS: [&str; 5] = ["components", "content", "paths", "responses", "schemas"];
const LISTS: [&str; 2] = ["parameters", "tags"];

/// Members of schemas.
const SCHEMA_OBJECTS: [&str; 2] = ["patternProperties", "properties"];
const SCHEMA_LISTS: [&str; 6] = ["allOf", "anyOf", "enum", "oneOf", "prefixItems", "required"];

impl Lowering<'_> {
    /// Reports members of what stands at `at`, other than a schema, that are not what OpenAPI says.
    pub(super) fn check_shape(&mut self, object: &Object, at: &Pointer) {
        for (keys, fits, what) in sorted(&OBJECTS, &LISTS) {
            for key in wrong(object, keys, fits) {
                self.error(
                    "lower/shape",
                    &at.join(key),
                    format!("`{key}` has to be {what}"),
                    "Correct it with an overlay action.",
                );
            }
        }
    }

    /// Notes members of the schema at `at` that are not what JSON Schema says, such as the `required: true` of older
    /// drafts.
    pub(super) fn note_shape(&mut self, object: &Object, at: &Pointer) {
        for (keys, fits, what) in sorted(&SCHEMA_OBJECTS, &SCHEMA_LISTS) {
            for key in wrong(object, keys, fits) {
                if self.said.insert(format!("shape {at}/{key}")) {
                    self.note(
                        "lower/shape",
                        &at.join(key),
                        format!("`{key}` has to be {what}, and is left out"),
                        "Correct it with an overlay action.",
                    );
                }
            }
        }
    }
}

type Row<'a> = (&'a [&'static str], fn(&Value) -> bool, &'static str);

fn sorted<'a>(objects: &'a [&'static str], lists: &'a [&'static str]) -> [Row<'a>; 2] {
    [
        (objects, Value::is_object, "an object"),
        (lists, Value::is_array, "a list"),
    ]
}

fn wrong(object: &Object, keys: &[&'static str], fits: fn(&Value) -> bool) -> Vec<&'static str> {
    let is_wrong = |key: &&&'static str| object.get(**key).is_some_and(|value| !fits(value));
    keys.iter().filter(is_wrong).copied().collect()
}
