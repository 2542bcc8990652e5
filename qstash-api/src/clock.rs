//! The time of day.

use std::fmt;
use std::sync::Arc;

use crate::timestamp::Timestamp;

/// A clock that tells the time of day.
///
/// Everything on the receiving side takes the time from one, so that it works where
/// [`SystemTime::now`](std::time::SystemTime::now) panics, as on `wasm32-unknown-unknown`: give it
/// [`Clock::from_fn`] there.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<dyn Fn() -> Timestamp + Send + Sync>>);

impl Clock {
    /// Creates the clock of the operating system, which is also the default.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// Creates a clock that tells what `now` returns.
    #[must_use]
    pub fn from_fn<T: Into<Timestamp>>(now: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(move || now().into())))
    }

    /// Creates a clock that stands still.
    #[must_use]
    pub fn fixed(time: impl Into<Timestamp>) -> Self {
        let time = time.into();
        Self::from_fn(move || time)
    }

    /// Returns the time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            None => Timestamp::now(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_tells_the_time_of_the_system_or_another_one() {
        assert!(Clock::system().now() > Timestamp::from_unix_secs(1_700_000_000));
        let time = Timestamp::from_unix_secs(-5);
        assert_eq!(Clock::fixed(time).now(), time);
    }
}
