//! An Overlay as a list of actions, and everything that keeps it from being one.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

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

/// The work of an action on each node that it selects.
pub(super) enum Change<'a> {
    /// Takes it out.
    Remove,
    /// Merges the value, which stands at the pointer in the Overlay, into it.
    Update(&'a Value, Pointer),
    /// Merges the one node that the query selects into it.
    Copy(Query<'a>),
}

/// The fields of an Overlay, extensions aside.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct OverlayFields {
    #[serde(rename = "overlay")]
    _overlay: String,
    #[serde(rename = "info")]
    _info: IgnoredAny,
    #[serde(rename = "extends")]
    _extends: Option<String>,
    actions: Vec<IgnoredAny>,
}

/// The fields of `info`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct InfoFields {
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "version")]
    _version: String,
    #[serde(rename = "description")]
    _description: Option<String>,
}

/// The fields of an action. Values are taken from the document, where they have places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct ActionFields {
    #[serde(rename = "target")]
    _target: String,
    #[serde(rename = "description")]
    _description: Option<String>,
    #[serde(rename = "update")]
    _update: Option<IgnoredAny>,
    remove: Option<bool>,
    #[serde(rename = "copy")]
    _copy: Option<String>,
}

/// Returns all actions of an Overlay, with `None` for one that cannot be tried; `None` where the document is no
/// Overlay.
pub(super) fn read<'a>(
    overlay: &'a Document,
    mode: Mode,
    findings: &mut Findings,
) -> Option<Vec<Option<Action<'a>>>> {
    let mut reader = Reader {
        overlay,
        mode,
        findings,
    };
    let root = Pointer::root();
    reader.check_version()?;
    let fields: OverlayFields = reader.fields(&root, "The Overlay")?;
    let _: Option<InfoFields> = reader.fields(&root.join("info"), "The field `info`");
    let actions = (0..fields.actions.len()).map(|index| root.join("actions").join(index));
    Some(actions.map(|at| reader.action(&at)).collect())
}

struct Reader<'a, 'f> {
    overlay: &'a Document,
    mode: Mode,
    findings: &'f mut Findings,
}

impl<'a> Reader<'a, '_> {
    fn report(&mut self, at: &Pointer, finding: Finding) {
        self.findings.push(finding.at(self.overlay.locate(at)));
    }

    /// Refuses what is no Overlay, or none of version 1.0 or 1.1.
    fn check_version(&mut self) -> Option<()> {
        let Some(version) = self.overlay.root.get("overlay") else {
            let other = Finding::error(
                "overlay/not-an-overlay",
                "The field `overlay` is missing, which says that this is an Overlay.",
                "Begin it with `overlay: 1.1.0`, or name the Overlay here, and the OpenAPI document where a document is asked for.",
            );
            self.report(&Pointer::root(), other);
            return None;
        };
        let text = version
            .as_str()
            .map_or_else(|| version.to_string(), str::to_owned);
        let third = text
            .strip_prefix("1.0.")
            .or_else(|| text.strip_prefix("1.1."));
        if third.is_some_and(|third| third.parse::<u32>().is_ok()) {
            return Some(());
        }
        let unknown = Finding::error(
            "overlay/unknown-version",
            format!(
                "The version `{}` of the Overlay standard is not known.",
                shown(&text)
            ),
            "Write the Overlay in version 1.1.0, and the version in full, such as `overlay: 1.1.0`.",
        );
        self.report(&Pointer::root().join("overlay"), unknown);
        None
    }

    /// Returns the fields of the object at a place, extensions aside; the first that is not as it should be is a
    /// finding.
    fn fields<F: DeserializeOwned>(&mut self, at: &Pointer, what: &str) -> Option<F> {
        let mut value = at.resolve(&self.overlay.root).cloned().unwrap_or_default();
        if let Value::Object(members) = &mut value {
            members.retain(|name, _| !name.starts_with("x-"));
        }
        match F::deserialize(value) {
            Ok(fields) => Some(fields),
            Err(error) => {
                let invalid = Finding::error(
                    "overlay/invalid",
                    format!("{what} is not as it should be: {error}."),
                    "Correct it; the name of an extension begins with `x-`.",
                );
                self.report(at, invalid);
                None
            }
        }
    }

    /// Returns the action at a place, if it can be tried.
    fn action(&mut self, at: &Pointer) -> Option<Action<'a>> {
        let fields: ActionFields = self.fields(at, "The action")?;
        let target = self.query(&at.join("target"));
        let change = self.change(at, fields.remove);
        Some(Action {
            target: target?,
            change: change?,
        })
    }

    fn change(&mut self, at: &Pointer, remove: Option<bool>) -> Option<Change<'a>> {
        let [update, copy] = ["update", "copy"].map(|name| at.join(name));
        let value = update.resolve(&self.overlay.root);
        let copies = copy.resolve(&self.overlay.root).is_some();
        let finding = match (remove, value, copies) {
            (Some(true), None, false) => return Some(Change::Remove),
            (Some(true), ..) => {
                let ignored = Finding::warning(
                    "overlay/ignored-field",
                    "The fields `update` and `copy` have no effect beside `remove: true`.",
                    "Delete them, or delete `remove`.",
                );
                self.report(&at.join("remove"), ignored);
                return Some(Change::Remove);
            }
            (_, Some(value), false) => return Some(Change::Update(value, update)),
            (_, None, true) => return self.query(&copy).map(Change::Copy),
            (_, Some(_), true) => Finding::error(
                "overlay/update-and-copy",
                "The action has both `update` and `copy`, and only one of them can apply.",
                "Split the action into two, in the order in which they are meant.",
            ),
            (_, None, false) => Finding::error(
                "overlay/empty-action",
                "The action neither updates, copies nor removes anything.",
                "Add `update`, `copy` or `remove: true`, or delete the action.",
            )
            .weighing(self.mode.severity()),
        };
        self.report(at, finding);
        None
    }

    /// Returns the query at a place; what is none is a finding.
    fn query(&mut self, at: &Pointer) -> Option<Query<'a>> {
        let text = at.resolve(&self.overlay.root)?.as_str()?;
        let query = Query::read(text, self.overlay.locate(at));
        query.map_err(|finding| self.report(at, *finding)).ok()
    }
}
