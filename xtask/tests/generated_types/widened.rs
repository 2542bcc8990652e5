//! Every value that a widened schema is valid for arrives, and is written as it came.

use serde_json::Value;
use xtask::finding::Findings;
use xtask::load::load;
use xtask::source::Source;

use super::runtime;

/// The generated module.
#[allow(
    clippy::doc_markdown,
    dead_code,
    unreachable_pub,
    reason = "these lints are about code that people write"
)]
mod types {
    include!("widened.generated");
}

/// Reads and writes the examples of each schema as the type of its name; gives the names.
macro_rules! arrive {
    ($schemas:expr, [$($name:ident)*]) => {
        [$({
            let schema = $schemas.get(stringify!($name)).expect("a schema");
            for value in schema["examples"].as_array().expect("examples") {
                let name = stringify!($name);
                let read: types::$name = serde_json::from_value(value.clone())
                    .unwrap_or_else(|error| panic!("{name} does not take {value}: {error}"));
                let written = serde_json::to_value(&read).expect("it is written");
                assert_eq!(written, *value, "{name}");
            }
            stringify!($name)
        }),*]
    };
}

#[test]
fn whatever_is_widened_takes_every_valid_value_and_loses_nothing() {
    let source = Source::new("widened.yaml", include_str!("../data/widened.yaml"));
    let document = load(&source, &mut Findings::new()).expect("a document");
    let schemas = document.root.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object).expect("schemas");
    let read = arrive!(schemas, [
        Asserted BeyondSigned BeyondUnsigned Collisions Conjunction Contradiction Formats Itself Lists Mixed NullInside
        Numbers Overlapping PatternNames Prefix PrefixThenItems SeveralUnions Texts Thing UnknownType WithDefault
    ]);
    let named: Vec<&String> = schemas.keys().collect();
    assert_eq!(named, read);
}
