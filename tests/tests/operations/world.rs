//! A server, a client for it, and ways to bring things about on the server.

use std::time::Duration;

use qstash_api::types::{AddUrlGroupEndpointsBody, NewEndpoint};
use qstash_api::{Client, ClientBuilder, CredentialsIn, FlowControl, Message, Timestamp};
use qstash_dev_server::{Clock, QStash, Shapes};

/// A token with characters that a query has to encode.
pub(crate) const TOKEN: &str = "eyJ+s3cr3t/Pa55word==";

/// The destination of messages that are to stay where they are.
pub(crate) const DESTINATION: &str = "https://example.com/hook";

/// A destination that nobody listens on: the discard port.
const NOWHERE: &str = "http://127.0.0.1:9/nowhere";

/// The moment at which the clock of the server stands.
pub(crate) const NOW: u64 = 1_780_000_000_000;

/// The same moment, for a filter that begins with it.
pub(crate) const FROM: Timestamp = Timestamp::from_unix_millis(1_780_000_000_000);

/// A moment later, for a filter that ends with it.
pub(crate) const TO: Timestamp = Timestamp::from_unix_millis(1_780_000_000_001);

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A server that delivers nothing, and a client for it.
pub(crate) struct World {
    pub(crate) server: QStash,
    client: Client,
}

/// The outcome of a case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subject {
    /// The name or the id of what the operation is about.
    pub(crate) id: String,
    /// The cursor of the second page, where the case needs one.
    pub(crate) cursor: String,
}

impl Subject {
    pub(crate) fn named(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            cursor: String::new(),
        }
    }
}

/// A builder of clients for a server.
pub(crate) fn builder(server: &QStash, place: CredentialsIn) -> ClientBuilder {
    crate::client::builder(server).credentials(place)
}

impl World {
    /// A server on which everything is the same in every run.
    pub(crate) async fn start() -> Self {
        let server = QStash::builder()
            .token(TOKEN)
            .seed(1)
            .clock(Clock::standing_at(NOW))
            .start()
            .await
            .unwrap();
        server.hold_deliveries();
        let client = builder(&server, CredentialsIn::Header).build().unwrap();
        Self { server, client }
    }

    /// The same with answers of other shapes.
    pub(crate) async fn start_with(shapes: Shapes) -> Self {
        let world = Self::start().await;
        world.server.set_shapes(shapes);
        world
    }

    /// Publishes a message that waits for a day.
    pub(crate) async fn message(&self) -> Subject {
        self.publish(DESTINATION, Message::text("hi").delay(DAY))
            .await
    }

    async fn publish(&self, destination: &str, message: Message) -> Subject {
        let request = self.client.publish_message().destination(destination);
        let answer = request.message(message).send().await.unwrap();
        Subject::named(answer.message_id().unwrap())
    }

    /// Leaves two messages in the DLQ. The subject is the older one, and the cursor leads to it.
    pub(crate) async fn dead_letters(&self) -> Subject {
        self.server.release_deliveries();
        for body in ["first", "second"] {
            self.publish(NOWHERE, Message::text(body).retries(0)).await;
            self.server.settle().await;
        }
        self.server.hold_deliveries();
        let page = self.client.list_dlq_messages().count(1).send();
        let dlq = self.server.snapshot().dlq;
        Subject {
            id: dlq[0]["dlqId"].as_str().unwrap().to_owned(),
            cursor: page.await.unwrap().cursor.clone().unwrap(),
        }
    }

    /// Makes two entries in the logs. The subject is the message of both, and the cursor leads to the older one.
    pub(crate) async fn logs(&self) -> Subject {
        let message = self.message().await;
        self.message().await;
        let page = self.client.list_logs().count(1).send().await.unwrap();
        Subject {
            cursor: page.cursor.clone().unwrap(),
            ..message
        }
    }

    /// Makes a queue.
    pub(crate) async fn queue(&self, is_paused: bool) -> Subject {
        let body = qstash_api::types::UpsertQueueBody::builder()
            .queue_name("my-queue")
            .parallelism(2_u64)
            .paused(is_paused);
        self.client.upsert_queue().body(body).send().await.unwrap();
        Subject::named("my-queue")
    }

    /// Makes a schedule.
    pub(crate) async fn schedule(&self, is_paused: bool) -> Subject {
        let id = "my-schedule";
        let create = self.client.create_schedule().destination(DESTINATION);
        let create = create.cron("0 0 1 1 *").schedule_id(id);
        create.message(Message::text("hi")).send().await.unwrap();
        if is_paused {
            let pause = self.client.pause_schedule().schedule_id(id);
            pause.send().await.unwrap();
        }
        Subject::named(id)
    }

    /// Makes a URL Group with two endpoints, of which one has a name.
    pub(crate) async fn url_group(&self) -> Subject {
        let endpoint = |name: Option<&str>, place: &str| {
            let url = format!("https://example.com/{place}");
            let endpoint = NewEndpoint::builder().url(url);
            match name {
                Some(name) => endpoint.name(name).build().unwrap(),
                None => endpoint.build().unwrap(),
            }
        };
        let body = AddUrlGroupEndpointsBody::builder()
            .endpoints(vec![endpoint(Some("one"), "1"), endpoint(None, "2")]);
        let add = self
            .client
            .add_url_group_endpoints()
            .url_group_name("my-group");
        add.body(body).send().await.unwrap();
        Subject::named("my-group")
    }

    /// Makes a flow-control key, with a name that a path has to encode.
    pub(crate) async fn flow_control_key(&self) -> Subject {
        let key = "my key";
        let control = FlowControl::new(key).rate(5).parallelism(3);
        let message = Message::text("hi").delay(DAY).flow_control(control);
        self.publish(DESTINATION, message).await;
        Subject::named(key)
    }

    /// The same, paused and with pinned limits.
    pub(crate) async fn paused_flow_control_key(&self) -> Subject {
        let subject = self.flow_control_key().await;
        let pin = self.client.pin_flow_control_key();
        let pin = pin.flow_control_key(&subject.id).parallelism(7).rate(8);
        pin.send().await.unwrap();
        let pause = self.client.pause_flow_control_key();
        let pause = pause.flow_control_key(&subject.id);
        pause.send().await.unwrap();
        subject
    }
}
