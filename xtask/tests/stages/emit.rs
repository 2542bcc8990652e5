//! Texts that are written load back equal, in one form.

use proptest::prelude::*;
use serde_json::{Value, json};

use xtask::emit::yaml;
use xtask::finding::Findings;
use xtask::load::load;
use xtask::source::Source;

/// Texts that a reader may take for something else, or lose a part of.
const HARD: &[&str] = &[
    "",
    " ",
    "\n",
    "\n\n",
    "\t",
    "no",
    "Yes",
    "n",
    "on",
    "OFF",
    "null",
    "~",
    "Null",
    "true",
    "1",
    "1.0",
    "-1",
    "+1",
    "1e3",
    "1_000",
    "0b11",
    "0o17",
    "0x1F",
    "017",
    "12:30",
    "2024-01-02",
    ".5",
    ".inf",
    ".nan",
    "<<",
    "=",
    "3.1.0",
    "30s",
    "eu-1",
    "- x",
    "-",
    "-x",
    "? x",
    "?",
    "a: b",
    "a:",
    ":a",
    "a:b",
    "#",
    "# x",
    "a #b",
    "a#b",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "[a",
    "{a}",
    "a, b",
    "'a'",
    "\"a\"",
    "it's",
    "a\\b",
    "---",
    "--- a",
    "...",
    "... a",
    " a",
    "a ",
    "a  b",
    "a\t",
    "\ta",
    "a\tb",
    "a\nb",
    "a\nb\n",
    "a\n\nb\n\n",
    "\na",
    "\n a\n",
    "  a\nb\n",
    "a\n  b\n",
    "a \nb",
    "a\n \nb",
    "a\n\tb\n",
    "\ta\nb\n",
    "# a\n# b\n",
    "- a\n- b\n",
    "a: b\nc: d\n",
    "---\na\n",
    "...\n",
    "a\r\nb\r\n",
    "a\rb",
    "\r",
    "\u{0}",
    "\u{7}",
    "\u{1b}[0m",
    "\u{7f}",
    "\u{85}",
    "\u{a0}a",
    "\u{2028}",
    "\u{202e}x",
    "\u{feff}a",
    "\u{fffe}",
    "\u{ffff}",
    "\u{1f600}",
    "\u{10ffff}",
    "\u{e000}",
    "\u{1fffe}",
    "e\u{301}",
];

fn loaded(text: &str) -> (Vec<&'static str>, Option<Value>) {
    let mut findings = Findings::new();
    let document = load(&Source::new("a.yaml", text), &mut findings);
    (findings.codes(), document.map(|document| document.root))
}

fn comes_back(value: &Value) {
    let text = yaml(value);
    let (codes, found) = loaded(&text);
    assert_eq!(codes, [""; 0], "{text}");
    let found = found.expect("a value");
    // As JSON, because two maps are equal in any order.
    assert_eq!(found.to_string(), value.to_string(), "{text}");
    assert_eq!(yaml(&found), text);
    assert!(text.ends_with('\n') && !text.contains('\r'), "{text:?}");
    assert!(
        text.lines().all(|line| !line.ends_with([' ', '\t'])),
        "{text:?}"
    );
}

#[test]
fn hard_texts_come_back_as_values_elements_and_keys() {
    for text in HARD {
        for text in [
            (*text).to_owned(),
            format!("{text}{}", " word".repeat(40)),
            format!("{text}\nmore\n"),
        ] {
            comes_back(&json!(text));
            comes_back(
                &json!({ "a": text, "b": [text, [text], { "c": text }], "d": { "e": text } }),
            );
            comes_back(&json!({ (&text): 1, "b": { (&text): [] } }));
            comes_back(&json!([{ (&text): { (&text): {} } }, text]));
        }
    }
}

#[test]
fn long_keys_come_back() {
    for length in [999, 1001, 1030, 5000] {
        let key = "k".repeat(length);
        comes_back(&json!({ (&key): { (&key): "v" }, "z": [{ (&key): [1] }] }));
    }
}

#[test]
fn numbers_come_back_as_the_same_kind_of_number() {
    let numbers = [
        json!(0),
        json!(-1),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(0.1),
        json!(1.0),
        json!(-0.0),
        json!(1e16),
        json!(1e300),
        json!(5e-324),
        json!(1.5e-7),
        json!(f64::MAX),
    ];
    comes_back(&json!(numbers));
    assert_eq!(yaml(&json!([1e16, 1.5e-7])), "- 1.0e+16\n- 1.5e-7\n");
}

#[test]
fn the_form_is_blocks_with_as_few_quotes_as_can_be() {
    let long = "word ".repeat(30).trim_end().to_owned();
    let value = json!({
        "openapi": "3.1.0",
        "empty": [[], {}, ""],
        "flags": [true, null, "true", "no"],
        "list": [{ "name": "a", "in": "b" }, [1, [2]]],
        "200": { "$ref": "#/a", "url": "https://{a}.example.com/?b=c#d" },
        "text": "One line.\n\n  Another one.\n",
        "open": "One\ntwo",
        "long": long,
        "quoted": "it's: here",
    });
    insta::assert_snapshot!(yaml(&value));
}

fn any_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "\\PC{0,12}",
        any::<String>(),
        "[-+.0-9eExo_:~TZ]{1,8}",
        "[ \\t\\n#:,&*!|>'\"%@`{}\\[\\]a-]{0,10}",
        "( ?(a|bb|: |#|-|\n|'|\u{e9}){1,9} ?){0,40}",
        prop::sample::select(HARD).prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((text.clone(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_comes_back_equal_and_in_order(value in any_value()) {
        comes_back(&value);
    }
}
