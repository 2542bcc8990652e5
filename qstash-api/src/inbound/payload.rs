//! The body of a delivery to a callback or a failure callback.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::members::{InvalidPayload, Members, decoded, listed};
use crate::timestamp::Timestamp;

/// The outcome of a message: the body of a delivery to a callback or a failure callback.
///
/// A callback gets one after each attempt, a failure callback one when the message is given up.
/// Timestamps and counts are read as numbers or as strings, all but the id of the message may be missing,
/// and [`extra`](Self::extra) has the members that are unknown.
#[derive(Clone, PartialEq, Eq)]
pub struct CallbackPayload {
    status: Option<u16>,
    headers: HeaderMap,
    body: Option<String>,
    retried: Option<u32>,
    max_retries: Option<u32>,
    source_message_id: String,
    url: Option<String>,
    method: Option<String>,
    source_headers: HeaderMap,
    source_body: Option<String>,
    not_before: Option<Timestamp>,
    created_at: Option<Timestamp>,
    url_group: Option<String>,
    endpoint_name: Option<String>,
    schedule_id: Option<String>,
    queue_name: Option<String>,
    caller_ip: Option<String>,
    dlq_id: Option<String>,
    extra: Map<String, Value>,
}

impl CallbackPayload {
    /// Reads the body of a delivery.
    ///
    /// # Errors
    ///
    /// Says where it is not JSON, or what in it is not as the service sends it. The two bodies in
    /// it are decoded later, by the methods that give them.
    #[inline]
    pub fn from_json(body: &[u8]) -> Result<Self, InvalidPayload> {
        Self::of(Members::read(body)?)
    }

    fn of(mut members: Members) -> Result<Self, InvalidPayload> {
        Ok(Self {
            status: members.integer("status")?.filter(|status| *status != 0),
            headers: members.headers("header")?,
            body: members.text("body")?,
            retried: members.integer("retried")?,
            max_retries: members.integer("maxRetries")?,
            source_message_id: members
                .text("sourceMessageId")?
                // As older payloads spell it.
                .or(members.text("sourceMessasgeId")?)
                .ok_or(InvalidPayload::NoSource)?,
            url: members.text("url")?,
            method: members.text("method")?,
            source_headers: members.headers("sourceHeader")?,
            source_body: members.text("sourceBody")?,
            not_before: members.time("notBefore")?,
            created_at: members.time("createdAt")?,
            url_group: members.text("topicName")?,
            endpoint_name: members.text("endpointName")?,
            schedule_id: members.text("scheduleId")?,
            queue_name: members.text("queueName")?,
            caller_ip: members.text("callerIP")?,
            dlq_id: members.text("dlqId")?,
            extra: members.rest(),
        })
    }

