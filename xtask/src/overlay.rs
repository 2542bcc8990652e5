//! Overlays: corrections to a document as data, by the OpenAPI Overlay Specification 1.1.0.
//!
//! Actions apply in order, each to the result of the one before. What an action does to every
//! node that its `target` selects:
//!
//! - `remove: true` takes the node out of the object or array that holds it. The root cannot go.
//! - `update` merges a value into the node, by the kind of the node:
//!   - Into an object goes an object: members that the node lacks are added, those that both have
//!     are merged in turn. There, two objects merge, two arrays are concatenated, a primitive
//!     value (string, number, boolean, null) replaces a primitive value, and anything else is an
//!     error, because the kinds do not match.
//!   - To an array, an array is concatenated, and any other value is appended as one element.
//!     This is the only place where an array takes a value that is none.
//!   - A primitive value is replaced by a primitive value.
//! - `copy` is an update with the value of the one node that its JSONPath selects, as that node
//!   is before the action.
//!
//! `remove` comes before the other two. `update` and `copy` in one action is an error here,
//! where the standard lets one of them win. Versions 1.0 and 1.1 are read alike. `extends` says which
//! document an Overlay is meant for; here the caller says so, and it is not followed.
//!
//! Stricter than the standard, which knows no obsolete actions: an action is an error in [`Mode::Strict`] where it
//! selects nothing, or one name of a union of names in its target does; and where it, or a part of it, leaves the
//! document saying what it said. Lists that are sets, such as `required` and `parameters`, are taken for sets: what is
//! in them already is not appended again. A new description is no other meaning, unless an action brings nothing else.
//!
//! What `update` inserts stands, for later findings, where it stands in the Overlay. What `copy`
//! inserts stands at the `copy` of the action, all of it: the original has its own findings at
//! its own place, and a finding about the copy is to be followed to whoever made it.

use crate::finding::{Findings, Severity};
use crate::source::Document;

mod actions;
mod jsonpath;
mod merge;
mod run;
mod sets;
#[cfg(test)]
mod tests;

/// The treatment of actions that select nothing or change nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They are errors: the Overlay is kept in step with the document.
    Strict,
    /// They are warnings: the document is another revision than the Overlay was written for.
    Lenient,
}

impl Mode {
    fn severity(self) -> Severity {
        match self {
            Self::Strict => Severity::Error,
            Self::Lenient => Severity::Warning,
        }
    }
}

/// The codes of findings about actions that are no longer needed, or no longer fit.
pub const OBSOLETE: [&str; 2] = ["overlay/unmatched", "overlay/no-effect"];

/// The most values that one Overlay may insert.
const MAX_INSERTED: usize = 1_000_000;

/// Applies the actions of an Overlay to a document.
pub fn apply(
    document: Document,
    overlay: &Document,
    mode: Mode,
    findings: &mut Findings,
) -> Option<Document> {
    let before = findings.count(Severity::Error);
    let actions = actions::read(overlay, mode, findings)?;
    let document = run::run(document, overlay, &actions, mode, findings);
    findings.unless_errors_since(before, document)
}
