//! RFC 3339, and the Gregorian calendar that it is in.

use super::{MILLIS_PER_SECOND, SECONDS_PER_DAY, Timestamp};

/// Reads a date and time.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let (year, rest) = date.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let days = days_to(
        number(year, 4, 9999)?,
        number(month, 2, 12)?,
        number(day, 2, 31)?,
    )?;
    let (time, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, 0),
        None => {
            let at = time.rfind(['+', '-'])?;
            let (time, offset) = time.split_at_checked(at)?;
            let (sign, offset) = match offset.strip_prefix('+') {
                Some(offset) => (1, offset),
                None => (-1, offset.strip_prefix('-')?),
            };
            let (hours, minutes) = offset.split_once(':')?;
            (
                time,
                sign * (number(hours, 2, 23)? * 3600 + number(minutes, 2, 59)? * 60),
            )
        }
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let milliseconds = format!("{fraction:0<3}").get(..3)?.parse::<i64>().ok()?;
    let (hour, rest) = time.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    // A leap second is the first of the next minute.
    let second = number(hour, 2, 23)? * 3600 + number(minute, 2, 59)? * 60 + number(second, 2, 60)?;
    let seconds = days * SECONDS_PER_DAY + second - offset;
    Some(Timestamp(seconds * MILLIS_PER_SECOND + milliseconds))
}

/// A number of so many digits, which is not greater than `greatest`.
fn number(text: &str, digits: usize, greatest: i64) -> Option<i64> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number.then(|| text.parse().ok())??;
    (number <= greatest).then_some(number)
}

/// The year, month and day of a day since 1970, in the Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last of one, in cycles of 400.
pub(super) fn date_of(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (cycle, day) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day_of_month = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (cycle * 400 + year + next, month, day_of_month)
}

/// The days from 1970 to a date, if there is such a date.
fn days_to(year: i64, month: i64, day: i64) -> Option<i64> {
    let (from_march, month_from_march) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let (cycle, in_cycle) = (from_march.div_euclid(400), from_march.rem_euclid(400));
    let of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let days = cycle * 146_097 + in_cycle * 365 + in_cycle / 4 - in_cycle / 100 + of_year - 719_468;
    (date_of(days) == (year, month, day)).then_some(days)
}
