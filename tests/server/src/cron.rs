//! Cron expressions, as the service reads them: those of the robfig family.
//!
//! Five fields, or a descriptor such as `@daily` or `@every 1h`; before either, a time zone by `CRON_TZ=` or `TZ=`.

mod civil;
mod every;
mod field;
mod zone;

use civil::{DAY, Date, MINUTE};
use field::{Field, fields};
use zone::Zone;

use crate::clock::Millis;

/// The number of days that are searched for a moment: five years. A moment that is not in them never comes.
const HORIZON: u64 = 5 * 366;

/// A cron expression with its time zone.
#[derive(Clone, Debug)]
pub(crate) struct Cron {
    text: String,
    plan: Plan,
}

#[derive(Clone, Debug)]
enum Plan {
    Fields(Box<Calendar>),
    Every(Millis),
}

/// The five fields, and where their days and hours are.
#[derive(Clone, Debug)]
struct Calendar {
    minutes: Field,
    hours: Field,
    days: Field,
    months: Field,
    weekdays: Field,
    zone: Zone,
}

impl Cron {
    /// Reads an expression, or says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let zoned = ["CRON_TZ=", "TZ="]
            .iter()
            .find_map(|prefix| text.strip_prefix(prefix));
        let (zone, rest) = match zoned {
            Some(rest) => rest
                .split_once(' ')
                .ok_or("the fields are missing after the time zone")?,
            None => ("UTC", text),
        };
        let (zone, rest) = (Zone::parse(zone)?, rest.trim());
        let plan = match rest.strip_prefix("@every ") {
            Some(length) => Plan::Every(every::parse(length)?),
            None => Plan::Fields(Box::new(Calendar::parse(rest, zone)?)),
        };
        Ok(Self {
            text: text.to_owned(),
            plan,
        })
    }

    /// Returns the expression as it was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the first moment after the given one, if there is any.
    pub(crate) fn after(&self, moment: Millis) -> Option<Millis> {
        match &self.plan {
            // Whole seconds, as the family counts.
            Plan::Every(length) => Some((moment - moment % 1000).saturating_add(*length)),
            Plan::Fields(calendar) => calendar.after(moment),
        }
    }
}

impl Calendar {
    fn parse(text: &str, zone: Zone) -> Result<Self, String> {
        let [minutes, hours, days, months, weekdays] = fields(text)?;
        Ok(Self {
            minutes: Field::minutes(minutes)?,
            hours: Field::hours(hours)?,
            days: Field::days(days)?,
            months: Field::months(months)?,
            weekdays: Field::weekdays(weekdays)?,
            zone,
        })
    }

    fn after(&self, moment: Millis) -> Option<Millis> {
        let first = self.zone.day_of(moment);
        (first..=first + HORIZON)
            .map(Date::of_day)
            .filter(|date| self.has_day(date))
            .find_map(|date| self.within(&date, moment))
    }

    /// Both day fields must fit; if both are restricted, one of them is enough.
    fn has_day(&self, date: &Date) -> bool {
        let by_month = self.days.has(date.day);
        let by_week = self.weekdays.has(date.weekday);
        let fits = if self.days.is_any() || self.weekdays.is_any() {
            by_month && by_week
        } else {
            by_month || by_week
        };
        self.months.has(date.month) && fits
    }

