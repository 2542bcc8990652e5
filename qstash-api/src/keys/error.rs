//! What can be wrong with keys and with the variables they come from. No message repeats a value.

use std::error::Error;
use std::fmt;

/// Why a string is no signing key, or two keys are no pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyError {
    /// The key is empty. A MAC under an empty key is one that anybody can compute.
    Empty,
    /// The key has white space, a quote, a control character or a character beyond ASCII in it.
    Character,
    /// The current and the next key are the same.
    Repeated,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the signing key is empty; copy it from the QStash console",
            Self::Character => {
                "the signing key has white space, a quote or another character in it that no \
                 signing key has; copy the key alone, without line breaks and quotes"
            }
            Self::Repeated => {
                "the current and the next signing key are the same; copy each from its own field, \
                 or ask for a ring of one key with `KeyRing::with_current_only`"
            }
        })
    }
}

impl Error for KeyError {}

/// An environment variable from which no keys could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentError {
    variable: String,
    problem: VariableProblem,
}

impl EnvironmentError {
    pub(super) fn new(variable: impl Into<String>, problem: VariableProblem) -> Self {
        Self {
            variable: variable.into(),
            problem,
        }
    }

    /// The name of the variable.
    #[must_use]
    pub fn variable(&self) -> &str {
        &self.variable
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problem(&self) -> VariableProblem {
        self.problem
    }
}

impl fmt::Display for EnvironmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "environment variable `{}`: ", self.variable)?;
        f.write_str(match self.problem {
            VariableProblem::Unset => {
                "not set, or empty; set it to the signing key of that name in the QStash console"
            }
            VariableProblem::NotUnicode => "not valid Unicode; set it again",
            VariableProblem::NotARegion => {
                "not a region; set it to `EU_CENTRAL_1` or `US_EAST_1`, or unset it"
            }
            VariableProblem::NotABoolean => {
                "neither `1`, `true`, `0` nor `false`; set it to one of these, or unset it"
            }
            VariableProblem::Key(problem) => return problem.fmt(f),
        })
    }
}

impl Error for EnvironmentError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            VariableProblem::Key(problem) => Some(problem),
            _ => None,
        }
    }
}

/// What is wrong with an environment variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VariableProblem {
    /// It is needed and not set, or set to the empty string.
    Unset,
    /// Its value is not Unicode.
    NotUnicode,
    /// It should name a region, and does not.
    NotARegion,
    /// It should be `1`, `true`, `0` or `false`, and is not.
    NotABoolean,
    /// Its value is no signing key, or repeats the other key of the pair.
    Key(KeyError),
}
