//! The call of progenitor, from which no panic gets out.
//!
//! A panic or a refusal is a hole in the document that progenitor is given, and a finding that names the
//! operation that it stumbles over.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use openapiv3::{OpenAPI, ReferenceOr};
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator};

use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;
use crate::source::Document;

/// The longest part of what progenitor says that a finding repeats: some panics print a whole schema.
const LONGEST: usize = 200;

/// Why progenitor generated nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It returned this error.
    Refused(String),
    /// It panicked.
    Panicked(Panic),
}

/// A panic that was caught.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panic {
    /// The message.
    pub message: String,
    /// The place in the source of the crate that panicked, `file:line`.
    pub place: String,
}

impl Failure {
    /// What progenitor said, on one line.
    #[must_use]
    pub fn message(&self) -> String {
        let (Self::Refused(text) | Self::Panicked(Panic { message: text, .. })) = self;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Generates the code of `api`; where progenitor fails, a finding names the first operation with which it does.
pub fn generate_guarded(
    api: &OpenAPI,
    document: &Document,
    settings: &GenerationSettings,
    findings: &mut Findings,
) -> Option<TokenStream> {
    let failure = match attempt(api, settings) {
        Ok(tokens) => return Some(tokens),
        Err(failure) => failure,
    };
    let (what, at, failure) = culprit(api, settings, failure);
    let said = failure.message();
    let (code, does) = match failure {
        Failure::Refused(_) => ("generate/progenitor-refused", "refuses"),
        Failure::Panicked(_) => ("generate/progenitor-panicked", "panics on"),
    };
    let mut said: String = said
        .trim_end_matches('.')
        .chars()
        .take(LONGEST + 1)
        .collect();
    if let Some((end, _)) = said.char_indices().nth(LONGEST) {
        said.replace_range(end.., " …");
    }
    let next =
        "Correct the document with actions of the overlay, and report this as a fault of codegen.";
    let finding = Finding::error(code, format!("progenitor {does} {what}: {said}."), next);
    findings.push(finding.at(document.locate(&at)));
    None
}

/// Generates the code of `api`.
///
/// # Errors
/// Returns what progenitor says, whether it refuses the document or panics on it.
pub fn attempt(api: &OpenAPI, settings: &GenerationSettings) -> Result<TokenStream, Failure> {
    let generated = catch(|| Generator::new(settings).generate_tokens(api));
    let generated = generated.map_err(Failure::Panicked)?;
    generated.map_err(|error| Failure::Refused(error.to_string()))
}

/// What progenitor fails on, its place, and the failure: the types alone, or the last of the fewest operations
/// with which it fails.
fn culprit(
    api: &OpenAPI,
    settings: &GenerationSettings,
    whole: Failure,
) -> (String, Pointer, Failure) {
    let operations: Vec<_> = api
        .operations()
        .map(|(path, method, operation)| (path, method, operation.operation_id.as_deref()))
        .collect();
    let fails = |count: usize| attempt(&first(api, count), settings).err();
    if let Some(failure) = fails(0) {
        let at = Pointer::root().join("components").join("schemas");
        return ("the components of the document".to_owned(), at, failure);
    }
    // `passes` of the operations pass and `failing` fail, until the two meet.
    let (mut passes, mut failing, mut failure) = (0, operations.len(), whole);
    while passes + 1 < failing {
        let middle = usize::midpoint(passes, failing);
        match fails(middle) {
            Some(earlier) => (failing, failure) = (middle, earlier),
            None => passes = middle,
        }
    }
    let Some((path, method, id)) = operations.get(passes) else {
        return ("the document".to_owned(), Pointer::root(), failure);
    };
    let at = Pointer::root().join("paths").join(path).join(method);
    (
        format!("the operation `{}`", id.unwrap_or(path)),
        at,
        failure,
    )
}

/// The document with its first operations alone, in the order of [`OpenAPI::operations`].
fn first(api: &OpenAPI, count: usize) -> OpenAPI {
    let mut rest = count;
    let mut api = api.clone();
    for item in api.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else {
            continue;
        };
        for operation in [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.delete,
            &mut item.options,
            &mut item.head,
            &mut item.patch,
            &mut item.trace,
        ] {
            match (rest.checked_sub(1), operation.is_some()) {
                (Some(left), true) => rest = left,
                (None, true) => *operation = None,
                (_, false) => {}
            }
        }
    }
    api
}

thread_local! {
    /// Whether this thread is in [`catch`].
    static QUIET: Cell<bool> = const { Cell::new(false) };
    /// The last panic that was caught on this thread.
    static LAST: RefCell<Panic> = RefCell::default();
}

/// Runs `run` and returns its panic as a value, without a word on standard error.
///
/// # Errors
/// Returns the panic.
pub fn catch<T>(run: impl FnOnce() -> T) -> Result<T, Panic> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            if QUIET.get() {
                LAST.replace(panic(info));
            } else {
                before(info);
            }
        }));
    });
    let outer = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    QUIET.set(outer);
    result.map_err(|_| LAST.take())
}

fn panic(info: &PanicHookInfo<'_>) -> Panic {
    let place = |at: &std::panic::Location<'_>| format!("{}:{}", at.file(), at.line());
    let text = info.payload().downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| info.payload().downcast_ref::<&str>().copied());
    Panic {
        message: text.unwrap_or("no message").to_owned(),
        place: info.location().map(place).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::catch;

    #[test]
    fn a_caught_panic_is_a_value_also_inside_another_catch() {
        let caught = catch(|| {
            let inner = catch::<()>(|| panic!("inner {}", 1));
            (inner.expect_err("a panic").message, 7)
        });
        assert_eq!(caught, Ok(("inner 1".to_owned(), 7)));
        let panic = catch::<()>(|| panic!("outer")).expect_err("a panic");
        assert_eq!(panic.message, "outer");
        assert!(
            panic.place.contains("generate_guard.rs:"),
            "{}",
            panic.place
        );
    }
}
