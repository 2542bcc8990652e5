//! The calls that give messages each of their options, and those that no operation is for.

use std::time::Duration;

use qstash_api::types::{HttpMethod, UpsertQueueBody};
use qstash_api::{Callback, FlowControl, Message, Provider, Redact, http};
use serde_json::json;

use crate::calls::{Caller, DESTINATION, Outcome, order};

const HOUR: Duration = Duration::from_secs(3600);

/// Messages with options in every form that a client takes them in.
pub(crate) async fn options(caller: &Caller<'_>) -> Outcome {
    let flow = || FlowControl::new("shop");
    let minute = Duration::from_secs(60);
    let cases = [
        (
            "callbacks",
            order()?.callback(told()).failure_callback(told()),
        ),
        (
            "durations",
            order()?
                .delay(HOUR)
                .timeout(minute)
                .flow_control(flow().rate(10).period(HOUR)),
        ),
        ("parallelism", order()?.flow_control(flow().parallelism(1))),
        ("rate", order()?.flow_control(flow().rate(1))),
        ("redact-headers", order()?.redact(Redact::all_headers())),
        (
            "prefixed",
            order()?.forward("Upstash-Forward-X-Tenant", "9"),
        ),
        ("zeros", order()?.delay(Duration::ZERO).retries(0)),
    ];
    for (name, message) in cases {
        let publish = caller.client.publish_message().destination(DESTINATION);
        let name = format!("publish_message/{name}");
        caller.call(&name, publish.message(message).send()).await?;
    }
    let both = order()?.deduplication_id("id-2");
    let publish = caller.client.publish_message().destination(DESTINATION);
    let publish = publish.message(both);
    let publish = publish.header("Upstash-Content-Based-Deduplication", "true");
    caller
        .call("publish_message/two-deduplications", publish.send())
        .await?;
    providers(caller).await?;
    elsewhere(caller).await
}

/// A callback with all that can be said of one.
fn told() -> Callback {
    Callback::new("https://example.com/told?a=1&b=2")
        .method(HttpMethod::Put)
        .timeout(Duration::from_secs(5))
        .retries(1)
        .retry_delay("1000")
        .delay(Duration::from_secs(7))
        .forward("X-Told", "1")
}

async fn providers(caller: &Caller<'_>) -> Outcome {
    let chat = json!({ "model": "m", "messages": [{ "role": "user", "content": "hi" }] });
    for (name, provider) in [
        ("anthropic", Provider::anthropic("a-key")),
        (
            "organization",
            Provider::openai("a-key").header("OpenAI-Organization", "an-organization"),
        ),
        (
            "custom",
            Provider::chat_completions("https://llm.example.com/v1/chat/completions", "a-key"),
        ),
        (
            "helicone",
            Provider::chat_completions("https://gateway.helicone.ai", "a-key")
                .header("Helicone-Auth", "Bearer another-key")
                .header("Helicone-Target-Url", "https://api.openai.com"),
        ),
        (
            "emails",
            Provider::new("https://api.resend.com/emails/batch").bearer("a-key"),
        ),
    ] {
        let message = provider
            .message(&chat)?
            .callback("https://example.com/done");
        let publish = caller.client.publish_message().destination(provider.url());
        let name = format!("publish_message/{name}");
        caller.call(&name, publish.message(message).send()).await?;
    }
    Ok(())
}

/// The same options in a queue, in a batch and in a schedule, and an endpoint without an operation.
async fn elsewhere(caller: &Caller<'_>) -> Outcome {
    let client = caller.client;
    let message = || -> Result<Message, Box<dyn std::error::Error>> {
        Ok(order()?
            .method(HttpMethod::Patch)
            .timeout(Duration::from_secs(30))
            .retries(2)
            .retry_delay("1000")
            .labels(["a", "b c"])
            .deduplication_id("id-3")
            .callback(told())
            .failure_callback("https://example.com/failed")
            .forward("X-Tenant", "9")
            .redact(Redact::body()))
    };
    let enqueue = client.enqueue_message().queue("queue");
    let enqueue = enqueue.destination(DESTINATION).message(message()?);
    caller
        .call("enqueue_message/options", enqueue.send())
        .await?;
    let flow_control = FlowControl::new("shop").parallelism(5);
    let batch = [
        message()?
            .flow_control(flow_control)
            .delay(HOUR)
            .to(DESTINATION),
        message()?.to("group").queue("queue"),
    ];
    let batch = client.batch_messages().messages(batch);
    caller.call("batch_messages/options", batch.send()).await?;
    let create = client.create_schedule().destination("group");
    let create = create.cron("@daily").schedule_id("told");
    let create = create.message(Message::text("hi").callback(told()).delay(HOUR));
    caller
        .call("create_schedule/callbacks", create.send())
        .await?;
    let body = UpsertQueueBody::builder().parallelism(3_u64);
    let body = body.queue_name("paused-queue").paused(true);
    let upsert = client.upsert_queue().body(body);
    caller.call("upsert_queue/paused", upsert.send()).await?;

    let cancel = client
        .request(http::Method::DELETE, "/v2/workflows/runs/wfr_1")
        .query("cancel", "true");
    caller.attempt("request/workflow", cancel.send()).await
}
