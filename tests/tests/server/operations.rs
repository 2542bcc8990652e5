//! Each of the 42 operations: what it answers, and what it changes.

mod dlq;
mod flow_control;
mod messages;
mod others;
mod queues;
mod schedules;
mod url_groups;

use qstash_dev_server::{Operation, Snapshot};
use serde_json::Value;

use crate::server::common::{Caller, Reply};

/// A request as one line: method, path, headers joined by ` | `, body.
type Request = (&'static str, &'static str, &'static str, &'static str);

/// The number of messages, queues, schedules, URL Groups, DLQ messages and flow-control keys.
type Counts = [usize; 6];

struct Case {
    operation: Operation,
    before: &'static [Request],
    counts_before: Counts,
    request: Request,
    status: u16,
    answer: fn(&str),
    counts_after: Counts,
    after: fn(&Snapshot),
}

const LATER: Request = (
    "POST",
    "/v2/publish/http://127.0.0.1:9/a",
    "Upstash-Delay: 1h | Upstash-Label: blue,green | Content-Type: text/plain | Upstash-Forward-X-A: 1",
    "hello",
);
const DEAD: Request = (
    "POST",
    "/v2/publish/http://127.0.0.1:9/dead",
    "Upstash-Retries: 0",
    "dead",
);
const QUEUE: Request = (
    "POST",
    "/v2/queues",
    "",
    r#"{"queueName":"q","parallelism":2}"#,
);
const SCHEDULE: Request = (
    "POST",
    "/v2/schedules/http://127.0.0.1:9/s?a=1",
    "Upstash-Cron: 0 0 1 1 * | Upstash-Schedule-Id: yearly",
    "{}",
);
const GROUP: Request = (
    "POST",
    "/v2/topics/g/endpoints",
    "",
    r#"{"endpoints":[{"url":"http://127.0.0.1:9/1","name":"one"},{"url":"http://127.0.0.1:9/2"}]}"#,
);
const FLOW: Request = (
    "POST",
    "/v2/publish/http://127.0.0.1:9/f",
    "Upstash-Delay: 1h | Upstash-Flow-Control-Key: k | Upstash-Flow-Control-Value: parallelism=5, rate=10, period=60s",
    "",
);
const PINNED: Request = (
    "POST",
    "/v2/flowControl/k/pin?parallelism=3&rate=20&period=120",
    "",
    "",
);

fn counts(snapshot: &Snapshot) -> Counts {
    [
        snapshot.messages.len(),
        snapshot.queues.len(),
        snapshot.schedules.len(),
        snapshot.url_groups.len(),
        snapshot.dlq.len(),
        snapshot.flow_control_keys.len(),
    ]
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn empty(text: &str) {
    assert_eq!(text, "");
}

fn any(_: &Snapshot) {}

/// A case that changes nothing.
fn reads(
    operation: Operation,
    before: &'static [Request],
    counts: Counts,
    path: &'static str,
    answer: fn(&str),
) -> Case {
    Case {
        operation,
        before,
        counts_before: counts,
        request: ("GET", path, "", ""),
        status: 200,
        answer,
        counts_after: counts,
        after: any,
    }
}

async fn send(caller: &Caller, (method, path, headers, body): Request) -> Reply {
    let snapshot = caller.server.snapshot();
    let first = |list: &[Value], name: &str| {
        let id = list.first().and_then(|first| first[name].as_str());
        id.unwrap_or("none").to_owned()
    };
    let path = path
        .replace("$message", &first(&snapshot.messages, "messageId"))
        .replace("$dlq", &first(&snapshot.dlq, "dlqId"));
    let headers: Vec<&str> = headers
        .split(" | ")
        .filter(|header| !header.is_empty())
        .collect();
    let reply = caller.send(method, &path, &headers, body).await;
    caller.server.settle().await;
    reply
}

async fn check(case: &Case) {
    let name = case.operation;
    let caller = Caller::start().await;
    for request in case.before {
        let reply = send(&caller, *request).await;
        assert!(
            (200..300).contains(&reply.status),
            "{name}: {request:?}: {reply:?}"
        );
    }
    let before = caller.server.snapshot();
    assert_eq!(counts(&before), case.counts_before, "before {name}");
    let effects = caller.server.effects_of(name);

    let reply = send(&caller, case.request).await;

    assert_eq!(reply.status, case.status, "{name}: {reply:?}");
    (case.answer)(&reply.text);
    let after = caller.server.snapshot();
    assert_eq!(counts(&after), case.counts_after, "after {name}");
    (case.after)(&after);
    let made = caller.server.effects_of(name) - effects;
    let changes = case.request.0 != "GET";
    assert_eq!(made > 0, changes, "{name} made {made} effects");
    if !changes {
        assert_eq!(before, after, "{name} is to change nothing");
    }
}

#[tokio::test]
async fn every_operation_answers_and_changes_the_state_as_documented() {
    let cases: Vec<Case> = [
        messages::cases(),
        queues::cases(),
        schedules::cases(),
        url_groups::cases(),
        dlq::cases(),
        flow_control::cases(),
        others::cases(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut covered: Vec<Operation> = cases.iter().map(|case| case.operation).collect();
    covered.sort_unstable();
    let mut all = Operation::ALL.to_vec();
    all.sort_unstable();
    assert_eq!(covered, all, "each operation has one case");
    for case in &cases {
        check(case).await;
    }
}

#[tokio::test]
async fn a_rotation_moves_the_next_key_up() {
    let caller = Caller::start().await;
    let before = caller.get("/v2/keys").await.json();
    let rotated = caller.send("POST", "/v2/keys/rotate", &[], "").await.json();
    assert_eq!(rotated["current"], before["next"]);
    assert_ne!(rotated["next"], before["current"]);
    assert_eq!(caller.get("/v2/keys").await.json(), rotated);
}
