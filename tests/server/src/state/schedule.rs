use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Value, json};

use crate::clock::Millis;
use crate::cron::Cron;
use crate::options::Options;
use crate::settings::Shapes;
use crate::view::Object;

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
    /// The states of the messages of the last time.
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
            .set("cron", self.cron.text())
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
