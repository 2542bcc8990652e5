//! Cron expressions, as the service reads them: five fields or a descriptor, in a time zone or in UTC.

use crate::invalid::InvalidMessage;
use crate::wire;

/// A field: its name, its least and its greatest number, and names for its numbers from the least on.
struct Field(&'static str, u32, u32, &'static [&'static str]);

const FIELDS: [Field; 5] = [
    Field("minute", 0, 59, &[]),
    Field("hour", 0, 23, &[]),
    Field("day of the month", 1, 31, &[]),
    Field(
        "month",
        1,
        12,
        &[
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ],
    ),
    Field(
        "day of the week",
        0,
        6,
        &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
    ),
];

const DESCRIPTORS: [&str; 7] = [
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
];

/// Refuses what the service does not read. Only the service knows all time zones.
pub(super) fn check(expression: &str) -> Result<(), InvalidMessage> {
    wire::check_value("Upstash-Cron", expression)?;
    check_parts(expression).map_err(|problem| InvalidMessage::Cron {
        cron: expression.to_owned(),
        problem,
    })
}

fn check_parts(expression: &str) -> Result<(), String> {
    let mut words: Vec<&str> = expression.split_whitespace().collect();
    let zone = words.first().and_then(|word| {
        word.strip_prefix("CRON_TZ=")
            .or_else(|| word.strip_prefix("TZ="))
    });
    if let Some(zone) = zone {
        if zone.is_empty() {
            return Err("the time zone is empty; write it as `CRON_TZ=Area/City `".to_owned());
        }
        let is_of_names = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte);
        if !zone.bytes().all(is_of_names) {
            return Err(format!(
                "`{zone}` is no time zone; write it as `CRON_TZ=Area/City `, with a space behind it"
            ));
        }
        words.remove(0);
    }
    match words[..] {
        ["@every", interval] => check_interval(interval),
        [descriptor] if descriptor.starts_with('@') => match DESCRIPTORS.contains(&descriptor) {
            true => Ok(()),
            false => Err(format!(
                "`{descriptor}` is none of its descriptors, which are `@every` with a duration, {}",
                DESCRIPTORS.map(|name| format!("`{name}`")).join(", ")
            )),
        },
        [minute, hour, day, month, weekday] => [minute, hour, day, month, weekday]
            .into_iter()
            .zip(&FIELDS)
            .try_for_each(|(text, field)| field.check(text)),
        _ => Err(
            "write five fields, as in `0 9 * * 1`, with `CRON_TZ=Area/City ` before them for a time zone"
                .to_owned(),
        ),
    }
}

/// A duration as Go writes it: numbers, each with a unit, such as `1h30m`.
fn check_interval(interval: &str) -> Result<(), String> {
    let wrong = || {
        format!(
            "`{interval}` is no duration; write numbers with the units `h`, `m` and `s`, as in `@every 1h30m`"
        )
    };
    let mut rest = interval;
    let mut is_zero = true;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'));
        let (number, unit) = rest.split_at(end.ok_or_else(wrong)?);
        let number: f64 = number.parse().map_err(|_| wrong())?;
        is_zero &= number == 0.0;
        // The longer unit before the one that it begins with.
        let mut units = ["ns", "us", "µs", "ms", "s", "m", "h"].into_iter();
        rest = units
            .find_map(|name| unit.strip_prefix(name))
            .ok_or_else(wrong)?;
    }
    if is_zero { Err(wrong()) } else { Ok(()) }
}

impl Field {
    /// A list of ranges: `*`, `5`, `1-5`, each perhaps with a step, as in `*/15`.
    fn check(&self, text: &str) -> Result<(), String> {
        text.split(',').try_for_each(|range| {
            let (range, step) = match range.split_once('/') {
                Some((range, step)) => (range, Some(step)),
                None => (range, None),
            };
            let is_step = |step: &str| step.parse::<u32>().is_ok_and(|step| step > 0);
            if step.is_some_and(|step| !is_step(step)) {
                return Err(format!(
                    "the step of its {} is not a number above zero",
                    self.0
                ));
            }
            match (range, range.split_once('-')) {
                ("*" | "?", _) => Ok(()),
                (_, None) => self.number(range).map(drop),
                (_, Some((from, to))) => match self.number(from)? <= self.number(to)? {
                    true => Ok(()),
                    false => Err(format!(
                        "the range `{range}` of its {} ends before it begins",
                        self.0
                    )),
                },
            }
        })
    }

