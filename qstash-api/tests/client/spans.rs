//! One span for each request, with everything that helps and nothing that is secret.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread::{self, ThreadId};
use std::time::Duration;

use qstash_api::keys::KeyRing;
use qstash_api::keys::refresh::KeyRefresh;
use qstash_api::{CredentialsIn, Message, RetryPolicy};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::client::server::{Line, Server, answer};

type Fields = BTreeMap<&'static str, String>;

/// Collects every span and event of every crate, at every level, with the thread that it happened in.
///
/// There is one for the whole process: with one for each thread, `tracing` may take a place in the code for
/// disabled because another thread, which has none, came there first. A test sees what happened in its own thread.
#[derive(Default)]
struct Collector {
    spans: Mutex<Vec<(ThreadId, &'static str, Fields)>>,
    events: Mutex<Vec<(ThreadId, Fields)>>,
}

static COLLECTOR: LazyLock<Arc<Collector>> = LazyLock::new(|| {
    let collector = Arc::default();
    tracing::subscriber::set_global_default(Arc::clone(&collector)).unwrap();
    collector
});

/// Begins to collect for this thread. What was there is forgotten: tests may run one after another in one thread.
fn collect() -> &'static Collector {
    let here = thread::current().id();
    let mut spans = COLLECTOR.spans.lock().unwrap();
    for (_, name, _) in spans.iter_mut().filter(|(thread, ..)| *thread == here) {
        *name = "forgotten";
    }
    COLLECTOR
        .events
        .lock()
        .unwrap()
        .retain(|(thread, _)| *thread != here);
    drop(spans);
    &COLLECTOR
}

struct Visitor<'f>(&'f mut Fields);

impl Visit for Visitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::new();
        span.record(&mut Visitor(&mut fields));
        let mut spans = self.spans.lock().unwrap();
        spans.push((thread::current().id(), span.metadata().name(), fields));
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let at = span.into_u64() as usize - 1;
        if let Some((_, _, fields)) = self.spans.lock().unwrap().get_mut(at) {
            values.record(&mut Visitor(fields));
        }
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Visitor(&mut fields));
        self.events
            .lock()
            .unwrap()
            .push((thread::current().id(), fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl Collector {
    /// The spans of requests in this thread.
    fn requests(&self) -> Vec<Fields> {
        let spans = self.spans.lock().unwrap();
        let here = spans.iter().filter(|(thread, name, _)| {
            *thread == thread::current().id() && *name == "qstash.request"
        });
        here.map(|(_, _, fields)| fields.clone()).collect()
    }

    /// The events in this thread.
    fn events(&self) -> Vec<Fields> {
        let events = self.events.lock().unwrap();
        let here = events
            .iter()
            .filter(|(thread, _)| *thread == thread::current().id());
        here.map(|(_, fields)| fields.clone()).collect()
    }
}

fn expected(server: &Server, fields: &[(&'static str, &str)]) -> Fields {
    let host = ("host", server.address.to_string());
    fields
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .chain([host])
        .collect()
}

#[tokio::test(start_paused = true)]
async fn each_attempt_is_a_span_and_each_pause_an_event() {
    let collector = collect();
    let message = answer(200, &[], r#"{"messageId":"m"}"#);
    let server = Server::start([Line::Close, answer(503, &["retry-after: 2"], ""), message]).await;
    let client = server.client().with_retry(RetryPolicy::default());
    let destination = "https://user:s3cr3t@example.com:8443/hook/s3cr3t?key=s3cr3t";
    let publish = client
        .publish_message()
        .destination(destination)
        .message(Message::empty().deduplication_id("a"));
    publish.body("s3cr3t").send().await.unwrap();

    let mut requests = collector.requests();
    for request in &mut requests {
        let duration = request.remove("duration_ms").unwrap();
        assert!(duration.parse::<u64>().is_ok(), "{duration}");
    }
    let common = [
        ("operation", "publish_message"),
        ("method", "POST"),
        ("destination", "https://example.com:8443"),
    ];
    let with =
        |more: &[(&'static str, &'static str)]| expected(&server, &[&common[..], more].concat());
    assert_eq!(
        requests,
        [
            with(&[("attempt", "1"), ("error", "transport")]),
            with(&[("attempt", "2"), ("status", "503")]),
            with(&[("attempt", "3"), ("status", "200")]),
        ]
    );
    let events = collector.events();
    let pauses: Vec<u64> = events
        .iter()
        .filter_map(|event| event.get("pause_ms")?.parse().ok())
        .collect();
    assert_eq!(pauses.len(), 2);
    assert!(pauses[1] >= 2000, "{pauses:?}");
}

#[tokio::test]
async fn no_span_and_no_event_shows_a_secret() {
    for place in [CredentialsIn::Header, CredentialsIn::Query] {
        let collector = collect();
        let echo = "/v2/keys?qstash_token=eyJVc2VySUQi%2Bs3cr3t%2F0%3D";
        let redirect = answer(302, &[&format!("location: {echo}")], echo);
        let server = Server::start([
            redirect,
            Line::Close,
            answer(401, &[], echo),
            answer(200, &[], echo),
        ])
        .await;
        let client = server
            .builder()
            .credentials(place)
            .retry(RetryPolicy::never())
            .build()
            .unwrap();
        for _ in 0..4 {
            let destination = "https://s3cr3t@example.com/s3cr3t?s3cr3t";
            let publish = client
                .publish_message()
                .destination(destination)
                .message(Message::empty().label("s3cr3t"));
            assert!(publish.body("s3cr3t").send().await.is_err());
        }
        assert_eq!(collector.requests().len(), 4);
        let shown = format!("{:?} {:?}", collector.requests(), collector.events());
        assert!(
            !shown.contains("s3cr3t") && !shown.contains("eyJVc2VySUQi"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn requests_without_a_destination_have_none_in_their_span() {
    let collector = collect();
    let server = Server::start([answer(404, &[], "")]).await;
    let _ = server.client().get_message().message_id("m").send().await;
    let requests = collector.requests();
    assert_eq!(
        (
            requests[0]["operation"].as_str(),
            requests[0]["status"].as_str()
        ),
        ("get_message", "404")
    );
    assert!(!requests[0].contains_key("destination") && !requests[0].contains_key("error"));
}

#[tokio::test]
async fn signing_keys_that_are_new_or_cannot_be_read_are_events() {
    let collector = collect();
    let keys = || answer(200, &[], r#"{"current":"s3cr3t-b","next":"s3cr3t-c"}"#);
    let server = Server::start([keys(), keys(), answer(401, &[], "s3cr3t")]).await;
    let ring = KeyRing::new("s3cr3t-a", "s3cr3t-b").unwrap();
    let refresh = KeyRefresh::new(server.client(), &ring).min_interval(Duration::ZERO);
    for _ in 0..3 {
        let _ = refresh.refresh().await;
    }
    let mut events = collector.events();
    events.retain(|event| event["message"].contains("signing keys"));
    assert_eq!(events.len(), 2, "{events:?}");
    assert_eq!(events[0]["adoption"], "Rotated");
    let failure = ["error", "status"].map(|name| events[1][name].as_str());
    assert_eq!(failure, ["credentials", "401"]);
    let shown = format!("{events:?}");
    assert!(!shown.contains("s3cr3t"), "{shown}");
}
