//! From what the service shows of a message to a message that can be sent again.

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;

use super::{Content, Message};
use crate::callback::Callback;
use crate::flow_control::FlowControl;
use crate::forwards;
use crate::inbound::CallbackPayload;
use crate::invalid::InvalidMessage;
use crate::redacted::Redacted;
use crate::types;

/// Padded, as the service sends it, or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

type Headers = BTreeMap<String, Vec<String>>;

impl Message {
    /// The message with what the service shows of a body, by its three conventions: text, base64 beside it for what
    /// is no text, and base64 alone.
    fn recovered(body: Option<Body<'_>>) -> Result<Self, InvalidMessage> {
        Ok(Self {
            body: body.map(Body::decode).transpose()?.map(Content),
            ..Self::empty()
        })
    }

    /// Takes over the headers that were forwarded, the media type among them. Those that each delivery gets by itself,
    /// and that the service adds, are left out.
    fn with_headers(mut self, headers: &Headers) -> Self {
        for (name, value) in joined(headers) {
            if name.eq_ignore_ascii_case("content-type") {
                self = self.content_type(value);
            } else if forwards::is_forwardable(name) {
                self = self.forward(name, value);
            }
        }
        self
    }

    fn with_method(mut self, method: Option<&str>) -> Result<Self, InvalidMessage> {
        if let Some(method) = method.filter(|method| !method.is_empty()) {
            let known = method.to_ascii_uppercase().parse();
            let known = known.map_err(|_| InvalidMessage::Method {
                method: method.to_owned(),
            })?;
            self = self.method(known);
        }
        Ok(self)
    }

    fn with_options(
        mut self,
        retries: Option<i64>,
        retry_delay: Option<&str>,
        labels: &[String],
        label: Option<&str>,
    ) -> Self {
        if let Some(retries) = retries.and_then(|retries| u32::try_from(retries).ok()) {
            self = self.retries(retries);
        }
        if let Some(expression) = retry_delay.filter(|expression| !expression.is_empty()) {
            self = self.retry_delay(expression);
        }
        // One label that is not in the list, where an older answer has no list.
        let label = label.filter(|label| labels.is_empty() && !label.is_empty());
        self.labels(labels.iter().map(String::as_str).chain(label))
    }

    fn with_flow_control(mut self, key: Option<&str>, limits: [Option<i64>; 3]) -> Self {
        let [parallelism, rate, period] = limits.map(|limit| {
            limit
                .and_then(|limit| u32::try_from(limit).ok())
                .filter(|limit| *limit > 0)
        });
        if let Some(key) = key.filter(|_| parallelism.or(rate).is_some()) {
            let mut control = FlowControl::new(key);
            if let Some(parallelism) = parallelism {
                control = control.parallelism(parallelism);
            }
            if let Some(rate) = rate {
                control = control.rate(rate);
            }
            if let Some(period) = period.filter(|_| rate.is_some()) {
                control = control.period(Duration::from_secs(period.into()));
            }
            self = self.flow_control(control);
        }
        self
    }

    fn with_callbacks(mut self, callbacks: [(Option<&str>, &Headers); 2]) -> Self {
        let [callback, failure_callback] = callbacks.map(|(url, headers)| {
            let mut callback = Callback::new(url.filter(|url| !url.is_empty())?);
            for (name, value) in joined(headers) {
                if forwards::is_forwardable(name) {
                    callback = callback.forward(name, value);
                }
            }
            Some(callback)
        });
        if let Some(callback) = callback {
            self = self.callback(callback);
        }
        if let Some(callback) = failure_callback {
            self = self.failure_callback(callback);
        }
        self
    }
}

/// A body as the service shows it.
enum Body<'a> {
    Text(&'a str),
    Base64(&'a str),
}

impl<'a> Body<'a> {
    /// Text, or base64 where it is no text.
    fn of(text: Option<&'a str>, base64: Option<&'a str>) -> Option<Self> {
        let base64 = base64.filter(|body| !body.is_empty()).map(Self::Base64);
        base64.or(text.map(Self::Text))
    }

    fn decode(self) -> Result<Bytes, InvalidMessage> {
        match self {
            Self::Base64(body) if !Redacted::is(body.as_bytes()) => BASE64
                .decode(body)
                .map(Bytes::from)
                .map_err(|_| InvalidMessage::BodyNotBase64),
            // Refused when the message is sent, unless it gets another body before.
            Self::Base64(body) | Self::Text(body) => Ok(Bytes::copy_from_slice(body.as_bytes())),
        }
    }
}

/// Headers with one value each: several are one list by the rules of HTTP.
fn joined(headers: &Headers) -> impl Iterator<Item = (&str, String)> {
    headers
        .iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(name, values)| (name.as_str(), values.join(", ")))
}

