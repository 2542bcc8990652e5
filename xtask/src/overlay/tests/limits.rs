//! Overlays that are too much.

use std::fmt::Write;

use super::super::Mode;
use super::applied;

fn first_code(document: &str, actions: &str) -> &'static str {
    let (result, findings) = applied(document, actions, Mode::Strict);
    assert!(result.is_none());
    findings.codes()[0]
}

#[test]
fn copies_of_copies_stay_within_bounds() {
    // The first makes a thousand values of 32, the second would make a million of them.
    let actions = "- target: $.a.*\n  copy: $.a\n- target: $.a.*.*\n  copy: $.a\n";
    let members = (0..32).fold(String::new(), |members, at| {
        members + &format!("m{at}: {{}}, ")
    });
    let document = format!("a: {{{members}}}");
    assert_eq!(first_code(&document, actions), "overlay/too-large");
}

#[test]
fn updates_nest_no_deeper_than_documents_may() {
    let mut actions = String::new();
    let mut target = "$".to_owned();
    for _ in 0..4 {
        let (open, close) = ("{a: ".repeat(49), "}".repeat(49));
        let _ = writeln!(actions, "- target: {target}\n  update: {open}{{}}{close}");
        target.push_str(&".a".repeat(49));
    }
    assert_eq!(first_code("{}", &actions), "overlay/too-large");
    let doubling = "- target: $..e\n  copy: $\n".repeat(10);
    assert_eq!(first_code("{d: {e: {}}}", &doubling), "overlay/too-large");
}

#[test]
fn queries_that_would_take_for_ever_are_refused() {
    let table = [
        format!("$[?{}@.a{}]", "(".repeat(100_000), ")".repeat(100_000)),
        format!("$[?@{}.a{}]", "[?@".repeat(50), "]".repeat(50)),
        "$[".repeat(50),
        format!("${}", "..*".repeat(50)),
    ];
    for query in table {
        let actions = format!("- target: \"{query}\"\n  remove: true\n");
        assert_eq!(first_code("a: 1", &actions), "overlay/complex-jsonpath");
    }
    let (_, findings) = applied(
        "{'((((((((((....': 1}",
        "- target: $['((((((((((....']\n  remove: true\n",
        Mode::Strict,
    );
    assert_eq!(
        findings.codes(),
        Vec::<&str>::new(),
        "text in quotes does not count"
    );
}
