use std::time::Duration;

use super::*;
use crate::generated::operations::{OPERATIONS, Place, operation};
use crate::types::HttpMethod;
use crate::{FlowControl, Redact, Timestamp, ValueProblem};

fn url() -> Callback {
    Callback::new("https://example.com/?a=1")
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_secs(seconds)
}

fn prepared(message: &Message) -> Prepared {
    message.clone().prepared().unwrap()
}

fn named(message: &Message) -> Vec<(&'static str, String)> {
    let named = prepared(message).options.into_headers();
    let named = named.map(|(name, value)| (name, value.into_owned()));
    named.collect()
}

fn families(message: &Message) -> Vec<(String, String)> {
    let families = prepared(message).families.into_iter();
    families
        .map(|(family, name, value)| (format!("{}{name}", family.prefix()), value))
        .collect()
}

/// One message for each option that has a header of its own, with that header and its value.
fn every_option() -> Vec<(Message, &'static str, &'static str)> {
    let new = Message::empty;
    let seconds = Duration::from_secs;
    vec![
        (new().content_type("a/b"), "Content-Type", "a/b"),
        (new().method(HttpMethod::Patch), "Upstash-Method", "PATCH"),
        (new().delay(seconds(90)), "Upstash-Delay", "90s"),
        (new().delay(Duration::ZERO), "Upstash-Delay", "0s"),
        (
            new().not_before(at(1_700_000_000)),
            "Upstash-Not-Before",
            "1700000000",
        ),
        (new().timeout(seconds(5400)), "Upstash-Timeout", "5400s"),
        (
            new().timeout(Duration::from_millis(1)),
            "Upstash-Timeout",
            "1s",
        ),
        (new().retries(0), "Upstash-Retries", "0"),
        (new().retries(u32::MAX), "Upstash-Retries", "4294967295"),
        (
            new().retry_delay("pow(2, retried) * 1000"),
            "Upstash-Retry-Delay",
            "pow(2, retried) * 1000",
        ),
        (
            new().deduplication_id("a-1"),
            "Upstash-Deduplication-Id",
            "a-1",
        ),
        (
            new().deduplicate_by_content(),
            "Upstash-Content-Based-Deduplication",
            "true",
        ),
        (
            new().deduplication_id("a").deduplicate_by_content(),
            "Upstash-Content-Based-Deduplication",
            "true",
        ),
        (
            new().deduplicate_by_content().deduplication_id("a"),
            "Upstash-Deduplication-Id",
            "a",
        ),
        (new().label("a b"), "Upstash-Label", "a b"),
        (
            new().label("a").labels(["b", "c"]),
            "Upstash-Label",
            "a,b,c",
        ),
        (
            new().redact(Redact::headers(["A"])).redact(Redact::body()),
            "Upstash-Redact-Fields",
            "body,header[A]",
        ),
        (
            new().callback(url()),
            "Upstash-Callback",
            "https://example.com/?a=1",
        ),
        (
            new().failure_callback("https://example.com"),
            "Upstash-Failure-Callback",
            "https://example.com",
        ),
    ]
}

#[test]
fn each_option_has_its_header() {
    for (message, header, value) in every_option() {
        assert_eq!(named(&message), [(header, value.to_owned())]);
        assert_eq!(families(&message), []);
    }
    let flow_control = FlowControl::new("k").rate(10).parallelism(5);
    assert_eq!(
        named(&Message::empty().flow_control(flow_control)),
        [
            ("Upstash-Flow-Control-Key", "k".to_owned()),
            (
                "Upstash-Flow-Control-Value",
                "parallelism=5, rate=10".to_owned()
            ),
        ]
    );
}

#[test]
fn a_message_without_options_sends_none() {
    assert_eq!(named(&Message::empty().labels::<&str>([])), []);
}

