//! Names of queues and schedules, and when a schedule fires.

use super::cron;
use crate::generated::builder;
use crate::wire;

/// Headers that these setters set, and no message does.
pub(super) const OF_SCHEDULES: [&str; 2] = ["Upstash-Schedule-Id", "Upstash-Queue-Name"];

impl builder::EnqueueMessage {
    /// Sets the queue, after a check of its name.
    pub fn queue(mut self, name: impl Into<String>) -> Self {
        self.queue
            .set(identifier("the name of a queue", name.into()));
        self
    }
}

impl builder::CreateSchedule {
    /// Sets when the schedule sends its message: five fields, as in `0 9 * * 1`, or a descriptor, such as `@daily` or
    /// `@every 1h30m`. It means UTC, or with `CRON_TZ=Area/City ` or `TZ=Area/City ` before it that time zone.
    ///
    /// Sunday is 0, and months and days of the week have their English names too. The service does not know
    /// `7` for Sunday, `L`, `W` and `#`, as some other readers of cron do.
    pub fn cron(mut self, expression: impl Into<String>) -> Self {
        let expression = expression.into();
        let checked = cron::check(&expression).map(|()| expression);
        self.cron
            .set(checked.map_err(|problem| problem.to_string()));
        self
    }

    /// Names the schedule. One that has this id already is replaced.
    pub fn schedule_id(mut self, id: impl Into<String>) -> Self {
        let id = identifier("the id of a schedule", id.into());
        self.parts.header("schedule_id", "Upstash-Schedule-Id", id);
        self
    }

    /// Sends the messages of the schedule through a queue.
    pub fn queue(mut self, name: impl Into<String>) -> Self {
        let name = identifier("the name of a queue", name.into());
        self.parts.header("queue", "Upstash-Queue-Name", name);
        self
    }
}

/// The name of a queue or the id of a schedule, or what is wrong with it.
fn identifier(what: &'static str, name: String) -> Result<String, String> {
    let checked = wire::check_identifier(what, &name).map(|()| name);
    checked.map_err(|problem| problem.to_string())
}
