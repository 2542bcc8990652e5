//! Schemas.

use super::check;

fn of_components(fragment: &str) -> String {
    let schemas: String = fragment
        .trim()
        .lines()
        .map(|line| format!("    {}\n", line.trim()))
        .collect();
    format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents:\n  schemas:\n{schemas}")
}

#[test]
fn values_without_parts_have_the_narrowest_type_that_takes_them() {
    check(
        "scalars",
        &[
            (
                "types",
                "A: {type: string}\nB: {type: integer}\nC: {type: number}\nD: {type: boolean}",
            ),
            (
                "null",
                "A: {type: [string, 'null']}\nO: {type: object, properties: {a: {type: [integer, 'null']}, b: {$ref: '#/components/schemas/A'}}, required: [a]}",
            ),
            (
                "bounds beyond 64 bits",
                "A: {type: integer, maximum: 18446744073709551615, minimum: 0}\nB: {type: integer, maximum: 1e30}",
            ),
            (
                "formats",
                "A: {type: integer, format: int32}\nB: {type: string, format: password}\nC: {type: string, format: uuid}\nD: {type: integer, format: instant}\nE: {type: integer, format: uint64}\nF: {type: boolean, format: instant}",
            ),
            (
                "assertions",
                "A: {type: string, pattern: 'a+', maxLength: 3}\nB: {type: integer, multipleOf: 2, not: {const: 4}}",
            ),
            ("booleans as schemas", "A: true\nB: false\nC: {}"),
            ("no schema at all", "A: text"),
            (
                "members that are not what they have to be",
                "A: {properties: {a: {type: string, required: true, enum: x}}}\nB: {properties: [a]}",
            ),
            ("a type that is none", "A: {type: text}"),
        ],
        of_components,
    );
}

#[test]
fn listed_values_become_enums_or_any_value_of_their_type() {
    check(
        "enums",
        &[
            ("texts", "A: {type: string, enum: [one, two words, 'null']}"),
            (
                "texts that are one in the case of variants",
                "A: {enum: [ASC, asc, Asc]}",
            ),
            (
                "signs and digits",
                "A: {enum: ['>', '>=', '', '1st', '-size', 'a=b', ÄÖ]}",
            ),
            ("with null", "A: {enum: [one, null]}"),
            (
                "numbers, booleans, mixed",
                "A: {enum: [1, 2]}\nB: {enum: [1.5, 2]}\nC: {const: true}\nD: {enum: [1, a]}",
            ),
            (
                "numbers that are said to be texts",
                "A: {type: string, enum: [1, 2]}",
            ),
            ("const", "A: {const: only}"),
        ],
        of_components,
    );
}

#[test]
fn objects_are_structs_or_maps() {
    check(
        "objects",
        &[
            (
                "members",
                "A: {type: object, required: [b], properties: {b: {type: string}, a: {type: array, items: {type: object, properties: {x: {type: string}}}}}}",
            ),
            (
                "names that are one in the case of fields, and keywords",
                "A: {properties: {fooBar: {}, foo_bar: {}, type: {}, self: {}, '1st': {}, '': {}}}",
            ),
            (
                "maps",
                "A: {type: object}\nB: {type: object, additionalProperties: {type: integer}}\nC: {type: object, additionalProperties: false}",
            ),
            (
                "rest",
                "A: {properties: {a: {}}, additionalProperties: true}\nB: {properties: {a: {}}, additionalProperties: {type: string}}\nC: {properties: {a: {}}, unevaluatedProperties: {type: string}}",
            ),
            (
                "patterns of names",
                "A: {type: object, patternProperties: {'^x-': {type: string}}, additionalProperties: false}",
            ),
            (
                "lists with different items",
                "A: {type: array, prefixItems: [{type: string}, {type: integer}]}\nB: {type: array, prefixItems: [{type: string}], items: {type: string}}\nC: {type: array}\nD: {type: array, prefixItems: [{type: string}]}\nE: {type: array, prefixItems: [{type: string}], items: false}\nF: {type: array, prefixItems: [{type: string}, {type: string}], maxItems: 2}\nG: {type: array, prefixItems: [{type: string}], items: true}",
            ),
            (
                "itself",
                "A: {properties: {next: {$ref: '#/components/schemas/A'}}}\nB: {type: array, items: {$ref: '#/components/schemas/B'}}",
            ),
        ],
        of_components,
    );
}

