//! A change, and what it does to a caller.

use super::kinds::Kind;
use crate::api::Subject;

/// The effect of a change on a program that calls the generated crate, from the harmless to the grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Effect {
    /// Nothing that a program notices.
    #[value(name = "any", help = "Any difference at all")]
    Neutral,
    /// It can do more than before, and what it does goes on as it was.
    Addition,
    /// It compiles, and does something else: sends, refuses or reads otherwise.
    Behaviour,
    /// It may no longer compile.
    Breaking,
}

impl Effect {
    /// All of them, the gravest first.
    pub const ALL: [Self; 4] = [
        Self::Breaking,
        Self::Behaviour,
        Self::Addition,
        Self::Neutral,
    ];

    /// The word for it, which is stable.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Addition => "addition",
            Self::Behaviour => "behaviour",
            Self::Breaking => "breaking",
        }
    }

    /// Returns whether a program goes on as it was.
    #[must_use]
    pub fn is_compatible(self) -> bool {
        self < Self::Behaviour
    }
}

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
    /// The word for it, which is stable, and the words for people.
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
