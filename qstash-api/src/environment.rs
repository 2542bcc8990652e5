//! Variables of the environment, without touching the process: whoever reads them brings the lookup.

use std::borrow::Cow;
use std::error::Error;
use std::ffi::OsString;
use std::fmt;

use crate::invalid_key::InvalidKey;
use crate::region::Region;

/// A look at a variable.
pub(crate) type Lookup<'a> = &'a mut dyn FnMut(&str) -> Option<OsString>;

/// The variables that a lookup gives.
pub(crate) struct Variables<'a> {
    lookup: Lookup<'a>,
}

impl<'a> Variables<'a> {
    pub(crate) fn new(lookup: Lookup<'a>) -> Self {
        Self { lookup }
    }

    /// The value of a variable. One that is empty counts as unset: that is how an unset variable
    /// comes out of most deployment files.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, EnvironmentError> {
        (self.lookup)(name)
            .filter(|value| !value.is_empty())
            .map(OsString::into_string)
            .transpose()
            .map_err(|_| EnvironmentError::new(name, VariableProblem::NotUnicode))
    }

    /// The region that `QSTASH_REGION` names.
    pub(crate) fn region(&mut self) -> Result<Option<Region>, EnvironmentError> {
        let name = "QSTASH_REGION";
        let wrong = |_| EnvironmentError::new(name, VariableProblem::NotARegion);
        self.text(name)?
            .map(|region| region.parse().map_err(wrong))
            .transpose()
    }

    /// Returns whether `QSTASH_DEV` chooses the local development server.
    pub(crate) fn is_development(&mut self) -> Result<bool, EnvironmentError> {
        let name = "QSTASH_DEV";
        match self.text(name)?.as_deref() {
            None | Some("0" | "false") => Ok(false),
            Some("1" | "true") => Ok(true),
            Some(_) => Err(EnvironmentError::new(name, VariableProblem::NotABoolean)),
        }
    }
}

/// The name of a variable, for one region or without one.
pub(crate) fn variable(region: Option<Region>, name: &str) -> String {
    region.map_or_else(
        || name.to_owned(),
        |region| format!("{}_{name}", region.env_prefix()),
    )
}

/// An environment variable that is missing or wrong.
///
/// It names the variable, and never repeats its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentError {
    variable: String,
    problem: VariableProblem,
    message: Cow<'static, str>,
}

impl EnvironmentError {
    /// A problem that is the same for every variable.
    pub(crate) fn new(variable: impl Into<String>, problem: VariableProblem) -> Self {
        Self::with_message(variable, problem, problem.message())
    }

    /// A problem with what to do about it, as the end of a sentence.
    pub(crate) fn with_message(
        variable: impl Into<String>,
        problem: VariableProblem,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            variable: variable.into(),
            problem,
            message: message.into(),
        }
    }

    /// Returns the name of the variable.
    #[must_use]
    pub fn variable(&self) -> &str {
        &self.variable
    }

    /// Returns the problem with it.
    #[must_use]
    pub fn problem(&self) -> VariableProblem {
        self.problem
    }
}

impl fmt::Display for EnvironmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "environment variable `{}` {}",
            self.variable, self.message
        )
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

/// A problem with an environment variable.
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
    /// It should be a number from 1 to 65535, and is not.
    NotAPort,
    /// Its value is no base URL.
    BaseUrl,
    /// Its value is no token.
    Token,
    /// Its value is no signing key, or repeats the other key of the pair.
    Key(InvalidKey),
}

impl VariableProblem {
    /// Returns the problem and the next step, as the end of a sentence.
    fn message(self) -> &'static str {
        match self {
            Self::Unset => "is not set; set it",
            Self::NotUnicode => "is not valid Unicode; set it again",
            Self::NotARegion => {
                "is not a region; set it to `EU_CENTRAL_1` or `US_EAST_1`, or unset it"
            }
            Self::NotABoolean => {
                "is neither `1`, `true`, `0` nor `false`; set it to one of these, or unset it"
            }
            Self::NotAPort => "is not a port; set it to a number from 1 to 65535, or unset it",
            Self::BaseUrl => "is not a base URL; set it to the URL in the QStash console",
            Self::Token => "is not a token; set it to the token in the QStash console",
            Self::Key(_) => "is not a signing key; set it to the one in the QStash console",
        }
    }
}