    /// Returns the status that the destination answered; `None` where it did not answer at all.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns whether the destination answered that the message is delivered, with 2xx.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        self.status
            .is_some_and(|status| (200..300).contains(&status))
    }

    /// Returns the headers of the destination's answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body of the destination's answer, decoded.
    ///
    /// # Errors
    ///
    /// Where it is not base64.
    pub fn body(&self) -> Result<Bytes, InvalidPayload> {
        decoded("body", self.body.as_deref())
    }

    /// Returns the number of retries so far.
    #[must_use]
    pub fn retried(&self) -> Option<u32> {
        self.retried
    }

    /// Returns the number of retries at most.
    #[must_use]
    pub fn max_retries(&self) -> Option<u32> {
        self.max_retries
    }

    /// Returns the id of the message that this is about, which publish answered with.
    #[must_use]
    pub fn source_message_id(&self) -> &str {
        &self.source_message_id
    }

    /// Returns the URL that the message was sent to.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns the HTTP method that it was sent with.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        self.method.as_deref()
    }

    /// Returns the headers that it was sent with.
    #[must_use]
    pub fn source_headers(&self) -> &HeaderMap {
        &self.source_headers
    }

    /// Returns the body that it was sent with, decoded.
    ///
    /// # Errors
    ///
    /// Where it is not base64.
    pub fn source_body(&self) -> Result<Bytes, InvalidPayload> {
        decoded("sourceBody", self.source_body.as_deref())
    }

    /// The body that it was sent with, as it stands in the payload.
    #[cfg(feature = "client")]
    pub(crate) fn encoded_source_body(&self) -> Option<&str> {
        self.source_body.as_deref()
    }

    /// Returns the time the message was due.
    #[must_use]
    pub fn not_before(&self) -> Option<Timestamp> {
        self.not_before
    }

    /// Returns the time it was published.
    #[must_use]
    pub fn created_at(&self) -> Option<Timestamp> {
        self.created_at
    }

    /// Returns the URL Group that it was published to (`topicName`).
    #[must_use]
    pub fn url_group(&self) -> Option<&str> {
        self.url_group.as_deref()
    }

    /// Returns the name of the endpoint in the URL Group.
    #[must_use]
    pub fn endpoint_name(&self) -> Option<&str> {
        self.endpoint_name.as_deref()
    }

    /// Returns the schedule that made it.
    #[must_use]
    pub fn schedule_id(&self) -> Option<&str> {
        self.schedule_id.as_deref()
    }

    /// Returns the queue that it went through.
    #[must_use]
    pub fn queue_name(&self) -> Option<&str> {
        self.queue_name.as_deref()
    }

    /// Returns the address that it was published from, as the service writes it.
    #[must_use]
    pub fn caller_ip(&self) -> Option<&str> {
        self.caller_ip.as_deref()
    }

    /// Its id in the DLQ, by which it can be read, deleted and retried; for failure callbacks.
    #[must_use]
    pub fn dlq_id(&self) -> Option<&str> {
        self.dlq_id.as_deref()
    }

    /// Returns all other members.
    #[must_use]
    pub fn extra(&self) -> &Map<String, Value> {
        &self.extra
    }
}

/// In the form in which the service sends it.
impl Serialize for CallbackPayload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |value: &Option<String>| value.clone().map(Value::from);
        let members = [
            ("status", self.status.map(Value::from)),
            ("header", listed(&self.headers)),
            ("body", text(&self.body)),
            ("retried", self.retried.map(Value::from)),
            ("maxRetries", self.max_retries.map(Value::from)),
            (
                "sourceMessageId",
                Some(self.source_message_id.clone().into()),
            ),
            ("url", text(&self.url)),
            ("method", text(&self.method)),
            ("sourceHeader", listed(&self.source_headers)),
            ("sourceBody", text(&self.source_body)),
            (
                "notBefore",
                self.not_before.map(|time| time.as_unix_millis().into()),
            ),
            (
                "createdAt",
                self.created_at.map(|time| time.as_unix_millis().into()),
            ),
            ("topicName", text(&self.url_group)),
            ("endpointName", text(&self.endpoint_name)),
            ("scheduleId", text(&self.schedule_id)),
            ("queueName", text(&self.queue_name)),
            ("callerIP", text(&self.caller_ip)),
            ("dlqId", text(&self.dlq_id)),
        ];
        let extra = self.extra.clone().into_iter();
        serializer.collect_map(
            members
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value?)))
                .chain(extra),
        )
    }
}

impl<'de> Deserialize<'de> for CallbackPayload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = Members::of(Value::deserialize(deserializer)?);
        members.and_then(Self::of).map_err(D::Error::custom)
    }
}

