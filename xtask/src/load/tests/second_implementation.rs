//! The texts under `tests/data/load`, compared with readers that we did not write.

use serde_json::{Value, json};

use super::loaded;

const OTHER: &str = include_str!("../../../tests/data/load/other.json");

/// Deviations of a reader from YAML 1.2, each with the rule that it breaks.
const DIFFERENCES: [(&str, &str, &str); 7] = [
    (
        "ruamel.yaml",
        "v: 0b11\n",
        "binary integers are of YAML 1.1",
    ),
    (
        "ruamel.yaml",
        "v: 1_000\n",
        "underscores in numbers are of YAML 1.1",
    ),
    (
        "ruamel.yaml",
        "v: 685_230.15\n",
        "underscores in numbers are of YAML 1.1",
    ),
    (
        "ruamel.yaml",
        "v: 2024-01-02\n",
        "the core schema has no timestamps",
    ),
    (
        "ruamel.yaml",
        "v: 2001-12-14t21:59:43.10-05:00\n",
        "the core schema has no timestamps",
    ),
    (
        "ruamel.yaml",
        "a:   \tb  \t\nc: d\n",
        "tabs may separate, though not indent",
    ),
    (
        "yaml",
        "a:\nb: !!str 1\nc: !!int \"2\"\nd: !!float 3\n",
        "an integer may be tagged as a float",
    ),
];

#[test]
fn others_agree_but_where_they_are_known_to_differ_from_yaml_1_2() {
    let others = loaded(OTHER).root;
    for case in others.as_array().unwrap() {
        let text = case["text"].as_str().unwrap();
        let ours = json!({"value": loaded(text).root});
        for reader in ["yaml", "ruamel.yaml"] {
            let differs = DIFFERENCES
                .iter()
                .any(|(known, at, _)| (*known, *at) == (reader, text));
            assert_eq!(case[reader] == ours, !differs, "{reader}: {text:?} {ours}");
        }
    }
    let texts: Vec<&Value> = others
        .as_array()
        .unwrap()
        .iter()
        .map(|case| &case["text"])
        .collect();
    for (_, text, _) in DIFFERENCES {
        assert!(texts.contains(&&json!(text)), "{text}");
    }
}
