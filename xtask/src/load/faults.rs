//! What to say about values that parse but cannot be taken.

use std::sync::Arc;

use saphyr_parser::{ScalarStyle, Tag};

use super::scalar::{self, NoValue};
use super::{MAX_COMMAS, MAX_COPIES, MAX_DEPTH, MAX_ERRORS};
use crate::finding::{Finding, Location};
use crate::source::Source;

/// The longest part of a text that a message repeats.
const SHOWN: usize = 60;

/// Why a scalar in the place of a key is none.
pub(super) fn key(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Option<Finding> {
    let bare = style == ScalarStyle::Plain && tag.is_none();
    if bare && text == "<<" {
        return Some(Finding::error(
            "load/merge-key",
            "The merge key `<<` is not part of YAML 1.2.",
            "Write out the merged members here, or move them to a component and use `$ref`.",
        ));
    }
    let name = tag.map(scalar::core_name);
    if let (Some(None), Some(tag)) = (&name, tag) {
        return Some(unknown_tag(tag));
    }
    let null = matches!(text, "" | "~" | "null" | "Null" | "NULL");
    let null = name.flatten().as_deref() == Some("null") || (bare && null);
    null.then(null_key)
}

pub(super) fn null_key() -> Finding {
    Finding::error(
        "load/null-key",
        "The key of this member is null, and keys are strings.",
        "Put the key in quotes, or write the key that is missing before the colon.",
    )
}

/// For a collection, or an alias to one, in the place of a key.
pub(super) fn complex_key() -> Finding {
    Finding::error(
        "load/complex-key",
        "The key of this member is a collection, and keys are strings.",
        "Put the key in quotes if its braces or brackets are meant as text, or write another key.",
    )
}

pub(super) fn duplicate_key(name: &str, first: Location) -> Finding {
    Finding::error(
        "load/duplicate-key",
        format!("The key `{}` stands twice in the same object.", shown(name)),
        "Delete one of the two members, or merge them into one.",
    )
    .related(first, "it stands here first")
}

/// Whether the tag of a collection says something else than `name`, `map` or `seq`.
pub(super) fn tag_on_collection(tag: &Tag, name: &str) -> Option<Finding> {
    match scalar::core_name(tag).as_deref() {
        Some("") => None,
        Some(tagged) if tagged == name => None,
        Some("bool" | "float" | "int" | "map" | "null" | "seq" | "str") => {
            Some(not_as_tagged("This collection", tag))
        }
        _ => Some(unknown_tag(tag)),
    }
}

/// For a scalar that has no JSON value.
pub(super) fn no_value(text: &str, tag: Option<&Tag>, reason: &NoValue) -> Finding {
    let shown = shown(text);
    match (reason, tag) {
        (NoValue::UnknownTag, Some(tag)) => unknown_tag(tag),
        (NoValue::NotAsTagged, Some(tag)) => not_as_tagged(&format!("The value `{shown}`"), tag),
        (NoValue::NotFinite, _) => Finding::error(
            "load/not-finite",
            format!("The number `{shown}` has no form in JSON."),
            "Put it in quotes if it is meant as text, or leave the member out.",
        ),
        _ => Finding::error(
            "load/number-out-of-range",
            format!("The number `{shown}` does not fit into 64 bits."),
            "Put it in quotes if it is meant as text, or write a smaller number.",
        ),
    }
}

fn unknown_tag(tag: &Tag) -> Finding {
    let tag = shown(&scalar::written(tag));
    Finding::error(
        "load/unknown-tag",
        format!("The tag `{tag}` is not one of YAML's core schema."),
        "Delete the tag, and write the value as JSON knows it, as a string for example.",
    )
}

fn not_as_tagged(what: &str, tag: &Tag) -> Finding {
    let tag = shown(&scalar::written(tag));
    Finding::error(
        "load/tag-mismatch",
        format!("{what} is not what its tag `{tag}` says."),
        "Delete the tag, or correct the value.",
    )
}

pub(super) fn several_documents() -> Finding {
    Finding::error(
        "load/several-documents",
        "A second YAML document begins here, and a file holds one document.",
        "Delete the marker `---`, or move what follows it into a file of its own.",
    )
}

pub(super) fn recursive_alias() -> Finding {
    Finding::error(
        "load/recursive-alias",
        "This alias stands inside the value that it names.",
        "Write a recursive schema with `$ref` to a component.",
    )
}

pub(super) fn alias_bomb() -> Finding {
    Finding::error(
        "load/alias-bomb",
        format!("Anchors and aliases up to this one copy more than {MAX_COPIES} values."),
        "Replace aliases of large values by `$ref` to a component.",
    )
}

pub(super) fn too_deep() -> Finding {
    Finding::error(
        "load/too-deep",
        format!("More than {MAX_DEPTH} collections stand inside one another here."),
        "Move the inner schemas to components and use `$ref`.",
    )
}

pub(super) fn too_many_errors() -> Finding {
    Finding::error(
        "load/too-many-errors",
        format!("Loading stops after {MAX_ERRORS} errors, and there may be more."),
        "Correct the errors above and run the command again.",
    )
}

pub(super) fn too_many_values(source: &Arc<Source>) -> Finding {
    Finding::error(
        "load/too-many-values",
        format!("The file holds more than {MAX_COMMAS} values."),
        "Check that this is the right file, and leave out of it what is not needed.",
    )
    .at(Location::whole_file(source))
}

pub(super) fn empty(source: &Arc<Source>) -> Finding {
    Finding::error(
        "load/empty",
        "The file holds no document.",
        "Check that this is the right file; comments alone are no document.",
    )
    .at(Location::whole_file(source))
}

/// A text as a message repeats it: on one line, and not at full length.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(SHOWN)
        .flat_map(char::escape_debug)
        .collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
