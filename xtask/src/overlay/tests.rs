//! The rules of the Overlay Specification, one by one, and what is stricter here.

use serde_json::{Value, json};

use super::{Mode, apply};
use crate::finding::Findings;
use crate::load::load;
use crate::pointer::Pointer;
use crate::source::{Document, Source};

mod diagnostics;
mod limits;
mod obsolete;
mod places;
mod second_implementation;

/// The document that most tests change.
const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
tags: [{name: pets}, {name: old}, {name: orders}]
paths:
  /pets:
    get: {operationId: listPets, deprecated: false, parameters: [{name: limit}]}
    post: {operationId: addPet}
  /orders:
    get: {operationId: listOrders, tags: [orders]}
";

fn loaded(name: &str, text: &str) -> Document {
    let mut findings = Findings::new();
    let document = load(&Source::new(name, text), &mut findings);
    assert_eq!(findings.codes(), Vec::<&str>::new(), "{text}");
    document.expect(text)
}

/// Returns an Overlay with these actions, of which each begins with `- `.
fn overlay(actions: &str) -> Document {
    let text = format!("overlay: 1.1.0\ninfo: {{title: T, version: '1'}}\nactions:\n{actions}");
    loaded("overlay.yaml", &text)
}

fn applied(document: &str, actions: &str, mode: Mode) -> (Option<Document>, Findings) {
    let mut findings = Findings::new();
    let document = loaded("a.yaml", document);
    let result = apply(document, &overlay(actions), mode, &mut findings);
    (result, findings)
}

/// Applies actions to a document, which they must without a finding.
fn result(document: &str, actions: &str) -> Value {
    let (document, findings) = applied(document, actions, Mode::Strict);
    assert_eq!(findings.codes(), Vec::<&str>::new(), "{actions}");
    document.expect(actions).root
}

fn codes(actions: &str, mode: Mode) -> Vec<&'static str> {
    let (document, findings) = applied(DOCUMENT, actions, mode);
    assert_eq!(document.is_none(), findings.has_errors(), "{actions}");
    findings.codes()
}

