//! Schedules.

use qstash_api::{Message, types};

use super::{Form, Row, case, full};
use crate::operations::world::{DESTINATION, FROM, Subject};

pub(super) fn all() -> Vec<Box<dyn Row>> {
    vec![
        Box::new(CreateSchedule),
        Box::new(ListSchedules),
        Box::new(GetSchedule),
        Box::new(DeleteSchedule),
        Box::new(PauseSchedule),
        Box::new(ResumeSchedule),
    ]
}

fn check(schedule: &types::Schedule) {
    assert_eq!(schedule.schedule_id, "my-schedule");
    assert_eq!(schedule.cron, "0 0 1 1 *");
    assert_eq!(schedule.destination, DESTINATION);
    assert_eq!(schedule.body.as_deref(), Some("hi"));
    assert_eq!(schedule.created_at, Some(FROM));
    assert_eq!(schedule.caller_ip.as_deref(), Some("127.0.0.1"));
    assert_eq!(schedule.is_paused, Some(false));
}

case! {
    CreateSchedule -> types::CreateScheduleResponse,
    arrange |_world| Subject::default(),
    minimal |client, _subject| client
        .create_schedule()
        .destination(DESTINATION)
        .cron("*/5 * * * *"),
    full |client, _subject| client
        .create_schedule()
        .destination(DESTINATION)
        .cron("CRON_TZ=Europe/Berlin 0 5 * * 1")
        .schedule_id("my-schedule")
        .message(full::with_flow(Message::text("hi"))),
    // What goes into a queue takes no flow control.
    other |client, _subject| client
        .create_schedule()
        .destination("https://example.com/pause")
        .cron("*/5 * * * *")
        .queue("my-queue"),
    check |seen| {
        let [schedule] = &seen.after.schedules[..] else {
            panic!("{:?}", seen.after.schedules);
        };
        let id = schedule["scheduleId"].as_str().unwrap();
        assert_eq!(seen.answer.schedule_id, id);
        assert_eq!(seen.effects, [id]);
        let is_queued = seen.form == Form::Other;
        assert_eq!(schedule["queueName"].as_str(), is_queued.then_some("my-queue"));
        let destination = if is_queued { "https://example.com/pause" } else { DESTINATION };
        assert_eq!(schedule["destination"], destination);
        if seen.form == Form::Full {
            assert_eq!(id, "my-schedule");
            assert_eq!(schedule["cron"], "CRON_TZ=Europe/Berlin 0 5 * * 1");
            assert_eq!(schedule["delay"], 60);
            full::check(schedule, "retries");
            full::check_flow(schedule);
        }
    },
}

case! {
    ListSchedules -> Vec<types::Schedule>,
    arrange |world| world.schedule(false).await,
    minimal |client, _subject| client.list_schedules(),
    check |seen| {
        assert_eq!(seen.answer.len(), 1);
        check(&seen.answer[0]);
    },
}

case! {
    GetSchedule -> types::Schedule,
    arrange |world| world.schedule(false).await,
    minimal |client, subject| client.get_schedule().schedule_id(&subject.id),
    check |seen| check(&seen.answer),
}

case! {
    DeleteSchedule -> (),
    arrange |world| world.schedule(false).await,
    minimal |client, subject| client.delete_schedule().schedule_id(&subject.id),
    check |seen| {
        assert_eq!(seen.before.schedules.len(), 1);
        assert!(seen.after.schedules.is_empty());
        assert_eq!(seen.effects, ["my-schedule"]);
    },
}

case! {
    PauseSchedule -> (),
    arrange |world| world.schedule(false).await,
    minimal |client, subject| client.pause_schedule().schedule_id(&subject.id),
    check |seen| {
        assert_eq!(seen.before.schedules[0]["isPaused"], false);
        assert_eq!(seen.after.schedules[0]["isPaused"], true);
        assert_eq!(seen.effects, ["my-schedule"]);
    },
}

case! {
    ResumeSchedule -> (),
    arrange |world| world.schedule(true).await,
    minimal |client, subject| client.resume_schedule().schedule_id(&subject.id),
    check |seen| {
        assert_eq!(seen.before.schedules[0]["isPaused"], true);
        assert_eq!(seen.after.schedules[0]["isPaused"], false);
        assert_eq!(seen.effects, ["my-schedule"]);
    },
}
