//! What a change of the document or the overlay does to those who call the generated crate.
//!
//! Both sides go through the same stages as codegen, up to the refined syntax tree. From the tree, the
//! operation table and the lowered document, `read` takes the API of a side as callers see it; `compare`
//! finds what differs, `judge` says what each difference does to a caller, and `render` writes it down.
//!
//! The verdict rests on the generated code, because that is what callers compile against: a parameter that
//! becomes required changes no signature, and a property that becomes optional changes the type of a field.
//! The documents say where each thing stands and what it is called on the wire. As a net below it all, the
//! code of every item is compared as a whole, and a difference that nothing explains is a change of its own.

mod api;
mod change;
mod command;
mod compare;
mod judge;
mod read;
mod render;
mod side;

pub use change::{Change, Effect, Level, Position, Subject};
pub use command::{Compared, compare_options, compare_sources};
pub use judge::Kind;
pub(crate) use render::safe;
pub use render::{Format, entry, json, markdown, render, text};
pub use side::{Side, side};

use crate::finding::Finding;

/// The version of the shape of the JSON form.
pub const SCHEMA_VERSION: u32 = 1;

/// What differs between two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The old side, for people: the document, and the overlay if there is one.
    pub old: Names,
    /// The new side.
    pub new: Names,
    /// The changes: operations in the order of the document, then types by name.
    pub changes: Vec<Change>,
    /// Actions of the new side's overlay that select nothing or change nothing.
    pub obsolete_actions: Vec<Finding>,
    /// Operations of the new side whose name was derived, because nobody has chosen one.
    pub unnamed_operations: Vec<Finding>,
}

/// The names of the inputs of a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The document.
    pub document: String,
    /// The overlay.
    pub overlay: Option<String>,
}

impl Diff {
    /// The gravest effect of any change; `None` where nothing differs.
    #[must_use]
    pub fn effect(&self) -> Option<Effect> {
        self.changes.iter().map(|change| change.effect).max()
    }

    /// The part of the version that rises from 1.0 on.
    #[must_use]
    pub fn level(&self) -> Level {
        self.effect().map_or(Level::None, Effect::level)
    }

    /// How many changes have an effect.
    #[must_use]
    pub fn count(&self, effect: Effect) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.effect == effect).count()
    }
}

/// Compares two sides.
#[must_use]
pub fn diff(old: &Side, new: &Side) -> Diff {
    Diff {
        old: old.names.clone(),
        new: new.names.clone(),
        changes: compare::compare(&old.api, &new.api),
        obsolete_actions: new.obsolete_actions.clone(),
        unnamed_operations: new.unnamed_operations.clone(),
    }
}
