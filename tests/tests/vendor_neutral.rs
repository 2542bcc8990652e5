//! The pipeline knows OpenAPI and nothing of the vendor: no word of the document occurs in its source.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use crate::common::{pipeline, tree, workspace};
use serde_json::Value;

/// The directories in which no word of the vendor may stand, below the root of the workspace.
const NEUTRAL: [&str; 2] = ["xtask/src", "xtask/runtime"];

/// Words that the vendor's document shares with every other one.
const GENERAL: [&str; 2] = ["Content-Type", "createdAt"];

#[test]
fn no_word_of_the_vendor_stands_in_the_pipeline() {
    let words = words_of_both();
    let root = workspace();
    let mut found = Vec::new();
    for directory in NEUTRAL {
        for path in tree::files(&root.join(directory)) {
            let shown = tree::shown(&path, &root);
            found.extend(occurrences(&shown, &tree::text(&path), &words));
        }
    }
    assert!(
        found.is_empty(),
        "the pipeline must work for every vendor; say it in `openapi/` instead:\n{}",
        found.join("\n")
    );
}

#[test]
fn the_words_are_paths_headers_and_names_of_the_vendor() {
    let words = words_of_both();
    for word in [
        "qstash",
        "upstash",
        "/v2/keys/rotate",
        "/v2/publish/{destination}",
        "Upstash-Flow-Control-Key",
        "Upstash-Forward-",
        "Upstash-Forward-*",
        "x-mint",
        "SigningKeys",
        "PublishToUrlGroupResponse",
        "DLQMessage",
        "retryDelayExpression",
        "rotate_signing_keys",
    ] {
        assert!(words.contains(word), "{word} is not among them");
    }
    for general in ["Content-Type", "name", "url", "Error", "Message", "default"] {
        assert!(!words.contains(general), "{general} is among them");
    }
}

#[test]
fn an_occurrence_is_named_with_its_file_line_and_word() {
    let words = BTreeSet::from([
        "GreenDoor".to_owned(),
        "acme".to_owned(),
        "/v9/doors".to_owned(),
    ]);
    let cases: [(&str, &[&str]); 5] = [
        ("let a = 1;\nlet b = GreenDoor;\n", &["a.rs:2: GreenDoor"]),
        ("let b = GreenDoors;\n// OneGreenDoor\n", &[]),
        (
            "// See https://example.com/v9/doors/1.\n",
            &["a.rs:1: /v9/doors"],
        ),
        // The names of the vendor count in every case and inside of other words.
        (
            "use myacme::x;\nACME_TOKEN\n",
            &["a.rs:1: acme", "a.rs:2: acme"],
        ),
        ("", &[]),
    ];
    for (text, expected) in cases {
        let brands = ["acme"];
        assert_eq!(
            occurrences_of("a.rs", text, &words, &brands),
            expected,
            "{text:?}"
        );
    }
}

/// The vendor and the product, which may stand nowhere, in no case and in no part of a word.
const BRANDS: [&str; 2] = ["qstash", "upstash"];

/// The words of the document as it is written, and as it is corrected.
fn words_of_both() -> BTreeSet<String> {
    let mut words = vendor_words(&pipeline::corrected().root);
    let written = pipeline::written().root;
    words.extend(vendor_words(&written));
    extensions(&written, &mut words);
    words
}

/// The words that only this vendor's document has.
fn vendor_words(root: &Value) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = BRANDS.iter().map(|word| (*word).to_owned()).collect();
    for (path, item) in members(root.get("paths")) {
        words.insert(path.clone());
        for (_, operation) in members(Some(item)) {
            words.extend(text_at(operation, "operationId"));
            for parameter in items(operation.get("parameters")) {
                // A name that ends in an asterisk stands for a family of headers with one prefix.
                let name = text_at(parameter, "name").filter(|name| is_telling(name));
                words.extend(
                    name.iter()
                        .filter_map(|name| name.strip_suffix('*'))
                        .map(str::to_owned),
                );
                words.extend(name);
            }
        }
    }
    for (name, _) in members(root.pointer("/components/schemas")) {
        words.extend(is_telling(name).then(|| name.clone()));
    }
    property_names(root, &mut words);
    words.retain(|word| !GENERAL.contains(&word.as_str()));
    words
}

/// The names of properties anywhere in the document.
fn property_names(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (name, _) in members(map.get("properties")) {
                words.extend(is_telling(name).then(|| name.clone()));
            }
            map.values().for_each(|value| property_names(value, words));
        }
        Value::Array(values) => values.iter().for_each(|value| property_names(value, words)),
        _ => {}
    }
}

/// The vendor's own extensions of OpenAPI; those of the pipeline's vocabulary come from the overlay.
fn extensions(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            words.extend(map.keys().filter(|key| key.starts_with("x-")).cloned());
            map.values().for_each(|value| extensions(value, words));
        }
        Value::Array(values) => values.iter().for_each(|value| extensions(value, words)),
        _ => {}
    }
}

/// Returns whether a name consists of several words, so that nobody writes it by chance.
fn is_telling(name: &str) -> bool {
    let starts_word = |pair: (char, char)| {
        let (before, here) = pair;
        here.is_uppercase() && !before.is_uppercase()
    };
    let acronym = name.chars().take_while(|c| c.is_uppercase()).count() > 2;
    name.contains(['-', '_']) || acronym || name.chars().zip(name.chars().skip(1)).any(starts_word)
}

fn occurrences(file: &str, text: &str, words: &BTreeSet<String>) -> Vec<String> {
    occurrences_of(file, text, words, &BRANDS)
}

/// `file:line: word` for each line in which a word stands.
fn occurrences_of(
    file: &str,
    text: &str,
    words: &BTreeSet<String>,
    brands: &[&str],
) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let lowercase = line.to_lowercase();
        for word in words {
            let is_there = if brands.contains(&word.as_str()) {
                lowercase.contains(word)
            } else {
                stands_in(line, word)
            };
            if is_there {
                found.push(format!("{file}:{}: {word}", at + 1));
            }
        }
    }
    found
}

/// Returns whether a word stands in a line, not as a part of a longer one.
fn stands_in(line: &str, word: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    // What begins or ends with a sign, such as a path or a prefix, needs no border there.
    let open_before = word.starts_with(in_word);
    let open_after = word.ends_with(in_word);
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].ends_with(in_word);
        let after = line[at + word.len()..].starts_with(in_word);
        !(open_before && before || open_after && after)
    })
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn text_at(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}
