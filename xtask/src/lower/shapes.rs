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
        for (key, what) in wrong(object, &OBJECTS, &LISTS) {
            self.error(
                "lower/shape",
                &at.join(key),
                format!("`{key}` has to be {what}"),
                "Correct it with an overlay action.",
            );
        }
    }

    /// Notes members of the schema at `at` that are not what JSON Schema says, such as the `required: true` of older
    /// drafts.
    pub(super) fn note_shape(&mut self, object: &Object, at: &Pointer) {
        for (key, what) in wrong(object, &SCHEMA_OBJECTS, &SCHEMA_LISTS) {
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

/// Returns the members of these names that are no objects, and those that are no lists, each with what it has to be.
fn wrong(
    object: &Object,
    objects: &[&'static str],
    lists: &[&'static str],
) -> Vec<(&'static str, &'static str)> {
    let is = |key: &str, fits: fn(&Value) -> bool| object.get(key).is_none_or(fits);
    let objects = objects.iter().filter(|key| !is(key, Value::is_object));
    let lists = lists.iter().filter(|key| !is(key, Value::is_array));
    let objects = objects.map(|key| (*key, "an object"));
    objects.chain(lists.map(|key| (*key, "a list"))).collect()
}
