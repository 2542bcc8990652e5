//! Diagnostics of a stage: findings, each with a code, a place and the next step.

use std::fmt;

use crate::source::Location;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is wrong; the reader should know all the same.
    Note,
    /// The pipeline goes on, and somebody should look.
    Warning,
    /// The pipeline stops after the stage that reports it.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One thing that a stage has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A stable name, `stage/what`, by which documentation and tests speak of this kind of finding.
    pub code: &'static str,
    /// The severity.
    pub severity: Severity,
    /// The problem, in one sentence.
    pub message: String,
    /// The place; `None` for what concerns no file.
    pub location: Option<Location>,
    /// Further places that belong to it, each with a label: the other of two names that collide.
    pub related: Vec<(Location, String)>,
    /// The next step, in one sentence.
    pub next: String,
}

impl Finding {
    /// Returns a finding that stops the pipeline after the stage that reports it.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            location: None,
            related: Vec::new(),
            next: next.into(),
        }
    }

    /// Returns a finding that somebody should look at.
    #[must_use]
    pub fn warning(
        code: &'static str,
        message: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self::error(code, message, next).weighing(Severity::Warning)
    }

    /// Returns a finding for the reader's information.
    #[must_use]
    pub fn note(code: &'static str, message: impl Into<String>, next: impl Into<String>) -> Self {
        Self::error(code, message, next).weighing(Severity::Note)
    }

    /// Returns the same finding, of another weight.
    #[must_use]
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Returns the same finding, at a place.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Returns the same finding, with a further place.
    #[must_use]
    pub fn related(mut self, location: Location, label: impl Into<String>) -> Self {
        self.related.push((location, label.into()));
        self
    }
}

/// All findings so far, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// No findings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Returns whether there is an error among them, which ends the pipeline.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Returns the number of findings of one severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.0
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// Returns all of them, in the order in which they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// Returns the codes of all of them, for tests and summaries.
    #[must_use]
    pub fn codes(&self) -> Vec<&'static str> {
        self.0.iter().map(|finding| finding.code).collect()
    }

    /// Returns `value`, unless a stage that began when there were `errors_before` errors has added one.
    ///
    /// A stage reports all its findings before it gives up, so it ends with this call.
    pub fn unless_errors_since<T>(&self, errors_before: usize, value: T) -> Option<T> {
        (self.count(Severity::Error) <= errors_before).then_some(value)
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, iter: T) {
        self.0.extend(iter);
    }
}

/// Returns whether a character turns the direction of the text around it, so that the text reads otherwise than it is.
pub(crate) fn turns_text(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