/// Leaves out bodies and headers: they hold whatever the message and its destination hold.
impl fmt::Debug for CallbackPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackPayload")
            .field("source_message_id", &self.source_message_id)
            .field("status", &self.status)
            .field("retried", &self.retried)
            .field("max_retries", &self.max_retries)
            .field("dlq_id", &self.dlq_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<CallbackPayload, InvalidPayload> {
        CallbackPayload::from_json(json.as_bytes())
    }

    #[test]
    fn numbers_may_be_strings_and_anything_may_be_missing() {
        for (json, created_at, status) in [
            (r#"{"sourceMessageId":"m"}"#, None, None),
            (r#"{"sourceMessasgeId":"m"}"#, None, None),
            (
                r#"{"sourceMessageId":"m","createdAt":17,"status":200}"#,
                Some(17),
                Some(200),
            ),
            (
                r#"{"sourceMessageId":"m","createdAt":"17","status":"200"}"#,
                Some(17),
                Some(200),
            ),
            (
                r#"{"sourceMessageId":"m","createdAt":"","status":0}"#,
                None,
                None,
            ),
            (
                r#"{"sourceMessageId":"m","createdAt":null,"header":null,"x":[{}]}"#,
                None,
                None,
            ),
        ] {
            let payload = read(json).unwrap();
            let created_at = created_at.map(Timestamp::from_unix_millis);
            assert_eq!(payload.created_at(), created_at, "{json}");
            assert_eq!(payload.status(), status, "{json}");
            assert_eq!(payload.body().unwrap(), "");
            assert!(payload.headers().is_empty());
        }
    }

    #[test]
    fn members_that_are_unknown_are_kept() {
        let json = r#"{"sourceMessageId":"m","status":200,"label":"a","brandNew":[1]}"#;
        let payload = read(json).unwrap();
        assert_eq!(payload.extra()["label"], "a");
        let written = serde_json::to_value(&payload).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(json).unwrap());
        assert_eq!(read(&written.to_string()), Ok(payload));
    }

    #[test]
    fn bodies_are_decoded_when_asked_for() {
        for (body, decoded) in [
            ("aGk=", Some("hi")),
            ("aGk", Some("hi")),
            ("REDACTED:", None),
        ] {
            let payload = read(&format!(r#"{{"sourceMessageId":"m","body":"{body}"}}"#)).unwrap();
            let expected = decoded.map(|text| Bytes::from_static(text.as_bytes()));
            assert_eq!(payload.body().ok(), expected, "{body}");
        }
    }

    #[test]
    fn headers_are_found_in_any_case_and_keep_all_their_values() {
        let json = r#"{"sourceMessageId":"m","header":{"Set-Cookie":["a=1","b=2"],"X-A":"1","é":["x"],"X-N":null}}"#;
        let payload = read(json).unwrap();
        let cookies: Vec<_> = payload.headers().get_all("set-cookie").iter().collect();
        assert_eq!(cookies, ["a=1", "b=2"]);
        assert_eq!(payload.headers().get("x-a").unwrap(), "1");
        assert_eq!(payload.headers().len(), 3);
    }

    #[test]
    fn what_is_no_payload_says_what_is_wrong_with_it_and_repeats_nothing() {
        for (json, problem) in [
            ("", "the body is not JSON at line 1, column 0"),
            (
                "{\"secret\":\n!}",
                "the body is not JSON at line 2, column 1",
            ),
            ("[]", "the body is JSON, but not an object"),
            (
                "{}",
                "the body has no `sourceMessageId`; is this URL the callback of a message?",
            ),
            (
                r#"{"sourceMessageId":1}"#,
                "`sourceMessageId` in the body is not a string",
            ),
            (
                r#"{"status":"secret"}"#,
                "`status` in the body is not an integer that makes sense there",
            ),
            (
                r#"{"status":-1}"#,
                "`status` in the body is not an integer that makes sense there",
            ),
            (
                r#"{"header":{"X-A":[1]}}"#,
                "`header` in the body is not an object of lists of strings",
            ),
            (
                r#"{"sourceMessageId":"m","sourceHeader":"secret"}"#,
                "`sourceHeader` in the body is not an object of lists of strings",
            ),
        ] {
            assert_eq!(read(json).unwrap_err().to_string(), problem, "{json}");
        }
    }

    #[test]
    fn debug_output_has_neither_bodies_nor_headers() {
        let json = r#"{"sourceMessageId":"m","body":"aGk=","sourceBody":"aGk=","sourceHeader":{"X":["hush"]}}"#;
        let debug = format!("{:?}", read(json).unwrap());
        assert!(!debug.contains("aGk") && !debug.contains("hush"), "{debug}");
    }
}
