//! An Overlay as a list of actions, and everything that keeps it from being one.

use serde_json::{Map, Value};

use super::Mode;
use super::jsonpath::Query;
use crate::finding::{Finding, Findings};
use crate::load::shown;
use crate::pointer::Pointer;
use crate::source::Document;

/// One action that can be tried.
pub(super) struct Action<'a> {
    pub(super) target: Query<'a>,
    pub(super) change: Change<'a>,
}

/// The change that an action makes to each node that it selects.
pub(super) enum Change<'a> {
    /// Takes it out.
    Remove,
    /// Merges the value, which stands at the pointer in the Overlay, into it.
    Update(&'a Value, Pointer),
    /// Merges the one node that the query selects into it.
    Copy(Query<'a>),
}

/// The type that a field has to have.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Flag,
    Array,
    Any,
}

/// A field of an object: its name, what it has to be, and what to do where it is missing and must not be.
type Field = (&'static str, Kind, Option<&'static str>);

const OVERLAY: [Field; 4] = [
    ("overlay", Kind::Text, None),
    (
        "info",
        Kind::Any,
        Some("Add `info` with a title and a version."),
    ),
    ("extends", Kind::Text, None),
    ("actions", Kind::Array, Some("Add the list of actions.")),
];

const INFO: [Field; 3] = [
    (
        "title",
        Kind::Text,
        Some("Say in a few words what the Overlay is for."),
    ),
    (
        "version",
        Kind::Text,
        Some("Give the Overlay a version, such as 1.0.0."),
    ),
    ("description", Kind::Text, None),
];

const ACTION: [Field; 5] = [
    ("description", Kind::Text, None),
    (
        "target",
        Kind::Text,
        Some("Add a JSONPath that selects what to change."),
    ),
    ("update", Kind::Any, None),
    ("remove", Kind::Flag, None),
    ("copy", Kind::Text, None),
];

/// The last part of a path or of a URL.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// All actions of an Overlay on the document of this name, with `None` for one that cannot be tried; `None` where
/// the document is no Overlay.
pub(super) fn read<'a>(
    overlay: &'a Document,
    document: &str,
    mode: Mode,
    findings: &mut Findings,
) -> Option<Vec<Option<Action<'a>>>> {
    let mut reader = Reader {
        overlay,
        mode,
        version: version(overlay, findings)?,
        findings,
    };
    let root = Pointer::root();
    let members = reader.object(&root, "The Overlay", &OVERLAY)?;
    let extends = members.get("extends").and_then(Value::as_str);
    if extends.is_some_and(|extends| file_name(extends) != file_name(document)) {
        let note = Finding::note(
            "overlay/extends-ignored",
            "The field `extends` names another document and is not followed; the Overlay applies to the one given.",
            "Check that the two are the same document if the findings below surprise you.",
        );
        reader.report(&root.join("extends"), note);
    }
    if members.contains_key("info") {
        let known = INFO.split_at(if reader.version == "1.0" { 2 } else { 3 }).0;
        reader.object(&root.join("info"), "The field `info`", known);
    }
    let actions = root.join("actions");
    let list = members.get("actions").and_then(Value::as_array);
    if list.is_some_and(Vec::is_empty) {
        let none = Finding::error(
            "overlay/no-actions",
            "The Overlay has no actions.",
            "Add an action, or run without this Overlay.",
        );
        reader.report(&actions, none);
    }
    let count = list.map_or(0, Vec::len);
    Some(
        (0..count)
            .map(|index| reader.action(&actions.join(index)))
            .collect(),
    )
}

/// The first two numbers of the version of the standard.
fn version(overlay: &Document, findings: &mut Findings) -> Option<&'static str> {
    let (finding, at) = match overlay.root.get("overlay") {
        Some(value) => {
            let text = value.as_str();
            for version in ["1.0", "1.1"] {
                let third = text.and_then(|it| it.strip_prefix(version)?.strip_prefix('.'));
                if third.is_some_and(|third| third.parse::<u32>().is_ok()) {
                    return Some(version);
                }
            }
            let unknown = Finding::error(
                "overlay/unknown-version",
                format!(
                    "The version `{}` of the Overlay standard is not known.",
                    shown(text.unwrap_or(&value.to_string()))
                ),
                "Write the Overlay in version 1.1.0, and the version in full, such as `overlay: 1.1.0`.",
            );
            (unknown, Pointer::root().join("overlay"))
        }
        None => {
            let other = Finding::error(
                "overlay/not-an-overlay",
                "The field `overlay` is missing, which says that this is an Overlay.",
                "Begin it with `overlay: 1.1.0`, or name the Overlay here, and the OpenAPI document where a document is asked for.",
            );
            (other, Pointer::root())
        }
    };
    findings.push(finding.at(overlay.locate(&at)));
    None
}

