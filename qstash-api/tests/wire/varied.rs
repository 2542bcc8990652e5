//! Answers of every kind, each member in the forms that services vary it in. What was sent is readable, whatever its
//! form: as a member, in `extra`, or as JSON beside the others.

use std::sync::{Arc, Mutex};

use qstash_api::{Client, Error, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::wire::recorder::Recorder;

/// An answer as JSON, as it was read: the content, and what is beside it.
fn shown<T: Serialize>(answer: Result<Response<T>, Error>) -> Result<Value, String> {
    let answer = answer.map_err(|error| error.to_string())?;
    Ok(json!([
        serde_json::to_value(&*answer).unwrap(),
        answer.unrecognized()
    ]))
}

/// The same of a page, whose entries that cannot be read have the name of the others.
macro_rules! page {
    ($answer:expr, $list:ident) => {{
        let page = $answer.map_err(|error| error.to_string())?;
        Ok(json!([page.$list, { "cursor": page.cursor }, page.extra]))
    }};
}

async fn ask(client: &Client, operation: &str) -> Result<Value, String> {
    let url = "https://example.com";
    match operation {
        "publish_message" => shown(client.publish_message().destination(url).send().await),
        "create_schedule" => {
            let create = client.create_schedule().destination(url).cron("@daily");
            shown(create.send().await)
        }
        "get_message" => shown(client.get_message().message_id("m").send().await),
        "cancel_message" => shown(client.cancel_message().message_id("m").send().await),
        "cancel_messages" => shown(client.cancel_messages().all().send().await),
        "get_schedule" => shown(client.get_schedule().schedule_id("s").send().await),
        "list_schedules" => shown(client.list_schedules().send().await),
        "get_queue" => shown(client.get_queue().queue_name("q").send().await),
        "list_queues" => shown(client.list_queues().send().await),
        "get_url_group" => shown(client.get_url_group().url_group_name("g").send().await),
        "list_url_groups" => shown(client.list_url_groups().send().await),
        "get_dlq_message" => shown(client.get_dlq_message().dlq_id("d-1").send().await),
        "list_dlq_messages" => page!(client.list_dlq_messages().send().await, messages),
        "delete_dlq_messages" => shown(client.delete_dlq_messages().all().send().await),
        "retry_dlq_messages" => page!(client.retry_dlq_messages().all().send().await, responses),
        "get_flow_control_key" => {
            let get = client.get_flow_control_key().flow_control_key("k");
            shown(get.send().await)
        }
        "list_flow_control_keys" => shown(client.list_flow_control_keys().send().await),
        "get_global_parallelism" => shown(client.get_global_parallelism().send().await),
        "get_signing_keys" => shown(client.get_signing_keys().send().await),
        "list_logs" => page!(client.list_logs().send().await, logs),
        other => panic!("no operation {other}"),
    }
}

fn merged(parts: &[Value]) -> Value {
    let members = parts.iter().flat_map(|part| part.as_object().unwrap());
    let members = members.map(|(name, value)| (name.clone(), value.clone()));
    Value::Object(members.collect())
}

/// The members that messages, schedules and log entries have in common.
fn sent() -> Value {
    json!({
        "method": "PUT", "header": { "X-Tenant": ["9"], "Accept": ["a/b", "c/d"] }, "body": "aGk=",
        "callback": "https://example.com/done", "failureCallback": "https://example.com/failed",
        "queueName": "invoices", "label": "night", "labels": ["night", "big"], "timeout": 30,
        "retryDelayExpression": "1000 * retried", "flowControlKey": "shop", "parallelism": 3, "rate": 20,
        "period": 120, "brandNew": { "since": 2027 },
    })
}

fn message() -> Value {
    let own = json!({
        "messageId": "m-1", "url": "https://example.com/hook", "topicName": "hooks", "endpointName": "first",
        "bodyBase64": "/wA=", "createdAt": 1_800_000_000_001_i64, "notBefore": 1_800_000_060_000_i64,
        "maxRetries": 5, "scheduleId": "s-1", "callerIP": "192.0.2.4", "api": "mail",
        "callbackHeader": { "X-Done": ["1"] }, "failureCallbackHeader": { "X-Failed": ["2"] },
    });
    merged(&[sent(), own])
}

fn dead() -> Value {
    let own = json!({
        "dlqId": "d-1", "responseStatus": 503, "responseBody": "later", "responseBodyBase64": "/w==",
        "responseHeader": { "Retry-After": ["9"] }, "workflowRunId": "w-1", "workflowUrl": "https://example.com/w",
        "workflowCreatedAt": 1_800_000_000_002_i64, "failureCallbackInfo": { "state": "CALLBACK_FAIL" },
    });
    merged(&[message(), own])
}

fn entry() -> Value {
    let own = json!({
        "time": 1_800_000_000_003_i64, "state": "ERROR", "error": "no route", "messageId": "m-2",
        "nextDeliveryTime": 1_800_000_000_004_i64, "url": "https://example.com/log", "topicName": "hooks",
        "endpointName": "first", "scheduleId": "s-2", "maxRetries": 4, "responseStatus": 500,
        "responseHeader": { "Server": ["a"] }, "responseBody": "b29wcw==", "api": "mail",
        "callbackHeaders": { "X-Done": ["1"] }, "failureCallbackHeaders": { "X-Failed": ["2"] },
    });
    merged(&[sent(), own])
}

fn schedule() -> Value {
    let own = json!({
        "scheduleId": "s-3", "cron": "0 9 * * 1", "destination": "hooks", "createdAt": 1_800_000_000_005_i64,
        "isPaused": true, "retries": 2, "delay": 90, "callerIP": "192.0.2.5", "error": "none left",
        "lastScheduleTime": 1_800_000_000_006_i64, "nextScheduleTime": 1_800_000_000_007_i64,
        "lastScheduleStates": { "m-3": "SUCCESS" }, "callbackHeader": { "X-Done": ["1"] },
        "failureCallbackHeader": { "X-Failed": ["2"] },
    });
    merged(&[sent(), own])
}

fn queue() -> Value {
    json!({
        "name": "invoices", "parallelism": 2, "lag": 7, "paused": true, "createdAt": 1_800_000_000_008_i64,
        "updatedAt": 1_800_000_000_009_i64, "brandNew": [1],
    })
}

fn url_group() -> Value {
    json!({
        "name": "hooks", "createdAt": 1_800_000_000_010_i64, "updatedAt": 1_800_000_000_011_i64,
        "endpoints": [{ "name": "first", "url": "https://example.com/1", "weight": 3 }],
        "headers": { "Upstash-Retries": ["3"] }, "brandNew": "x",
    })
}

fn flow_control_key() -> Value {
    json!({
        "flowControlKey": "shop", "waitListSize": 3, "parallelismMax": 5, "parallelismCount": 1, "rateMax": 10,
        "rateCount": 4, "ratePeriod": 60, "ratePeriodStart": 1_800_000_012, "isPaused": true,
        "isPinnedParallelism": true, "isPinnedRate": true, "brandNew": 1.5,
    })
}

/// The forms that a member may have beside its own.
fn forms(value: &Value) -> Vec<Value> {
    let mut forms = vec![json!(null)];
    let is_of_lists = |members: &Map<String, Value>| members.values().all(Value::is_array);
    if value.as_object().is_none_or(is_of_lists) {
        forms.push(json!(""));
    }
    match value {
        Value::Number(number) => {
            forms.push(json!(number.to_string()));
            forms.extend(number.as_i64().map(|number| json!(number as f64)));
        }
        Value::Bool(value) => forms.extend([json!(value.to_string()), json!(i32::from(*value))]),
        Value::String(_) => forms.extend([json!(7), json!(true)]),
        Value::Array(items) => forms.extend(items.first().cloned()),
        Value::Object(members) => {
            let with = |form: fn(&Value) -> Value| {
                let members = members.iter();
                let members = members.map(|(name, value)| (name.clone(), form(value)));
                Value::Object(members.collect())
            };
            forms.extend([
                with(|_| Value::Null),
                with(|_| json!(8)),
                with(|_| json!("alone")),
            ]);
            if is_of_lists(members) {
                forms.push(with(|_| json!([null, 9, "several"])));
            }
        }
        Value::Null => {}
    }
    forms
}

/// An object, and the same with each member left out or in another form.
fn variants(object: &Value, required: &[&str]) -> Vec<Value> {
    let members = object.as_object().unwrap();
    let mut variants = vec![object.clone()];
    for (name, value) in members {
        if required.contains(&name.as_str()) {
            continue;
        }
        let mut without = members.clone();
        without.remove(name);
        let with = |form| {
            let mut members = members.clone();
            members.insert(name.clone(), form);
            Value::Object(members)
        };
        variants.extend(forms(value).into_iter().map(with));
        variants.push(Value::Object(without));
    }
    variants
}

/// The names and values of what stands in JSON, each value as a text, by the names that the types have for it.
fn said(name: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| said(name, value, found)),
        Value::Array(items) => items.iter().for_each(|item| said(name, item, found)),
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        value => {
            let name = match name {
                "responseHeader" => "responseHeaders",
                "callerIP" => "callerIp",
                name => name,
            };
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            found.push((name.to_owned(), text.trim_end_matches(".0").to_owned()));
        }
    }
}

