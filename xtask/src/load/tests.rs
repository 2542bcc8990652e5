//! Texts that loading takes and refuses, and the places of things in them.

use serde_json::{Value, json};

use super::{load, load_openapi};
use crate::finding::Findings;
use crate::pointer::Pointer;
use crate::source::{Document, Source};

mod diagnostics;
mod limits;
mod places;
mod properties;
mod second_implementation;

/// Loads a text that has to load.
fn loaded(text: &str) -> Document {
    let mut findings = Findings::new();
    let document = load(&Source::new("a.yaml", text), &mut findings);
    assert_eq!(findings.codes(), Vec::<&str>::new(), "{text:?}");
    document.expect(text)
}

/// Returns the codes and places of what loading a text finds.
fn found(text: &str) -> Vec<String> {
    let mut findings = Findings::new();
    let document = load(&Source::new("a.yaml", text), &mut findings);
    assert_eq!(document.is_none(), findings.has_errors(), "{text:?}");
    findings
        .iter()
        .map(|finding| match &finding.location {
            Some(location) => format!("{} {location}", finding.code),
            None => finding.code.to_owned(),
        })
        .collect()
}

#[test]
fn plain_scalars_are_read_by_the_core_schema() {
    let table = [
        ("null", json!(null)),
        ("~", json!(null)),
        ("Null", json!(null)),
        ("nULL", json!("nULL")),
        ("true", json!(true)),
        ("False", json!(false)),
        ("tRue", json!("tRue")),
        ("yes", json!("yes")),
        ("no", json!("no")),
        ("On", json!("On")),
        ("off", json!("off")),
        ("y", json!("y")),
        ("0", json!(0)),
        ("-19", json!(-19)),
        ("+7", json!(7)),
        ("007", json!(7)),
        ("0o17", json!(15)),
        ("0x1F", json!(31)),
        ("0b11", json!("0b11")),
        ("1_000", json!("1_000")),
        ("-0x1F", json!("-0x1F")),
        ("18446744073709551615", json!(u64::MAX)),
        ("18446744073709552000", json!(18446744073709552000.0)),
        ("-9223372036854775809", json!(-9223372036854775809.0)),
        ("-9223372036854775808", json!(i64::MIN)),
        ("1.5", json!(1.5)),
        ("1.", json!(1.0)),
        (".5", json!(0.5)),
        ("-.5", json!(-0.5)),
        ("1e3", json!(1000.0)),
        ("12e-3", json!(0.012)),
        (".", json!(".")),
        ("-", json!([null])),
        ("+", json!("+")),
        ("1e", json!("1e")),
        ("3.1.0", json!("3.1.0")),
        ("2024-01-02", json!("2024-01-02")),
        ("12:30:45", json!("12:30:45")),
        ("'200'", json!("200")),
        ("\"\\u00e9\"", json!("é")),
        ("!!str 200", json!("200")),
        ("! 200", json!("200")),
        ("!!int '200'", json!(200)),
        ("!!float 2", json!(2.0)),
        ("!!null ''", json!(null)),
        ("!!bool true", json!(true)),
        ("!!map {}", json!({})),
        ("!!seq []", json!([])),
        ("!<tag:yaml.org,2002:str> 1", json!("1")),
    ];
    for (text, value) in table {
        assert_eq!(loaded(text).root, value, "{text}");
    }
}

#[test]
fn keys_are_strings_whatever_they_look_like() {
    let document = loaded(
        "200: a\ntrue: b\n1.0: c\n0x10: d\n!!str 5: e\n'': f\n'null': g\n'<<': h\non: i\n&k x: j\n",
    );
    let keys: Vec<_> = document.root.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "200", "true", "1.0", "0x10", "5", "", "null", "<<", "on", "x"
        ]
    );
}

#[test]
fn aliases_stand_for_copies() {
    let document = loaded("a: &x {b: [1, &y k]}\nc: *x\nd: [*x, *y]\n*y : e\n");
    let x = json!({"b": [1, "k"]});
    assert_eq!(
        document.root,
        json!({"a": x, "c": x, "d": [x, "k"], "k": "e"})
    );
    let at = |pointer: &str| document.locate(&Pointer::from(pointer)).to_string();
    assert_eq!(at("/c"), "a.yaml:2:1");
    assert_eq!(at("/d/0"), "a.yaml:3:5");
    assert_eq!(at("/d/0/b"), "a.yaml:1:8", "below an alias: the original");
}

