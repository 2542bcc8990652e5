//! Days of the calendar, counted from the Unix epoch.

use crate::clock::Millis;

/// A minute in milliseconds.
pub(super) const MINUTE: Millis = 60_000;
/// A day in milliseconds, where no clock is changed.
pub(super) const DAY: Millis = 24 * 60 * MINUTE;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// Days since 1970-01-01.
    pub(super) number: u64,
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) day: u32,
    /// 0 is Sunday.
    pub(super) weekday: u32,
}

impl Date {
    /// Returns the date of a day, by the method of Howard Hinnant: years begin in March, eras have 400 of them.
    pub(super) fn of_day(number: u64) -> Self {
        const DAYS_BEFORE_EPOCH: u64 = 719_468;
        const ERA: u64 = 146_097;
        let shifted = number + DAYS_BEFORE_EPOCH;
        let (era, day_of_era) = (shifted / ERA, shifted % ERA);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        Self {
            number,
            year: i32::try_from(year).unwrap_or(i32::MAX),
            month: small(month),
            day: small(day),
            // The epoch was a Thursday.
            weekday: small((number + 4) % 7),
        }
    }
}

/// Months, days and weekdays are small.
fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_have_their_dates() {
        for (number, expected) in [
            (0, (1970, 1, 1, 4)),
            (59, (1970, 3, 1, 0)),
            (11_016, (2000, 2, 29, 2)),
            (20_454, (2026, 1, 1, 4)),
            (47_540, (2100, 2, 28, 0)),
            (47_541, (2100, 3, 1, 1)),
        ] {
            let date = Date::of_day(number);
            let found = (date.year, date.month, date.day, date.weekday);
            assert_eq!(found, expected, "day {number}");
        }
    }
}
