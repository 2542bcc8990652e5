//! Instants, as the service tells them and as Rust has them.

mod calendar;
#[cfg(test)]
mod tests;
mod wire;

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const MILLIS_PER_SECOND: i64 = 1000;
const SECONDS_PER_DAY: i64 = 86_400;

/// An instant, in unix time to the millisecond.
///
/// It converts from and to [`SystemTime`], displays as RFC 3339, and is written as the service has
/// times in its answers and filters: as a number of milliseconds. Read, it may also be a string
/// that holds such a number or a date in RFC 3339.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use qstash_api::Timestamp;
///
/// let time = Timestamp::from_unix_secs(1_760_000_000);
/// assert_eq!(time.to_string(), "2025-10-09T08:53:20Z");
/// assert_eq!("2025-10-09T10:53:20+02:00".parse(), Ok(time));
/// assert_eq!(SystemTime::from(time), SystemTime::UNIX_EPOCH + Duration::from_secs(1_760_000_000));
/// let hour_ago = Timestamp::from(SystemTime::now() - Duration::from_secs(3600));
/// # drop(hour_ago);
/// # Ok::<(), qstash_api::InvalidTimestamp>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The beginning of unix time: 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self(0);

    /// Creates the instant this many milliseconds after the beginning of 1970, or before it.
    #[must_use]
    pub const fn from_unix_millis(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Creates the instant this many seconds after the beginning of 1970, or before it. One that is too
    /// far away, some 292 million years, is as far as can be.
    #[must_use]
    pub const fn from_unix_secs(seconds: i64) -> Self {
        Self(seconds.saturating_mul(MILLIS_PER_SECOND))
    }

    /// Returns the milliseconds since the beginning of 1970.
    #[must_use]
    pub const fn as_unix_millis(self) -> i64 {
        self.0
    }

    /// Returns the whole seconds since the beginning of 1970; a fraction is left out.
    #[must_use]
    pub const fn as_unix_secs(self) -> i64 {
        self.0.div_euclid(MILLIS_PER_SECOND)
    }

    /// Returns the time that has passed since an earlier instant, or `None` if that one is later.
    #[must_use]
    pub fn duration_since(self, earlier: impl Into<Self>) -> Option<Duration> {
        let milliseconds = self.0.checked_sub(earlier.into().0)?;
        u64::try_from(milliseconds).ok().map(Duration::from_millis)
    }

    /// Returns the current time of the operating system.
    ///
    /// # Panics
    ///
    /// Where there is none, as [`SystemTime::now`] does on `wasm32-unknown-unknown`.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }
}

/// A sum that cannot be expressed is as far away as can be.
impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(milliseconds(duration)))
    }
}

/// A difference that cannot be expressed is as far away as can be.
impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(milliseconds(duration)))
    }
}

/// Milliseconds of a duration, as far as they go.
fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// Whole milliseconds; a fraction is left out.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        Self(match time.duration_since(UNIX_EPOCH) {
            Ok(since) => milliseconds(since),
            Err(before) => {
                let before = before.duration();
                let whole = milliseconds(before);
                let has_fraction = before.subsec_nanos() % 1_000_000 > 0;
                whole
                    .saturating_neg()
                    .saturating_sub(i64::from(has_fraction))
            }
        })
    }
}

/// An instant that the platform cannot express, which is hundreds of years away, becomes the beginning of 1970.
impl From<Timestamp> for SystemTime {
    fn from(time: Timestamp) -> Self {
        let distance = Duration::from_millis(time.0.unsigned_abs());
        let time = match time.0 {
            0.. => UNIX_EPOCH.checked_add(distance),
            _ => UNIX_EPOCH.checked_sub(distance),
        };
        time.unwrap_or(UNIX_EPOCH)
    }
}

/// RFC 3339 in UTC, with milliseconds where there are any.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.as_unix_secs();
        let (year, month, day) = calendar::date_of(seconds.div_euclid(SECONDS_PER_DAY));
        let second = seconds.rem_euclid(SECONDS_PER_DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        match self.0.rem_euclid(MILLIS_PER_SECOND) {
            0 => f.write_str("Z"),
            milliseconds => write!(f, ".{milliseconds:03}Z"),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

/// A text that is no date and time in RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidTimestamp;

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date and time in RFC 3339, such as `2025-10-09T08:53:20Z`")
    }
}

impl std::error::Error for InvalidTimestamp {}

/// Reads RFC 3339, with any offset. Digits behind the millisecond are left out.
impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        calendar::parse(text).ok_or(InvalidTimestamp)
    }
}

impl TryFrom<&str> for Timestamp {
    type Error = InvalidTimestamp;

    fn try_from(text: &str) -> Result<Self, InvalidTimestamp> {
        text.parse()
    }
}

impl TryFrom<String> for Timestamp {
    type Error = InvalidTimestamp;

    fn try_from(text: String) -> Result<Self, InvalidTimestamp> {
        text.parse()
    }
}
