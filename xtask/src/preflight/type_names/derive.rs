//! The names that typify derives while it goes through a schema.
//!
//! This follows typify step by step and claims a name wherever it makes a struct, an enum or a newtype.

use heck::ToSnakeCase;
use serde_json::Value;

use super::{Claims, Hint};
use crate::names::{Case, type_case};
use crate::preflight::schema::{is_map, type_of};
use crate::preflight::survey::{Kind, Node};
use crate::preflight::unions::{is_union_struct, optional};

/// How deep compositions are followed; circles among them have a finding of their own.
const DEPTH: usize = 16;

impl<'a> Claims<'_, 'a> {
    /// Claims the names of all types that `schema` becomes.
    pub(super) fn derive(&mut self, schema: &Node<'a>, hint: &Hint<'a>) {
        self.walk(schema, hint, false);
    }

    /// `inlined`: an object becomes the fields of a variant, not a struct with a name.
    pub(super) fn walk(&mut self, schema: &Node<'a>, hint: &Hint<'a>, inlined: bool) {
        if schema.has("$ref") || !schema.value.is_object() {
            return;
        }
        let typed = schema.has("type");
        let composed = schema.has("oneOf") || schema.has("anyOf") || schema.has("allOf");
        let wrapped = schema.flag("nullable");
        let inner = match hint {
            // The optional type itself has the name; what is in it gets another, or else the same again.
            Hint::Required(name) if wrapped && typed => Hint::Suggested(format!("{name}Inner")),
            Hint::Required(name) if wrapped && composed => Hint::Suggested((*name).to_owned()),
            other => other.clone(),
        };
        if schema.has("allOf") {
            self.intersection(schema, &inner, inlined);
        } else if composed {
            self.union(schema, &inner);
        } else {
            self.simple(schema, &inner, inlined && !wrapped);
        }
    }

    /// Claims the type name of `schema`, unless a component has claimed it already as its own.
    pub(super) fn claim_named(&mut self, schema: &Node<'a>, hint: &Hint<'a>) {
        if let Hint::Suggested(_) = hint {
            self.claim(hint.type_name(schema), schema, false);
        }
    }

    fn simple(&mut self, schema: &Node<'a>, hint: &Hint<'a>, inlined: bool) {
        self.null_in_enum(schema, hint);
        let values = schema.value.get("enum").and_then(Value::as_array);
        let is_enum = values.is_some_and(|values| values.iter().any(|value| !value.is_null()));
        match type_of(schema) {
            Some("object") => self.object(schema, hint, inlined),
            Some("array") => self.array(schema, hint),
            Some("string") if is_enum || is_bounded(schema) => self.claim_named(schema, hint),
            Some("integer" | "number") if is_enum => self.claim_named(schema, hint),
            _ => {}
        }
    }

    /// A component that is an enum with null in it, and not `nullable`: typify gives the optional type
    /// and the enum inside the same name.
    fn null_in_enum(&mut self, schema: &Node<'a>, hint: &Hint<'a>) {
        let values = schema.value.get("enum").and_then(Value::as_array);
        let mixed = values.is_some_and(|values| {
            values.iter().any(Value::is_null) && !values.iter().all(Value::is_null)
        });
        if let (Hint::Required(name), true) = (hint, mixed && !schema.flag("nullable")) {
            self.claim_named(schema, &Hint::Suggested((*name).to_owned()));
        }
    }

    fn object(&mut self, schema: &Node<'a>, hint: &Hint<'a>, inlined: bool) {
        let rest = schema
            .get("additionalProperties")
            .filter(|rest| rest.value.is_object());
        if is_map(schema) {
            if let Some(rest) = rest {
                self.walk(
                    &rest,
                    &Hint::Suggested(format!("{}Value", hint.raw())),
                    false,
                );
            }
            return;
        }
        if !inlined {
            self.claim_named(schema, hint);
        }
        let name = hint.type_name(schema);
        self.properties(schema, &name, None);
        if let Some(rest) = rest {
            self.walk(&rest, &Hint::Suggested(format!("{name}_extraValue")), false);
        }
    }

    /// Walks through the properties of a struct called `name`, except `tag`.
    pub(super) fn properties(&mut self, schema: &Node<'a>, name: &str, tag: Option<&str>) {
        for (property, node) in schema.members_of("properties") {
            if Some(property) != tag {
                let hint = Hint::Suggested(format!("{name}_{}", property.to_snake_case()));
                self.walk(&node, &hint, false);
            }
        }
    }

    fn array(&mut self, schema: &Node<'a>, hint: &Hint<'a>) {
        let Some(items) = schema.get("items") else {
            return;
        };
        let bounds = (schema.value.get("minItems"), schema.value.get("maxItems"));
        let fixed =
            bounds.0.is_some_and(|least| Some(least) == bounds.1) && !schema.flag("uniqueItems");
        let name = if fixed {
            format!("{}_item", hint.raw())
        } else {
            format!("{}Item", hint.type_name(schema))
        };
        self.walk(&items, &Hint::Suggested(name), false);
    }

    fn intersection(&mut self, schema: &Node<'a>, hint: &Hint<'a>, inlined: bool) {
        let parts = schema.elements_of("allOf");
        let beside = !schema.members_of("properties").is_empty();
        if let ([only], false) = (parts.as_slice(), beside) {
            self.walk(only, hint, inlined);
            return;
        }
        if !inlined {
            self.claim_named(schema, hint);
        }
        let name = hint.type_name(schema);
        if self.active.insert(schema.pointer.clone()) {
            self.merged_properties(schema, &name, DEPTH);
            self.active.remove(&schema.pointer);
        }
    }

    /// The properties of all parts of an intersection: they become types again under the new name.
    fn merged_properties(&mut self, schema: &Node<'a>, name: &str, depth: usize) {
        let Some(schema) = self
            .survey
            .resolve(Kind::Schema, schema)
            .filter(|_| depth > 0)
        else {
            return;
        };
        self.properties(&schema, name, None);
        for part in schema.elements_of("allOf") {
            self.merged_properties(&part, name, depth - 1);
        }
    }

    fn union(&mut self, schema: &Node<'a>, hint: &Hint<'a>) {
        let key = if schema.has("oneOf") {
            "oneOf"
        } else {
            "anyOf"
        };
        let variants = schema.elements_of(key);
        if let [only] = variants.as_slice() {
            self.walk(only, hint, false);
            return;
        }
        if let Some(inner) = optional(&variants) {
            // The optional type has the name, and what is in it gets the same again.
            self.walk(inner, &Hint::Suggested(hint.raw().to_owned()), false);
            return;
        }
        self.claim_named(schema, hint);
        let name = hint.type_name(schema);
        if is_union_struct(self.survey, schema) {
            for (index, variant) in variants.iter().enumerate() {
                self.walk(
                    variant,
                    &Hint::Suggested(format!("{name}Subtype{index}")),
                    false,
                );
            }
        } else {
            self.variants(&variants, hint, &type_case(&name, Case::Pascal));
        }
    }
}

/// Whether a string schema has constraints, for which typify makes a newtype.
fn is_bounded(schema: &Node<'_>) -> bool {
    let standard = matches!(schema.text("format"), Some("ip" | "ipv4" | "ipv6"));
    !standard
        && ["minLength", "maxLength", "pattern"]
            .iter()
            .any(|key| schema.has(key))
}
