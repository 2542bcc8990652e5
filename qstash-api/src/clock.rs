//! The time of day.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock that tells unix time in whole seconds.
///
/// Seconds in an `i64` are what the claims of a token hold, and unlike
/// [`SystemTime`] they can hold the year 1 that the service sends as "not set" on every platform.
///
/// Everything on the receiving side takes the time from one, so that it works where
/// [`SystemTime::now`] panics, as on `wasm32-unknown-unknown`: give it [`Clock::from_fn`] there.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<dyn Fn() -> i64 + Send + Sync>>);

impl Clock {
    /// The operating system's clock, which is also the default.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that reads what `now` returns, in unix seconds.
    #[must_use]
    pub fn from_fn(now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(now)))
    }

    /// A clock that stands still.
    #[must_use]
    pub fn fixed(unix_seconds: i64) -> Self {
        Self::from_fn(move || unix_seconds)
    }

    /// The time in unix seconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        match &self.0 {
            None => unix_seconds(SystemTime::now()),
            Some(now) => now(),
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            None => "Clock(system)",
            Some(_) => "Clock(given)",
        })
    }
}

fn unix_seconds(time: SystemTime) -> i64 {
    let whole = |seconds| i64::try_from(seconds).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since.as_secs()),
        Err(before) => -whole(before.duration().as_secs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_on_both_sides_of_the_epoch_become_seconds() {
        assert_eq!(unix_seconds(UNIX_EPOCH), 0);
        assert_eq!(unix_seconds(UNIX_EPOCH + Duration::from_millis(1999)), 1);
        assert_eq!(unix_seconds(UNIX_EPOCH - Duration::from_secs(7)), -7);
        assert!(Clock::system().now() > 1_700_000_000);
        assert_eq!(Clock::fixed(-5).now(), -5);
    }
}
