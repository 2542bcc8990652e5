//! The keywords of JSON Schema by what they say, in lists that are words between spaces.

use super::context::Object;

/// Annotations, which say nothing about the values.
const ANNOTATIONS: &str = "$anchor $comment $defs $id $schema contentEncoding contentMediaType contentSchema default \
    definitions deprecated description discriminator example examples externalDocs id nullable readOnly title writeOnly \
    xml";

/// Assertions that no type of Rust expresses, so that they are left to the service.
pub(super) const ASSERTIONS: &str = "contains dependencies dependentRequired dependentSchemas else exclusiveMaximum \
    exclusiveMinimum if maxContains maxItems maxLength maxProperties maximum minContains minItems minLength \
    minProperties minimum multipleOf not pattern propertyNames then";

/// Keywords that name or imply a type, or lead to a schema that may.
pub(super) const TYPED: &str = "$ref type properties additionalProperties patternProperties items \
    prefixItems enum const oneOf anyOf allOf";

/// Keywords by which a schema beside its alternatives says more of a value than its type.
pub(super) const MEANINGFUL: &str =
    "properties patternProperties items prefixItems enum const format required";

/// Types with the keywords that imply them.
pub(super) const IMPLIED: [(&str, &str); 3] = [
    (
        "object",
        "properties additionalProperties patternProperties required propertyNames",
    ),
    ("array", "items prefixItems"),
    ("string", "pattern minLength maxLength"),
];

/// Returns whether a list has a keyword.
pub(super) fn is_one_of(list: &str, keyword: &str) -> bool {
    list.split(' ').any(|it| it == keyword)
}

/// Returns whether a schema has a keyword of a list.
pub(super) fn has_one_of(list: &str, schema: &Object) -> bool {
    list.split(' ').any(|keyword| schema.contains_key(keyword))
}

pub(super) fn is_annotation(keyword: &str) -> bool {
    keyword.starts_with("x-") || is_one_of(ANNOTATIONS, keyword)
}

/// Returns whether a schema says nothing about the values, other than by a reference.
pub(super) fn says_nothing(schema: &Object) -> bool {
    schema.keys().all(|keyword| is_annotation(keyword))
}
