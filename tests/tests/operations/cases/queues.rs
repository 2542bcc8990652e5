//! Queues.

use qstash_api::types;

use super::{Form, Row, case};
use crate::operations::world::Subject;

pub(super) fn all() -> Vec<Box<dyn Row>> {
    vec![
        Box::new(UpsertQueue),
        Box::new(ListQueues),
        Box::new(GetQueue),
        Box::new(DeleteQueue),
        Box::new(PauseQueue),
        Box::new(ResumeQueue),
    ]
}

fn check(queue: &types::Queue) {
    assert_eq!(queue.name.as_deref(), Some("my-queue"));
    assert_eq!(queue.parallelism, Some(2));
    assert_eq!(queue.paused, Some(false));
    assert_eq!(queue.lag, Some(0));
}

case! {
    UpsertQueue -> (),
    arrange |_world| Subject::named("my-queue"),
    minimal |client, subject| client
        .upsert_queue()
        .body(types::UpsertQueueBody::builder().queue_name(&subject.id).parallelism(1_u64)),
    full |client, subject| client.upsert_queue().body(
        types::UpsertQueueBody::builder()
            .queue_name(&subject.id)
            .parallelism(4_u64)
            .paused(true)
    ),
    check |seen| {
        let is_full = seen.form == Form::Full;
        let [queue] = &seen.after.queues[..] else {
            panic!("{:?}", seen.after.queues);
        };
        assert_eq!(queue["name"], "my-queue");
        assert_eq!(queue["parallelism"], if is_full { 4 } else { 1 });
        assert_eq!(queue["paused"], is_full);
        assert_eq!(seen.effects, ["my-queue"]);
    },
}

case! {
    ListQueues -> Vec<types::Queue>,
    arrange |world| world.queue(false).await,
    minimal |client, _subject| client.list_queues(),
    check |seen| {
        assert_eq!(seen.answer.len(), 1);
        check(&seen.answer[0]);
    },
}

case! {
    GetQueue -> types::Queue,
    arrange |world| world.queue(false).await,
    minimal |client, subject| client.get_queue().queue_name(&subject.id),
    check |seen| check(&seen.answer),
}

case! {
    DeleteQueue -> (),
    arrange |world| world.queue(false).await,
    minimal |client, subject| client.delete_queue().queue_name(&subject.id),
    check |seen| {
        assert_eq!(seen.before.queues.len(), 1);
        assert!(seen.after.queues.is_empty());
        assert_eq!(seen.effects, ["my-queue"]);
    },
}

case! {
    PauseQueue -> (),
    arrange |world| world.queue(false).await,
    minimal |client, subject| client.pause_queue().queue_name(&subject.id),
    check |seen| {
        assert_eq!(seen.before.queues[0]["paused"], false);
        assert_eq!(seen.after.queues[0]["paused"], true);
        assert_eq!(seen.effects, ["my-queue"]);
    },
}

case! {
    ResumeQueue -> (),
    arrange |world| world.queue(true).await,
    minimal |client, subject| client.resume_queue().queue_name(&subject.id),
    check |seen| {
        assert_eq!(seen.before.queues[0]["paused"], true);
        assert_eq!(seen.after.queues[0]["paused"], false);
        assert_eq!(seen.effects, ["my-queue"]);
    },
}
