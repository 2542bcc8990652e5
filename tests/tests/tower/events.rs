//! What the layer tells whoever runs it about requests that it refuses.

use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread::{self, ThreadId};

use axum::Router;
use axum::body::Body;
use qstash_api::keys::KeyRing;
use qstash_api::receiver::Receiver;
use qstash_api::tower::{ExpectedUrl, VerifyLayer};
use tower_service::Service as _;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The events of each thread, as text. There is one for the process: `tracing` notes once for all threads which places
/// in the code anybody listens to.
#[derive(Default)]
struct Events(Mutex<Vec<(ThreadId, String)>>);

static EVENTS: LazyLock<Arc<Events>> = LazyLock::new(|| {
    let events = Arc::default();
    tracing::subscriber::set_global_default(Arc::clone(&events)).unwrap();
    events
});

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
        events.push((thread::current().id(), text.0));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_refusal_is_an_event_with_its_code_and_nothing_of_the_request() {
    LazyLock::force(&EVENTS);
    let receiver = Receiver::new(KeyRing::new("sig_a", "sig_b").unwrap());
    let mut app: Router = Router::new().layer(VerifyLayer::new(receiver, ExpectedUrl::any()));
    let request = axum::http::Request::post("/?s3cr3t").header("upstash-signature", "s3cr3t");
    let response = app.call(request.body(Body::from("s3cr3t")).unwrap()).await;
    assert_eq!(response.unwrap().status(), 401);
    let here = thread::current().id();
    let events = EVENTS.0.lock().unwrap();
    let told: Vec<_> = events
        .iter()
        .filter(|(thread, text)| *thread == here && text.contains("code="))
        .collect();
    let [(_, text)] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert!(text.starts_with("WARN "), "{text}");
    assert!(text.contains(r#"code="malformed" status=401"#), "{text}");
    assert!(!text.contains("s3cr3t"), "{text}");
}
