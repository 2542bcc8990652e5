//! Messages that are sent, and messages that wait.

use qstash_api::{Message, types};
use serde_json::json;

use super::{Form, Row, Seen, case, full};
use crate::operations::world::{DESTINATION, FROM, NOW, Subject, TO};

const RAW: &str = "https://example.com/a//b?x=1&y=%20";

pub(super) fn all() -> Vec<Box<dyn Row>> {
    vec![
        Box::new(PublishMessage),
        Box::new(EnqueueMessage),
        Box::new(BatchMessages),
        Box::new(GetMessage),
        Box::new(CancelMessage),
        Box::new(RetryMessage),
        Box::new(CancelMessages),
    ]
}

/// Checks that there is a message for each endpoint of the URL Group.
fn check_group(seen: &Seen<types::PublishResult>) {
    let answered = seen.answer.messages();
    let answered: Vec<_> = answered
        .map(|message| (message.message_id, message.url.unwrap()))
        .collect();
    let known = seen.after.messages.iter().map(|message| {
        assert_eq!(message["topicName"], "my-group");
        assert_eq!(message["bodyBase64"], "AP8=");
        let member = |name: &str| message[name].as_str().unwrap();
        (member("messageId"), member("url"))
    });
    assert_eq!(answered, known.collect::<Vec<_>>());
    assert_eq!(answered.len(), 2);
    assert_eq!(seen.answer.message_id(), None);
}

case! {
    PublishMessage -> types::PublishResult,
    arrange |world| world.url_group().await,
    minimal |client, _subject| client.publish_message().destination(RAW),
    full |client, _subject| client
        .publish_message()
        .destination(RAW)
        .message(full::with_everything(Message::json(&json!({ "a": 1 })).unwrap()).forward_request_headers())
        .header("Upstash-Content-Based-Deduplication", "true"),
    other |client, subject| client
        .publish_message()
        .destination(&subject.id)
        .message(Message::bytes(vec![0, 255], "image/png")),
    check |seen| {
        if seen.form == Form::Other {
            check_group(seen);
            return;
        }
        let [message] = &seen.after.messages[..] else {
            panic!("{:?}", seen.after.messages);
        };
        assert_eq!(message["url"], RAW);
        let id = message["messageId"].as_str();
        assert_eq!(seen.answer.message_id(), id);
        assert_eq!(seen.effects, [id.unwrap()]);
        if seen.form == Form::Full {
            full::check(message, "maxRetries");
            full::check_flow(message);
            assert_eq!(message["notBefore"], NOW + 3_600_000);
            assert_eq!(message["header"]["Content-Type"], json!(["application/json"]));
        }
    },
}

case! {
    EnqueueMessage -> types::PublishResult,
    arrange |_world| Subject::named("my-queue"),
    minimal |client, subject| client
        .enqueue_message()
        .queue(&subject.id)
        .destination(RAW),
    full |client, subject| client
        .enqueue_message()
        .queue(&subject.id)
        .destination(RAW)
        .message(full::options(Message::text("hé")).deduplication_id("order-1"))
        .header("Upstash-Content-Based-Deduplication", "true"),
    check |seen| {
        let [message] = &seen.after.messages[..] else {
            panic!("{:?}", seen.after.messages);
        };
        assert_eq!(message["url"], RAW);
        assert_eq!(message["queueName"], "my-queue");
        assert_eq!(seen.after.queues[0]["lag"], 1);
        assert_eq!(seen.answer.message_id(), message["messageId"].as_str());
        assert_eq!(seen.effects.len(), 1);
        if seen.form == Form::Full {
            full::check(message, "maxRetries");
        }
    },
}