    fn number(&self, text: &str) -> Result<u32, String> {
        let Self(name, least, greatest, names) = self;
        let named = || {
            let mut names = names.iter().zip(*least..);
            names.find_map(|(name, number)| name.eq_ignore_ascii_case(text).then_some(number))
        };
        let number = text.parse().ok().or_else(named);
        number
            .filter(|number| (*least..=*greatest).contains(number))
            .ok_or_else(|| {
                let hint = match (*name, text) {
                    ("day of the week", "7") => "; Sunday is 0",
                    (_, text) if text.to_ascii_uppercase().contains(['L', 'W', '#']) => {
                        "; the service knows neither `L` nor `W` nor `#`"
                    }
                    _ => "",
                };
                let names = names.first().map_or(String::new(), |first| format!(" or a name such as `{first}`"));
                format!("its {name} is `{text}` and has to be a number from {least} to {greatest}{names}{hint}")
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_service_reads_is_taken() {
        for expression in [
            "* * * * *",
            "*/15 0-23/2 1,15 jan-DEC 0-6",
            "0  9 * * 1",
            "0 9 ? * MON-FRI",
            "5/10 * * * sun,6",
            "CRON_TZ=Europe/Berlin 0 9 * * 1",
            "TZ=Europe/Berlin 0 9 * * 1",
            "@daily",
            "TZ=UTC @hourly",
            "CRON_TZ=America/New_York @midnight",
            "@every 1h",
            "@every 1h30m10s",
            "@every 1.5h",
        ] {
            assert_eq!(check(expression), Ok(()), "{expression}");
        }
    }

    #[test]
    fn what_the_service_does_not_read_is_an_error_that_says_why() {
        for (expression, problem) in [
            ("", "write five fields"),
            ("* * * *", "write five fields"),
            ("* * * * * *", "write five fields"),
            ("CRON_TZ=UTC", "write five fields"),
            ("TZ= 0 9 * * 1", "the time zone is empty"),
            ("TZ=UTC* * * * * *", "`UTC*` is no time zone"),
            ("@reboot", "`@reboot` is none of its descriptors"),
            ("@every", "`@every` is none of its descriptors"),
            ("@every 1", "`1` is no duration"),
            ("@every 0s", "`0s` is no duration"),
            ("@every 1d", "`1d` is no duration"),
            ("@every h", "`h` is no duration"),
            ("@every -1h", "`-1h` is no duration"),
            (
                "0 9 * * 7",
                "its day of the week is `7` and has to be a number from 0 to 6 or a name such as `sun`; Sunday is 0",
            ),
            ("0 9 L * *", "neither `L` nor `W`"),
            ("0 9 * * 5L", "its day of the week is `5L`"),
            ("0 9 * * 1#2", "nor `#`"),
            ("0 9 15W * *", "neither `L` nor `W`"),
            ("60 * * * *", "its minute is `60`"),
            ("0 24 * * *", "its hour is `24`"),
            ("0 0 0 * *", "its day of the month is `0`"),
            ("0 0 * 13 *", "its month is `13`"),
            ("0 0 * * fri-mon", "ends before it begins"),
            ("*/0 * * * *", "the step of its minute"),
            ("*/ * * * *", "the step of its minute"),
            ("1, * * * *", "its minute is ``"),
            ("every day at 9 o'clock", "its minute is `every`"),
            ("-5 * * * *", "its minute is ``"),
        ] {
            let error = check(expression).unwrap_err().to_string();
            assert!(error.contains(problem), "{expression}: {error}");
        }
    }
}
