//! Operations.

use super::check;

fn of_operation(fragment: &str) -> String {
    let lines: String = fragment
        .trim()
        .lines()
        .map(|line| format!("      {line}\n"))
        .collect();
    format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n  /things/{{id}}:\n    post:\n      operationId: do_it\n{lines}"
    )
}

fn of_paths(fragment: &str) -> String {
    let lines: String = fragment
        .trim()
        .lines()
        .map(|line| format!("  {line}\n"))
        .collect();
    format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{lines}")
}

#[test]
fn parameters_have_names_places_and_styles() {
    check(
        "parameters",
        &[
            (
                "every place",
                "parameters:\n- {name: id, in: path, required: true, schema: {type: string}}\n- {name: id, in: query, schema: {type: integer}}\n- {name: X-Id, in: header, schema: {type: boolean}}\n- {name: sid, in: cookie, schema: {type: string}}",
            ),
            (
                "names that builders have",
                "parameters:\n- {name: id, in: path, schema: {type: string}}\n- {name: client, in: query}\n- {name: self, in: query}\n- {name: send, in: query}\n- {name: query, in: query}",
            ),
            (
                "styles",
                "parameters:\n- {name: a, in: query, explode: false, schema: {type: array, items: {type: string}}}\n- {name: b, in: query, schema: {type: array, items: {type: string}}}\n- {name: c, in: query, style: deepObject, schema: {type: object, properties: {x: {type: string}}}}\n- {name: d, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}\n- {name: id, in: path, style: matrix, schema: {type: string}}",
            ),
            (
                "content, null, enums",
                "parameters:\n- {name: a, in: query, content: {application/json: {schema: {type: object, properties: {x: {type: string}}}}}}\n- {name: b, in: query, schema: {type: [string, 'null'], enum: [x, null]}}",
            ),
            (
                "headers that are ignored, and a family",
                "parameters:\n- {name: Accept, in: header}\n- {name: Content-Type, in: header}\n- {name: X-Meta-*, in: header, description: Any.}",
            ),
            (
                "twice, and without a place",
                "parameters:\n- {name: a, in: query}\n- {name: a, in: query, schema: {type: integer}}\n- {name: b}",
            ),
            (
                "one that goes with no other",
                "parameters:\n- {name: ids, in: query, x-excludes: {except: [count]}, schema: {type: array, items: {type: string}}}\n- {name: label, in: query}\n- {name: count, in: query}",
            ),
            (
                "excluded wrongly",
                "parameters:\n- {name: ids, in: query, x-excludes: {except: [gone]}}\n- {name: only, in: query, x-excludes: []}",
            ),
            (
                "a path parameter that is not in the path",
                "parameters:\n- {name: other, in: path, required: true, schema: {type: string}}",
            ),
        ],
        of_operation,
    );
}

#[test]
fn bodies_have_a_setter_for_each_media_type() {
    check(
        "bodies",
        &[
            (
                "json, in dialects",
                "requestBody: {required: true, content: {application/vnd.api+json: {schema: {properties: {a: {type: string}}}}, application/json; charset=utf-8: {schema: {type: array}}}}",
            ),
            (
                "form, multipart, text, bytes",
                "requestBody: {content: {application/xml: {}, text/plain: {}, multipart/form-data: {}, application/x-www-form-urlencoded: {schema: {properties: {a: {type: string}}}}}}",
            ),
            (
                "several, and a header that says which",
                "parameters: [{name: Content-Type, in: header}]\nrequestBody: {content: {application/json: {}, text/plain: {}}}",
            ),
            ("none", "requestBody: {content: {}}"),
        ],
        of_operation,
    );
}

#[test]
fn answers_are_told_apart_by_status() {
    check(
        "answers",
        &[
            (
                "one",
                "responses: {'200': {content: {application/json: {schema: {type: string}}}}}",
            ),
            (
                "one that may be empty",
                "responses: {'200': {content: {application/json: {schema: {properties: {a: {}}}}}}, '204': {description: none}}",
            ),
            (
                "several",
                "responses: {'200': {content: {application/json: {schema: {properties: {a: {}}}}}}, '202': {content: {application/json: {schema: {properties: {b: {}}}}}}, 4XX: {content: {application/json: {schema: {type: string}}}}, '404': {content: {text/plain: {}}}, default: {content: {application/json: {schema: {type: string}}}}}",
            ),
            (
                "default alone",
                "responses: {default: {content: {application/json: {schema: {properties: {a: {}}}}}}}",
            ),
            (
                "bytes and anything",
                "responses: {'200': {content: {image/png: {}}}, '201': {content: {'*/*': {schema: {type: integer}}}}}",
            ),
            (
                "a list that may be a member",
                "responses: {'200': {content: {application/json: {schema: {type: array, items: {type: string}, x-aliases: [things]}}}}}",
            ),
            ("no list, no object", "parameters: {a: b}\nresponses: [200]"),
            ("no status", "responses: {ok: {description: yes}}"),
        ],
        of_operation,
    );
}

#[test]
fn extensions_say_what_openapi_cannot() {
    check(
        "extensions",
        &[
            (
                "another name that stands twice",
                "x-doc-aliases: [topics, groups, topics]",
            ),
            ("sent again if unsent", "x-retry: unsent"),
            (
                "never sent again, unless with a header",
                "x-retry: never\nx-idempotency-headers: [Key]",
            ),
            ("another word", "x-retry: sometimes"),
            (
                "another name in Rust",
                "parameters:\n- {name: old, x-name: new_one, in: query, schema: {type: string}}",
            ),
            (
                "a member with credentials and another name",
                "responses: {'200': {content: {application/json: {schema: {properties: {a: {type: string, x-sensitive: true, x-name: b}}}}}}}",
            ),
        ],
        of_operation,
    );
}

#[test]
fn operations_have_names_of_their_own() {
    check(
        "names",
        &[
            (
                "missing, and twice",
                "/a: {get: {operationId: run}, post: {operationId: run}, put: {summary: Put the a}, patch: {}}",
            ),
            ("names that the client has", "/a: {get: {operationId: new}}"),
            (
                "the same template",
                "/a/{x}: {get: {operationId: x}}\n/a/{y}: {get: {operationId: y}}",
            ),
        ],
        of_paths,
    );
}

/// Whatever else such a document lacks may be in the other files, and is not spoken of.
#[test]
fn a_document_in_several_files_is_one_finding() {
    let items: String = (0..300)
        .map(|item| format!("/{item}: {{$ref: 'paths/{}.yaml#/item'}}\n", item % 20))
        .collect();
    check(
        "several-files",
        &[
            ("many paths", items.trim()),
            ("all paths", "$ref: paths.yaml"),
            (
                "a parameter, beside what is missing here",
                "/a: {get: {parameters: [{$ref: 'https://example.com/page.json'}, {$ref: '#/gone'}], responses: {}}}",
            ),
            (
                "what only looks like a reference",
                "/a: {get: {x-a: {$ref: a.yaml}, responses: {'200': {description: a, content: {application/json: {example: {$ref: a.yaml}, schema: {default: {$ref: a.yaml}, properties: {$ref: {type: string}}}}}}}}}",
            ),
        ],
        of_paths,
    );
}

#[test]
fn a_document_with_nothing_in_it_is_refused() {
    for document in [
        "openapi: 3.1.0\n",
        "openapi: 3.0.3\npaths: {}\ncomponents: {schemas: {}}\n",
    ] {
        let text = super::lowered(document);
        assert!(
            text.starts_with("refused\nerror[lower/empty] line 1"),
            "{text}"
        );
    }
}