#[test]
fn line_ends_and_byte_order_marks_make_no_difference() {
    let text = "a: |\n  x\n  y\nb:\n  - 1\n  - \"q\\\n    r\"\n";
    let expected = loaded(text).root;
    assert_eq!(expected, json!({"a": "x\ny\n", "b": [1, "qr"]}));
    assert_eq!(loaded(&text.replace('\n', "\r\n")).root, expected);
    assert_eq!(loaded(&format!("\u{feff}{text}")).root, expected);
}

#[test]
fn json_is_yaml() {
    let texts = [
        "{\"a\":1,\"b\":[true,null,-0.5e-3],\"c\":{\"d\":\"\\/\\b\\u00e9\"}}",
        "{\n\t\"a\": 1,\n\t\"b\": [\n\t\ttrue,\n\t\tnull\n\t]\n}\n",
        "{\"emoji \\ud83d\\ude00\": \"\\uD83D\\uDE00 \\\\ud83d\\ude00\"}",
        "[]",
        "\"text\"",
        "{\"long\": \"KEY\", \"x\":{}}",
    ];
    for text in texts {
        let long = text
            .replace("KEY", &"k".repeat(3000))
            .replace("long", &"l".repeat(3000));
        for text in [text, &long] {
            let expected = serde_json::from_str::<Value>(text);
            match expected {
                Ok(expected) => assert_eq!(loaded(text).root, expected, "{text}"),
                // A lone half of a pair: neither reader takes it.
                Err(_) => assert_eq!(found(text).len(), 1, "{text}"),
            }
        }
    }
}

#[test]
fn only_openapi_3_0_and_3_1_documents_are_openapi_documents() {
    let table = [
        ("openapi: 3.1.0", vec![]),
        ("openapi: 3.1.1-rc1", vec![]),
        ("{\"openapi\": \"3.0.4\"}", vec![]),
        ("[]", vec!["load/not-openapi"]),
        ("text", vec!["load/not-openapi"]),
        ("info: {}", vec!["load/not-openapi"]),
        ("overlay: 1.0.0", vec!["load/not-openapi"]),
        ("swagger: '2.0'", vec!["load/not-openapi"]),
        ("openapi: 3.1", vec![]),
        ("openapi: 3.0", vec![]),
        ("openapi: '3.1'", vec![]),
        ("openapi: 3", vec!["load/unknown-version"]),
        ("openapi: null", vec!["load/unknown-version"]),
        ("openapi: 3.1.x", vec!["load/unknown-version"]),
        ("openapi: 3.2.0", vec!["load/unknown-version"]),
        ("openapi: 4.0.0", vec!["load/unknown-version"]),
        ("openapi: '2.0'", vec!["load/unknown-version"]),
        ("openapi: latest", vec!["load/unknown-version"]),
        ("openapi: 3.1.0\nopenapi: 3.1.0", vec!["load/duplicate-key"]),
        ("", vec!["load/empty"]),
    ];
    for (text, codes) in table {
        let mut findings = Findings::new();
        let document = load_openapi(&Source::new("a.yaml", text), &mut findings);
        assert_eq!(findings.codes(), codes, "{text}");
        assert_eq!(document.is_some(), codes.is_empty(), "{text}");
    }
}

#[test]
fn a_version_is_written_out() {
    for (written, version) in [
        ("3.1", "3.1.0"),
        ("'3.0'", "3.0.0"),
        ("3.0", "3.0.0"),
        ("3.1.2", "3.1.2"),
    ] {
        let source = Source::new("a.yaml", format!("openapi: {written}\n"));
        let document = load_openapi(&source, &mut Findings::new()).expect(written);
        assert_eq!(document.root, json!({ "openapi": version }));
    }
}

#[test]
fn what_other_readers_take_although_the_standard_wants_more_indentation_is_taken() {
    let table = [
        (
            "a:\n  b: {\n    \"c\": [\n      1\n    ]\n  }\n  d: 2\n",
            json!({"a": {"b": {"c": [1]}, "d": 2}}),
        ),
        (
            "a:\n  b: \"first\nsecond\"\n",
            json!({"a": {"b": "first second"}}),
        ),
        (
            "a:\n  b: 'first\n\n  second'\n",
            json!({"a": {"b": "first\nsecond"}}),
        ),
        ("a: [\n1,\n2\n]\n", json!({"a": [1, 2]})),
        (
            "a:\n- 1\n- b: 2\n  c: 3\n",
            json!({"a": [1, {"b": 2, "c": 3}]}),
        ),
    ];
    for (text, value) in table {
        assert_eq!(loaded(text).root, value, "{text}");
    }
}
