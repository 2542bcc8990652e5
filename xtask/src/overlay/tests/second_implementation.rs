//! The cases under `tests/data/overlay`, compared with implementations that we did not write.

use serde_json::{Value, json};

use super::super::{Mode, apply};
use super::loaded;
use crate::finding::Findings;

const CASES: &str = include_str!("../../../tests/data/overlay/cases.yaml");
const OTHER: &str = include_str!("../../../tests/data/overlay/other.json");

/// Our result for a case; null for an error.
fn ours(case: &Value) -> Value {
    let overlay = json!({
        "overlay": "1.1.0",
        "info": {"title": "T", "version": "1"},
        "actions": case["actions"],
    });
    let document = loaded("a.json", &case["document"].to_string());
    let overlay = loaded("overlay.json", &overlay.to_string());
    let mut findings = Findings::new();
    apply(document, &overlay, Mode::Strict, &mut findings).map_or(Value::Null, |result| result.root)
}

#[test]
fn others_agree_but_where_they_are_known_to_differ_from_the_specification() {
    let cases = loaded("cases.yaml", CASES).root;
    let others = loaded("other.json", OTHER).root;
    let (cases, others) = (cases.as_array().unwrap(), others.as_array().unwrap());
    assert_eq!(cases.len(), others.len());
    for (case, other) in cases.iter().zip(others) {
        let name = &case["name"];
        assert_eq!(name, &other["name"]);
        assert_eq!(ours(case), case["result"], "{name}");
        for implementation in ["openapi-format", "oas-patch"] {
            let differs = case["differs"].get(implementation).is_some();
            let agrees = other[implementation] == case["result"];
            assert_eq!(agrees, !differs, "{implementation}: {name}");
        }
    }
}
