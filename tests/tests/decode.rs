//! The answers that the service really sends, as the generated types read them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use qstash_api::types::{
    BatchEntry, BatchResult, CancelMessagesResponse, DlqMessage, DlqPage, LogEntry, LogPage,
    LogState, Message, PublishResult, RetryDlqMessagesResponse, Schedule, SigningKeys, UrlGroup,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(answer: Value) -> Result<T, serde_json::Error> {
    // From text, as an answer comes.
    serde_json::from_str(&answer.to_string())
}

fn reads<T: DeserializeOwned>(answer: Value) -> T {
    let shown = answer.to_string();
    read(answer).unwrap_or_else(|error| panic!("{shown}: {error}"))
}

#[test]
fn a_publish_result_has_three_shapes() {
    let one = |id: &str| json!({ "messageId": id });
    let cases = [
        (one("a"), "message a"),
        (
            json!({ "messageId": "a", "deduplicated": true }),
            "message a",
        ),
        (
            json!({ "messageId": "a", "url": "https://example.com" }),
            "message a",
        ),
        (json!([]), "group"),
        (
            json!([{ "messageId": "a", "url": "https://example.com" }, one("b")]),
            "group a b",
        ),
        (json!({ "messages": [one("a"), one("b")] }), "messages a b"),
        (json!({ "messages": [] }), "messages"),
    ];
    for (answer, expected) in cases {
        let shown = answer.to_string();
        let actual = match reads(answer) {
            PublishResult::Message(message) => format!("message {}", message.message_id),
            PublishResult::UrlGroup(messages) => {
                ids("group", messages.iter().map(|it| &it.message_id))
            }
            PublishResult::Messages(group) => {
                ids("messages", group.messages.iter().map(|it| &it.message_id))
            }
            other => panic!("{shown}: {other:?}"),
        };
        assert_eq!(actual, expected, "{shown}");
    }
}

fn ids<'a>(kind: &str, ids: impl Iterator<Item = &'a String>) -> String {
    ids.fold(kind.to_owned(), |text, id| format!("{text} {id}"))
}

#[test]
fn what_is_no_publish_result_is_refused() {
    let cases = [
        json!({}),
        json!(null),
        json!("a"),
        json!({ "messageId": null }),
        json!({ "messageId": 1 }),
        json!({ "error": "quota exceeded" }),
        json!({ "deduplicated": true }),
        json!([{ "url": "https://example.com" }]),
        json!([[{ "messageId": "a" }]]),
        json!({ "messages": {} }),
    ];
    for answer in cases {
        let shown = answer.to_string();
        assert!(read::<PublishResult>(answer).is_err(), "{shown}");
    }
}

