//! Values of headers: the form that they are written in, and those that cannot be written.

use std::time::Duration;

use http::HeaderName;

use crate::destination;
use crate::invalid::{InvalidMessage, ValueProblem};
use crate::timestamp::Timestamp;

/// The longest duration in seconds that 64 bits of nanoseconds can hold.
const LONGEST: u64 = 9_223_372_036;

/// The last second of the year 9999.
const LATEST: u64 = 253_402_300_799;

/// Refuses a value that would not arrive in `header` as it is.
///
/// Visible ASCII with spaces and tabs inside is what every HTTP stack on the way agrees about.
pub(crate) fn check_value(header: &str, value: &str) -> Result<(), InvalidMessage> {
    // Most values are plain, and a look at bytes is quicker than one at characters.
    if value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    let problem = value.chars().find_map(|character| match character {
        '\r' | '\n' => Some(ValueProblem::LineBreak),
        character if character.is_control() && character != '\t' => Some(ValueProblem::Control),
        character if !character.is_ascii() => Some(ValueProblem::NotAscii),
        _ => None,
    });
    let outer_space = value.starts_with([' ', '\t']) || value.ends_with([' ', '\t']);
    match problem.or(outer_space.then_some(ValueProblem::OuterSpace)) {
        Some(problem) => Err(InvalidMessage::HeaderValue {
            header: header.to_owned(),
            problem,
        }),
        None => Ok(()),
    }
}

/// Returns a value that is not empty and would arrive in `header` as it is.
pub(crate) fn filled(
    what: &'static str,
    header: &str,
    value: String,
) -> Result<String, InvalidMessage> {
    if value.is_empty() {
        return Err(InvalidMessage::Empty { what });
    }
    check_value(header, &value)?;
    Ok(value)
}

/// Refuses what cannot be the name of a header.
pub(crate) fn check_name(name: &str) -> Result<(), InvalidMessage> {
    match HeaderName::from_bytes(name.as_bytes()) {
        Ok(_) => Ok(()),
        Err(_) => Err(InvalidMessage::HeaderName {
            name: name.to_owned(),
        }),
    }
}

/// Refuses what cannot be the name of a queue or the id of a schedule.
pub(crate) fn check_identifier(what: &'static str, name: &str) -> Result<(), InvalidMessage> {
    if destination::is_identifier(name) {
        Ok(())
    } else {
        Err(InvalidMessage::Name {
            what,
            name: name.to_owned(),
        })
    }
}

/// Whole seconds with their unit, such as `90s`. A fraction is rounded up: never sooner, never shorter.
pub(crate) fn seconds(option: &'static str, duration: Duration) -> Result<String, InvalidMessage> {
    match whole_seconds(duration) {
        Some(seconds) if seconds <= LONGEST => Ok(format!("{seconds}s")),
        _ => Err(InvalidMessage::TooLong { option }),
    }
}

/// The same for a duration that must not be zero.
pub(crate) fn some_seconds(
    option: &'static str,
    duration: Duration,
) -> Result<String, InvalidMessage> {
    if duration.is_zero() {
        return Err(InvalidMessage::Zero { option });
    }
    seconds(option, duration)
}

/// Unix seconds. A fraction is rounded up.
pub(crate) fn unix_seconds(time: Timestamp) -> Result<String, InvalidMessage> {
    u64::try_from(time.as_unix_millis())
        .map(|milliseconds| milliseconds.div_ceil(1000))
        .ok()
        .filter(|seconds| *seconds <= LATEST)
        .map(|seconds| seconds.to_string())
        .ok_or(InvalidMessage::NotBefore)
}

fn whole_seconds(duration: Duration) -> Option<u64> {
    duration
        .as_secs()
        .checked_add(u64::from(duration.subsec_nanos() > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_whole_seconds_rounded_up() {
        let cases = [
            (Duration::ZERO, Some("0s")),
            (Duration::from_nanos(1), Some("1s")),
            (Duration::from_millis(1500), Some("2s")),
            (Duration::from_secs(90), Some("90s")),
            (Duration::from_secs(86_400), Some("86400s")),
            (Duration::from_secs(LONGEST), Some("9223372036s")),
            (Duration::new(LONGEST, 1), None),
            (Duration::MAX, None),
        ];
        for (duration, expected) in cases {
            let actual = seconds("delay", duration).ok();
            assert_eq!(actual.as_deref(), expected, "{duration:?}");
        }
    }

    #[test]
    fn times_are_unix_seconds_rounded_up() {
        let at = |seconds, millis| Timestamp::from_unix_millis(seconds as i64 * 1000 + millis);
        let cases = [
            (at(0, 0), Some("0")),
            (at(1_700_000_000, 0), Some("1700000000")),
            (at(1_700_000_000, 1), Some("1700000001")),
            (at(LATEST, 0), Some("253402300799")),
            (at(LATEST, 1), None),
            (Timestamp::from_unix_secs(-1), None),
        ];
        for (time, expected) in cases {
            assert_eq!(unix_seconds(time).ok().as_deref(), expected, "{time:?}");
        }
    }

    #[test]
    fn values_that_would_not_arrive_are_refused() {
        let cases = [
            ("", None),
            ("a b", None),
            ("!~", None),
            ("a\nb", Some(ValueProblem::LineBreak)),
            ("a\rb", Some(ValueProblem::LineBreak)),
            ("a\tb", None),
            ("a\t", Some(ValueProblem::OuterSpace)),
            ("\ta", Some(ValueProblem::OuterSpace)),
            ("a\0", Some(ValueProblem::Control)),
            ("a\u{7f}", Some(ValueProblem::Control)),
            ("é", Some(ValueProblem::NotAscii)),
            (" a", Some(ValueProblem::OuterSpace)),
            ("a ", Some(ValueProblem::OuterSpace)),
        ];
        for (value, expected) in cases {
            let expected = expected.map(|problem| InvalidMessage::HeaderValue {
                header: "X".into(),
                problem,
            });
            assert_eq!(check_value("X", value).err(), expected, "{value:?}");
        }
    }
}
