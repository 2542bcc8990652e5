//! The lines that tell what a server does.

use std::fmt;

use crate::clock::Millis;

/// Something that happened, for [`Builder::observe`](crate::Builder::observe). `Display` is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A request was answered, well or with a refusal.
    #[non_exhaustive]
    Request {
        /// The method.
        method: String,
        /// The request target, without the token that may stand in its query.
        target: String,
        /// The status of the answer.
        status: u16,
        /// The reason that it was refused.
        refusal: Option<String>,
    },
    /// A message was delivered.
    #[non_exhaustive]
    Delivered {
        /// The id of the message.
        message_id: String,
        /// The URL that it went to.
        url: String,
        /// The status that the destination answered with.
        status: u16,
    },
    /// An attempt failed, and there will be another.
    #[non_exhaustive]
    Retry {
        /// The id of the message.
        message_id: String,
        /// The URL that it went to.
        url: String,
        /// The failure of the destination.
        problem: String,
        /// The time that the next attempt waits, in milliseconds.
        waits: Millis,
    },
    /// The last attempt failed: the message is in the DLQ.
    #[non_exhaustive]
    GivenUp {
        /// The id of the message.
        message_id: String,
        /// The URL that it went to.
        url: String,
        /// The failure of the destination.
        problem: String,
        /// The id in the DLQ.
        dlq_id: String,
    },
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request {
                method,
                target,
                status,
                refusal,
            } => {
                write!(f, "{status} {method} {target}")?;
                match refusal {
                    Some(why) => write!(f, ": {why}"),
                    None => Ok(()),
                }
            }
            Self::Delivered {
                message_id,
                url,
                status,
            } => write!(f, "delivered {message_id} to {url}: {status}"),
            Self::Retry {
                message_id,
                url,
                problem,
                waits,
            } => {
                let seconds = waits.div_ceil(1000);
                write!(
                    f,
                    "retry of {message_id} to {url} in {seconds} s: {problem}"
                )
            }
            Self::GivenUp {
                message_id,
                url,
                problem,
                dlq_id,
            } => write!(
                f,
                "gave up {message_id} to {url}, in the DLQ as {dlq_id}: {problem}"
            ),
        }
    }
}

/// Returns a request target without the token in its query.
pub(crate) fn without_token(target: &str) -> String {
    const KEY: &str = "qstash_token=";
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let shown = query.split('&').map(|pair| {
        if pair.starts_with(KEY) {
            "qstash_token=…"
        } else {
            pair
        }
    });
    format!("{path}?{}", shown.collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use super::without_token;

    #[test]
    fn a_token_in_the_query_is_not_shown() {
        for (target, expected) in [
            ("/v2/keys", "/v2/keys"),
            ("/v2/keys?qstash_token=secret", "/v2/keys?qstash_token=…"),
            (
                "/v2/x?a=1&qstash_token=secret&b",
                "/v2/x?a=1&qstash_token=…&b",
            ),
        ] {
            assert_eq!(without_token(target), expected);
        }
    }
}
