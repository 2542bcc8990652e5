//! The calls that send messages, and that cancel them.

use std::time::{Duration, UNIX_EPOCH};

use qstash_api::types::HttpMethod;
use qstash_api::{Callback, FlowControl, Message, Provider, Redact};
use serde_json::json;

use crate::calls::{Caller, DESTINATION, Outcome, order};
use crate::given::Given;

/// Messages that are published.
pub(crate) async fn publish(caller: &Caller<'_>) -> Outcome {
    let options = order()?
        .method(HttpMethod::Put)
        .delay(Duration::from_secs(90))
        .timeout(Duration::from_secs(30))
        .retries(2)
        .retry_delay("pow(2, retried) * 1000")
        .labels(["a", "b c"])
        .deduplication_id("id-1")
        .flow_control(
            FlowControl::new("shop")
                .parallelism(5)
                .rate(10)
                .period(Duration::from_secs(60)),
        )
        .callback(Callback::new("https://example.com/done").retries(1))
        .failure_callback("https://example.com/failed")
        .forward("X-Tenant", "9")
        .redact(Redact::body().and(Redact::headers(["X-Tenant"])));
    let not_before = UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let cases = [
        ("publish_message", DESTINATION, order()?),
        ("publish_message/options", DESTINATION, options),
        ("publish_message/text", DESTINATION, Message::text("hi")),
        ("publish_message/empty", DESTINATION, Message::empty()),
        (
            "publish_message/bytes",
            DESTINATION,
            Message::bytes(vec![255, 0], "application/octet-stream"),
        ),
        (
            "publish_message/by-content",
            DESTINATION,
            order()?.deduplicate_by_content(),
        ),
        (
            "publish_message/not-before",
            DESTINATION,
            order()?.not_before(not_before),
        ),
        ("publish_message/url-group", "group", order()?),
        ("publish_message/older-url-group", "group", order()?),
    ];
    for (name, destination, message) in cases {
        let publish = caller.client.publish_message();
        let publish = publish.destination(destination).message(message);
        caller.call(name, publish.send()).await?;
    }
    let openai = Provider::openai("a-key");
    let chat = json!({ "model": "m", "messages": [{ "role": "user", "content": "hi" }] });
    let chat = openai.message(&chat)?.callback("https://example.com/done");
    let publish = caller.client.publish_message().destination(openai.url());
    let publish = publish.message(chat);
    caller.call("publish_message/chat", publish.send()).await?;
    let resend = Provider::resend("a-key");
    let email = json!({
        "from": "a@example.com", "to": "b@example.com", "subject": "s", "text": "hi",
    });
    let publish = caller.client.publish_message().destination(resend.url());
    let publish = publish.message(resend.message(&email)?);
    caller.call("publish_message/email", publish.send()).await
}

/// Messages in queues, in batches, and cancelled.
pub(crate) async fn messages(caller: &Caller<'_>, given: &Given) -> Outcome {
    let client = caller.client;
    let enqueue = client.enqueue_message().queue("queue");
    let enqueue = enqueue.destination(DESTINATION).message(order()?);
    caller.call("enqueue_message", enqueue.send()).await?;

    let enqueue = client.enqueue_message().queue("queue");
    let enqueue = enqueue
        .destination(DESTINATION)
        .message(Message::text("hi"));
    caller.call("enqueue_message/text", enqueue.send()).await?;
    let batch = client.batch_messages();
    let batch = batch.messages([Message::text("hi").to(DESTINATION)]);
    caller.call("batch_messages/text", batch.send()).await?;

    let minute = Duration::from_secs(60);
    let batch = client.batch_messages().messages([
        order()?.delay(minute).label("a").to(DESTINATION),
        order()?.retry_delay("1000").to("group").queue("queue"),
    ]);
    caller.call("batch_messages", batch.send()).await?;

    let id = given.messages.first().ok_or("there are messages")?;
    caller
        .call("get_message", client.get_message().message_id(id).send())
        .await?;
    caller
        .call(
            "cancel_message",
            client.cancel_message().message_id(id).send(),
        )
        .await?;
    let ids: Vec<String> = given.messages.iter().skip(1).take(2).cloned().collect();
    let cancel = || client.cancel_messages();
    caller
        .call("cancel_messages/ids", cancel().message_ids(ids).send())
        .await?;
    let label = cancel().label(["a b"]);
    caller.call("cancel_messages/filter", label.send()).await?;
    let older = given.messages.last().ok_or("there are messages")?;
    let older = client.cancel_message().message_id(older);
    caller.call("cancel_message/older", older.send()).await?;
    let ids: Vec<String> = given.messages.iter().skip(1).take(2).cloned().collect();
    caller
        .call(
            "cancel_messages/older-ids",
            cancel().message_ids(ids).send(),
        )
        .await?;
    for name in ["cancel_messages/all", "cancel_messages/older-all"] {
        caller.call(name, cancel().all().send()).await?;
    }
    Ok(())
}
