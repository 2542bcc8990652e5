//! Properties of every text.

use proptest::prelude::*;
use serde_json::Value;

use super::super::load;
use crate::finding::Findings;
use crate::source::Source;

/// A document in which a change of a few characters is likely to matter.
const SMALL: &str = "openapi: 3.1.0\npaths:\n  /pets: &p\n    get:\n      tags: [a, 'b', \"c\\n\"]\n      n: -1.5e3\n  /more: *p\n# end\nx: |\n  text\n";

fn ends_in_a_value_or_an_error(text: &str) {
    let mut findings = Findings::new();
    let source = Source::new("a.yaml", text);
    let document = load(&source, &mut findings);
    assert_eq!(document.is_none(), findings.has_errors(), "{text:?}");
    for finding in &findings {
        let location = finding.location.as_ref().expect(text);
        let line = source.text.split('\n').nth(location.line.saturating_sub(1));
        let length = line.expect(text).chars().count();
        assert!(location.column <= length + 1, "{text:?} {finding:?}");
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "\\PC{0,12}",
        "[-+.0-9eExo_:~]{1,6}",
        "[ \\t\\n#:,&*!|>'\"%@`{}\\[\\]a-]{0,8}",
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("\u{1f600}\u{e9}\u{feff}".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
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

/// Returns a value as YAML in block style, as deep in lines as `depth` says.
fn block(value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    match value {
        Value::Array(elements) if !elements.is_empty() => elements
            .iter()
            .map(|element| format!("\n{indent}-{}", block(element, depth + 1)))
            .collect(),
        Value::Object(members) if !members.is_empty() => members
            .iter()
            .map(|(name, member)| {
                let name = Value::from(name.as_str());
                format!("\n{indent}{name}:{}", block(member, depth + 1))
            })
            .collect(),
        scalar_or_empty => format!(" {scalar_or_empty}"),
    }
}

proptest! {
    #[test]
    fn any_text_ends_in_a_value_or_an_error(text in "\\PC{0,80}") {
        ends_in_a_value_or_an_error(&text);
    }

    #[test]
    fn any_text_of_indicators_ends_in_a_value_or_an_error(text in "[-?:,\\[\\]{}#&*!|>'\"%@`~<=. \\t\\na1\u{feff}\\r\\\\]{0,60}") {
        ends_in_a_value_or_an_error(&text);
    }

    #[test]
    fn a_document_with_changes_ends_in_a_value_or_an_error(
        changes in prop::collection::vec((0..SMALL.len(), 0usize..4, "[-?:,\\[\\]{}#&*!|>'\"%~< \\t\\na1]{0,3}"), 1..4)
    ) {
        let mut text = SMALL.to_owned();
        for (at, removed, inserted) in changes {
            let at = at.min(text.len());
            let end = (at + removed).min(text.len());
            text.replace_range(at..end, &inserted);
        }
        ends_in_a_value_or_an_error(&text);
    }

    #[test]
    fn a_document_that_is_cut_off_ends_in_a_value_or_an_error(length in 0..SMALL.len()) {
        ends_in_a_value_or_an_error(SMALL.get(..length).unwrap());
    }

    #[test]
    fn a_value_written_as_json_loads_back_equal(value in any_value()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let mut findings = Findings::new();
            let document = load(&Source::new("a.json", &*text), &mut findings);
            prop_assert_eq!(findings.codes(), Vec::<&str>::new(), "{}", &text);
            prop_assert_eq!(document.map(|document| document.root), Some(value.clone()));
        }
    }

    #[test]
    fn a_value_written_as_yaml_loads_back_equal(value in any_value()) {
        let text = block(&value, 0);
        let mut findings = Findings::new();
        let document = load(&Source::new("a.yaml", &*text), &mut findings);
        prop_assert_eq!(findings.codes(), Vec::<&str>::new(), "{}", &text);
        prop_assert_eq!(document.map(|document| document.root), Some(value));
    }
}
