//! The token, and where it goes in a request.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use crate::Error;
use crate::text::from_text;

/// A token of the QStash API.
///
/// Nothing prints it: `Debug` shows `Token(***)` and there is no `Display`. [`Token::expose`] gives it away, and says
/// so in the code that does it. A token is cheap to clone.
///
/// Its memory is not wiped: copies of it live in header maps and socket buffers that belong to others, and wiping
/// one of many would promise too much.
#[derive(Clone)]
pub struct Token {
    text: Arc<str>,
    /// `Bearer` and the token, marked sensitive; made once, so that a request costs no copy.
    bearer: HeaderValue,
}

impl Token {
    /// The name of the query parameter that takes a token.
    pub(crate) const QUERY: &str = "qstash_token";

    /// Checks a token and takes it.
    ///
    /// # Errors
    ///
    /// The token is empty, or has a character in it that no token has, such as a line break at its end, quotes
    /// around it or `Bearer` before it. The error does not repeat it.
    pub fn new(token: impl AsRef<str>) -> Result<Self, Error> {
        Self::parse(token.as_ref())
            .map_err(|problem| Error::configuration(format!("the token {problem}")))
    }

    /// Takes a token, or says what is wrong with it, as the end of a sentence.
    pub(crate) fn parse(token: &str) -> Result<Self, &'static str> {
        if token.trim().is_empty() {
            return Err("is empty; copy it from the QStash console");
        }
        if token.contains(char::is_whitespace) {
            return Err(
                "has white space in it; give the token alone, without line breaks and without `Bearer`",
            );
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) || token.contains(['"', '\'']) {
            return Err(
                "has a quote or another character in it that no token has; give the token alone",
            );
        }
        let mut bearer = HeaderValue::try_from(format!("Bearer {token}"))
            .map_err(|_| "cannot stand in a header; give the token alone")?;
        bearer.set_sensitive(true);
        Ok(Self {
            text: token.into(),
            bearer,
        })
    }

    /// Returns the token itself. Keep it out of logs, messages and URLs.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// The value of the `Authorization` header.
    pub(crate) fn bearer(&self) -> HeaderValue {
        self.bearer.clone()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

from_text!(Token, Error, Token::new);

/// The place of the token in a request: the two security schemes of the API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialsIn {
    /// Into the header `Authorization`. This is the default.
    #[default]
    Header,
    /// Into the query, as `qstash_token`, for where no header can be set.
    ///
    /// URLs end up in access logs, of proxies and of others. This crate shows none of its own, but the logs of the
    /// HTTP stack below it, at the level `TRACE`, are not its to clean.
    Query,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_taken_as_it_is_or_refused_without_being_repeated() {
        for (token, problem) in [
            ("eyJVc2VySUQi.-_~+/=", None),
            ("", Some("is empty")),
            (" \t\n", Some("is empty")),
            ("s3cr3t\n", Some("white space")),
            (" s3cr3t", Some("white space")),
            ("Bearer s3cr3t", Some("without `Bearer`")),
            ("\"s3cr3t\"", Some("quote")),
            ("s3cr3t\u{7f}", Some("another character")),
            ("s3cr3t€", Some("another character")),
        ] {
            match (Token::new(token), problem) {
                (Ok(taken), None) => assert_eq!(taken.expose(), token),
                (Err(error), Some(problem)) => {
                    let shown = format!("{error} {error:?}");
                    assert!(shown.contains(problem), "{shown}");
                    assert!(!shown.contains("s3cr3t"), "{shown}");
                }
                (result, _) => panic!("{token:?}: {result:?}"),
            }
        }
    }

    #[test]
    fn debug_shows_neither_the_token_nor_its_header() {
        let token = Token::new("s3cr3t").unwrap();
        let shown = format!("{token:?} {:?}", token.bearer());
        assert_eq!(shown, "Token(***) Sensitive");
        assert_eq!(token.bearer(), "Bearer s3cr3t");
    }
}