/// Gives a type of answers whose bodies are text, or base64 beside it, a conversion.
macro_rules! message_of {
    ($(#[$docs:meta])* $type:ident, $retries:ident, $method:expr, $delay:expr) => {
        $(#[$docs])*
        impl TryFrom<&types::$type> for Message {
            type Error = InvalidMessage;

            fn try_from(shown: &types::$type) -> Result<Self, InvalidMessage> {
                #[expect(deprecated, reason = "older answers have one label and no list")]
                let label = shown.label.as_deref();
                let method: fn(&types::$type) -> Option<&str> = $method;
                let delay: fn(&types::$type) -> Option<i64> = $delay;
                let mut message = Self::recovered(Body::of(
                    shown.body.as_deref(),
                    shown.body_base64.as_deref(),
                ))?
                .with_headers(&shown.header)
                .with_options(
                    shown.$retries,
                    shown.retry_delay_expression.as_deref(),
                    &shown.labels,
                    label,
                )
                .with_flow_control(
                    shown.flow_control_key.as_deref(),
                    [shown.parallelism, shown.rate, shown.period],
                )
                .with_callbacks([
                    (shown.callback.as_deref(), &shown.callback_header),
                    (shown.failure_callback.as_deref(), &shown.failure_callback_header),
                ]);
                let delay = delay(shown).and_then(|delay| u64::try_from(delay).ok());
                if let Some(seconds) = delay.filter(|delay| *delay > 0) {
                    message = message.delay(Duration::from_secs(seconds));
                }
                message.with_method(method(shown))
            }
        }
    };
}

message_of!(
    /// The message of an entry of the DLQ, to be published anew, elsewhere, or changed: body, media type, method,
    /// forwarded headers, retries, labels, flow control and callbacks. It has no delay, no deduplication id, and no
    /// timeout, of which no page of the vendor tells the unit.
    ///
    /// To deliver it as it was, [`retry_dlq_message`](crate::Client::retry_dlq_message) is simpler.
    ///
    /// ```
    /// use qstash_api::types::DlqMessage;
    /// use qstash_api::{Client, InvalidMessage, Message};
    ///
    /// # fn example(dead: &DlqMessage) -> Result<(), InvalidMessage> {
    /// let message = Message::try_from(dead)?.retries(5);
    /// let elsewhere = message.to("https://example.com/other");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The body is not base64 where it should be, or the method is one that a message cannot have. A redacted
    /// value is refused when the message is sent, unless it was replaced.
    DlqMessage,
    max_retries,
    |shown| shown.method.as_deref(),
    |_| None
);
message_of!(
    /// The message as it was published, as for an entry of the DLQ.
    Message,
    max_retries,
    |shown| shown.method.as_deref(),
    |_| None
);
message_of!(
    /// The message of a schedule, as for an entry of the DLQ, to create the schedule again with a change.
    Schedule,
    retries,
    |shown| shown.method.as_deref(),
    |shown| shown.delay
);

/// The message of a log entry, as for an entry of the DLQ.
impl TryFrom<&types::LogEntry> for Message {
    type Error = InvalidMessage;

    fn try_from(entry: &types::LogEntry) -> Result<Self, InvalidMessage> {
        #[expect(deprecated, reason = "older answers have one label and no list")]
        let label = entry.label.as_deref();
        let body = entry.body.as_deref().map(Body::Base64);
        let mut message = Self::recovered(body)?
            .with_headers(&entry.header)
            .with_options(
                entry.max_retries,
                entry.retry_delay_expression.as_deref(),
                &entry.labels,
                label,
            )
            .with_flow_control(
                entry.flow_control_key.as_deref(),
                [entry.parallelism, entry.rate, entry.period],
            )
            .with_callbacks([
                (entry.callback.as_deref(), &entry.callback_headers),
                (
                    entry.failure_callback.as_deref(),
                    &entry.failure_callback_headers,
                ),
            ]);
        // Milliseconds, by the vendor's page on the logs; of a message and a schedule no page tells the unit.
        let timeout = entry
            .timeout
            .and_then(|timeout| u64::try_from(timeout).ok());
        if let Some(milliseconds) = timeout.filter(|timeout| *timeout > 0) {
            message = message.timeout(Duration::from_millis(milliseconds));
        }
        message.with_method(entry.method.as_deref())
    }
}

/// The message that a callback is about: body, media type, method, forwarded headers and retries.
impl TryFrom<&CallbackPayload> for Message {
    type Error = InvalidMessage;

    fn try_from(payload: &CallbackPayload) -> Result<Self, InvalidMessage> {
        let mut headers = Headers::new();
        for (name, value) in payload.source_headers() {
            let values = headers.entry(name.as_str().to_owned()).or_default();
            values.extend(value.to_str().ok().map(str::to_owned));
        }
        Self::recovered(payload.encoded_source_body().map(Body::Base64))?
            .with_headers(&headers)
            .with_options(payload.max_retries().map(i64::from), None, &[], None)
            .with_method(payload.method())
    }
}
