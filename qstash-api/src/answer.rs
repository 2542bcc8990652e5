//! Reading the answers to sent messages.

use crate::generated::Response;
use crate::types::{
    BatchEntry, BatchResult, PublishResponse, PublishResult, PublishToUrlGroupResponse,
};

/// One message that the service has accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted<'a> {
    /// The id, with which the message can be fetched and cancelled.
    pub message_id: &'a str,
    /// The URL of the endpoint, where the destination was a URL Group.
    pub url: Option<&'a str>,
    /// It repeats another message, and so is not delivered.
    pub deduplicated: bool,
}

/// The accepted messages of an answer, in its order.
#[derive(Clone, Debug)]
pub struct AcceptedMessages<'a> {
    one: Option<&'a PublishResponse>,
    more: std::slice::Iter<'a, PublishToUrlGroupResponse>,
}

impl<'a> AcceptedMessages<'a> {
    fn one(message: &'a PublishResponse) -> Self {
        Self {
            one: Some(message),
            more: [].iter(),
        }
    }

    fn many(messages: &'a [PublishToUrlGroupResponse]) -> Self {
        Self {
            one: None,
            more: messages.iter(),
        }
    }
}

impl<'a> Iterator for AcceptedMessages<'a> {
    type Item = Accepted<'a>;

    fn next(&mut self) -> Option<Accepted<'a>> {
        let one = self.one.take().map(|message| Accepted {
            message_id: &message.message_id,
            url: None,
            deduplicated: message.deduplicated.unwrap_or(false),
        });
        one.or_else(|| {
            self.more.next().map(|message| Accepted {
                message_id: &message.message_id,
                url: message.url.as_deref(),
                deduplicated: message.deduplicated.unwrap_or(false),
            })
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let length = self.more.len() + usize::from(self.one.is_some());
        (length, Some(length))
    }
}

impl ExactSizeIterator for AcceptedMessages<'_> {}

impl PublishResult {
    /// Returns the accepted messages: one for a URL, and one for each endpoint of a URL Group.
    #[must_use]
    pub fn messages(&self) -> AcceptedMessages<'_> {
        match self {
            Self::Message(message) => AcceptedMessages::one(message),
            Self::UrlGroup(messages) => AcceptedMessages::many(messages),
            Self::Messages(group) => AcceptedMessages::many(&group.messages),
        }
    }

    /// Returns the id of the message, where there is exactly one: always for a URL.
    #[must_use]
    pub fn message_id(&self) -> Option<&str> {
        only_id(self.messages())
    }
}

impl BatchEntry {
    /// Returns the accepted messages of this entry, as for a message that is sent by itself.
    ///
    /// # Errors
    ///
    /// With what the service says when it did not accept the message.
    pub fn messages(&self) -> Result<AcceptedMessages<'_>, &str> {
        match self {
            Self::Message(message) => Ok(AcceptedMessages::one(message)),
            Self::UrlGroup(messages) => Ok(AcceptedMessages::many(messages)),
            Self::Failed(error) => Err(&error.error),
        }
    }

    /// Returns the id of the message, where there is exactly one.
    #[must_use]
    pub fn message_id(&self) -> Option<&str> {
        self.messages().ok().and_then(only_id)
    }
}

impl Response<BatchResult> {
    /// Returns the outcome of each message of the batch, in the order of the request.
    pub fn outcomes(
        &self,
    ) -> impl ExactSizeIterator<Item = Result<AcceptedMessages<'_>, &str>> + '_ {
        self.iter().map(BatchEntry::messages)
    }

    /// Returns the messages that were not accepted, by their position in the request, with the reason that the
    /// service gives.
    pub fn failures(&self) -> impl Iterator<Item = (usize, &str)> + '_ {
        self.outcomes()
            .enumerate()
            .filter_map(|(index, outcome)| Some((index, outcome.err()?)))
    }
}

fn only_id(mut messages: AcceptedMessages<'_>) -> Option<&str> {
    let first = messages.next()?;
    messages.next().is_none().then_some(first.message_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(messages: AcceptedMessages<'_>) -> Vec<(&str, Option<&str>, bool)> {
        messages
            .map(|message| (message.message_id, message.url, message.deduplicated))
            .collect()
    }

    #[test]
    fn every_shape_of_an_answer_is_read() {
        let cases = [
            (r#"{"messageId":"a"}"#, vec![("a", None, false)], Some("a")),
            (
                r#"{"messageId":"a","deduplicated":true,"new":1}"#,
                vec![("a", None, true)],
                Some("a"),
            ),
            (
                r#"[{"messageId":"a","url":"u"},{"messageId":"b","url":"v","deduplicated":true}]"#,
                vec![("a", Some("u"), false), ("b", Some("v"), true)],
                None,
            ),
            (
                r#"{"messages":[{"messageId":"a","url":"u"}]}"#,
                vec![("a", Some("u"), false)],
                Some("a"),
            ),
            ("[]", vec![], None),
        ];
        for (json, expected, id) in cases {
            let answer: PublishResult = serde_json::from_str(json).unwrap();
            assert_eq!(answer.messages().len(), expected.len(), "{json}");
            assert_eq!(read(answer.messages()), expected, "{json}");
            assert_eq!(answer.message_id(), id, "{json}");
        }
        assert!(serde_json::from_str::<PublishResult>(r#"{"id":"a"}"#).is_err());
    }

    #[test]
    fn entries_of_a_batch_stay_in_order_with_their_failures() {
        let json = r#"[
            {"messageId":"a"},
            {"error":"too large"},
            [{"messageId":"b","url":"u"},{"messageId":"c","url":"v"}],
            {"error":"no destination"}
        ]"#;
        let answer: BatchResult = serde_json::from_str(json).unwrap();
        let answer = Response::new(answer, http::StatusCode::OK, http::HeaderMap::new());
        let outcomes: Vec<_> = answer.outcomes().map(|outcome| outcome.map(read)).collect();
        assert_eq!(
            outcomes,
            [
                Ok(vec![("a", None, false)]),
                Err("too large"),
                Ok(vec![("b", Some("u"), false), ("c", Some("v"), false)]),
                Err("no destination"),
            ]
        );
        let failures: Vec<_> = answer.failures().collect();
        assert_eq!(failures, [(1, "too large"), (3, "no destination")]);
        let ids: Vec<_> = answer.iter().map(BatchEntry::message_id).collect();
        assert_eq!(ids, [Some("a"), None, None, None]);
    }
}