#[test]
fn an_update_merges_by_the_kinds_of_both_sides() {
    // The node, the update, and the node afterwards.
    let table = [
        (r#"{"a": 1}"#, r#"{"b": 2}"#, json!({"a": 1, "b": 2})),
        (r#"{"a": 1}"#, r#"{"a": 2}"#, json!({"a": 2})),
        (r#"{"a": 1}"#, r#"{"a": null}"#, json!({"a": null})),
        (r#"{"a": null}"#, r#"{"a": "x"}"#, json!({"a": "x"})),
        (
            r#"{"a": {"b": 1}}"#,
            r#"{"a": {"c": 2}}"#,
            json!({"a": {"b": 1, "c": 2}}),
        ),
        (r#"{"a": [1]}"#, r#"{"a": [1, 2]}"#, json!({"a": [1, 1, 2]})),
        (
            r#"{"a": {}}"#,
            r#"{"a": {"b": [{"c": {}}]}}"#,
            json!({"a": {"b": [{"c": {}}]}}),
        ),
        (r#"[1]"#, r#"[2, 3]"#, json!([1, 2, 3])),
        (r#"[1]"#, r#"[[2]]"#, json!([1, [2]])),
        (r#"[1]"#, r#"2"#, json!([1, 2])),
        (r#"[1]"#, r#"null"#, json!([1, null])),
        (r#"[]"#, r#"{"a": 1}"#, json!([{"a": 1}])),
        (r#"[[1]]"#, r#"2"#, json!([[1], 2])),
        (r#""x""#, r#""y""#, json!("y")),
        (r#"1"#, r#"null"#, json!(null)),
        (r#"false"#, r#""no""#, json!("no")),
    ];
    for (node, update, expected) in table {
        let document = format!("{{\"n\": {node}}}");
        let actions = format!("- target: $.n\n  update: {update}\n");
        let root = result(&document, &actions);
        assert_eq!(root, json!({"n": expected}), "{node} {update}");
    }
}

#[test]
fn kinds_that_do_not_match_are_errors() {
    let table = [
        (r#"{"a": 1}"#, "[1]"),
        (r#"{"a": 1}"#, "1"),
        ("1", "{}"),
        ("1", "[]"),
        (r#"{"a": {}}"#, r#"{"a": []}"#),
        (r#"{"a": {}}"#, r#"{"a": null}"#),
        (r#"{"a": null}"#, r#"{"a": {}}"#),
        (r#"{"a": [1]}"#, r#"{"a": 2}"#),
        (r#"{"a": [1]}"#, r#"{"a": {"b": 2}}"#),
        (r#"{"a": {"b": {"c": 1}}}"#, r#"{"a": {"b": {"c": []}}}"#),
    ];
    for (node, update) in table {
        for mode in [Mode::Strict, Mode::Lenient] {
            let document = format!("{{\"n\": {node}}}");
            let actions = format!("- target: $.n\n  update: {update}\n");
            let (document, findings) = applied(&document, &actions, mode);
            assert_eq!(
                findings.codes(),
                ["overlay/kind-mismatch"],
                "{node} {update}"
            );
            assert!(document.is_none());
        }
    }
}

#[test]
fn an_update_keeps_the_order_and_adds_at_the_end() {
    let root = result(
        "{b: 1, a: 2}",
        "- target: $\n  update: {0: x, a: 3, b: 4}\n",
    );
    assert_eq!(root.to_string(), r#"{"b":4,"a":3,"0":"x"}"#);
    let root = result("{b: 1, a: 2, c: 3}", "- target: $.b\n  remove: true\n");
    assert_eq!(root.to_string(), r#"{"a":2,"c":3}"#);
}

#[test]
fn targets_are_queries_of_rfc_9535() {
    let table = [
        ("$", "/x"),
        ("$.info", "/info/x"),
        ("$['info']", "/info/x"),
        ("$.paths['/pets'].get", "/paths/~1pets/get/x"),
        ("$.paths.*.post", "/paths/~1pets/post/x"),
        ("$..get[?@.name == 'limit']", ""),
        (
            "$..parameters[?@.name == 'limit']",
            "/paths/~1pets/get/parameters/0/x",
        ),
        (
            "$.paths[?@.get.operationId == 'listOrders'].get",
            "/paths/~1orders/get/x",
        ),
        ("$.tags[-1]", "/tags/2/x"),
        ("$.tags[1:2]", "/tags/1/x"),
        (
            "$.paths[?search(@.post.operationId, '^add')].post",
            "/paths/~1pets/post/x",
        ),
        ("$['info','info']", "/info/x"),
    ];
    for (target, pointer) in table {
        let actions = format!("- target: \"{target}\"\n  update: {{x: [1]}}\n");
        if pointer.is_empty() {
            assert_eq!(
                codes(&actions, Mode::Strict),
                ["overlay/unmatched"],
                "{target}"
            );
            continue;
        }
        let root = result(DOCUMENT, &actions);
        let found = Pointer::from(pointer).resolve(&root);
        assert_eq!(found, Some(&json!([1])), "{target}");
    }
}

#[test]
fn an_update_reaches_every_node_that_is_selected() {
    let root = result(
        DOCUMENT,
        "- target: $.paths.*.get\n  update: {tags: [all]}\n",
    );
    assert_eq!(root["paths"]["/pets"]["get"]["tags"], json!(["all"]));
    assert_eq!(
        root["paths"]["/orders"]["get"]["tags"],
        json!(["orders", "all"])
    );
    assert_eq!(root["paths"]["/pets"]["post"].get("tags"), None);
}

#[test]
fn removing_takes_out_exactly_the_nodes_that_are_selected() {
    let table = [
        ("{a: {b: 1, c: 2}}", "$.a.b", json!({"a": {"c": 2}})),
        ("{a: [0, 1, 2, 3, 4]}", "$.a[0,2,4]", json!({"a": [1, 3]})),
        ("{a: [0, 1, 2, 3, 4]}", "$.a[?@ > 1]", json!({"a": [0, 1]})),
        ("{a: [0, 1, 2]}", "$.a[-1,2]", json!({"a": [0, 1]})),
        ("{a: [0, 1, 2]}", "$.a[*]", json!({"a": []})),
        ("{a: {}, b: []}", "$.*", json!({})),
        ("{x: {x: {x: 1}, y: 2}}", "$..x", json!({})),
        ("[[0, [1, 2]], [3, [4, 5]]]", "$..[0]", json!([[[5]]])),
        (
            "{a: [{n: 1, k: [1, 2]}, {n: 2, k: [1, 2]}]}",
            "$.a[*].k[0]",
            json!({"a": [{"n": 1, "k": [2]}, {"n": 2, "k": [2]}]}),
        ),
    ];
    for (document, target, expected) in table {
        let actions = format!("- target: \"{target}\"\n  remove: true\n");
        assert_eq!(result(document, &actions), expected, "{document} {target}");
    }
}

#[test]
fn removing_comes_before_updating_and_copying() {
    let actions = "- target: $.tags\n  remove: true\n  update: [x]\n  copy: $.info\n";
    let (document, findings) = applied(DOCUMENT, actions, Mode::Strict);
    assert_eq!(findings.codes(), ["overlay/ignored-field"]);
    assert_eq!(document.unwrap().root.get("tags"), None);
    let root = result(
        DOCUMENT,
        "- target: $.info\n  remove: false\n  update: {x: 1}\n",
    );
    assert_eq!(root["info"]["x"], json!(1));
}

#[test]
fn a_copy_is_an_update_with_the_node_as_it_is_before_the_action() {
    let table = [
        (
            "{a: {x: [1]}, b: {x: [2], y: 3}}",
            "$.a",
            "$.b",
            json!({"a": {"x": [1, 2], "y": 3}, "b": {"x": [2], "y": 3}}),
        ),
        (
            "{a: [1], b: [2]}",
            "$.a",
            "$.b",
            json!({"a": [1, 2], "b": [2]}),
        ),
        (
            "{a: [1], b: {c: 2}}",
            "$.a",
            "$.b",
            json!({"a": [1, {"c": 2}], "b": {"c": 2}}),
        ),
        ("{a: 1, b: x}", "$.a", "$.b", json!({"a": "x", "b": "x"})),
        ("{a: [1, 2]}", "$.a", "$.a", json!({"a": [1, 2, 1, 2]})),
        (
            "{a: {b: {}}, c: 1}",
            "$.a.b",
            "$",
            json!({"a": {"b": {"a": {"b": {}}, "c": 1}}, "c": 1}),
        ),
        (
            "{a: [{}, {}], b: {c: 1}}",
            "$.a.*",
            "$.b",
            json!({"a": [{"c": 1}, {"c": 1}], "b": {"c": 1}}),
        ),
    ];
    for (document, target, copy, expected) in table {
        let actions = format!("- target: \"{target}\"\n  copy: \"{copy}\"\n");
        assert_eq!(result(document, &actions), expected, "{document}");
    }
}

#[test]
fn actions_apply_in_order_each_to_the_result_of_the_one_before() {
    let actions = "\
- target: $.paths
  update: {/cats: {}}
- target: $.paths['/cats']
  copy: $.paths['/pets']
- target: $.paths['/pets']
  remove: true
- target: $.paths['/cats'].get
  update: {operationId: listCats}
- target: $.paths
  update: {/pets: {summary: again}}
";
    let paths = &result(DOCUMENT, actions)["paths"];
    let names: Vec<_> = paths.as_object().unwrap().keys().collect();
    assert_eq!(names, ["/orders", "/cats", "/pets"]);
    assert_eq!(paths["/cats"]["get"]["operationId"], json!("listCats"));
    assert_eq!(paths["/cats"]["post"]["operationId"], json!("addPet"));
    assert_eq!(paths["/pets"], json!({"summary": "again"}));
}
