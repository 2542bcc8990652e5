//! Refusals of each use of a message, before anything is sent.

use std::time::{Duration, SystemTime};

use qstash_api::{Client, FlowControl, Message};

use crate::wire::recorder::Recorder;

const DESTINATION: &str = "https://example.com/hook?x=1";

fn flow(message: Message) -> Message {
    message.flow_control(FlowControl::new("k").rate(1))
}

#[tokio::test]
async fn a_batch_says_which_message_is_wrong() {
    let recorder = Recorder::answering("[]");
    let client = recorder.client();
    let good = || Message::text("a").to(DESTINATION);
    let delayed = || Message::text("a").delay(Duration::ZERO);
    let cases = [
        (vec![], "batch has no messages"),
        (
            vec![good(), Message::bytes(vec![255], "a/b").to("g")],
            "message 1 of the batch: the body is not UTF-8",
        ),
        (
            vec![Message::text("a").label("a,b").to("g")],
            "message 0 of the batch: the label",
        ),
        (
            vec![Message::text("a").to("https://x/../a")],
            "the destination has a segment `.` or `..`",
        ),
        (
            vec![delayed().to("g").queue("q")],
            "`enqueue_message` does not take `Upstash-Delay`",
        ),
        (
            vec![good().queue("a b")],
            "`a b` cannot be the name of a queue",
        ),
        (
            vec![Message::text("a").forward_request_headers().to("g")],
            "`batch_messages` does not take `Upstash-Header-Forward`",
        ),
    ];
    for (messages, expected) in cases {
        let error = client
            .batch_messages()
            .messages(messages)
            .send()
            .await
            .unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(recorder.take(), []);
    client
        .batch_messages()
        .messages([delayed().to("g")])
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn each_use_refuses_what_the_service_would() {
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    let client = recorder.client();
    let enqueue = || client.enqueue_message().queue("q").destination("group");
    let schedule = || {
        client
            .create_schedule()
            .cron("* * * * *")
            .destination("group")
    };
    let publish = || client.publish_message().destination("group");
    let retry = || client.retry_dlq_message().dlq_id("d");
    let hour = Duration::from_secs(3600);
    let empty = Message::empty;
    let later = || empty().not_before(SystemTime::UNIX_EPOCH + hour);
    let id = || empty().deduplication_id("a");
    let errors = [
        (
            enqueue()
                .message(empty().delay(hour))
                .send()
                .await
                .map(drop),
            "`Upstash-Delay`; a queue",
        ),
        (
            enqueue().message(later()).send().await.map(drop),
            "`Upstash-Not-Before`; a queue",
        ),
        (
            enqueue().message(flow(empty())).send().await.map(drop),
            "`Upstash-Flow-Control-Key`",
        ),
        (
            enqueue().queue("a/b").send().await.map(drop),
            "`a/b` cannot be the name of a queue",
        ),
        (
            enqueue().queue("..").send().await.map(drop),
            "`..` cannot be the name of a queue",
        ),
        (
            schedule().message(later()).send().await.map(drop),
            "`Upstash-Not-Before`; a schedule",
        ),
        (
            schedule().message(id()).send().await.map(drop),
            "`Upstash-Deduplication-Id`; a schedule",
        ),
        (
            schedule().cron("").send().await.map(drop),
            "not a cron expression",
        ),
        (
            schedule().cron("* * * *").send().await.map(drop),
            "not a cron expression",
        ),
        (
            schedule().cron("CRON_TZ=UTC").send().await.map(drop),
            "not a cron expression",
        ),
        (
            schedule().cron("0 9 * * 7").send().await.map(drop),
            "has to be a number from 0 to 6 or a name such as `sun`; Sunday is 0",
        ),
        (
            schedule().cron("* * * * *\n").send().await.map(drop),
            "line break",
        ),
        (
            schedule().schedule_id("").send().await.map(drop),
            "`` cannot be the id of a schedule",
        ),
        (
            schedule().queue("a,b").send().await.map(drop),
            "`a,b` cannot be the name of a queue",
        ),
        (
            publish().message(id().label("")).send().await.map(drop),
            "label is empty",
        ),
        (
            retry().overrides(Message::text("a")).send().await.map(drop),
            "sends the body that the message had",
        ),
        (
            retry()
                .overrides(empty().content_type("a/b"))
                .send()
                .await
                .map(drop),
            "`Content-Type`",
        ),
    ];
    for (result, expected) in errors {
        let error = result.unwrap_err().to_string();
        assert!(error.contains(expected), "{error:?} has not {expected:?}");
    }
    assert_eq!(recorder.take(), []);
}

#[tokio::test]
async fn an_error_stays_whatever_is_set_later() {
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    let client = recorder.client();
    let wrong = client
        .publish_message()
        .message(Message::empty().label("a,b"));
    let request = wrong.header("X-A", "b").body("b").destination("group");
    let error = request.send().await.unwrap_err().to_string();
    assert!(error.contains("label `a,b` holds a comma"), "{error}");
    let wrong = client.publish_message().header("a b", "c");
    let request = wrong.message(Message::text("a")).destination("group");
    let error = request.send().await.unwrap_err().to_string();
    assert!(
        error.contains("`a b` is not the name of a header"),
        "{error}"
    );
    assert_eq!(recorder.take(), []);
}

#[tokio::test]
async fn what_is_too_much_for_a_request_is_an_error() {
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    let client = recorder.client();
    let long = format!("https://example.com/{}", "a".repeat(70_000));
    let encoded = format!("https://example.com/{}", "é".repeat(10_000));
    for destination in [long, encoded] {
        let request = client.publish_message().destination(destination);
        let error = request.send().await.unwrap_err().to_string();
        assert!(error.contains("`destination` is longer than"), "{error}");
    }
    let headers = (0..1_001).map(|n| format!("X-{n}"));
    let message = headers.fold(Message::empty(), |message, name| message.forward(name, "a"));
    let request = client
        .publish_message()
        .destination("group")
        .message(message);
    let error = request.send().await.unwrap_err().to_string();
    assert!(error.contains("1001 headers"), "{error}");
    assert_eq!(recorder.take(), []);
}

/// The vendor's pages leave these open; the guide says how they are decided.
#[tokio::test]
async fn a_message_has_one_deduplication_id_and_limits_above_zero() {
    let recorder = Recorder::answering(r#"{"messageId":"m"}"#);
    let client = recorder.client();
    let publish = |message| {
        let request = client.publish_message().destination("group");
        request.message(message).send()
    };
    let empty = Message::empty;
    for (message, header) in [
        (
            empty().deduplication_id("a").deduplicate_by_content(),
            ("upstash-content-based-deduplication", "true"),
        ),
        (
            empty().deduplicate_by_content().deduplication_id("a"),
            ("upstash-deduplication-id", "a"),
        ),
    ] {
        publish(message).await.unwrap();
        assert_eq!(recorder.only().message_headers(), [header]);
    }
    let limits = || FlowControl::new("k");
    for (limits, expected) in [
        (limits().rate(0), "rate of the flow control is zero"),
        (
            limits().parallelism(0),
            "parallelism of the flow control is zero",
        ),
        (
            limits().rate(1).parallelism(0),
            "parallelism of the flow control is zero",
        ),
        (
            limits().rate(1).period(Duration::ZERO),
            "period of the flow control is zero",
        ),
        (limits().period(Duration::from_secs(1)), "has no limit"),
    ] {
        let error = publish(empty().flow_control(limits)).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(recorder.take(), []);
    let prefixed = Client::builder()
        .token("token")
        .base_url("https://gateway.example.com/qstash");
    let error = prefixed.build().unwrap_err().to_string();
    assert!(
        error.contains("the base URL has the path `/qstash`"),
        "{error}"
    );
}
