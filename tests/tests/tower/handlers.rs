//! Handlers of real deliveries, and the effect of their answers on the service.

use std::time::Duration;

use qstash_api::Timestamp;
use qstash_api::inbound::{CallbackPayload, InboundHeaders, InvalidPayload, Reply};
use qstash_api::{Callback, Message};

use crate::tower::subject::{BOTH, Handler, Kind, Seen, Subject};
use crate::tower::world::World;

const SECOND: Duration = Duration::from_secs(1);

/// A handler that answers messages, and takes in callbacks under `/callback`.
fn handler(reply: impl Fn(&InboundHeaders) -> Reply + Send + Sync + 'static) -> Handler {
    Handler::new(move |seen| {
        let reply = match seen.target.starts_with("/callback") {
            true => Reply::delivered(),
            false => reply(&InboundHeaders::from_headers(&seen.headers)),
        };
        reply.into_response()
    })
}

fn callbacks(subject: &Subject) -> Vec<Seen> {
    let mut seen = subject.handler.seen();
    seen.retain(|seen| seen.target.starts_with("/callback"));
    seen
}

#[tokio::test]
async fn the_headers_of_a_delivery_are_read() {
    let world = World::start().await;
    let subject = Subject::start(Kind::Axum, Handler::default(), |url| world.layer(url)).await;
    let request = world.client.publish_message().destination(subject.url("/"));
    let answer = request.message(Message::text("x")).send().await.unwrap();
    world.qstash.settle().await;
    let seen = &subject.handler.seen()[0];
    let inbound = InboundHeaders::from_headers(&seen.headers);
    assert_eq!(inbound.message_id(), answer.message_id());
    assert_eq!(seen.verified.message_id(), answer.message_id());
    // The id in the token is another one.
    assert!(seen.verified.jwt_id().starts_with("jwt_"));
    assert_eq!(inbound.retried(), Some(0));
    assert_eq!(inbound.caller_ip(), Some("127.0.0.1".parse().unwrap()));
    let region = world.qstash.region().parse().unwrap();
    assert_eq!(inbound.region(), Some(region));
    assert_eq!((inbound.schedule_id(), inbound.url_group()), (None, None));
}

#[tokio::test]
async fn the_service_tries_again_when_it_is_told() {
    let world = World::start().await;
    for kind in BOTH {
        for in_words in [false, true] {
            let due = Timestamp::from(world.qstash.clock()) + SECOND * 90;
            let handler = handler(move |inbound| match (inbound.retried(), in_words) {
                (Some(0), false) => Reply::retry_after(SECOND * 90),
                (Some(0), true) => Reply::retry_at(due),
                _ => Reply::delivered(),
            });
            let subject = Subject::start(kind, handler, |url| world.layer(url)).await;
            // Otherwise it would come again after twelve seconds.
            world.publish(subject.url("/"), Message::text("x")).await;
            world.qstash.advance(SECOND * 89).await;
            assert_eq!(subject.handler.runs(), 1, "{kind:?}");
            world.qstash.advance(SECOND * 2).await;
            assert_eq!(subject.handler.runs(), 2, "{kind:?}");
            world.qstash.advance(SECOND * 10_000).await;
            assert_eq!(subject.handler.runs(), 2, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn the_service_does_not_try_again_when_it_is_told_not_to() {
    let world = World::start().await;
    for kind in BOTH {
        let handler = handler(|_| Reply::do_not_retry().with_reason("no such order"));
        let subject = Subject::start(kind, handler, |url| world.layer(url)).await;
        let failure = Callback::new(subject.url("/callback"));
        let message = Message::text("question").failure_callback(failure);
        world.publish(subject.url("/"), message).await;
        world.qstash.advance(SECOND * 100_000).await;
        let callbacks = callbacks(&subject);
        assert_eq!(
            (callbacks.len(), subject.handler.runs()),
            (1, 2),
            "{kind:?}"
        );
        let payload = CallbackPayload::from_json(&callbacks[0].body).unwrap();
        assert_eq!(payload.status(), Some(489));
        assert_eq!(payload.body().unwrap(), "no such order");
        assert_eq!(payload.source_body().unwrap(), "question");
        assert!(!payload.is_delivered());
        let dlq = world.qstash.snapshot().dlq;
        assert_eq!(payload.dlq_id(), dlq.last().unwrap()["dlqId"].as_str());
    }
}

#[tokio::test]
async fn a_callback_is_read_in_full() {
    let world = World::start().await;
    let before = Timestamp::from(world.qstash.clock());
    let handler = handler(|_| Reply::delivered().with_reason("done"));
    let subject = Subject::start(Kind::Hyper, handler, |url| world.layer(url)).await;
    let message = Message::text("question")
        .retries(2)
        .forward("X-Mine", "yes")
        .callback(Callback::new(subject.url("/callback")));
    let request = world
        .client
        .publish_message()
        .destination(subject.url("/a"));
    let answer = request.message(message).send().await.unwrap();
    world.qstash.settle().await;
    let callbacks = callbacks(&subject);
    let payload = CallbackPayload::from_json(&callbacks[0].body).unwrap();
    assert!(payload.is_delivered());
    assert_eq!(Some(payload.source_message_id()), answer.message_id());
    assert_eq!(payload.body().unwrap(), "done");
    assert_eq!(payload.source_body().unwrap(), "question");
    assert_eq!(payload.source_headers().get("x-mine").unwrap(), "yes");
    assert!(payload.headers().contains_key("content-type"));
    assert_eq!(
        (payload.retried(), payload.max_retries()),
        (Some(0), Some(2))
    );
    assert_eq!(payload.url(), Some(&*subject.url("/a")));
    assert_eq!(payload.method(), Some("POST"));
    assert_eq!(payload.caller_ip(), Some("127.0.0.1"));
    assert_eq!(payload.created_at(), Some(before));
    assert_eq!(payload.not_before(), Some(before));
    assert_eq!(payload.dlq_id(), None);
    let other = CallbackPayload::from_json(b"{\"status\":200}");
    assert_eq!(other, Err(InvalidPayload::NoSource));
}