struct Reader<'a, 'f> {
    overlay: &'a Document,
    mode: Mode,
    version: &'static str,
    findings: &'f mut Findings,
}

impl<'a> Reader<'a, '_> {
    fn report(&mut self, at: &Pointer, finding: Finding) {
        self.findings.push(finding.at(self.overlay.locate(at)));
    }

    /// The members of the object at a place. What is not as it should be is reported: the object, a member that is
    /// not known and no extension, one that is missing, and one of another kind.
    fn object(
        &mut self,
        at: &Pointer,
        what: &str,
        fields: &[Field],
    ) -> Option<&'a Map<String, Value>> {
        let wrong = |what: &str, kind: &str| {
            let message = format!("{what} has to be {kind}.");
            Finding::error("overlay/wrong-kind", message, format!("Write {kind} here."))
        };
        let Some(Value::Object(members)) = at.resolve(&self.overlay.root) else {
            self.report(at, wrong(what, "an object"));
            return None;
        };
        let known: Vec<_> = fields.iter().map(|(name, ..)| *name).collect();
        for name in members.keys() {
            if !known.contains(&name.as_str()) && !name.starts_with("x-") {
                let unknown = Finding::error(
                    "overlay/unknown-field",
                    format!(
                        "{what} has no field `{}` in version {}.",
                        name.escape_debug(),
                        self.version
                    ),
                    format!(
                        "Use one of {}, or begin the name of an extension with `x-`.",
                        known.join(", ")
                    ),
                );
                self.report(&at.join(name), unknown);
            }
        }
        for (name, kind, missing) in fields {
            let fault = match (members.get(*name), kind, missing) {
                (None, _, Some(next)) => {
                    let message = format!("{what} lacks the field `{name}`.");
                    self.report(at, Finding::error("overlay/missing-field", message, *next));
                    continue;
                }
                (None, ..) | (_, Kind::Any, _) => None,
                (Some(value), Kind::Text, _) => (!value.is_string()).then_some("a string"),
                (Some(value), Kind::Flag, _) => (!value.is_boolean()).then_some("a boolean"),
                (Some(value), Kind::Array, _) => (!value.is_array()).then_some("an array"),
            };
            if let Some(kind) = fault {
                self.report(&at.join(name), wrong(&format!("The field `{name}`"), kind));
            }
        }
        Some(members)
    }

    /// The action at a place, if it can be tried.
    fn action(&mut self, at: &Pointer) -> Option<Action<'a>> {
        let known = ACTION.split_at(if self.version == "1.0" { 4 } else { 5 }).0;
        let members = self.object(at, "The action", known)?;
        let target = self.query(members, at, "target");
        let change = self.change(members, at);
        Some(Action {
            target: target?,
            change: change?,
        })
    }

    fn change(&mut self, members: &'a Map<String, Value>, at: &Pointer) -> Option<Change<'a>> {
        let (update, copy) = (members.get("update"), members.contains_key("copy"));
        match (members.get("remove"), update, copy) {
            (Some(Value::Bool(true)), ..) => {
                for name in ["update", "copy"]
                    .iter()
                    .filter(|it| members.contains_key(**it))
                {
                    let ignored = Finding::warning(
                        "overlay/ignored-field",
                        format!("The field `{name}` has no effect beside `remove: true`."),
                        format!("Delete `{name}`, or delete `remove`."),
                    );
                    self.report(&at.join(name), ignored);
                }
                Some(Change::Remove)
            }
            // It has been reported.
            (Some(remove), ..) if !remove.is_boolean() => None,
            (_, Some(_), true) => {
                let both = Finding::error(
                    "overlay/update-and-copy",
                    "The action has both `update` and `copy`, and only one of them can apply.",
                    "Split the action into two, in the order in which they are meant.",
                );
                self.report(&at.join("copy"), both);
                None
            }
            (_, Some(update), false) => Some(Change::Update(update, at.join("update"))),
            (_, None, true) => self.query(members, at, "copy").map(Change::Copy),
            (remove, None, false) => {
                let empty = Finding {
                    severity: self.mode.severity(),
                    ..Finding::error(
                        "overlay/empty-action",
                        "The action neither updates, copies nor removes anything.",
                        "Add `update`, `copy` or `remove: true`, or delete the action.",
                    )
                };
                self.report(
                    &at.join(if remove.is_some() { "remove" } else { "target" }),
                    empty,
                );
                None
            }
        }
    }

    /// The query that a field holds; what is none is a finding.
    fn query(
        &mut self,
        members: &'a Map<String, Value>,
        at: &Pointer,
        name: &str,
    ) -> Option<Query<'a>> {
        let text = members.get(name)?.as_str()?;
        let at = at.join(name);
        match Query::read(text, self.overlay.locate(&at)) {
            Ok(query) => Some(query),
            Err(finding) => {
                self.report(&at, *finding);
                None
            }
        }
    }
}
