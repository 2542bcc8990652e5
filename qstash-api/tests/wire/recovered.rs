//! Messages made of what the service shows of them.

use std::time::Duration;

use qstash_api::inbound::CallbackPayload;
use qstash_api::types::{HttpMethod, LogEntry};
use qstash_api::{Callback, Client, FlowControl, Message, Redact};
use qstash_dev_server::{Answer, Destination, QStash};

struct World {
    service: QStash,
    /// A place that accepts nothing.
    broken: Destination,
    /// A place that accepts everything.
    sound: Destination,
    client: Client,
}

impl World {
    async fn start() -> Self {
        let service = QStash::start().await.unwrap();
        Self {
            client: service.client().unwrap(),
            broken: Destination::start_with(|_| Answer::empty(500))
                .await
                .unwrap(),
            sound: Destination::start().await.unwrap(),
            service,
        }
    }

    async fn publish(&self, url: String, message: Message) {
        let request = self.client.publish_message().destination(url);
        request.message(message).send().await.unwrap();
        self.service.settle().await;
    }

    fn message(&self, body: Message) -> Message {
        let callback = Callback::new(format!("{}/told", self.sound.url()));
        body.method(HttpMethod::Put)
            .retries(0)
            .retry_delay("1000")
            .labels(["a", "b"])
            .flow_control(
                FlowControl::new("k")
                    .rate(10)
                    .period(Duration::from_secs(60)),
            )
            .forward("X-A", "1")
            .failure_callback(callback.forward("X-B", "2"))
    }
}

#[tokio::test]
async fn what_is_in_the_dlq_is_published_elsewhere_as_it_was() {
    let world = World::start().await;
    for body in [
        Message::text("{\"order\":7}").content_type("application/json"),
        Message::bytes(vec![0, 159, 255], "image/png"),
    ] {
        let message = world.message(body);
        world.publish(world.broken.url(), message.clone()).await;
        let dead = world.client.list_dlq_messages().send().await.unwrap();
        let dead = dead.messages.first().unwrap();
        let again = Message::try_from(dead).unwrap();
        assert_eq!(again, message);
        let request = world.client.delete_dlq_message().dlq_id(&dead.dlq_id);
        request.send().await.unwrap();

        // And what the failure callback is told.
        let told = world.sound.take_requests();
        let payload = CallbackPayload::from_json(told[0].body()).unwrap();
        let again = Message::try_from(&payload).unwrap();
        world.publish(world.sound.url(), again).await;
        let (was, is) = (
            &world.broken.take_requests()[0],
            &world.sound.take_requests()[0],
        );
        assert_eq!((was.method(), was.body()), (is.method(), is.body()));
        for name in ["Content-Type", "X-A"] {
            assert_eq!(was.header(name), is.header(name));
        }
    }
}

#[tokio::test]
async fn a_log_entry_and_a_schedule_become_messages() {
    let world = World::start().await;
    let plain = Message::bytes(vec![0, 255], "a/b")
        .method(HttpMethod::Patch)
        .timeout(Duration::from_secs(7))
        .retries(1)
        .label("l")
        .forward("X-A", "1");
    world.publish(world.sound.url(), plain.clone()).await;
    let logs = world.client.list_logs().send().await.unwrap();
    let entry = logs.logs.iter().find(|entry| entry.body.is_some()).unwrap();
    let again = Message::try_from(entry).unwrap();
    world.publish(world.sound.url(), again).await;
    let [was, is] = &world.sound.take_requests()[..] else {
        panic!("two deliveries");
    };
    assert_eq!((was.method(), was.body()), (is.method(), is.body()));
    assert_eq!(was.header("X-A"), is.header("X-A"));

    let message = world.message(Message::text("report"));
    let request = world.client.create_schedule().cron("0 9 * * 1");
    let request = request.schedule_id("s").destination(world.sound.url());
    request.message(message.clone()).send().await.unwrap();
    let schedule = world.client.get_schedule().schedule_id("s").send().await;
    assert_eq!(Message::try_from(&*schedule.unwrap()).unwrap(), message);
}

#[tokio::test]
async fn what_was_redacted_is_not_written_back() {
    let world = World::start().await;
    let redact = Redact::body().header("Authorization");
    let secret = Message::text("hush")
        .forward("Authorization", "Bearer hush")
        .retries(0)
        .redact(redact);
    world.publish(world.broken.url(), secret).await;
    let dead = world.client.list_dlq_messages().send().await.unwrap();
    let shown = Message::try_from(&dead.messages[0]).unwrap();
    let publish = |message: Message| {
        let request = world.client.publish_message();
        request
            .destination(world.sound.url())
            .message(message)
            .send()
    };
    let error = publish(shown.clone()).await.unwrap_err().to_string();
    assert!(
        error.contains("the body is the placeholder of a value that was redacted"),
        "{error}"
    );
    let dlq_id = &dead.messages[0].dlq_id;
    let request = world.client.get_dlq_message().dlq_id(dlq_id);
    let one = request.send().await.unwrap();
    let error = Message::try_from(&*one).unwrap().check().unwrap_err();
    assert!(error.to_string().contains("redacted"), "{error}");
    let redacted = one.body.as_deref().unwrap().parse::<qstash_api::Redacted>();
    assert!(redacted.unwrap().is_of("hush"));

    let error = Message::empty()
        .forward("Authorization", one.header["Authorization"][0].clone())
        .check()
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the header `Authorization` is the placeholder"),
        "{error}"
    );
}

#[test]
fn the_flow_control_of_a_log_entry_goes_with_its_message() {
    let entry: LogEntry = serde_json::from_value(serde_json::json!({
        "messageId": "m", "flowControlKey": "shop", "parallelism": 3, "rate": 20, "period": 120,
    }))
    .unwrap();
    let limits = FlowControl::new("shop")
        .parallelism(3)
        .rate(20)
        .period(Duration::from_secs(120));
    let expected = Message::empty().flow_control(limits);
    assert_eq!(Message::try_from(&entry).unwrap(), expected);
}

#[test]
fn what_no_message_can_be_made_of_says_why() {
    let payload = |json: &str| {
        let payload = CallbackPayload::from_json(json.as_bytes()).unwrap();
        Message::try_from(&payload)
    };
    for (json, expected) in [
        (
            r#"{"sourceMessageId":"m","sourceBody":"*"}"#,
            "is not base64",
        ),
        (
            r#"{"sourceMessageId":"m","method":"TRACE"}"#,
            "the method `TRACE`",
        ),
    ] {
        let error = payload(json).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let headers = r#"{"sourceMessageId":"m","sourceHeader":{"Upstash-Retried":["1"],"Host":["a"],
        "X-A":["1","2"],"Content-Type":["a/b"]},"method":"patch"}"#;
    let message = payload(headers).unwrap();
    let expected = Message::empty().content_type("a/b").forward("x-a", "1, 2");
    let expected = expected.method(HttpMethod::Patch);
    assert_eq!(message, expected);
}
