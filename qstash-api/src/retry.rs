//! The policy of second attempts.

mod deduplication;
mod safety;
#[cfg(test)]
mod tests;

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use http::StatusCode;

pub(crate) use self::deduplication::{add_ids, id_for, set_id};
pub(crate) use self::safety::{Failure, Safety};

/// A policy of second attempts: when a request is sent again, how often, and with which pauses.
///
/// | what went wrong | reads and idempotent operations; publish, enqueue and batch with a deduplication id; a schedule with an id | other operations | publish, enqueue and batch without one |
/// |---|---|---|---|
/// | no connection could be made | again | again | again |
/// | 429 | again | again | no |
/// | the connection broke, no answer came in time, 408, 502, 503, 504 | again | no | no |
/// | any other answer | no | no | no |
///
/// An operation is idempotent where [`Operation::idempotent`](crate::operations::Operation::idempotent) says so. The
/// service has refused a request that it answers with 429, so it is safe to send it again; but publish, enqueue and
/// batch know no limit that passes within seconds. `rotate_signing_keys` is never sent again, because two rotations
/// in a row reject every delivery; and neither is a request whose body is a stream.
///
/// `cancel_message` and `delete_dlq_message` leave nothing behind to be found a second time: where the answer to the
/// first attempt was lost, the second may end in [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) although the
/// first did what it should.
///
/// The pauses grow from [`base_delay`](Self::base_delay) by doubling, and each is a random part of that (full
/// jitter). Where the service says how long to wait, by `Retry-After` or by when the limit resets, the pause is that
/// long and a random part more. A pause that would end after [`max_elapsed`](Self::max_elapsed), or after the
/// timeout of the call, is not begun: the error comes back at once.
///
/// Dropping the future of a call ends it in any of its states; nothing goes on in the background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_elapsed: Duration,
    deduplicate: bool,
}

/// Four attempts within half a minute, with pauses of up to 0.25, 0.5 and 1 second.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 4,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(10),
            max_elapsed: Duration::from_secs(30),
            deduplicate: false,
        }
    }
}

impl RetryPolicy {
    /// Creates a policy by which nothing is ever sent again.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the number of times that a request is sent at most, the first included. Zero means the same as one.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the longest that the first pause can be. Each of the following ones can be twice as long as the one before.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest that any pause can be, unless the service asks for a longer one.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the time after the first attempt from which on no other one begins.
    pub fn max_elapsed(mut self, elapsed: Duration) -> Self {
        self.max_elapsed = elapsed;
        self
    }

    /// Sets whether publish, enqueue and batch give a random deduplication id to each message that has none, so that
    /// they can be sent again.
    ///
    /// When an answer was lost and the request is sent again, the service tells of a duplicate: the `deduplicated`
    /// in the answer then means the first attempt of the same call.
    pub fn deduplicate(mut self, deduplicate: bool) -> Self {
        self.deduplicate = deduplicate;
        self
    }

    /// Returns whether messages without a deduplication id are to be given one.
    pub(crate) fn deduplicates(&self) -> bool {
        self.deduplicate && self.max_attempts > 1
    }

    /// The longest that each pause can be, for as many pauses as there may be.
    pub(crate) fn pauses(&self) -> ExponentialBackoff {
        ExponentialBuilder::new()
            .with_factor(2.0)
            .with_min_delay(self.base_delay.min(self.max_delay))
            .with_max_delay(self.max_delay)
            .with_max_times(
                usize::try_from(self.max_attempts.saturating_sub(1)).unwrap_or(usize::MAX),
            )
            .build()
    }

    /// Returns the time to wait, or `None` where that would take too long.
    ///
    /// `elapsed` is the time since the call began, `asked` what the service asks for, and `left` the time until the
    /// call times out.
    pub(crate) fn pause(
        &self,
        longest: Duration,
        asked: Option<Duration>,
        elapsed: Duration,
        left: Duration,
    ) -> Option<Duration> {
        let part = longest.as_secs_f64() * fastrand::f64();
        let part = Duration::try_from_secs_f64(part).unwrap_or(longest);
        let pause = asked.unwrap_or_default().checked_add(part)?;
        let in_time = elapsed.checked_add(pause)? <= self.max_elapsed;
        (in_time && pause < left).then_some(pause)
    }
}

/// Returns whether a later attempt may bring another answer than this status.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}