fn all_said(value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    said("", value, &mut found);
    found
}

/// The place of an object in an answer.
enum Place {
    Alone,
    Only,
    OnlyIn(&'static str),
    First,
    OnPage(&'static str),
}

impl Place {
    fn of(&self, object: Value) -> Value {
        let other = json!({ "brandNew": "beside" });
        match self {
            Self::Alone => object,
            Self::Only => json!([object]),
            Self::OnlyIn(list) => json!({ *list: [object] }),
            Self::First => json!([object, other]),
            Self::OnPage(list) => {
                json!({ *list: [object, other], "cursor": 17, "brandNew": "page" })
            }
        }
    }
}

#[tokio::test]
async fn every_member_of_every_answer_is_readable_in_every_form() {
    let answer = Arc::new(Mutex::new(String::new()));
    let given = Arc::clone(&answer);
    let client = Recorder::start(move |_, _| given.lock().unwrap().clone()).client();
    let published = || json!({ "messageId": "m-4", "deduplicated": true, "brandNew": "x" });
    let round = |count: &str| json!({ count: 3, "cursor": "c", "brandNew": 1 });
    let parallelism = json!({ "parallelismMax": 9, "parallelismCount": 2, "brandNew": 1 });
    let keys = json!({ "current": "sig_a", "next": "sig_b", "brandNew": 1 });
    let created = json!({ "scheduleId": "s-1", "brandNew": 1 });
    let kinds: Vec<(&str, Value, &[&str], Place)> = vec![
        ("publish_message", published(), &["messageId"], Place::Alone),
        ("publish_message", published(), &["messageId"], Place::Only),
        (
            "publish_message",
            published(),
            &["messageId"],
            Place::OnlyIn("messages"),
        ),
        ("create_schedule", created, &["scheduleId"], Place::Alone),
        ("get_message", message(), &[], Place::Alone),
        (
            "cancel_message",
            json!({ "cancelled": 1 }),
            &[],
            Place::Alone,
        ),
        ("cancel_messages", round("cancelled"), &[], Place::Alone),
        (
            "get_schedule",
            schedule(),
            &["cron", "destination", "scheduleId"],
            Place::Alone,
        ),
        ("list_schedules", schedule(), &[], Place::First),
        ("get_queue", queue(), &[], Place::Alone),
        ("list_queues", queue(), &[], Place::First),
        ("get_url_group", url_group(), &[], Place::Alone),
        ("list_url_groups", url_group(), &[], Place::First),
        ("get_dlq_message", dead(), &["dlqId"], Place::Alone),
        ("list_dlq_messages", dead(), &[], Place::OnPage("messages")),
        ("delete_dlq_messages", round("deleted"), &[], Place::Alone),
        (
            "retry_dlq_messages",
            published(),
            &[],
            Place::OnPage("responses"),
        ),
        (
            "get_flow_control_key",
            flow_control_key(),
            &[],
            Place::Alone,
        ),
        (
            "list_flow_control_keys",
            flow_control_key(),
            &[],
            Place::First,
        ),
        (
            "list_flow_control_keys",
            flow_control_key(),
            &[],
            Place::OnlyIn("flowControls"),
        ),
        ("get_global_parallelism", parallelism, &[], Place::Alone),
        ("get_signing_keys", keys, &["current", "next"], Place::Alone),
        ("list_logs", entry(), &[], Place::OnPage("logs")),
        ("list_logs", entry(), &[], Place::OnPage("events")),
    ];
    for (operation, object, required, place) in kinds {
        for variant in variants(&object, required) {
            let sent = place.of(variant);
            *answer.lock().unwrap() = sent.to_string();
            let read = match ask(&client, operation).await {
                Ok(read) => all_said(&read),
                Err(error) => panic!("{operation}: {error}: {sent}"),
            };
            let lost: Vec<_> = all_said(&sent)
                .into_iter()
                .filter(|said| !read.contains(said) && !is_same(said, &read))
                .collect();
            assert!(lost.is_empty(), "{operation}: {lost:?} of {sent}");
        }
    }
}

/// Returns whether a truth value was a number.
fn is_same((name, value): &(String, String), read: &[(String, String)]) -> bool {
    value == "1" && read.contains(&(name.clone(), "true".to_owned()))
}

#[tokio::test]
async fn an_answer_that_lacks_the_id_that_was_asked_for_has_it() {
    let answers = [
        r#"{"messageId":"m"}"#,
        r#"{"cron":"@daily","destination":"g","scheduleId":null}"#,
    ];
    let recorder = Recorder::start(move |number, _| answers[number].to_owned());
    let client = recorder.client();
    let dead = client
        .get_dlq_message()
        .dlq_id("1700-0/é")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (dead.dlq_id.as_str(), dead.message_id.as_deref()),
        ("1700-0/é", Some("m"))
    );
    let schedule = client
        .get_schedule()
        .schedule_id("s.1")
        .send()
        .await
        .unwrap();
    assert_eq!(schedule.schedule_id, "s.1");
}

#[tokio::test]
async fn what_comes_beside_signing_keys_is_readable_and_not_shown() {
    let answer = r#"{"current":"sig_a","next":"sig_b","previous":"sig_c"}"#;
    let client = Recorder::answering(answer).client();
    let keys = client.get_signing_keys().send().await.unwrap();
    assert_eq!(
        keys.extra,
        Map::from_iter([("previous".to_owned(), json!("sig_c"))])
    );
    let debug = format!("{keys:?}");
    assert!(
        debug.contains("previous") && !debug.contains("sig_"),
        "{debug}"
    );
}
