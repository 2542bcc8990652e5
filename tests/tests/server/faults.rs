//! Injected faults, and the effects that requests have all the same.

use std::time::Duration;

use qstash_dev_server::{Answer, Fault, Gate, Operation, QStash, RateLimit};

use crate::server::common::{Caller, client};

const ROTATE: &str = "/v2/keys/rotate";

async fn rotate(caller: &Caller) -> reqwest::Result<crate::server::common::Reply> {
    caller.try_send("POST", ROTATE, &[], "").await
}

#[tokio::test]
async fn faults_break_the_answer_and_apply_the_request_or_not() {
    let operation = Operation::RotateSigningKeys;
    for (name, fault, applied) in [
        ("reset before reading", Fault::reset_before_reading(), 0),
        ("reset", Fault::reset(), 0),
        ("reset, applied", Fault::reset().applied(), 1),
        (
            "reset before reading is never applied",
            Fault::reset_before_reading().applied(),
            0,
        ),
        ("truncate", Fault::truncate(), 1),
        ("truncate at 0", Fault::truncate_at(0), 1),
    ] {
        let caller = Caller::start().await;
        let before = caller.server.snapshot().signing_keys;
        caller.server.faults().once(operation, fault);
        assert!(rotate(&caller).await.is_err(), "{name}");
        assert_eq!(caller.server.effects_of(operation), applied, "{name}");
        let moved = caller.server.snapshot().signing_keys != before;
        assert_eq!(moved, applied > 0, "{name}");
        assert_eq!(caller.server.requests().len(), 1, "{name}");
        // Once means once.
        assert_eq!(rotate(&caller).await.unwrap().status, 200, "{name}");
        assert_eq!(caller.server.effects_of(operation), applied + 1, "{name}");
    }
}

#[tokio::test]
async fn a_truncated_answer_shows_its_first_bytes() {
    let caller = Caller::start().await;
    caller.server.faults().once(None, Fault::truncate_at(5));
    let mut response = caller.request("GET", "/v2/keys").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.chunk().await.unwrap().unwrap().as_ref(), b"{\"cur");
    assert!(response.chunk().await.is_err());
}

#[tokio::test]
async fn answers_can_be_anything() {
    for (fault, status, body) in [
        (Fault::answer(Answer::empty(500)), 500, ""),
        (
            Fault::answer(Answer::html(502, "<h1>Bad Gateway</h1>")),
            502,
            "<h1>Bad Gateway</h1>",
        ),
        (Fault::answer(Answer::text(200, "garbage")), 200, "garbage"),
        (
            Fault::redirect(307, "http://127.0.0.1:9/elsewhere"),
            307,
            "",
        ),
    ] {
        let caller = Caller::start().await;
        caller
            .server
            .faults()
            .once(Operation::RotateSigningKeys, fault.clone());
        let reply = rotate(&caller).await.unwrap();
        assert_eq!((reply.status, reply.text.as_str()), (status, body));
        assert_eq!(caller.server.effects(), []);
        caller
            .server
            .faults()
            .once(Operation::RotateSigningKeys, fault.applied());
        assert_eq!(rotate(&caller).await.unwrap().status, status);
        assert_eq!(caller.server.effects().len(), 1);
    }
}

#[tokio::test]
async fn rate_limits_can_be_answered_with_and_without_a_reset() {
    let caller = Caller::start().await;
    for (kind, header) in [
        (RateLimit::Burst, "burst-ratelimit-reset"),
        (RateLimit::Daily, "ratelimit-reset"),
        (RateLimit::Chat, "x-ratelimit-reset-requests"),
    ] {
        caller
            .server
            .faults()
            .once(None, Fault::answer(kind.exceeded(100, 17)));
        caller
            .server
            .faults()
            .once(None, Fault::answer(kind.exceeded_without_headers()));
        let with = caller.get("/v2/keys").await;
        assert_eq!((with.status, with.header(header)), (429, "17"));
        let without = caller.get("/v2/keys").await;
        assert_eq!((without.status, without.header(header)), (429, ""));
    }
}

