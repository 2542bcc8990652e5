//! Names of queues and schedules, and when a schedule fires.

use super::cron;
use crate::generated::builder;
use crate::wire;

impl builder::EnqueueMessage<'_> {
    /// Sets the queue, after a check of its name.
    pub fn queue(mut self, name: impl Into<String>) -> Self {
        self.queue_name = identifier("the name of a queue", name.into());
        self
    }
}

impl builder::CreateSchedule<'_> {
    /// Sets when the schedule sends its message: five fields, as in `0 9 * * 1`, or a descriptor, such as `@daily` or
    /// `@every 1h30m`. It means UTC, or with `CRON_TZ=Area/City ` or `TZ=Area/City ` before it that time zone.
    ///
    /// Sunday is 0, and months and days of the week have their English names too. What some other readers of cron
    /// know, `7` for Sunday, `L`, `W` and `#`, the service does not.
    pub fn cron(mut self, expression: impl Into<String>) -> Self {
        let expression = expression.into();
        let checked = cron::check(&expression).map(|()| expression);
        self.upstash_cron = checked.map_err(|problem| problem.to_string());
        self
    }

    /// Names the schedule. One that has this id already is replaced.
    pub fn schedule_id(self, id: impl Into<String>) -> Self {
        match identifier("the id of a schedule", id.into()) {
            Ok(id) => self.upstash_schedule_id(id),
            Err(problem) => self.refuse(problem),
        }
    }

    /// Sends the messages of the schedule through a queue.
    pub fn queue(self, name: impl Into<String>) -> Self {
        match identifier("the name of a queue", name.into()) {
            Ok(name) => self.upstash_queue_name(name),
            Err(problem) => self.refuse(problem),
        }
    }

    fn refuse(mut self, problem: String) -> Self {
        self.headers.refuse(problem);
        self
    }
}

/// The name of a queue or the id of a schedule, or what is wrong with it.
fn identifier(what: &'static str, name: String) -> Result<String, String> {
    let checked = wire::check_identifier(what, &name).map(|()| name);
    checked.map_err(|problem| problem.to_string())
}
