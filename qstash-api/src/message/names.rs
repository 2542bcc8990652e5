//! Names of queues and schedules, and when a schedule fires.

use crate::generated::builder;
use crate::invalid::InvalidMessage;
use crate::wire;

impl builder::EnqueueMessage<'_> {
    /// Sets the queue, after a check of its name.
    pub fn queue(self, name: impl Into<String>) -> Self {
        let name = name.into();
        match wire::check_identifier("the name of a queue", &name) {
            Ok(()) => self.queue_name(name),
            Err(problem) => self.invalid(&problem),
        }
    }
}

impl builder::CreateSchedule<'_> {
    /// Sets when the schedule sends its message: five fields, as in `0 9 * * 1`, in UTC, or with
    /// `CRON_TZ=Area/City ` before them in that time zone.
    pub fn cron(self, expression: impl Into<String>) -> Self {
        let expression = expression.into();
        match check_cron(&expression) {
            Ok(()) => self.upstash_cron(expression),
            Err(problem) => self.invalid(&problem),
        }
    }

    /// Names the schedule. One that has this id already is replaced.
    pub fn schedule_id(self, id: impl Into<String>) -> Self {
        let id = id.into();
        match wire::check_identifier("the id of a schedule", &id) {
            Ok(()) => self.upstash_schedule_id(id),
            Err(problem) => self.invalid(&problem),
        }
    }

    /// Sends the messages of the schedule through a queue.
    pub fn queue(self, name: impl Into<String>) -> Self {
        let name = name.into();
        match wire::check_identifier("the name of a queue", &name) {
            Ok(()) => self.upstash_queue_name(name),
            Err(problem) => self.invalid(&problem),
        }
    }
}

/// Refuses what has not the form of a cron expression; whether it names real times, the service knows.
fn check_cron(expression: &str) -> Result<(), InvalidMessage> {
    wire::check_value("Upstash-Cron", expression)?;
    let mut words = expression
        .split(' ')
        .filter(|word| !word.is_empty())
        .peekable();
    let zoned = words.next_if(|word| word.starts_with("CRON_TZ=")).is_some();
    let shorthand = !zoned && words.next_if(|word| word.starts_with('@')).is_some();
    if shorthand || words.count() == 5 {
        Ok(())
    } else {
        Err(InvalidMessage::Cron {
            cron: expression.to_owned(),
        })
    }
}
