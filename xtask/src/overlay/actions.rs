//! An Overlay as a list of actions, and everything that keeps it from being one.

use serde_json::Value;

use super::fields::Fields;
use super::jsonpath::Query;
use super::{Mode, faults};
use crate::finding::Findings;
use crate::pointer::Pointer;
use crate::source::Document;

/// One action that can be tried.
#[derive(Debug)]
pub(super) struct Action<'a> {
    pub(super) target: Query<'a>,
    pub(super) change: Change<'a>,
}

/// What an action does to each node that it selects.
#[derive(Debug)]
pub(super) enum Change<'a> {
    /// Takes it out.
    Remove,
    /// Merges the value, which stands at the pointer in the Overlay, into it.
    Update(&'a Value, Pointer),
    /// Merges the one node that the query selects into it.
    Copy(Query<'a>),
}

/// The versions of the standard, as far as they differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    V1_0,
    V1_1,
}

/// The last part of a path or of a URL.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// All actions of an Overlay on the document of this name, with `None` for one that cannot be tried; `None` where the document is no Overlay.
pub(super) fn read<'a>(
    overlay: &'a Document,
    document: &str,
    mode: Mode,
    findings: &mut Findings,
) -> Option<Vec<Option<Action<'a>>>> {
    let mut root = Fields::new(overlay, Pointer::root(), "The Overlay", findings)?;
    let version = version(&mut root)?;
    root.refuse_unknown(&["overlay", "info", "extends", "actions"]);
    root.require("info", "Add `info` with a title and a version.");
    let extends = root.text("extends");
    if extends.is_some_and(|extends| file_name(extends) != file_name(document)) {
        root.report("extends", faults::extends_ignored());
    }
    root.require("actions", "Add the list of actions.");
    let count = root.array("actions").map(<[Value]>::len);
    if count == Some(0) {
        root.report("actions", faults::no_actions());
    }
    if root.has("info") {
        info(overlay, version, findings);
    }
    let actions = (0..count.unwrap_or_default())
        .map(|index| action(overlay, index, (version, mode), findings))
        .collect();
    Some(actions)
}

fn version(root: &mut Fields<'_, '_>) -> Option<Version> {
    if !root.has("overlay") {
        root.report("openapi", faults::not_an_overlay(root.has("openapi")));
        return None;
    }
    if let Some(Value::Number(number)) = root.value("overlay") {
        root.report("overlay", faults::version_as_number(number));
        return None;
    }
    let text = root.text("overlay")?;
    let third = text.rsplit('.').next().unwrap_or_default();
    let numeric = !third.is_empty() && third.bytes().all(|byte| byte.is_ascii_digit());
    match text.strip_suffix(third) {
        Some("1.0.") if numeric => Some(Version::V1_0),
        Some("1.1.") if numeric => Some(Version::V1_1),
        _ => {
            root.report("overlay", faults::unknown_version(text));
            None
        }
    }
}

fn info(overlay: &Document, version: Version, findings: &mut Findings) {
    let pointer = Pointer::root().join("info");
    let Some(mut info) = Fields::new(overlay, pointer, "The field `info`", findings) else {
        return;
    };
    info.refuse_unknown(match version {
        Version::V1_0 => &["title", "version"],
        Version::V1_1 => &["title", "version", "description"],
    });
    info.require("title", "Say in a few words what the Overlay is for.");
    info.require("version", "Give the Overlay a version, such as 1.0.0.");
    for name in ["title", "version", "description"] {
        info.text(name);
    }
}

/// The action at an index, if it can be tried.
fn action<'a>(
    overlay: &'a Document,
    index: usize,
    (version, mode): (Version, Mode),
    findings: &mut Findings,
) -> Option<Action<'a>> {
    let pointer = Pointer::root().join("actions").join(index);
    let mut action = Fields::new(overlay, pointer, "The action", findings)?;
    action.refuse_unknown(&["target", "description", "update", "remove", "copy"]);
    action.text("description");
    action.require("target", "Add a JSONPath that selects what to change.");
    let target = query(overlay, &mut action, "target");
    let change = change(overlay, &mut action, (version, mode));
    Some(Action {
        target: target?,
        change: change?,
    })
}

fn change<'a>(
    overlay: &'a Document,
    action: &mut Fields<'a, '_>,
    (version, mode): (Version, Mode),
) -> Option<Change<'a>> {
    let remove = action.flag("remove");
    if remove.is_none() && action.has("remove") {
        return None;
    }
    if version == Version::V1_0 && action.has("copy") {
        action.report("copy", faults::copy_in_1_0());
        return None;
    }
    if remove == Some(true) {
        for name in ["update", "copy"] {
            if action.has(name) {
                action.report(name, faults::ignored(name));
            }
        }
        return Some(Change::Remove);
    }
    match (action.value("update"), action.has("copy")) {
        (Some(_), true) => {
            action.report("copy", faults::update_and_copy());
            None
        }
        (Some(update), false) => Some(Change::Update(update, action.pointer("update"))),
        (None, true) => query(overlay, action, "copy").map(Change::Copy),
        (None, false) => {
            let name = if remove.is_some() { "remove" } else { "target" };
            action.report(name, faults::empty_action(mode));
            None
        }
    }
}

/// The query that a field holds; what is none is a finding.
fn query<'a>(
    overlay: &'a Document,
    action: &mut Fields<'a, '_>,
    name: &'static str,
) -> Option<Query<'a>> {
    let text = action.text(name)?;
    match Query::read(text, overlay, action.pointer(name)) {
        Ok(query) => Some(query),
        Err(finding) => {
            action.report_placed(*finding);
            None
        }
    }
}
