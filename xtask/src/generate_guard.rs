//! The net below `preflight`: progenitor is called in a way that its panics cannot get out of, and what
//! it generates is looked through for faults that the compiler would report without saying where in the
//! document they come from.
//!
//! Whatever is found here is a gap in `preflight`.

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator};

use crate::finding::{Finding, Findings};
use crate::source::Document;

mod culprits;
mod inspect;
mod quiet;

pub use inspect::inspect;
pub use quiet::{Panic, catch};

use culprits::Culprit;

/// Why progenitor did not generate anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It returned this error.
    Refused(String),
    /// It panicked.
    Panicked(Panic),
}

impl Failure {
    /// What progenitor said, on one line.
    #[must_use]
    pub fn message(&self) -> String {
        let text = match self {
            Self::Refused(message) => message,
            Self::Panicked(panic) => &panic.message,
        };
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// One call of progenitor, from which no panic gets out.
///
/// # Errors
/// Says whether progenitor refused the document or panicked on it, and with which words.
pub fn attempt(
    api: &openapiv3::OpenAPI,
    settings: &GenerationSettings,
) -> Result<TokenStream, Failure> {
    match catch(|| Generator::new(settings).generate_tokens(api)) {
        Ok(Ok(tokens)) => Ok(tokens),
        Ok(Err(error)) => Err(Failure::Refused(error.to_string())),
        Err(panic) => Err(Failure::Panicked(panic)),
    }
}

/// The code that progenitor makes of `api`; where it makes none, a finding for each operation and each
/// component that it fails on, found by calling it with one of them at a time.
pub fn generate_guarded(
    api: &openapiv3::OpenAPI,
    document: &Document,
    settings: &GenerationSettings,
    findings: &mut Findings,
) -> Option<TokenStream> {
    let failure = match attempt(api, settings) {
        Ok(tokens) => return Some(tokens),
        Err(failure) => failure,
    };
    let culprits = culprits::find(api, settings);
    if culprits.is_empty() {
        findings.push(finding(document, &Culprit::document(failure)));
    }
    for culprit in culprits {
        findings.push(finding(document, &culprit));
    }
    None
}

fn finding(document: &Document, culprit: &Culprit) -> Finding {
    let message = shortened(&culprit.failure.message());
    let finding = match &culprit.failure {
        Failure::Refused(_) => Finding::error(
            "generate/progenitor-refused",
            format!("progenitor refuses {}: {message}.", culprit.name),
            "Correct the document with actions of the overlay, and report the gap: preflight should have found this.",
        ),
        Failure::Panicked(_) => Finding::error(
            "generate/progenitor-panicked",
            format!("progenitor panics on {}: {message}.", culprit.name),
            "Correct the document with actions of the overlay, and report the gap: preflight should have found this.",
        ),
    };
    finding.at(document.locate(&culprit.pointer))
}

/// The beginning of a message: some print the whole schema.
fn shortened(message: &str) -> String {
    const LIMIT: usize = 200;
    let message = message.trim_end_matches('.');
    if message.chars().count() <= LIMIT {
        return message.to_owned();
    }
    let start: String = message.chars().take(LIMIT).collect();
    format!("{start} …")
}
