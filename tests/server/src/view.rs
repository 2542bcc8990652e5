//! JSON objects as the service shows them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use crate::options::{Callback, Options};
use crate::settings::Shapes;

/// An object under construction. What is absent is left out, or null where the shapes ask for it.
pub(crate) struct Object {
    members: Map<String, Value>,
    nulls: bool,
}

impl Object {
    pub(crate) fn new(shapes: Shapes) -> Self {
        Self {
            members: Map::new(),
            nulls: shapes.nulls,
        }
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) -> &mut Self {
        let value = value.into();
        let is_bare = value.as_object().is_some_and(Map::is_empty);
        if !is_bare {
            self.members.insert(name.to_owned(), value);
        } else if self.nulls {
            self.members.insert(name.to_owned(), Value::Null);
        }
        self
    }

    /// Sets a string that may be absent.
    pub(crate) fn maybe(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.set(name, value),
            None if self.nulls => self.set(name, Value::Null),
            None => self,
        }
    }

    /// Sets a number that may be absent. Numbers are never null.
    pub(crate) fn number(&mut self, name: &str, value: Option<u64>) -> &mut Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// Sets a body under one name if it is text, and under another in base64 if not.
    pub(crate) fn body(&mut self, text: &str, base64: &str, body: &[u8]) -> &mut Self {
        match std::str::from_utf8(body) {
            Ok("") => self.maybe(text, None),
            Ok(body) => self.set(text, body),
            Err(_) => self.set(base64, STANDARD.encode(body)),
        }
    }

    /// Sets a body in base64.
    pub(crate) fn base64(&mut self, name: &str, body: &[u8]) -> &mut Self {
        let encoded = (!body.is_empty()).then(|| STANDARD.encode(body));
        self.maybe(name, encoded.as_deref())
    }

    /// Sets the members that messages, DLQ messages and schedules have in common.
    pub(crate) fn options(&mut self, options: &Options) -> &mut Self {
        self.callback("callback", "callbackHeader", options.callback.as_ref())
            .callback(
                "failureCallback",
                "failureCallbackHeader",
                options.failure_callback.as_ref(),
            )
            .common(options)
            .maybe(
                "retryDelayExpression",
                options.retry_delay.as_ref().map(|delay| delay.text()),
            )
    }

    /// Sets the same members as log entries spell them.
    pub(crate) fn log_options(&mut self, options: &Options, is_event: bool) -> &mut Self {
        let delay = if is_event {
            "retryDelayExpr"
        } else {
            "retryDelayExpression"
        };
        self.callback("callback", "callbackHeaders", options.callback.as_ref())
            .callback(
                "failureCallback",
                "failureCallbackHeaders",
                options.failure_callback.as_ref(),
            )
            .common(options)
            .maybe(
                delay,
                options.retry_delay.as_ref().map(|delay| delay.text()),
            )
    }

    fn common(&mut self, options: &Options) -> &mut Self {
        let flow = options.flow.as_ref();
        self.maybe("flowControlKey", flow.map(|flow| flow.key.as_str()))
            .number("parallelism", flow.and_then(|flow| flow.parallelism))
            .number("rate", flow.and_then(|flow| flow.rate))
            .number("period", flow.and_then(|flow| flow.period))
            .number("timeout", options.timeout)
            .maybe("label", options.labels.first().map(String::as_str));
        if options.labels.is_empty() {
            self.maybe("labels", None)
        } else {
            self.set("labels", options.labels.clone())
        }
    }

    fn callback(&mut self, url: &str, headers: &str, callback: Option<&Callback>) -> &mut Self {
        self.maybe(url, callback.map(|callback| callback.url.as_str()));
        match callback {
            Some(callback) => self.set(headers, callback.forward.to_json()),
            None => self.maybe(headers, None),
        }
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Value::Object(object.members)
    }
}
