//! Time zones: UTC always, all others with the feature `time-zones`.

use super::civil::{DAY, Date};
use crate::clock::Millis;

/// A time zone.
#[derive(Clone, Copy, Debug)]
pub(super) enum Zone {
    Utc,
    #[cfg(feature = "time-zones")]
    Named(chrono_tz::Tz),
}

impl Zone {
    pub(super) fn parse(name: &str) -> Result<Self, String> {
        match name {
            "UTC" => Ok(Self::Utc),
            "" => Err("the time zone is empty".to_owned()),
            #[cfg(feature = "time-zones")]
            name => name
                .parse()
                .map(Self::Named)
                .map_err(|_| format!("there is no time zone {name}")),
            #[cfg(not(feature = "time-zones"))]
            name => Err(format!(
                "the time zone {name} is known to a server with the feature `time-zones` alone"
            )),
        }
    }

    /// Returns the number of the local day of a moment.
    pub(super) fn day_of(self, moment: Millis) -> u64 {
        match self {
            Self::Utc => moment / DAY,
            #[cfg(feature = "time-zones")]
            Self::Named(zone) => named::day_of(zone, moment).unwrap_or(moment / DAY),
        }
    }

    /// Returns the moments of a local time: none if a change of clocks skips it, two if one repeats it.
    pub(super) fn moments(self, date: &Date, time: Millis) -> impl Iterator<Item = Millis> + use<> {
        let moments = match self {
            Self::Utc => [Some(date.number * DAY + time), None],
            #[cfg(feature = "time-zones")]
            Self::Named(zone) => named::moments(zone, date, time),
        };
        moments.into_iter().flatten()
    }
}

#[cfg(feature = "time-zones")]
mod named {
    use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone as _, Utc};
    use chrono_tz::Tz;

    use super::{DAY, Date, Millis};

    pub(super) fn day_of(zone: Tz, moment: Millis) -> Option<u64> {
        let moment = DateTime::from_timestamp_millis(i64::try_from(moment).ok()?)?;
        let local = moment.with_timezone(&zone).naive_local();
        u64::try_from(
            local
                .and_utc()
                .timestamp_millis()
                .div_euclid(i64::try_from(DAY).ok()?),
        )
        .ok()
    }

    pub(super) fn moments(zone: Tz, date: &Date, time: Millis) -> [Option<Millis>; 2] {
        let local = NaiveDate::from_ymd_opt(date.year, date.month, date.day)
            .and_then(|day| day.and_hms_opt(0, 0, 0))
            .zip(i64::try_from(time).ok())
            .map(|(midnight, time)| midnight + TimeDelta::milliseconds(time));
        let Some(local) = local else {
            return [None, None];
        };
        let found = zone.from_local_datetime(&local);
        let millis =
            |at: DateTime<Tz>| u64::try_from(at.with_timezone(&Utc).timestamp_millis()).ok();
        let (first, last) = (found.earliest(), found.latest());
        [
            first.and_then(millis),
            last.filter(|last| Some(*last) != first).and_then(millis),
        ]
    }
}
