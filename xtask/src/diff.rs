//! The effect of a change of the document or the overlay on those who call the generated crate.
//!
//! Both sides are read off generated code, the committed one or one that is generated in memory, because that is
//! what callers compile against: nothing is said that the code does not bear out. `compare` finds what differs between
//! two trees, `statements` says it and of which kind it is, `kinds` what that does to a caller, and `render` writes it
//! down. As a net below it all, the code of every item is compared as a whole, and a difference that nothing explains
//! is a change of its own.

mod change;
mod compare;
mod kinds;
mod render;
mod side;
mod statements;

pub use crate::api::Subject;
pub use change::{Change, Position};
pub use kinds::{Effect, Kind};
pub(crate) use render::{ENTRY, safe};
pub use render::{Format, entry, json, markdown, render, text};
pub use side::{Compared, Side, committed, compare_options, generated, of_files, unlisted};

use crate::finding::Finding;

/// The version of the shape of the JSON form.
pub const SCHEMA_VERSION: u32 = 2;

/// The differences between two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The old side, for people: the document with its overlay, or the directory of the committed code.
    pub old: String,
    /// The new side.
    pub new: String,
    /// The changes: operations in the order of the document, then types by name, then everything else.
    pub changes: Vec<Change>,
    /// Actions of the new side's overlay that select nothing or change nothing.
    pub obsolete_actions: Vec<Finding>,
    /// Operations of the new side whose name was derived, because nobody has chosen one.
    pub unnamed_operations: Vec<Finding>,
}

impl Diff {
    /// Returns the gravest effect of any change; `None` where nothing differs.
    #[must_use]
    pub fn effect(&self) -> Option<Effect> {
        self.changes.iter().map(|change| change.effect).max()
    }

    /// Returns the part of the version that rises from 1.0 on, and the one that rises below, where the second number
    /// stands for what breaks and the third for everything else.
    #[must_use]
    pub fn levels(&self) -> [&'static str; 2] {
        match self.effect() {
            None => ["none", "none"],
            Some(Effect::Neutral) => ["patch", "patch"],
            Some(Effect::Addition) => ["minor", "patch"],
            Some(Effect::Behaviour | Effect::Breaking) => ["major", "minor"],
        }
    }

    /// Returns the number of changes that have an effect.
    #[must_use]
    pub fn count(&self, effect: Effect) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.effect == effect).count()
    }
}

/// Compares two sides.
#[must_use]
pub fn diff(old: &Side, new: &Side) -> Diff {
    let [obsolete_actions, mut unnamed_operations] = new.to_do();
    let [_, known] = old.to_do();
    unnamed_operations.retain(|finding| !known.iter().any(|it| it.message == finding.message));
    Diff {
        old: old.name.clone(),
        new: new.name.clone(),
        changes: compare::compare(&old.api, &new.api),
        obsolete_actions,
        unnamed_operations,
    }
}