#[test]
fn a_body_has_its_media_type() {
    let cases = [
        (
            Message::json(&[1, 2]).unwrap(),
            Some(&b"[1,2]"[..]),
            Some("application/json"),
        ),
        (
            Message::text("é"),
            Some("é".as_bytes()),
            Some("text/plain; charset=utf-8"),
        ),
        (
            Message::text("<a/>").content_type("text/xml"),
            Some(b"<a/>"),
            Some("text/xml"),
        ),
        (
            Message::bytes(vec![0, 255], "a/b"),
            Some(&[0, 255]),
            Some("a/b"),
        ),
        (
            Message::text(""),
            Some(b""),
            Some("text/plain; charset=utf-8"),
        ),
        (Message::empty(), None, None),
    ];
    for (message, body, content_type) in cases {
        assert_eq!(message.body.as_ref().map(|body| &*body.0), body);
        let found = message.options.get("Content-Type");
        assert_eq!(found.map(|it| it.as_deref().unwrap()), content_type);
    }
}

#[test]
fn callbacks_have_their_own_options_and_headers() {
    let callback = url()
        .method(HttpMethod::Put)
        .timeout(Duration::from_secs(5))
        .retries(0)
        .retry_delay("1000")
        .delay(Duration::from_secs(7))
        .forward("X-A", "1")
        .forward("x-a", "2");
    let message = Message::empty()
        .callback(callback.clone())
        .failure_callback(callback);
    let expected: Vec<_> = ["Upstash-Callback-", "Upstash-Failure-Callback-"]
        .into_iter()
        .flat_map(|prefix| {
            [
                ("Method", "PUT"),
                ("Timeout", "5s"),
                ("Retries", "0"),
                ("Retry-Delay", "1000"),
                ("Delay", "7s"),
                ("Forward-x-a", "2"),
            ]
            .map(|(name, value)| (format!("{prefix}{name}"), value.to_owned()))
        })
        .collect();
    assert_eq!(families(&message), expected);
}

#[test]
fn forwarded_headers_are_replaced_by_name() {
    let message = Message::empty()
        .forward("A", "1")
        .forward("B", "")
        .forward("a", "3");
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        families(&message),
        [
            header("Upstash-Forward-B", ""),
            header("Upstash-Forward-a", "3")
        ]
    );
}

#[test]
fn what_the_service_would_refuse_is_an_error_that_says_so() {
    let new = Message::empty;
    let cases = [
        (new().content_type(""), "content type is empty"),
        (
            new().content_type("a\r\nb"),
            "`Content-Type` holds a line break",
        ),
        (new().delay(Duration::MAX), "delay is longer than 292 years"),
        (new().timeout(Duration::ZERO), "timeout is zero"),
        (
            new().not_before(at(0) - Duration::from_secs(1)),
            "before 1970",
        ),
        (
            new().not_before(at(i64::from(u32::MAX) * 60)),
            "after the year 9999",
        ),
        (new().retry_delay(""), "retry delay is empty"),
        (
            new().retry_delay("a\n"),
            "`Upstash-Retry-Delay` holds a line break",
        ),
        (new().deduplication_id(""), "deduplication id is empty"),
        (new().deduplication_id("a:b"), "deduplication id holds `:`"),
        (new().deduplication_id("a b"), "deduplication id holds ` `"),
        (
            new().deduplication_id("a\u{a0}b"),
            "deduplication id holds `\\u{a0}`",
        ),
        (new().deduplication_id("é"), "outside of ASCII"),
        (new().label(""), "a label is empty"),
        (new().label("a,b"), "label `a,b` holds a comma"),
        (new().label("é"), "outside of ASCII"),
        (new().label(" a"), "begins or ends with white space"),
        (new().flow_control(FlowControl::new("k")), "has no limit"),
        (
            new().redact(Redact::headers(["a b"])),
            "`a b` is not the name of a header",
        ),
        (new().forward("", "a"), "`` is not the name of a header"),
        (
            new().forward("a b", "a"),
            "`a b` is not the name of a header",
        ),
        (new().forward("a:", "a"), "`a:` is not the name of a header"),
        (
            new().forward("A", "b\nC: d"),
            "`Upstash-Forward-A` holds a line break",
        ),
        (
            new().callback("/done"),
            "`Upstash-Callback` is not an absolute URL",
        ),
        (
            new().failure_callback("a.b"),
            "`Upstash-Failure-Callback` is not an absolute URL",
        ),
        (
            new().callback(url().timeout(Duration::ZERO)),
            "timeout of the callback is zero",
        ),
        (
            new().callback(url().delay(Duration::MAX)),
            "delay of the callback is longer",
        ),
        (
            new().callback(url().retry_delay("")),
            "retry delay of the callback is empty",
        ),
        (
            new().failure_callback(url().retry_delay("é")),
            "`Upstash-Failure-Callback-Retry-Delay` holds a character outside of ASCII",
        ),
        (
            new().failure_callback(url().forward("X", "\0")),
            "`Upstash-Failure-Callback-Forward-X` holds a control character",
        ),
    ];
    for (message, expected) in cases {
        let error = message.check().unwrap_err().to_string();
        assert!(error.contains(expected), "{error:?} has not {expected:?}");
    }
}

