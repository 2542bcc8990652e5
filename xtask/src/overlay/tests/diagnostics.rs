//! Diagnostics of Overlays that cannot be applied, each with its place.

use super::super::{Mode, apply};
use super::{DOCUMENT, applied, codes, loaded};
use crate::finding::{Findings, Severity};

/// Returns the codes and places of what applying a whole Overlay finds.
fn found(overlay: &str) -> Vec<String> {
    let mut findings = Findings::new();
    let overlay = loaded("o.yaml", overlay);
    let result = apply(
        loaded("a.yaml", DOCUMENT),
        &overlay,
        Mode::Strict,
        &mut findings,
    );
    assert_eq!(result.is_none(), findings.has_errors());
    let located = |finding: &crate::finding::Finding| {
        format!("{} {}", finding.code, finding.location.as_ref().unwrap())
    };
    findings.iter().map(located).collect()
}

#[test]
fn every_fault_has_a_code_and_a_place() {
    const ACTIONS: &str = "actions: [{target: $.info, update: {x: 1}}]\n";
    const HEAD: &str = "overlay: 1.1.0\ninfo: {title: T, version: '1'}\n";
    let table: &[(String, &[&str])] = &[
        (format!("{HEAD}{ACTIONS}"), &[]),
        (format!("{HEAD}{ACTIONS}x-a: 1\n"), &[]),
        ("[]".into(), &["overlay/not-an-overlay o.yaml:1:1"]),
        (
            "openapi: 3.1.0\n".into(),
            &["overlay/not-an-overlay o.yaml:1:1"],
        ),
        (
            "actions: []\n".into(),
            &["overlay/not-an-overlay o.yaml:1:1"],
        ),
        (
            "overlay: 1.1\n".into(),
            &["overlay/unknown-version o.yaml:1:1"],
        ),
        (
            "overlay: 2.0.0\n".into(),
            &["overlay/unknown-version o.yaml:1:1"],
        ),
        (
            "overlay: 1.1.x\n".into(),
            &["overlay/unknown-version o.yaml:1:1"],
        ),
        (
            "overlay: {}\n".into(),
            &["overlay/unknown-version o.yaml:1:1"],
        ),
        ("overlay: 1.1.0\n".into(), &["overlay/invalid o.yaml:1:1"]),
        (
            format!("overlay: 1.0.1\ninfo: {{}}\n{ACTIONS}"),
            &["overlay/invalid o.yaml:2:1"],
        ),
        (
            format!("overlay: 1.1.0\ninfo: {{title: 1, version: '1', x-a: 1}}\n{ACTIONS}"),
            &["overlay/invalid o.yaml:2:1"],
        ),
        (format!("{HEAD}extends: ./b.yaml\n{ACTIONS}"), &[]),
        (
            format!("{HEAD}extends: 1\n{ACTIONS}"),
            &["overlay/invalid o.yaml:1:1"],
        ),
        (
            format!("{HEAD}more: 2\n{ACTIONS}"),
            &["overlay/invalid o.yaml:1:1"],
        ),
        (
            format!("{HEAD}actions: {{}}\n"),
            &["overlay/invalid o.yaml:1:1"],
        ),
        (
            format!("{HEAD}actions:\n- 1\n- {{}}\n"),
            &["overlay/invalid o.yaml:4:3", "overlay/invalid o.yaml:5:3"],
        ),
        (
            format!("{HEAD}actions:\n- target: 1\n  update: 1\n- target: $\n  updates: {{x: 1}}\n"),
            &["overlay/invalid o.yaml:4:3", "overlay/invalid o.yaml:6:3"],
        ),
        (
            format!(
                "{HEAD}actions:\n- target: $.tags\n  remove: yes\n- target: $.tags\n  remove: false\n"
            ),
            &[
                "overlay/invalid o.yaml:4:3",
                "overlay/empty-action o.yaml:6:3",
            ],
        ),
        (
            format!("{HEAD}actions:\n- target: $.info\n  update: {{x: 1}}\n  copy: $.tags\n"),
            &["overlay/update-and-copy o.yaml:4:3"],
        ),
        (
            format!("{HEAD}actions:\n- target: $\n  remove: true\n"),
            &["overlay/remove-root o.yaml:4:3"],
        ),
        (
            format!("{HEAD}actions:\n- target: $.é['x]\n  remove: true\n"),
            &["overlay/invalid-jsonpath o.yaml:4:3"],
        ),
        (
            format!(
                "{HEAD}actions:\n- target: \"$.paths./pets\"\n  remove: true\n- target:\n    $.x y\n  remove: true\n"
            ),
            &[
                "overlay/invalid-jsonpath o.yaml:4:3",
                "overlay/invalid-jsonpath o.yaml:6:3",
            ],
        ),
        (
            format!("{HEAD}actions:\n- target: /paths/~1pets\n  copy: paths\n"),
            &[
                "overlay/invalid-jsonpath o.yaml:4:3",
                "overlay/invalid-jsonpath o.yaml:5:3",
            ],
        ),
        (
            format!(
                "{HEAD}actions:\n- target: \"$.\\u0020\"\n  remove: true\n- target: ''\n  remove: true\n"
            ),
            &[
                "overlay/invalid-jsonpath o.yaml:4:3",
                "overlay/invalid-jsonpath o.yaml:6:3",
            ],
        ),
        (
            format!("{HEAD}actions:\n- target: $.info\n  copy: $.tags[0,1]\n"),
            &["overlay/ambiguous-copy o.yaml:5:3"],
        ),
        (
            format!("{HEAD}actions:\n- target: $.info\n  copy: $.nothing\n"),
            &["overlay/unmatched o.yaml:5:3"],
        ),
        (
            format!(
                "{HEAD}actions:\n- target: $.paths.*\n  update: {{get: {{operationId: {{}}, parameters: {{}}}}}}\n"
            ),
            &[
                "overlay/kind-mismatch o.yaml:5:18",
                "overlay/kind-mismatch o.yaml:5:35",
            ],
        ),
    ];
    for (overlay, expected) in table {
        assert_eq!(found(overlay), *expected, "{overlay}");
    }
}

