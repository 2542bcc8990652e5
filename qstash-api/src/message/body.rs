//! Messages by their bodies.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use super::options::Name;
use super::{Message, finite};
use crate::invalid::InvalidMessage;

/// The bytes of a body, of which `Debug` shows the number: what is in them may be secret.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Content(pub(super) Bytes);

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Message {
    /// Creates a message with a JSON body, of the media type `application/json`.
    ///
    /// # Errors
    ///
    /// When `value` cannot be written as JSON, such as a map whose keys are not strings, or a number that is NaN or
    /// infinite.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, InvalidMessage> {
        let invalid = |reason: String| InvalidMessage::Json { reason };
        let json = serde_json::to_vec(value).map_err(|error| invalid(error.to_string()))?;
        // A number that JSON cannot write has become `null`, so most bodies need no second look.
        if json.windows(4).any(|word| word == b"null") {
            finite::check(value).map_err(|error| invalid(error.to_string()))?;
        }
        Ok(Self::of(json, "application/json"))
    }

    /// Creates a message with a text body, of the media type `text/plain; charset=utf-8`.
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(text.into(), "text/plain; charset=utf-8")
    }

    /// Creates a message with any body, of any media type.
    pub fn bytes(body: impl Into<Bytes>, content_type: impl Into<String>) -> Self {
        Self::with(body.into()).content_type(content_type)
    }

    /// A message of a media type that needs no check.
    fn of(body: impl Into<Bytes>, content_type: &'static str) -> Self {
        let mut message = Self::with(body.into());
        let options = &mut message.options;
        options.set(Name::content_type, "Content-Type", Ok(content_type));
        message
    }

    fn with(body: Bytes) -> Self {
        Self {
            body: Some(Content(body)),
            ..Self::empty()
        }
    }

    /// Creates a message without a body, which is also how options for a retry from the DLQ begin.
    pub fn empty() -> Self {
        Self::default()
    }
}
