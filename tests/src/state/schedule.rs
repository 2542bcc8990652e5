use std::collections::BTreeMap;

use bytes::Bytes;
use chrono::DateTime;
use chrono_tz::Tz;
use croner::parser::{CronParser, Seconds, Year};
use serde_json::{Value, json};

use crate::clock::Millis;
use crate::options::Options;
use crate::settings::Shapes;
use crate::view::Object;

/// A cron expression with its time zone.
#[derive(Clone, Debug)]
pub(crate) struct Cron {
    text: String,
    pattern: croner::Cron,
    zone: Tz,
}

impl Cron {
    /// Reads five fields, optionally after `CRON_TZ=Area/City`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (zone, fields) = match text.strip_prefix("CRON_TZ=") {
            Some(rest) => rest.split_once(' ').ok_or("the fields are missing")?,
            None => ("UTC", text),
        };
        let parser = CronParser::builder()
            .seconds(Seconds::Disallowed)
            .year(Year::Disallowed)
            .build();
        Ok(Self {
            text: text.to_owned(),
            pattern: parser.parse(fields).map_err(|error| error.to_string())?,
            zone: zone
                .parse()
                .map_err(|_| format!("there is no time zone {zone}"))?,
        })
    }

    /// Returns the first moment after the given one, if there is any.
    pub(crate) fn after(&self, moment: Millis) -> Option<Millis> {
        let moment = DateTime::from_timestamp_millis(i64::try_from(moment).ok()?)?;
        let local = moment.with_timezone(&self.zone);
        let next = self.pattern.find_next_occurrence(&local, false).ok()?;
        u64::try_from(next.timestamp_millis()).ok()
    }
}

/// A schedule: publishes its message at every moment of a cron expression.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    pub(crate) id: String,
    pub(crate) cron: Cron,
    pub(crate) destination: String,
    pub(crate) body: Bytes,
    pub(crate) options: Options,
    pub(crate) caller_ip: String,
    pub(crate) created_at: Millis,
    pub(crate) is_paused: bool,
    pub(crate) last: Option<Millis>,
    pub(crate) next: Option<Millis>,
    /// How the messages of the last time fare.
    pub(crate) last_states: BTreeMap<String, &'static str>,
}

impl Schedule {
    pub(crate) fn to_json(&self, shapes: Shapes) -> Value {
        let caller_ip = if shapes.documented_caller_ip {
            "callerIp"
        } else {
            "callerIP"
        };
        let options = &self.options;
        let mut object = Object::new(shapes);
        object
            .set("scheduleId", self.id.as_str())
            .set("cron", self.cron.text.as_str())
            .set("destination", self.destination.as_str())
            .set("createdAt", self.created_at)
            .set("method", options.method.as_deref().unwrap_or("POST"))
            .set("header", options.redact.headers(&options.forward).to_json())
            .body("body", "bodyBase64", &options.redact.body(&self.body))
            .set("retries", options.retries.unwrap_or(3))
            .number("delay", options.delay)
            .set(caller_ip, self.caller_ip.as_str())
            .set("isPaused", self.is_paused)
            .maybe("queueName", options.queue.as_deref())
            .number("lastScheduleTime", self.last)
            .number("nextScheduleTime", self.next)
            .options(options);
        if self.last.is_some() {
            object.set("lastScheduleStates", json!(self.last_states));
        }
        object.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cron_expressions_are_read_as_standard_cron() {
        // 2026-01-01T00:00:00Z, a Thursday.
        let start = 1_767_225_600_000;
        let (minute, hour) = (60_000, 3_600_000);
        for (text, after) in [
            ("* * * * *", Some(minute)),
            ("0 12 * * *", Some(12 * hour)),
            ("0 0 * * 0", Some(3 * 24 * hour)),
            ("CRON_TZ=Europe/Berlin 0 12 * * *", Some(11 * hour)),
            ("CRON_TZ=America/New_York 0 12 * * *", Some(17 * hour)),
            ("0 0 30 2 *", None),
        ] {
            let cron = Cron::parse(text).expect(text);
            assert_eq!(
                cron.after(start),
                after.map(|after| start + after),
                "{text}"
            );
        }
        for text in [
            "",
            "* * * *",
            "* * * * * *",
            "61 * * * *",
            "CRON_TZ=Nowhere/Land * * * * *",
            "CRON_TZ=UTC",
        ] {
            assert!(Cron::parse(text).is_err(), "{text}");
        }
    }
}