#[test]
fn a_batch_result_keeps_the_order_of_its_items_whatever_became_of_them() {
    let answer = json!([
        { "messageId": "a" },
        [{ "messageId": "b", "url": "https://example.com" }, { "messageId": "c", "deduplicated": true }],
        { "error": "invalid destination url" },
        [],
    ]);
    let entries: Vec<String> = reads::<BatchResult>(answer)
        .iter()
        .map(|entry| match entry {
            BatchEntry::Message(message) => format!("message {}", message.message_id),
            BatchEntry::UrlGroup(messages) => {
                ids("group", messages.iter().map(|it| &it.message_id))
            }
            BatchEntry::Failed(error) => format!("failed {}", error.error),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        entries,
        [
            "message a",
            "group b c",
            "failed invalid destination url",
            "group"
        ]
    );
    assert!(reads::<BatchResult>(json!([])).is_empty());
    assert!(read::<BatchResult>(json!([{}])).is_err());
}

#[test]
fn log_entries_stand_under_either_name_or_under_both() {
    let entry = json!({ "messageId": "a", "state": "DELIVERED", "time": 1_700_000_000_000_i64 });
    for name in ["logs", "events"] {
        let page: LogPage = reads(json!({ name: [entry], "cursor": "next" }));
        assert_eq!(page.logs.len(), 1, "{name}");
        assert_eq!(page.logs[0].state, Some(LogState::Delivered), "{name}");
        assert_eq!(page.cursor.as_deref(), Some("next"), "{name}");
    }
    // A service that moves from one name to the other sends both for a while.
    let other = json!({ "messageId": "b" });
    for (both, id) in [
        (json!({ "events": [other], "logs": [entry] }), "a"),
        (json!({ "logs": [entry], "events": [entry] }), "a"),
        (json!({ "logs": null, "events": [other] }), "b"),
        (json!({ "events": null, "logs": [entry] }), "a"),
    ] {
        let page: LogPage = reads(both);
        let ids: Vec<_> = page
            .logs
            .iter()
            .map(|entry| entry.message_id.as_deref())
            .collect();
        assert_eq!(ids, [Some(id)]);
    }
    for empty in [
        json!({}),
        json!({ "logs": null, "cursor": null }),
        json!({ "events": [] }),
    ] {
        let page: LogPage = reads(empty);
        assert_eq!((page.logs.len(), page.cursor), (0, None));
    }
}

#[test]
fn every_state_is_read_and_an_unknown_one_is_kept() {
    let known = [
        ("CREATED", LogState::Created),
        ("ACTIVE", LogState::Active),
        ("RETRY", LogState::Retry),
        ("ERROR", LogState::Error),
        ("DELIVERED", LogState::Delivered),
        ("FAILED", LogState::Failed),
        ("CANCEL_REQUESTED", LogState::CancelRequested),
        ("CANCELLED", LogState::Cancelled),
        ("CANCELED", LogState::Canceled),
        ("IN_PROGRESS", LogState::InProgress),
    ];
    let unknown =
        ["PARKED", "delivered", ""].map(|text| (text, LogState::Unknown(text.to_owned())));
    for (text, state) in known.into_iter().chain(unknown) {
        let entry: LogEntry = reads(json!({ "state": text }));
        assert_eq!(entry.state, Some(state.clone()));
        assert_eq!(
            serde_json::to_value(&state).ok(),
            Some(json!(text)),
            "it is written as it was read"
        );
        assert_eq!(state.to_string(), text);
        // What is read is kept, and what is written by hand is checked.
        let known = !matches!(state, LogState::Unknown(_));
        assert_eq!(text.parse().ok(), known.then_some(state));
    }
    let page =
        json!({ "logs": [{ "state": "PARKED" }, { "state": "ERROR" }, { "state": null }, {}] });
    assert_eq!(reads::<LogPage>(page).logs.len(), 4);
    assert!(read::<LogEntry>(json!({ "state": 7 })).is_err());
}

/// Absent is the rule, and null means the same.
#[test]
fn null_is_absent() {
    let message = json!({
        "messageId": null, "url": null, "header": null, "labels": null, "body": null, "createdAt": null,
        "maxRetries": null, "callbackHeader": null, "failureCallbackHeader": null, "timeout": null,
    });
    assert_eq!(shown::<Message>(message), shown::<Message>(json!({})));
    assert_eq!(
        shown::<DlqMessage>(
            json!({ "dlqId": "d", "responseHeader": null, "labels": null, "responseBody": null })
        ),
        shown::<DlqMessage>(json!({ "dlqId": "d" }))
    );
    assert_eq!(
        shown::<DlqPage>(json!({ "messages": null, "cursor": null })),
        shown::<DlqPage>(json!({}))
    );
    assert_eq!(
        shown::<RetryDlqMessagesResponse>(json!({ "responses": null, "cursor": null })),
        shown::<RetryDlqMessagesResponse>(json!({}))
    );
    assert_eq!(
        shown::<UrlGroup>(json!({ "endpoints": null, "name": null })),
        shown::<UrlGroup>(json!({}))
    );
    let with_nulls = merged(
        &schedule(),
        json!({
            "header": null, "labels": null, "lastScheduleStates": null, "nextScheduleTime": null, "queueName": null,
        }),
    );
    assert_eq!(shown::<Schedule>(with_nulls), shown::<Schedule>(schedule()));
}

/// A value as `Debug` shows it.
fn shown<T: DeserializeOwned + std::fmt::Debug>(answer: Value) -> String {
    format!("{:?}", reads::<T>(answer))
}

fn schedule() -> Value {
    json!({
        "scheduleId": "s", "cron": "* * * * *", "destination": "https://example.com", "method": "POST",
        "createdAt": 1_700_000_000_000_i64, "isPaused": false,
    })
}

fn merged(base: &Value, more: Value) -> Value {
    let (Value::Object(mut base), Value::Object(more)) = (base.clone(), more) else {
        panic!("two objects");
    };
    base.extend(more);
    Value::Object(base)
}

#[test]
fn the_address_of_a_caller_is_read_in_either_spelling_or_in_both() {
    for spelling in ["callerIp", "callerIP"] {
        let schedule: Schedule = reads(merged(&schedule(), json!({ spelling: "192.0.2.1" })));
        assert_eq!(
            schedule.caller_ip.as_deref(),
            Some("192.0.2.1"),
            "{spelling}"
        );
    }
    let both = json!({ "callerIP": "192.0.2.2", "callerIp": "192.0.2.1" });
    let schedule: Schedule = reads(merged(&schedule(), both));
    assert_eq!(schedule.caller_ip.as_deref(), Some("192.0.2.1"));
    let message: Message = reads(json!({ "callerIP": "192.0.2.1" }));
    assert_eq!(message.caller_ip.as_deref(), Some("192.0.2.1"));
}

#[test]
fn what_the_description_does_not_name_costs_nothing() {
    let more = json!({ "new": { "a": [1, null] }, "": null, "messageIds": ["x"] });
    let message: Message = reads(merged(&json!({ "messageId": "a" }), more.clone()));
    assert_eq!(message.message_id.as_deref(), Some("a"));
    let result = reads(merged(&json!({ "messageId": "a" }), more.clone()));
    assert!(matches!(result, PublishResult::Message(_)), "{result:?}");
    let keys: SigningKeys = reads(merged(&json!({ "current": "a", "next": "b" }), more));
    assert_eq!((keys.current.expose(), keys.next.expose()), ("a", "b"));
}

/// The body of an answer may be empty or tell less than expected where the work is done all the same.
#[test]
fn a_count_that_is_missing_does_not_cost_the_answer() {
    for (answer, expected) in [
        (json!({}), None),
        (json!({ "cancelled": null }), None),
        (json!({ "cancelled": 3 }), Some(3)),
    ] {
        assert_eq!(reads::<CancelMessagesResponse>(answer).cancelled, expected);
    }
}

#[test]
fn signing_keys_need_both_keys() {
    let cases = [
        (json!({ "next": "b" }), "missing field `current`"),
        (json!({ "current": "a" }), "missing field `next`"),
        (
            json!({ "current": "a", "next": null }),
            "a secret that is not a string",
        ),
        (
            json!({ "current": ["sig_1"], "next": "b" }),
            "a secret that is not a string",
        ),
        (json!(null), "invalid type: null"),
    ];
    for (answer, expected) in cases {
        let shown = answer.to_string();
        let error = read::<SigningKeys>(answer).expect_err(&shown).to_string();
        assert!(error.contains(expected), "{shown}: {error}");
        assert!(!error.contains("sig_1"), "{error}");
    }
}

#[test]
fn debug_shows_no_signing_key() {
    let keys: SigningKeys = reads(json!({ "current": "sig_current", "next": "sig_next" }));
    let texts = [format!("{keys:?} {keys:#?}"), format!("{:?}", keys.current)];
    for text in texts {
        assert!(!text.contains("sig_"), "{text}");
    }
    // Who needs a key asks for it, and who writes it down means it.
    assert_eq!(keys.current.expose(), "sig_current");
    let written = serde_json::to_value(&keys).ok();
    assert_eq!(
        written,
        Some(json!({ "current": "sig_current", "next": "sig_next" }))
    );
}