#[test]
fn errors_can_be_told_apart() {
    assert_eq!(
        Message::empty().forward("A", "b\n").check(),
        Err(InvalidMessage::HeaderValue {
            header: "Upstash-Forward-A".into(),
            problem: ValueProblem::LineBreak,
        })
    );
    assert!(matches!(
        Message::json(&std::collections::BTreeMap::from([((1, 2), 3)])),
        Err(InvalidMessage::Json { .. })
    ));
}

#[test]
fn an_operation_refuses_exactly_the_options_that_the_description_does_not_give_it() {
    let mut options = every_option();
    options.push((
        Message::empty().flow_control(FlowControl::new("k").rate(1)),
        "Upstash-Flow-Control-Key",
        "k",
    ));
    let refused = |id| {
        let refused = |(message, header, _): &(Message, &'static str, _)| {
            let result = message.clone().prepared_for(id);
            let mut parameters = operation(id).unwrap().parameters.iter();
            let listed = parameters.any(|parameter| parameter.name == *header);
            assert_eq!(result.is_ok(), listed, "{id}: {header}");
            result.err().map(|_| *header)
        };
        let mut refused: Vec<_> = options.iter().filter_map(refused).collect();
        refused.dedup();
        refused
    };
    assert_eq!(refused("publish_message"), [""; 0]);
    let enqueue = [
        "Upstash-Delay",
        "Upstash-Not-Before",
        "Upstash-Flow-Control-Key",
    ];
    assert_eq!(refused("enqueue_message"), enqueue);
    let schedule = [
        "Upstash-Not-Before",
        "Upstash-Deduplication-Id",
        "Upstash-Content-Based-Deduplication",
        "Upstash-Deduplication-Id",
    ];
    assert_eq!(refused("create_schedule"), schedule);
    assert_eq!(refused("retry_dlq_message"), ["Content-Type"]);
    assert_eq!(refused("retry_dlq_messages"), ["Content-Type"]);
}

#[test]
fn every_header_of_the_document_can_be_said() {
    let everything = Message::empty()
        .flow_control(FlowControl::new("k").rate(1))
        .forward_request_headers()
        .forward("A", "1")
        .callback(url().retries(1).forward("A", "1"))
        .failure_callback(url().retries(1).forward("A", "1"));
    let said: Vec<_> = every_option()
        .into_iter()
        .map(|(_, header, _)| header)
        .chain(named(&everything).into_iter().map(|(header, _)| header))
        .chain(names::OF_SCHEDULES)
        // A setter of its own says it.
        .chain(["Upstash-Cron"])
        .collect();
    let families = families(&everything);
    for operation in OPERATIONS {
        let headers = operation.parameters.iter();
        for header in headers.filter(|parameter| parameter.place == Place::Header) {
            assert!(
                said.contains(&header.name),
                "{}: {}",
                operation.id,
                header.name
            );
        }
        for family in operation.header_families {
            let is_said = families
                .iter()
                .any(|(name, _)| name.starts_with(family.prefix));
            assert!(is_said, "{}: {}", operation.id, family.prefix);
        }
    }
}

#[test]
fn debug_shows_no_secret() {
    let message = Message::text("hidden")
        .forward("Authorization", "hidden")
        .callback(
            Callback::new("https://a:hidden@example.com/hidden?hidden").forward("A", "hidden"),
        )
        .to("https://hidden@example.com/hidden");
    let debug = format!("{message:?}");
    assert!(!debug.contains("hidden"), "{debug}");
    assert!(
        debug.contains("Authorization") && debug.contains("https://example.com"),
        "{debug}"
    );
}
