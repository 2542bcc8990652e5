//! A change, and what it does to a caller.

use super::kinds::{Effect, Kind};
use crate::api::Subject;

/// The direction in which something travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Position {
    /// From the caller to the service.
    Request,
    /// From the service to the caller.
    Response,
    /// Both ways.
    Both,
    /// Nowhere: an operation as a whole, or a type that no operation uses.
    Nowhere,
}

impl Position {
    /// Returns the word for it, which is stable, and the words for people.
    #[must_use]
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Self::Request => ["request", "in requests"],
            Self::Response => ["response", "in answers"],
            Self::Both => ["both", "both ways"],
            Self::Nowhere => ["none", ""],
        }
    }
}

/// A difference in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The kind of difference.
    pub kind: Kind,
    /// The effect on a caller.
    pub effect: Effect,
    /// The subject; for what was renamed, by the new name.
    pub subject: Subject,
    /// The request of the operation that it is about, such as `GET /pets`.
    pub request: Option<String>,
    /// The setter, field, variant or trait that it is about, where it is about a part only.
    pub member: Option<String>,
    /// The direction in which it travels.
    pub position: Position,
    /// The change, as the rest of a sentence about the subject.
    pub message: String,
    /// The type, name or other text that it was, where there is one.
    pub old: Option<String>,
    /// The one that it is.
    pub new: Option<String>,
}
