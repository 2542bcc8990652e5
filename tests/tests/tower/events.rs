//! The events of the layer about requests that it refuses.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use qstash_api::keys::KeyRing;
use qstash_api::receiver::Receiver;
use qstash_api::tower::{ExpectedUrl, VerifyLayer};
use tower_service::Service as _;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::world::World;

/// The events of a thread, as text.
#[derive(Default)]
struct Events(Mutex<Vec<String>>);

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!("{}={value:?} ", field.name()));
    }
}

impl Subscriber for Events {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(format!("{} ", event.metadata().level()));
        event.record(&mut text);
        let mut events = self.0.lock().unwrap();
        events.push(text.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_refusal_is_an_event_with_its_code_and_nothing_of_the_request() {
    let events: Arc<Events> = Arc::default();
    // Of this thread alone: the process has one of its own, which other tests listen with.
    let _listening = tracing::subscriber::set_default(Arc::clone(&events));
    let receiver = Receiver::new(KeyRing::new("sig_a", "sig_b").unwrap());
    let mut app: Router = Router::new().layer(VerifyLayer::new(receiver, ExpectedUrl::unchecked()));
    let request = axum::http::Request::post("/?s3cr3t").header("upstash-signature", "s3cr3t");
    let response = app.call(request.body(Body::from("s3cr3t")).unwrap()).await;
    assert_eq!(response.unwrap().status(), 401);
    let events = events.0.lock().unwrap();
    let told: Vec<_> = events
        .iter()
        .filter(|text| text.contains("code="))
        .collect();
    let [text] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert!(text.starts_with("WARN "), "{text}");
    assert!(text.contains(r#"code="malformed" status=401"#), "{text}");
    assert!(!text.contains("s3cr3t"), "{text}");
}

/// Whoever deploys it knows both, and it is the commonest trouble; the sender is told neither.
#[tokio::test]
async fn a_delivery_for_another_url_is_an_event_with_both_urls() {
    let world = World::start().await;
    let signature = world.sign("/hook", "").await;
    let events: Arc<Events> = Arc::default();
    let _listening = tracing::subscriber::set_default(Arc::clone(&events));
    let mut app: Router = Router::new().layer(world.layer("http://10.0.0.7:8080"));
    let request = axum::http::Request::post("/hook").header("upstash-signature", signature);
    let response = app
        .call(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(response.status(), 401);
    let body = axum::body::to_bytes(response.into_body(), 1000)
        .await
        .unwrap();
    assert!(!body.windows(4).any(|part| part == b"http"), "{body:?}");
    let events = events.0.lock().unwrap().concat();
    for part in ["https://example.com/hook", "http://10.0.0.7:8080/hook"] {
        assert!(events.contains(part), "{events}");
    }
}