#[test]
fn schemas_that_all_hold_are_merged() {
    check(
        "conjunctions",
        &[
            (
                "objects",
                "A: {properties: {a: {type: string}}, required: [a]}\nB: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: integer}}, required: [b]}]}",
            ),
            (
                "one alone, with words about it",
                "A: {type: string, enum: [x]}\nB: {description: Some B., allOf: [{$ref: '#/components/schemas/A'}, {description: More.}]}\nC: {$ref: '#/components/schemas/A', description: Some C.}",
            ),
            (
                "required in one, declared in the other",
                "A: {allOf: [{properties: {a: {type: string}}}, {required: [a]}]}",
            ),
            (
                "the same member twice",
                "A: {allOf: [{properties: {a: {enum: [x, y]}}}, {properties: {a: {enum: [y, z]}}}]}",
            ),
            (
                "a union inside",
                "A: {properties: {id: {type: string}}, oneOf: [{properties: {a: {type: string}}, required: [a]}, {properties: {b: {type: string}}, required: [b]}]}",
            ),
            (
                "an alternative of requirements alone",
                "A: {properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}",
            ),
            (
                "a ring",
                "A: {allOf: [{$ref: '#/components/schemas/B'}]}\nB: {allOf: [{$ref: '#/components/schemas/A'}]}",
            ),
            (
                "what is merged holds itself",
                "A: {allOf: [{properties: {a: {$ref: '#/components/schemas/B'}}}, {properties: {a: {$ref: '#/components/schemas/C'}}}]}\nB: {properties: {next: {$ref: '#/components/schemas/B'}}}\nC: {properties: {next: {$ref: '#/components/schemas/C'}}}",
            ),
            (
                "two unions at once",
                "A: {allOf: [{oneOf: [{type: string}, {type: integer}]}, {oneOf: [{type: string}, {type: boolean}]}]}",
            ),
        ],
        of_components,
    );
}

#[test]
fn alternatives_are_unions_where_they_can_be_told_apart() {
    check(
        "unions",
        &[
            (
                "kinds of JSON",
                "A: {oneOf: [{type: string}, {type: integer}, {type: array, items: {type: string}}, {type: 'null'}]}\nB: {type: [string, integer]}",
            ),
            (
                "a member that only one requires",
                "A: {oneOf: [{title: Small, properties: {a: {type: string}}, required: [a]}, {title: Large, properties: {b: {type: string}}, required: [b]}]}",
            ),
            (
                "one with more than the other",
                "A: {anyOf: [{properties: {a: {type: string}}}, {properties: {a: {type: string}, b: {type: string}}, required: [b]}]}",
            ),
            (
                "a discriminator",
                "A: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', puss: Cat}}}\nCat: {properties: {kind: {type: string}}}\nDog: {properties: {kind: {type: string}}}",
            ),
            (
                "a member with values of its own in each",
                "A: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}\nCat: {properties: {kind: {const: cat}}, required: [kind]}\nDog: {properties: {kind: {const: dog}}, required: [kind]}",
            ),
            (
                "inherited by its variants",
                "Pet: {properties: {kind: {type: string}}, required: [kind], oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}\nCat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {claws: {type: integer}}}]}",
            ),
            (
                "texts",
                "A: {anyOf: [{type: string, enum: [a, b]}, {type: string}]}\nB: {oneOf: [{enum: [a]}, {enum: [b, a]}]}",
            ),
            ("numbers", "A: {anyOf: [{type: integer}, {type: number}]}"),
            (
                "objects that look alike",
                "A: {anyOf: [{properties: {a: {type: string}, b: {type: string}}}, {properties: {a: {type: integer}, c: {type: string}}}]}",
            ),
            ("any value among them", "A: {anyOf: [{type: string}, {}]}"),
            (
                "itself",
                "A: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/A'}}, {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}]}",
            ),
            (
                "one alone",
                "A: {oneOf: [{type: string}]}\nB: {anyOf: [{type: string}, {type: 'null'}]}",
            ),
        ],
        of_components,
    );
}

#[test]
fn references_lead_to_something_in_the_document() {
    check(
        "references",
        &[
            (
                "nothing, twice",
                "A: {properties: {a: {$ref: '#/components/schemas/B'}, b: {$ref: '#/components/schemas/B'}}}",
            ),
            (
                "a place that is no component",
                "A: {properties: {a: {type: object, properties: {b: {type: string}}}, c: {$ref: '#/components/schemas/A/properties/a'}}}",
            ),
            ("itself", "A: {$ref: '#/components/schemas/A'}"),
        ],
        of_components,
    );
}
