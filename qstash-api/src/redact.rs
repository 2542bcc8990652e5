//! Parts of a message that the logs must not show.

use crate::invalid::InvalidMessage;
use crate::wire;

/// Parts of a message that the service's logs and console must not show.
///
/// ```
/// use qstash_api::{Message, Redact};
///
/// let message = Message::text("secret").redact(Redact::body().header("Authorization"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "it is an option of a message"]
pub struct Redact {
    body: bool,
    all_headers: bool,
    headers: Vec<String>,
}

impl Redact {
    /// Names the body.
    pub fn body() -> Self {
        Self {
            body: true,
            ..Self::default()
        }
    }

    /// Names all forwarded headers.
    pub fn all_headers() -> Self {
        Self {
            all_headers: true,
            ..Self::default()
        }
    }

    /// Names the forwarded headers with these names.
    pub fn headers<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Self {
        Self {
            headers: names.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// Adds the forwarded header with this name.
    pub fn header(mut self, name: impl Into<String>) -> Self {
        self.headers.push(name.into());
        self
    }

    /// Adds the parts that the other one names.
    pub fn and(mut self, other: Self) -> Self {
        self.body |= other.body;
        self.all_headers |= other.all_headers;
        self.headers.extend(other.headers);
        self
    }

    /// The parts that a value of the header names.
    pub(crate) fn of(wire: &str) -> Self {
        let named = |part: &str| Some(part.strip_prefix("header[")?.strip_suffix(']')?.to_owned());
        Self {
            body: wire.split(',').any(|part| part == "body"),
            all_headers: wire.split(',').any(|part| part == "header"),
            headers: wire.split(',').filter_map(named).collect(),
        }
    }

    /// The value of the header. A header by its name is left out where all are redacted.
    pub(crate) fn wire(&self) -> Result<String, InvalidMessage> {
        let mut parts = Vec::new();
        if self.body {
            parts.push("body".to_owned());
        }
        if self.all_headers {
            parts.push("header".to_owned());
        }
        for name in &self.headers {
            wire::check_name(name)?;
            let part = format!("header[{name}]");
            if !self.all_headers && !parts.contains(&part) {
                parts.push(part);
            }
        }
        if parts.is_empty() {
            return Err(InvalidMessage::Empty {
                what: "what to redact",
            });
        }
        Ok(parts.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_comes_first_and_headers_follow_in_order() {
        let cases = [
            (Redact::body(), "body"),
            (Redact::all_headers(), "header"),
            (
                Redact::body().header("Authorization").header("X-B"),
                "body,header[Authorization],header[X-B]",
            ),
            (Redact::headers(["B", "A", "B"]), "header[B],header[A]"),
            (Redact::headers(["A"]).and(Redact::body()), "body,header[A]"),
            (Redact::headers(["A"]).and(Redact::all_headers()), "header"),
        ];
        for (redact, expected) in cases {
            assert_eq!(redact.wire().as_deref(), Ok(expected));
            assert_eq!(Redact::of(expected).wire().as_deref(), Ok(expected));
        }
    }

    #[test]
    fn names_that_would_name_something_else_are_errors() {
        for name in ["", "a b", "a]", "a],body,header[b", "a,b", "é", "a\n"] {
            let expected = InvalidMessage::HeaderName { name: name.into() };
            assert_eq!(Redact::body().header(name).wire(), Err(expected));
        }
        assert!(Redact::headers::<String>([]).wire().is_err());
    }
}
