//! What to say about an Overlay that is not as the standard wants it.

use serde_json::Number;

use super::Mode;
use crate::finding::Finding;

pub(super) fn version_as_number(number: &Number) -> Finding {
    Finding::error(
        "overlay/unknown-version",
        format!("The version {number} of the Overlay is a number, and it has to be a string."),
        "Write the full version in quotes, such as \"1.1.0\".",
    )
}

pub(super) fn unknown_version(version: &str) -> Finding {
    Finding::error(
        "overlay/unknown-version",
        format!(
            "The version `{}` of the Overlay standard is not known.",
            version.escape_debug()
        ),
        "Write the Overlay in version 1.1.0.",
    )
}

pub(super) fn not_an_overlay(is_openapi: bool) -> Finding {
    if is_openapi {
        Finding::error(
            "overlay/not-an-overlay",
            "This is an OpenAPI document, and an Overlay is needed here.",
            "Name the Overlay here, and the OpenAPI document where a document is asked for.",
        )
    } else {
        Finding::error(
            "overlay/not-an-overlay",
            "The field `overlay` is missing, which says that this is an Overlay.",
            "Check that this is the right file, or begin it with `overlay: 1.1.0`.",
        )
    }
}

pub(super) fn extends_ignored() -> Finding {
    Finding::note(
        "overlay/extends-ignored",
        "The field `extends` names another document and is not followed; the Overlay applies to the one given.",
        "Check that the two are the same document if the findings below surprise you.",
    )
}

pub(super) fn no_actions() -> Finding {
    Finding::error(
        "overlay/no-actions",
        "The Overlay has no actions.",
        "Add an action, or run without this Overlay.",
    )
}

pub(super) fn copy_in_1_0() -> Finding {
    Finding::error(
        "overlay/copy-in-1.0",
        "Version 1.0 of the Overlay standard has no `copy`.",
        "Write `overlay: 1.1.0` at the top of the Overlay.",
    )
}

pub(super) fn update_and_copy() -> Finding {
    Finding::error(
        "overlay/update-and-copy",
        "The action has both `update` and `copy`, and only one of them can apply.",
        "Split the action into two, in the order in which they are meant.",
    )
}

pub(super) fn empty_action(mode: Mode) -> Finding {
    Finding {
        severity: mode.severity(),
        ..Finding::error(
            "overlay/empty-action",
            "The action neither updates, copies nor removes anything.",
            "Add `update`, `copy` or `remove: true`, or delete the action.",
        )
    }
}

pub(super) fn mixed_targets(one: &str, other: &str) -> Finding {
    Finding::error(
        "overlay/mixed-targets",
        format!("The target selects {one} and {other}, and an action works on one kind of node."),
        "Split the action into one for each kind.",
    )
}

pub(super) fn ignored(name: &str) -> Finding {
    Finding::warning(
        "overlay/ignored-field",
        format!("The field `{name}` has no effect beside `remove: true`."),
        format!("Delete `{name}`, or delete `remove`."),
    )
}