    /// Returns the first moment of a day after the given one. A local time that a change of clocks skips is no moment;
    /// one that it repeats is two.
    fn within(&self, date: &Date, moment: Millis) -> Option<Millis> {
        if date.number.saturating_add(2).saturating_mul(DAY) < moment {
            return None;
        }
        let times = self
            .hours
            .iter()
            .flat_map(|hour| self.minutes.iter().map(move |minute| hour * 60 + minute));
        times
            .flat_map(|minute| self.zone.moments(date, u64::from(minute) * MINUTE))
            .filter(|candidate| *candidate > moment)
            .min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-01T00:00:00Z, a Thursday.
    const START: Millis = 1_767_225_600_000;
    const HOUR: Millis = 60 * MINUTE;

    #[test]
    fn expressions_are_read_as_the_service_reads_them() {
        for (text, after) in [
            ("* * * * *", Some(MINUTE)),
            ("0 12 * * *", Some(12 * HOUR)),
            ("0 0 * * 0", Some(3 * DAY)),
            ("0 0 * * sun", Some(3 * DAY)),
            ("0 0 ? * SAT,Sun", Some(2 * DAY)),
            ("*/15 * * * *", Some(15 * MINUTE)),
            ("5/20 * * * *", Some(5 * MINUTE)),
            ("10-20/5 1 * * *", Some(HOUR + 10 * MINUTE)),
            ("0 0 1 feb *", Some(31 * DAY)),
            // Day of month or of week, because both are restricted.
            ("0 0 15 * 6", Some(2 * DAY)),
            ("0 0 */4 * 0", Some(3 * DAY)),
            // A star with a step of one restricts nothing.
            ("0 0 */1 * 6", Some(2 * DAY)),
            ("TZ=UTC 0 12 * * *", Some(12 * HOUR)),
            ("@hourly", Some(HOUR)),
            ("@daily", Some(DAY)),
            ("@midnight", Some(DAY)),
            ("@weekly", Some(3 * DAY)),
            ("@monthly", Some(31 * DAY)),
            ("@yearly", Some(365 * DAY)),
            ("@annually", Some(365 * DAY)),
            ("@every 1h", Some(HOUR)),
            ("@every 1h30m10s", Some(HOUR + 30 * MINUTE + 10_000)),
            ("@every 1.5h", Some(90 * MINUTE)),
            ("@every 10ms", Some(1000)),
            // 2028 is the next leap year.
            ("0 0 29 2 *", Some((365 + 365 + 31 + 28) * DAY)),
            ("0 0 30 2 *", None),
        ] {
            let cron = Cron::parse(text).expect(text);
            let expected = after.map(|after| START + after);
            assert_eq!(cron.after(START), expected, "{text}");
        }
    }

    #[test]
    fn what_the_family_does_not_know_is_refused() {
        for text in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * 32 * *",
            "* * * 13 *",
            "0 0 * * 7",
            "0 0 L * *",
            "0 0 * * 5L",
            "0 0 15W * *",
            "0 0 * * 5#2",
            "5-1 * * * *",
            "*/0 * * * *",
            "1/2/3 * * * *",
            "a * * * *",
            "0 0 * foo *",
            "+1 * * * *",
            "@every",
            "@every soon",
            "@every -1h",
            "@every 0s",
            "@sometimes",
            "@reboot",
            "CRON_TZ=Nowhere/Land * * * * *",
            "CRON_TZ=UTC",
            "TZ= * * * * *",
        ] {
            assert!(Cron::parse(text).is_err(), "{text}");
        }
    }

    #[cfg(feature = "time-zones")]
    #[test]
    fn days_and_hours_are_those_of_the_time_zone() {
        for (text, after) in [
            ("CRON_TZ=Europe/Berlin 0 12 * * *", 11 * HOUR),
            ("TZ=America/New_York 0 12 * * *", 17 * HOUR),
            ("CRON_TZ=Pacific/Kiritimati @daily", 10 * HOUR),
        ] {
            let cron = Cron::parse(text).expect(text);
            assert_eq!(cron.after(START), Some(START + after), "{text}");
        }
    }

    #[cfg(feature = "time-zones")]
    #[test]
    fn changes_of_clocks_skip_and_repeat() {
        // Berlin: on 2026-03-29 two o'clock becomes three, on 2026-10-25 three becomes two.
        let spring = START + (31 + 28 + 27) * DAY + 12 * HOUR;
        let half_past_two = Cron::parse("CRON_TZ=Europe/Berlin 30 2 * * *").expect("a cron");
        let next = half_past_two.after(spring).expect("a moment");
        assert_eq!(next, START + (31 + 28 + 29) * DAY + 30 * MINUTE);

        let autumn = START + (31 + 28 + 31 + 30 + 31 + 30 + 31 + 31 + 30 + 24) * DAY;
        let first = half_past_two.after(autumn - HOUR).expect("a moment");
        assert_eq!(first, autumn + 30 * MINUTE);
        assert_eq!(half_past_two.after(first), Some(first + HOUR));
        assert_eq!(half_past_two.after(first + HOUR), Some(first + 25 * HOUR));
    }
}