case! {
    BatchMessages -> types::BatchResult,
    arrange |world| world.url_group().await,
    minimal |client, _subject| client
        .batch_messages()
        .messages([Message::empty().to(DESTINATION)]),
    full |client, subject| client.batch_messages().messages([
        full::with_everything(Message::json(&json!({ "a": "é" })).unwrap()).to(RAW),
        full::options(Message::text("hi")).deduplicate_by_content().to(RAW).queue("my-queue"),
        Message::empty().to(&subject.id),
        Message::text("lost").to("no-group"),
    ]),
    check |seen| {
        let ids: Vec<_> = seen.after.messages.iter().map(|message| &message["messageId"]).collect();
        let answered = seen.answer.iter().flat_map(types::BatchEntry::messages).flatten();
        let answered: Vec<_> = answered.map(|accepted| accepted.message_id).collect();
        assert_eq!(answered, ids);
        assert_eq!(seen.effects, answered);
        if seen.form == Form::Minimal {
            assert_eq!(ids.len(), 1);
            return;
        }
        let [first, second, one, two] = &seen.after.messages[..] else {
            panic!("{:?}", seen.after.messages);
        };
        full::check(first, "maxRetries");
        full::check_flow(first);
        full::check(second, "maxRetries");
        assert_eq!(second["queueName"], "my-queue");
        assert_eq!([&one["topicName"], &two["topicName"]], ["my-group", "my-group"]);
        let failures: Vec<_> = seen.answer.iter().map(|entry| entry.messages().err()).collect();
        assert_eq!(failures, [None, None, None, Some("there is no URL Group no-group")]);
    },
}

case! {
    GetMessage -> types::Message,
    arrange |world| world.message().await,
    minimal |client, subject| client.get_message().message_id(&subject.id),
    check |seen| {
        assert_eq!(seen.answer.message_id.as_ref(), Some(&seen.subject.id));
        assert_eq!(seen.answer.url.as_deref(), Some(DESTINATION));
        assert_eq!(seen.answer.body.as_deref(), Some("hi"));
        assert_eq!(seen.answer.max_retries, seen.before.messages[0]["maxRetries"].as_i64());
        assert_eq!(seen.answer.created_at, Some(FROM));
    },
}

case! {
    CancelMessage -> (),
    arrange |world| {
        world.message().await;
        world.message().await
    },
    minimal |client, subject| client.cancel_message().message_id(&subject.id),
    check |seen| {
        assert_eq!(seen.after.messages, seen.before.messages[..1]);
        assert_eq!(seen.effects, [seen.subject.id.as_str()]);
    },
}

case! {
    RetryMessage -> (),
    arrange |world| world.message().await,
    minimal |client, subject| client.retry_message().message_id(&subject.id),
    check |seen| {
        assert_eq!(seen.after.messages.len(), 1);
        assert_eq!(seen.effects, [seen.subject.id.as_str()]);
    },
}

case! {
    CancelMessages -> types::CancelMessagesResponse,
    arrange |world| {
        world.message().await;
        world.message().await
    },
    minimal |client, subject| client
        .cancel_messages()
        .message_ids([subject.id.clone(), "msg_other".to_owned()]),
    full |client, _subject| client
        .cancel_messages()
        .url_group(["my-group"])
        .queue_name(["my-queue"])
        .url([RAW])
        .host(["example.com"])
        .path(["/a//b"])
        .label(["red", "light blue"])
        .flow_control_key(["my key"])
        .from_date(FROM)
        .to_date(TO)
        .schedule_id(["my-schedule".to_owned()])
        .caller_ip(["127.0.0.1"])
        .count(1),
    other |client, _subject| client.cancel_messages().all(),
    check |seen| {
        let cancelled = match seen.form {
            Form::Minimal => 1,
            // No message is in a queue and under flow control at once.
            Form::Full => 0,
            Form::Other => 2,
        };
        assert_eq!(seen.answer.cancelled, i64::try_from(cancelled).ok());
        assert_eq!(seen.after.messages.len(), 2 - cancelled);
        assert_eq!(seen.effects.len(), cancelled);
        assert_eq!(seen.effects.contains(&seen.subject.id), cancelled > 0);
    },
}
