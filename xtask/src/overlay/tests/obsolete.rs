//! Actions that are no longer needed, because the document says what they would say.

use super::super::{Mode, apply};
use super::{loaded, overlay};
use crate::finding::{Findings, Severity};

/// The document of a vendor; each case has one action on it.
const DOCUMENT: &str = "\
a:
  required: [x, y]
  enum: [one, two]
  type: [string, 'null']
  properties:
    x: {type: string, description: The vendor's.}
    description: {type: string}
b: {required: [x]}
parameters: [{in: query, name: n, schema: {type: string}}, {$ref: '#/p'}]
oneOf: [{type: string}]
example: [1, 2]
list: [{}]
";

fn found(actions: &str, mode: Mode) -> (Option<String>, Findings) {
    let mut findings = Findings::new();
    let document = loaded("a.yaml", DOCUMENT);
    let result = apply(document, &overlay(actions), mode, &mut findings);
    (result.map(|result| result.root.to_string()), findings)
}

#[test]
fn lists_that_are_sets_and_words_for_people_decide_what_changes_nothing() {
    let none: &[&str] = &[];
    let idle: &[&str] = &["overlay/no-effect"];
    let unmatched: &[&str] = &["overlay/unmatched"];
    let table = [
        ("target: $.a, update: {required: [y, x]}", idle),
        ("target: $.a, update: {required: [x, z]}", idle),
        ("target: $.a, update: {required: [z]}", none),
        ("target: $.a.enum, update: two", idle),
        ("target: $.a.enum, update: three", none),
        ("target: $.a, update: {type: ['null']}", idle),
        (
            "target: $.parameters, update: [{in: query, name: n, schema: {type: integer}}]",
            idle,
        ),
        (
            "target: $.parameters, update: [{in: header, name: n}]",
            none,
        ),
        ("target: $.parameters, update: {$ref: '#/p'}", idle),
        (
            "target: $.oneOf, update: [{type: string, description: Ours.}]",
            idle,
        ),
        ("target: $.example, update: [2]", none),
        (
            "target: $.a.properties, update: {x: {type: string, description: Ours.}}",
            idle,
        ),
        (
            "target: $.a.properties, update: {x: {type: string}, z: {}}",
            idle,
        ),
        ("target: $.a.properties, update: {x: {type: integer}}", none),
        (
            "target: $.a.properties.x, update: {description: Ours.}",
            none,
        ),
        (
            "target: $.a.properties.x, update: {description: The vendor's.}",
            idle,
        ),
        (
            "target: $.a.properties, update: {description: {type: integer}}",
            none,
        ),
        ("target: \"$['a', 'b']\", update: {required: [z]}", none),
        ("target: \"$['a', 'b']\", update: {required: [y]}", idle),
        (
            "target: \"$['a', 'c']\", update: {required: [z]}",
            unmatched,
        ),
        ("target: \"$['c', 'd'].x\", remove: true", unmatched),
        ("target: \"$['a', 'c']\", remove: true", unmatched),
        ("target: \"$.parameters[0, 7]\", update: {x: 1}", unmatched),
        ("target: \"$[?@.type == 'a,b']\", remove: true", unmatched),
        ("target: $.*, update: [1]", &["overlay/mixed-targets"]),
        ("target: $.a.*, update: {z: 1}", &["overlay/mixed-targets"]),
    ];
    for (action, expected) in table {
        let (document, findings) = found(&format!("- {{{action}}}\n"), Mode::Strict);
        assert_eq!(findings.codes(), expected, "{action}");
        assert_eq!(document.is_some(), expected.is_empty(), "{action}");
    }
}

#[test]
fn what_a_set_has_is_not_appended_again() {
    let action = "- {target: $.a, update: {required: [x, z]}}\n";
    let (document, findings) = found(action, Mode::Lenient);
    assert_eq!(findings.count(Severity::Warning), 1);
    let document = document.expect("a document");
    assert!(
        document.contains(r#""required":["x","y","z"]"#),
        "{document}"
    );
    let place = findings.iter().next().and_then(|it| it.location.clone());
    assert!(
        place.is_some_and(|place| place.column > 30),
        "the part of the action"
    );
}

#[test]
fn removing_what_a_later_action_sets_again_is_no_longer_needed() {
    let remove = "- {target: $.a.enum, remove: true}\n";
    let set = |values: &str| format!("{remove}- {{target: $.a, update: {{enum: {values}}}}}\n");
    for (values, expected) in [("[two, one]", 1), ("[one]", 0)] {
        let (_, findings) = found(&set(values), Mode::Strict);
        assert_eq!(findings.count(Severity::Error), expected, "{values}");
        let lines = findings.iter().filter_map(|it| it.location.as_ref());
        assert!(lines.into_iter().all(|place| place.line == 4), "{values}");
    }
}

#[test]
fn a_lenient_run_only_warns_of_actions_that_do_nothing() {
    for action in [
        "- {target: $.a}\n",
        "- {target: \"$['a', 'c']\", update: {z: 1}}\n",
        "- {target: $.a, update: {required: [x]}}\n",
    ] {
        let (document, findings) = found(action, Mode::Lenient);
        assert!(document.is_some(), "{action}");
        assert_eq!(findings.count(Severity::Warning), 1, "{action}");
        assert!(found(action, Mode::Strict).0.is_none(), "{action}");
    }
}
