//! The token in texts.

use std::error::Error as StdError;
use std::fmt;

use qstash_api::Error;

use crate::operations::credentials::ENCODED;
use crate::operations::world::TOKEN;

/// Checks that nothing that can be shown of an error, and of those below it, has the token.
pub(super) fn check(error: &Error, name: &str) {
    check_chain(error, name);
    check_text(error.message(), name);
}

/// Checks that `Debug` of something does not have the token.
pub(super) fn check_debug(shown: &impl fmt::Debug, name: &str) {
    check_text(&format!("{shown:?}"), name);
    check_text(&format!("{shown:#?}"), name);
}

fn check_chain(error: &(dyn StdError + 'static), name: &str) {
    let mut next = Some(error);
    while let Some(error) = next {
        check_text(&error.to_string(), name);
        check_debug(&error, name);
        next = error.source();
    }
}

fn check_text(text: &str, name: &str) {
    assert!(!has_token(text), "{name} shows the token: {text}");
}

/// Returns whether the token stands in a text, in any spelling that something on the way may give it.
pub(super) fn has_token(text: &str) -> bool {
    let escaped = TOKEN.replace('/', "\\/");
    let spellings = [TOKEN, ENCODED, &ENCODED.to_lowercase(), &escaped];
    spellings.iter().any(|spelling| text.contains(*spelling))
}

#[test]
#[should_panic(expected = "shows the token")]
fn a_token_in_a_text_is_found() {
    check_text(&format!("GET /v2/keys?qstash_token={ENCODED}"), "a text");
}