#[test]
fn an_action_that_selects_or_changes_nothing_is_an_error_or_a_warning() {
    let table = [
        (
            "- target: $.nothing\n  update: {x: 1}\n",
            "overlay/unmatched",
        ),
        ("- target: $.nothing\n  remove: true\n", "overlay/unmatched"),
        ("- target: $.info\n  copy: $.nothing\n", "overlay/unmatched"),
        (
            "- target: $.info\n  update: {title: Pets}\n",
            "overlay/no-effect",
        ),
        ("- target: $.info\n  update: {}\n", "overlay/no-effect"),
        ("- target: $.tags\n  update: []\n", "overlay/no-effect"),
        (
            "- target: $.info.title\n  update: Pets\n",
            "overlay/no-effect",
        ),
        ("- target: $.info\n  copy: $.info\n", "overlay/no-effect"),
        (
            "- target: $.paths.*.get\n  update: {}\n",
            "overlay/no-effect",
        ),
    ];
    for (actions, code) in table {
        for (mode, severity) in [
            (Mode::Strict, Severity::Error),
            (Mode::Lenient, Severity::Warning),
        ] {
            let (document, findings) = applied(DOCUMENT, actions, mode);
            assert_eq!(findings.codes(), [code], "{actions}");
            assert_eq!(findings.count(severity), 1, "{actions}");
            let unchanged = document.map(|document| document.root);
            let expected = (mode == Mode::Lenient).then(|| loaded("a.yaml", DOCUMENT).root);
            assert_eq!(unchanged, expected, "{actions}");
        }
    }
}

#[test]
fn an_action_that_changes_one_of_several_nodes_changes_something() {
    let actions = "- target: $.paths.*.get\n  update: {deprecated: false}\n";
    assert_eq!(codes(actions, Mode::Strict), Vec::<&str>::new());
}

#[test]
fn the_faults_of_all_actions_are_found_at_once() {
    let actions = "\
- target: $.nothing
  remove: true
- target: $.[
  remove: true
- target: $.info
  update: []
- target: $.info
  update: {title: Pets}
";
    let (document, findings) = applied(DOCUMENT, actions, Mode::Strict);
    assert!(document.is_none());
    assert_eq!(
        findings.codes(),
        [
            "overlay/invalid-jsonpath",
            "overlay/unmatched",
            "overlay/kind-mismatch",
            "overlay/no-effect"
        ]
    );
}

#[test]
fn an_action_after_a_faulty_one_is_not_called_obsolete() {
    let next = |actions: &str| {
        let (_, findings) = applied(DOCUMENT, actions, Mode::Strict);
        findings.iter().last().unwrap().next.clone()
    };
    let unmatched = "- target: $.paths['/new']\n  remove: true\n";
    assert!(next(unmatched).contains("delete the action"));
    let after_fault = format!("- target: $.paths\n  update: []\n{unmatched}");
    assert!(next(&after_fault).contains("Correct the actions above first"));
}
