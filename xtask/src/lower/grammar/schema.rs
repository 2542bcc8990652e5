//! The keywords of schemas.

use super::Kind::{Discriminator, ExternalDocs, Schema, Xml};
use super::Shape::{
    Any, Bound, Data, Flag, List, Map, Number, One, Size, Text, TextMap, Texts, Types, Values,
};
use super::{Field, Shape};

const fn f(name: &'static str, shape: Shape) -> Field {
    Field::new(name, shape)
}

/// The Schema Object: OpenAPI 3.0 and JSON Schema 2020-12, with `definitions` and `dependencies` of
/// older drafts, which are still seen.
pub(crate) const SCHEMA: &[Field] = &[
    f("$ref", Text),
    f("type", Types),
    f("format", Text),
    f("title", Text),
    f("description", Text),
    f("default", Any),
    f("enum", Values),
    f("const", Any).newer(),
    f("properties", Map(Schema)),
    f("required", Texts),
    f("additionalProperties", One(Schema)),
    f("items", One(Schema)),
    f("allOf", List(Schema)),
    f("anyOf", List(Schema)),
    f("oneOf", List(Schema)),
    f("not", One(Schema)),
    f("multipleOf", Number),
    f("minimum", Number),
    f("maximum", Number),
    f("exclusiveMinimum", Bound),
    f("exclusiveMaximum", Bound),
    f("minLength", Size),
    f("maxLength", Size),
    f("pattern", Text),
    f("minItems", Size),
    f("maxItems", Size),
    f("uniqueItems", Flag),
    f("minProperties", Size),
    f("maxProperties", Size),
    f("nullable", Flag).older(),
    f("readOnly", Flag),
    f("writeOnly", Flag),
    f("deprecated", Flag),
    f("example", Any),
    f("externalDocs", One(ExternalDocs)),
    f("discriminator", One(Discriminator)),
    f("xml", One(Xml)),
    f("x-aliases", Texts),
    f("examples", Values).newer(),
    f("$comment", Text).newer(),
    f("$schema", Text).newer(),
    f("$id", Text).newer(),
    f("$anchor", Text).newer(),
    f("$dynamicRef", Text).newer(),
    f("$dynamicAnchor", Text).newer(),
    f("$recursiveRef", Text).newer(),
    f("$recursiveAnchor", Any).newer(),
    f("$vocabulary", Data).newer(),
    f("$defs", Map(Schema)).newer(),
    f("definitions", Map(Schema)).newer(),
    f("prefixItems", List(Schema)).newer(),
    f("contains", One(Schema)).newer(),
    f("minContains", Size).newer(),
    f("maxContains", Size).newer(),
    f("unevaluatedItems", One(Schema)).newer(),
    f("patternProperties", Map(Schema)).newer(),
    f("propertyNames", One(Schema)).newer(),
    f("unevaluatedProperties", One(Schema)).newer(),
    f("dependentRequired", Data).newer(),
    f("dependentSchemas", Map(Schema)).newer(),
    f("dependencies", Data).newer(),
    f("if", One(Schema)).newer(),
    f("then", One(Schema)).newer(),
    f("else", One(Schema)).newer(),
    f("contentEncoding", Text).newer(),
    f("contentMediaType", Text).newer(),
    f("contentSchema", One(Schema)).newer(),
];

pub(super) const DISCRIMINATOR: &[Field] =
    &[f("propertyName", Text).required(), f("mapping", TextMap)];

pub(super) const XML: &[Field] = &[
    f("name", Text),
    f("namespace", Text),
    f("prefix", Text),
    f("attribute", Flag),
    f("wrapped", Flag),
];
