//! Answers: status, headers and body.

use bytes::Bytes;
use serde_json::{Value, json};

/// One answer to a request, complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Answer {
    /// Returns an answer without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// Returns an answer with a JSON body.
    pub fn json(status: u16, value: &Value) -> Self {
        Self::empty(status)
            .with_header("Content-Type", "application/json")
            .with_body(value.to_string())
    }

    /// Returns an answer with a plain text body.
    pub fn text(status: u16, text: impl Into<Bytes>) -> Self {
        Self::empty(status)
            .with_header("Content-Type", "text/plain; charset=utf-8")
            .with_body(text)
    }

    /// Returns an answer with an HTML body, as gateways in front of a service give it.
    pub fn html(status: u16, html: impl Into<Bytes>) -> Self {
        Self::empty(status)
            .with_header("Content-Type", "text/html; charset=utf-8")
            .with_body(html)
    }

    /// Returns an error in the service's own form, `{"error": "..."}`.
    pub fn error(status: u16, message: impl Into<String>) -> Self {
        Self::json(status, &json!({ "error": message.into() }))
    }

    /// Returns a redirect to another place.
    pub fn redirect(status: u16, location: impl Into<String>) -> Self {
        Self::empty(status).with_header("Location", location)
    }

    /// Adds a header; an earlier one of the same name stays.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds several headers; earlier ones of the same names stay.
    #[must_use]
    pub fn with_headers(mut self, headers: impl IntoIterator<Item = (String, String)>) -> Self {
        self.headers.extend(headers);
        self
    }

    /// Replaces the body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Returns the message of an error in the service's own form, or else the beginning of the body.
    pub(crate) fn reason(&self) -> String {
        let error = serde_json::from_slice::<Value>(&self.body).ok();
        let error = error
            .as_ref()
            .and_then(|error| error.get("error")?.as_str());
        match error {
            Some(error) => error.to_owned(),
            None => String::from_utf8_lossy(&self.body)
                .chars()
                .take(100)
                .collect(),
        }
    }

    /// Returns the status code.
    pub fn status(&self) -> u16 {
        self.status
    }
}
