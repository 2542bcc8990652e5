//! A change, and what it does to a caller.

use super::judge::Kind;

/// The effect of a change on a program that calls the generated crate, from the harmless to the grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Nothing that a program notices.
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

    /// The part of the version that rises from 1.0 on.
    #[must_use]
    pub fn level(self) -> Level {
        match self {
            Self::Neutral => Level::Patch,
            Self::Addition => Level::Minor,
            Self::Behaviour | Self::Breaking => Level::Major,
        }
    }
}

/// A part of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing has changed.
    None,
    /// The third number.
    Patch,
    /// The second number.
    Minor,
    /// The first number.
    Major,
}

impl Level {
    /// The word for it, which is stable.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The part that rises below 1.0, where the second number stands for what breaks and the third for
    /// everything else.
    #[must_use]
    pub fn below_one(self) -> Self {
        match self {
            Self::Major => Self::Minor,
            Self::Minor | Self::Patch => Self::Patch,
            Self::None => Self::None,
        }
    }

    /// The number of a version that it names.
    #[must_use]
    pub fn number(self) -> &'static str {
        match self {
            Self::None => "no number",
            Self::Patch => "the third number",
            Self::Minor => "the second number",
            Self::Major => "the first number",
        }
    }
}

/// Which way something travels.
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
    /// The word for it, which is stable.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Both => "both",
            Self::Nowhere => "none",
        }
    }
}

/// The subject of a change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An operation, by the name of its method.
    Operation(String),
    /// A type, by its name.
    Type(String),
    /// Anything else.
    Rest,
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
    /// Which way the thing travels.
    pub position: Position,
    /// The change, as the rest of a sentence about the subject.
    pub message: String,
    /// The type, name or other text that it was, where there is one.
    pub old: Option<String>,
    /// The kind.
    pub new: Option<String>,
}
