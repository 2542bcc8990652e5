//! The answers that the service understands.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Response, StatusCode};

use crate::timestamp::Timestamp;

const NON_RETRYABLE: HeaderName = HeaderName::from_static("upstash-nonretryable-error");

/// An answer to a delivery, which decides what becomes of the message.
///
/// It turns into an [`http::Response`] with any body that can be made of a string. With axum, end
/// a handler with [`Reply::into_response`]: axum takes a `Response<String>` as it is.
///
/// ```
/// use http::Response;
/// use qstash_api::inbound::Reply;
///
/// async fn order(body: String) -> Response<String> {
///     match body.parse::<u64>() {
///         Ok(_) => Reply::delivered().into_response(),
///         Err(error) => Reply::do_not_retry().with_reason(error).into_response(),
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it is an answer that nobody gets"]
pub struct Reply {
    status: StatusCode,
    header: Option<(HeaderName, HeaderValue)>,
    text: String,
}

impl Reply {
    /// Says that the message is delivered: 200. Any other 2xx says the same.
    pub fn delivered() -> Self {
        Self::new(StatusCode::OK, None)
    }

    /// Says that the attempt failed: 500. The service tries again after the delay that the message or its
    /// own backoff says, as often as the message has retries.
    pub fn retry() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, None)
    }

    /// Says that the attempt failed, and the next one should come after `delay`: 503 with `Retry-After`, in
    /// seconds, rounded up. It counts as a retry like any other.
    pub fn retry_after(delay: Duration) -> Self {
        let seconds = delay
            .as_secs()
            .saturating_add(u64::from(delay.subsec_nanos() > 0));
        Self::again(HeaderValue::from(seconds))
    }

    /// Says that the attempt failed, and the next one should come at `moment`: 503 with `Retry-After` as a
    /// date, rounded up to a second. A date in the past means at once.
    ///
    /// No clock is read for it. A moment beyond the year 9999, for which there is no date, is the
    /// end of that year.
    pub fn retry_at(moment: impl Into<Timestamp>) -> Self {
        date(moment.into()).map_or_else(|| Self::retry_after(Duration::ZERO), Self::again)
    }

    /// Says that no further attempt can succeed: 489 with `Upstash-NonRetryable-Error: true`. The message
    /// goes to the DLQ at once, and its failure callback is told.
    pub fn do_not_retry() -> Self {
        #[expect(clippy::expect_used, reason = "a status is a number from 100 to 999")]
        let status = StatusCode::from_u16(489).expect("a status");
        Self::new(
            status,
            Some((NON_RETRYABLE, HeaderValue::from_static("true"))),
        )
    }

    /// Gives a reason as the answer's body. The service keeps it, in its logs, in the DLQ and for
    /// callbacks, so it should hold no secret.
    pub fn with_reason(mut self, reason: impl fmt::Display) -> Self {
        self.text = reason.to_string();
        self
    }

    /// Returns the status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the answer, with the most common of bodies. By `into()` it has any other one.
    #[must_use]
    pub fn into_response(self) -> Response<String> {
        self.into()
    }

    fn again(when: HeaderValue) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, Some((RETRY_AFTER, when)))
    }

    fn new(status: StatusCode, header: Option<(HeaderName, HeaderValue)>) -> Self {
        Self {
            status,
            header,
            text: String::new(),
        }
    }
}

impl<B: From<String>> From<Reply> for Response<B> {
    fn from(reply: Reply) -> Self {
        let is_empty = reply.text.is_empty();
        let mut response = Self::new(B::from(reply.text));
        *response.status_mut() = reply.status;
        response.headers_mut().extend(reply.header);
        if !is_empty {
            let plain = HeaderValue::from_static("text/plain; charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, plain);
        }
        response
    }
}

/// The date of a moment after the beginning of 1970, in the years that the form has digits for.
fn date(moment: Timestamp) -> Option<HeaderValue> {
    const END: u64 = 253_402_300_799;
    let milliseconds = u64::try_from(moment.as_unix_millis()).ok()?;
    let since = Duration::from_millis(milliseconds);
    let seconds = since
        .as_secs()
        .saturating_add(u64::from(since.subsec_nanos() > 0));
    let rounded = Duration::from_secs(seconds.min(END));
    if rounded.is_zero() {
        return None;
    }
    let date = httpdate::fmt_http_date(SystemTime::UNIX_EPOCH.checked_add(rounded)?);
    HeaderValue::try_from(date).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_those_the_service_understands() {
        for (reply, status, header) in [
            (Reply::delivered(), 200, None),
            (Reply::retry(), 500, None),
            (
                Reply::retry_after(Duration::from_millis(1001)),
                503,
                Some(("retry-after", "2")),
            ),
            (
                Reply::retry_after(Duration::ZERO),
                503,
                Some(("retry-after", "0")),
            ),
            (
                Reply::retry_after(Duration::MAX),
                503,
                Some(("retry-after", "18446744073709551615")),
            ),
            (
                Reply::retry_at(SystemTime::UNIX_EPOCH),
                503,
                Some(("retry-after", "0")),
            ),
            (
                Reply::retry_at(SystemTime::UNIX_EPOCH + Duration::from_millis(4_102_444_799_001)),
                503,
                Some(("retry-after", "Fri, 01 Jan 2100 00:00:00 GMT")),
            ),
            (
                Reply::do_not_retry(),
                489,
                Some(("upstash-nonretryable-error", "true")),
            ),
        ] {
            let response = reply.into_response();
            assert_eq!(response.status(), status);
            let headers: Vec<_> = response.headers().iter().collect();
            let headers: Vec<_> = headers
                .iter()
                .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
                .collect();
            assert_eq!(headers, Vec::from_iter(header));
        }
    }

    #[test]
    fn a_moment_that_has_no_date_is_the_end_of_the_last_year_that_has() {
        let far = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(300_000_000_000));
        let Some(far) = far else { return };
        let response = Reply::retry_at(far).into_response();
        let value = response.headers().get(RETRY_AFTER).unwrap();
        assert_eq!(value, "Fri, 31 Dec 9999 23:59:59 GMT");
    }

    #[test]
    fn a_reason_is_the_body_of_any_type() {
        let response: Response<bytes::Bytes> = Reply::retry().with_reason("not now").into();
        assert_eq!(response.body(), "not now");
        let kind = response.headers().get(CONTENT_TYPE).unwrap();
        assert_eq!(kind, "text/plain; charset=utf-8");
    }
}
