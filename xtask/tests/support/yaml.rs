//! Fixtures are read here and not by `xtask::load`, so that a fault there does not show up as one here.
//! A value is located by its JSON Pointer, which stays when lines move.

use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};
use xtask::finding::Location;
use xtask::pointer::Pointer;
use xtask::source::{Document, Origins, Source};

/// The document in `text`, plain YAML without anchors.
pub(crate) fn document(name: &str, text: &str) -> Document {
    let events = Parser::new_from_str(text).map(|event| event.expect(name).0);
    let mut events = events.filter(|event| {
        !matches!(
            event,
            Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd
        )
    });
    let first = events.next().expect(name);
    let root = value(first, &mut events);
    located(name, root)
}

/// A document whose values are located by their pointers.
pub(crate) fn located(name: &str, root: Value) -> Document {
    let mut origins = Origins::new(&Source::new(name, ""));
    let mut pending = vec![(Pointer::root(), &root)];
    while let Some((pointer, value)) = pending.pop() {
        let source: Arc<Source> = Source::new(pointer.as_str(), "");
        match value {
            Value::Object(members) => pending.extend(
                members
                    .iter()
                    .map(|(key, value)| (pointer.join(key), value)),
            ),
            Value::Array(elements) => {
                pending.extend(
                    elements
                        .iter()
                        .enumerate()
                        .map(|(index, value)| (pointer.join(index), value)),
                );
            }
            _ => {}
        }
        origins.set(pointer, Location::whole_file(&source));
    }
    Document { origins, root }
}

fn value<'t>(event: Event<'t>, events: &mut impl Iterator<Item = Event<'t>>) -> Value {
    match event {
        Event::MappingStart(..) => {
            let mut members = Map::new();
            loop {
                match events.next().expect("the end of a mapping") {
                    Event::MappingEnd => return Value::Object(members),
                    Event::Scalar(key, ..) => {
                        let event = events.next().expect("a value");
                        members.insert(key.into_owned(), value(event, events));
                    }
                    other => panic!("a key that is no scalar: {other:?}"),
                }
            }
        }
        Event::SequenceStart(..) => {
            let mut elements = Vec::new();
            loop {
                match events.next().expect("the end of a sequence") {
                    Event::SequenceEnd => return Value::Array(elements),
                    event => elements.push(value(event, events)),
                }
            }
        }
        Event::Scalar(text, ScalarStyle::Plain, ..) => match text.as_ref() {
            "" => Value::Null,
            text => serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned())),
        },
        Event::Scalar(text, ..) => Value::String(text.into_owned()),
        other => panic!("not in a fixture: {other:?}"),
    }
}
