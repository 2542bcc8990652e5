//! The committed document in slices: some operations each, with all that they refer to. A mutant of a slice is
//! tried in a fraction of the time that one of the whole document takes.

use std::collections::BTreeSet;

use jsonpath_rfc9535::JsonPath;
use serde_json::{Map, Value};
use xtask::finding::{Findings, Severity};
use xtask::load::load;
use xtask::overlay::{self, Mode};
use xtask::pointer::Pointer;
use xtask::source::Source;

/// A part of the document that stands on its own, and the actions of the overlay that have a target in it.
#[derive(Clone)]
pub(crate) struct Slice {
    pub(crate) document: Value,
    pub(crate) overlay: Value,
}

/// Slices that have every path of the document in one of them.
pub(crate) fn slices(document: &Value, overlay: &Value, count: usize) -> Vec<Slice> {
    let paths = document["paths"].as_object().expect("paths");
    (0..count)
        .map(|number| {
            let chosen = paths.iter().skip(number).step_by(count);
            slice(document, overlay, chosen)
        })
        .collect()
}

/// The slice with these paths.
pub(crate) fn slice<'a>(
    document: &Value,
    overlay: &Value,
    paths: impl Iterator<Item = (&'a String, &'a Value)>,
) -> Slice {
    let mut slice = document.clone();
    slice["paths"] = paths
        .map(|(path, item)| (path.clone(), item.clone()))
        .collect::<Map<_, _>>()
        .into();
    let mut reached = BTreeSet::new();
    references(&slice["paths"], document, &mut reached);
    // What actions insert refers to more, in which further actions find something to do.
    loop {
        let known = reached.len();
        let slice = with_components(&slice, &reached);
        let overlay = fitting(&slice, with_copies(overlay, document, &slice));
        references(&overlay, document, &mut reached);
        if reached.len() == known {
            return Slice {
                document: slice,
                overlay,
            };
        }
    }
}

/// `document` without the components that nothing refers to.
fn with_components(document: &Value, reached: &BTreeSet<String>) -> Value {
    let mut document = document.clone();
    let sections = document["components"].as_object_mut().expect("components");
    for (section, components) in sections {
        // Security schemes are referred to by name.
        if section != "securitySchemes" {
            let components = components.as_object_mut().expect("a section");
            components.retain(|name, _| {
                let pointer = Pointer::from("/components").join(section).join(name);
                reached.contains(&format!("#{pointer}"))
            });
        }
    }
    document
}

/// Everything that `value` refers to, directly or through others.
fn references(value: &Value, document: &Value, reached: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str)
                && reached.insert(reference.to_owned())
            {
                let target = Pointer::from_local_reference(reference);
                // What the overlay adds is not there yet.
                if let Some(target) = target.and_then(|target| target.resolve(document)) {
                    references(target, document, reached);
                }
            }
            members
                .values()
                .for_each(|value| references(value, document, reached));
        }
        Value::Array(elements) => elements
            .iter()
            .for_each(|value| references(value, document, reached)),
        _ => {}
    }
}

/// The overlay with an update in place of each `copy` of something that is in `document` and not in `slice`.
fn with_copies(overlay: &Value, document: &Value, slice: &Value) -> Value {
    let mut overlay = overlay.clone();
    let actions = overlay["actions"].as_array_mut().expect("actions");
    for action in actions.iter_mut().filter_map(Value::as_object_mut) {
        let copy = action.get("copy").and_then(Value::as_str);
        let Some(path) = copy.map(|copy| JsonPath::parse(copy).expect("a JSONPath")) else {
            continue;
        };
        if path.query(slice).is_empty()
            && let Some(source) = path.query(document).exactly_one()
        {
            action.shift_remove("copy");
            action.insert("update".to_owned(), source.value().clone());
        }
    }
    overlay
}

/// The overlay without the actions that find nothing to do in `document`.
fn fitting(document: &Value, overlay: Value) -> Value {
    let mut fitting = overlay;
    // What one action has added, or left undone, another may need.
    loop {
        let idle = idle(document, &fitting);
        if idle.is_empty() {
            return fitting;
        }
        let actions = fitting["actions"].as_array_mut().expect("actions");
        let mut index = 0;
        actions.retain(|_| {
            index += 1;
            !idle.contains(&(index - 1))
        });
    }
}

/// The places of the actions about which the overlay stage has anything to say.
fn idle(document: &Value, overlay: &Value) -> BTreeSet<usize> {
    let mut findings = Findings::new();
    // An action for each line, so that the line of a finding names the action.
    let actions: Vec<_> = overlay["actions"]
        .as_array()
        .expect("actions")
        .iter()
        .map(Value::to_string)
        .collect();
    let text = format!(
        "{{\"overlay\": {}, \"info\": {}, \"actions\": [\n{}\n]}}",
        overlay["overlay"],
        overlay["info"],
        actions.join(",\n")
    );
    let overlay = load(&Source::new("overlay", text), &mut findings).expect("an overlay");
    let document = load(&Source::new("slice", document.to_string()), &mut findings);
    let document = document.expect("a document");
    overlay::apply(document, &overlay, Mode::Strict, &mut findings);
    findings
        .iter()
        .filter(|finding| finding.severity > Severity::Note)
        .map(|finding| finding.location.as_ref().expect("a place").line - 2)
        .collect()
}