#[tokio::test]
async fn faults_meet_the_operation_they_are_for_as_often_as_told() {
    let caller = Caller::start().await;
    let faults = caller.server.faults();
    let broken = || Fault::answer(Answer::empty(500));
    faults.times(2, Operation::GetSigningKeys, broken());
    assert_eq!(caller.get("/v2/queues").await.status, 200);
    for status in [500, 500, 200] {
        assert_eq!(caller.get("/v2/keys").await.status, status);
    }
    faults.always(None, broken());
    for path in ["/v2/keys", "/v2/queues", "/v2/nothing", "/v2/keys"] {
        assert_eq!(caller.get(path).await.status, 500, "{path}");
    }
    faults.clear();
    assert_eq!(caller.get("/v2/keys").await.status, 200);
    assert_eq!(faults.left(), 0);
}

#[tokio::test]
async fn a_stalled_answer_comes_when_the_gate_opens() {
    let caller = Caller::start().await;
    let gate = Gate::closed();
    caller
        .server
        .faults()
        .once(Operation::RotateSigningKeys, Fault::stall(&gate));
    let answer = rotate(&caller);
    let opens = async {
        caller.server.wait_for_requests(1).await;
        // It has taken effect, and the server serves others meanwhile.
        assert_eq!(caller.server.effects().len(), 1);
        assert_eq!(caller.get("/v2/keys").await.status, 200);
        gate.open();
    };
    let (reply, ()) = tokio::join!(answer, opens);
    assert_eq!(reply.unwrap().status, 200);
}

#[tokio::test]
async fn a_client_that_gives_up_on_a_stalled_answer_leaves_the_server_well() {
    let caller = Caller::start().await;
    let gate = Gate::closed();
    caller.server.faults().once(None, Fault::stall(&gate));
    tokio::select! {
        answer = caller.request("GET", "/v2/keys").send() => panic!("{answer:?}"),
        () = gate.reached(1) => {}
    }
    assert_eq!(caller.get("/v2/keys").await.status, 200);
}

#[tokio::test]
async fn a_dripping_answer_comes_a_few_bytes_at_a_time_and_whole_in_the_end() {
    let caller = Caller::start().await;
    let whole = caller.get("/v2/keys").await.text;
    let faults = caller.server.faults();
    faults.once(None, Fault::drip(3, Duration::from_micros(100)));
    assert_eq!(caller.get("/v2/keys").await.text, whole);

    // What follows the first bytes comes too late to be read with them.
    faults.once(None, Fault::drip(3, Duration::from_secs(3600)));
    let mut response = caller.request("GET", "/v2/keys").send().await.unwrap();
    assert_eq!(response.content_length(), Some(whole.len() as u64));
    let first = response.chunk().await.unwrap().unwrap();
    assert_eq!(first.as_ref(), &whole.as_bytes()[..3]);
}

#[tokio::test]
async fn a_closed_port_refuses_and_serves_again_when_it_is_opened() {
    let caller = Caller::start().await;
    caller.get("/v2/keys").await;
    caller.server.refuse_connections().await;
    let error = rotate(&caller).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(caller.server.requests().len(), 1);
    caller.server.accept_connections().await.unwrap();
    assert_eq!(rotate(&caller).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_dropped_server_is_gone() {
    let server = QStash::start().await.unwrap();
    let (url, token) = (server.url(), server.token().to_owned());
    let client = client();
    let keys = || {
        client
            .get(format!("{url}/v2/keys"))
            .bearer_auth(&token)
            .send()
    };
    assert_eq!(keys().await.unwrap().status(), 200);
    drop(server);
    assert!(keys().await.is_err());
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error() {
    let server = QStash::start().await.unwrap();
    let port = server.url().rsplit(':').next().unwrap().parse().unwrap();
    let error = QStash::builder().port(port).start().await.err().unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
}
