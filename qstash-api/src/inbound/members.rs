//! Members of a JSON object, taken out one by one, as what they should be.

use std::error::Error;
use std::fmt;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value};

use crate::timestamp::Timestamp;

/// Padded, as the service sends it, or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A body is not what the service sends to a callback.
///
/// Holds nothing of the body, so it may be logged and answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidPayload {
    /// It is not JSON, from this place on.
    #[non_exhaustive]
    Json {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// It is JSON, but not an object.
    NotAnObject,
    /// It has no `sourceMessageId`, which everything that is sent to a callback has.
    NoSource,
    /// The member of this name is not of its type.
    #[non_exhaustive]
    Member {
        /// The name.
        name: &'static str,
        /// The type that it has to be of.
        expected: &'static str,
    },
}

impl fmt::Display for InvalidPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json { line, column } => {
                write!(f, "the body is not JSON at line {line}, column {column}")
            }
            Self::NotAnObject => f.write_str("the body is JSON, but not an object"),
            Self::NoSource => f.write_str(
                "the body has no `sourceMessageId`; is this URL the callback of a message?",
            ),
            Self::Member { name, expected } => write!(f, "`{name}` in the body is not {expected}"),
        }
    }
}

impl Error for InvalidPayload {}

/// The rest of an object. A member that is absent, null or an empty string reads as `None`.
pub(super) struct Members(Map<String, Value>);

impl Members {
    #[inline]
    pub(super) fn read(json: &[u8]) -> Result<Self, InvalidPayload> {
        match serde_json::from_slice(json) {
            Ok(value) => Self::of(value),
            Err(error) => Err(InvalidPayload::Json {
                line: error.line(),
                column: error.column(),
            }),
        }
    }

    pub(super) fn of(value: Value) -> Result<Self, InvalidPayload> {
        match value {
            Value::Object(members) => Ok(Self(members)),
            _ => Err(InvalidPayload::NotAnObject),
        }
    }

    #[inline]
    pub(super) fn text(&mut self, name: &'static str) -> Result<Option<String>, InvalidPayload> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong(name, "a string")),
        }
    }

    /// Takes an integer, as a number or as a string that holds one.
    #[inline]
    pub(super) fn integer<T: TryFrom<i64>>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, InvalidPayload> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let integer = match value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        let integer = integer.and_then(|integer| T::try_from(integer).ok());
        integer
            .map(Some)
            .ok_or_else(|| wrong(name, "an integer that makes sense there"))
    }

    /// Takes a time in unix milliseconds, as a number or as a string, or in RFC 3339.
    #[inline]
    pub(super) fn time(&mut self, name: &'static str) -> Result<Option<Timestamp>, InvalidPayload> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let time = serde_json::from_value(value).ok();
        time.map(Some).ok_or_else(|| wrong(name, "a time"))
    }

    /// Takes headers: an object of lists of strings, or of strings. Members that cannot be
    /// headers are left out.
    #[inline]
    pub(super) fn headers(&mut self, name: &'static str) -> Result<HeaderMap, InvalidPayload> {
        let expected = "an object of lists of strings";
        let members = match self.take(name) {
            None => return Ok(HeaderMap::new()),
            Some(Value::Object(members)) => members,
            Some(_) => return Err(wrong(name, expected)),
        };
        let mut headers = HeaderMap::new();
        for (header, values) in members {
            let values = match values {
                Value::Null => Vec::new(),
                Value::Array(values) => values,
                value => vec![value],
            };
            for value in values {
                let Value::String(value) = value else {
                    return Err(wrong(name, expected));
                };
                let header = HeaderName::try_from(&header);
                if let (Ok(header), Ok(value)) = (header, HeaderValue::try_from(value)) {
                    // Refuses the 32768th header, which no server sends.
                    let _ = headers.try_append(header, value);
                }
            }
        }
        Ok(headers)
    }

    /// Returns the members that were not taken.
    pub(super) fn rest(self) -> Map<String, Value> {
        self.0
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| match value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            _ => true,
        })
    }
}

/// Decodes a body that was taken as text; none is an empty one.
#[inline]
pub(super) fn decoded(name: &'static str, text: Option<&str>) -> Result<Bytes, InvalidPayload> {
    let decoded = BASE64.decode(text.unwrap_or_default());
    decoded
        .map(Bytes::from)
        .map_err(|_| wrong(name, "base64; was it redacted?"))
}

/// Headers as lists of values; those whose values are no text are left out, as they are when they are read.
pub(super) fn listed(headers: &HeaderMap) -> Option<Value> {
    let mut listed = Map::new();
    for name in headers.keys() {
        let values = headers.get_all(name).iter();
        let values: Vec<Value> = values
            .filter_map(|value| std::str::from_utf8(value.as_bytes()).ok())
            .map(Value::from)
            .collect();
        listed.insert(name.as_str().to_owned(), values.into());
    }
    (!listed.is_empty()).then_some(Value::Object(listed))
}

fn wrong(name: &'static str, expected: &'static str) -> InvalidPayload {
    InvalidPayload::Member { name, expected }
}
