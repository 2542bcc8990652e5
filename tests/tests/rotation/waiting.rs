//! Deliveries that wait for keys, and what forged ones cost.

use std::time::Duration;

use qstash_api::keys::refresh::KeyRefresh;
use qstash_api::receiver::{RefreshingReceiver, Rejection, Verified};
use qstash_tests::{Fault, Gate, Operation, QStash};
use tokio::task::JoinSet;

use crate::common::{BODY, client, clock, pair, readings, ring, sign};

const URL: &str = "https://example.com/hook";
const HOUR: Duration = Duration::from_secs(3600);

fn receiver(server: &QStash, refresh: &KeyRefresh) -> RefreshingReceiver {
    RefreshingReceiver::new(refresh).with(|receiver| receiver.with_clock(clock(server)))
}

fn verify_at_once(
    receiver: &RefreshingReceiver,
    signature: &str,
    count: usize,
) -> JoinSet<Result<Verified, Rejection>> {
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let (receiver, signature) = (receiver.clone(), signature.to_owned());
        tasks.spawn(async move { receiver.verify(&signature, BODY).await });
    }
    tasks
}

/// Two rotations that the ring has missed, so that no key of it verifies.
async fn with_unknown_key() -> (QStash, KeyRefresh, String) {
    let server = QStash::start().await.unwrap();
    let refresh = KeyRefresh::new(client(&server), &ring(&server));
    let refresh = refresh.with_clock(clock(&server)).spaced(HOUR);
    server.rotate_signing_keys();
    server.rotate_signing_keys();
    let now = server.clock().now_secs();
    let signature = sign(pair(&server).current().expose(), URL, BODY, now);
    (server, refresh, signature)
}

#[tokio::test]
async fn all_who_wait_share_one_request() {
    let (server, refresh, signature) = with_unknown_key().await;
    let receiver = receiver(&server, &refresh.with_patience(HOUR));
    let answers = verify_at_once(&receiver, &signature, 100).join_all().await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(readings(&server), 1);
}

#[tokio::test]
async fn whoever_leaves_does_not_take_the_request_along() {
    let (server, refresh, signature) = with_unknown_key().await;
    let gate = Gate::closed();
    let stall = Fault::stall(&gate);
    server.faults().once(Operation::GetSigningKeys, stall);
    let receiver = receiver(&server, &refresh.with_patience(HOUR));
    let mut first = verify_at_once(&receiver, &signature, 1);
    server.wait_for_requests(1).await;
    let second = verify_at_once(&receiver, &signature, 1);
    tokio::task::yield_now().await;
    first.shutdown().await;
    gate.open();
    assert!(second.join_all().await[0].is_ok());
    assert_eq!(readings(&server), 1);
}

/// The keys that a request under way brings may be older than the delivery.
#[tokio::test]
async fn a_delivery_is_refused_only_by_keys_that_are_newer_than_it() {
    let server = QStash::start().await.unwrap();
    let gate = Gate::closed();
    let stall = Fault::stall(&gate);
    server.faults().once(Operation::GetSigningKeys, stall);
    let refresh = KeyRefresh::new(client(&server), &ring(&server)).spaced(Duration::ZERO);
    let receiver = receiver(&server, &refresh.with_patience(HOUR));
    let now = server.clock().now_secs();
    let forged = sign("sig_forged", URL, BODY, now);
    let forged = verify_at_once(&receiver, &forged, 1);
    server.wait_for_requests(1).await;
    // The answer is made, and held back; now the service rotates, and signs with a new key.
    server.rotate_signing_keys();
    server.rotate_signing_keys();
    let signature = sign(pair(&server).current().expose(), URL, BODY, now);
    let genuine = verify_at_once(&receiver, &signature, 1);
    tokio::task::yield_now().await;
    gate.open();
    assert!(genuine.join_all().await[0].is_ok());
    assert_eq!(forged.join_all().await, [Err(Rejection::UnknownKey)]);
}

#[tokio::test]
async fn forged_deliveries_drive_one_request_and_no_more() {
    let (server, refresh, _) = with_unknown_key().await;
    let refresh = refresh.with_patience(Duration::from_millis(300));
    refresh.refresh().await.unwrap();
    let receiver = receiver(&server, &refresh);
    let now = server.clock().now_secs();
    for key in ["sig_a", "sig_b", "sig_c"] {
        let forged = sign(key, URL, BODY, now);
        let answers = verify_at_once(&receiver, &forged, 100).join_all().await;
        let refused = answers
            .iter()
            .all(|answer| *answer == Err(Rejection::UnknownKey));
        assert!(refused, "{answers:?}");
        assert_eq!(readings(&server), 1);
    }
}

/// Late, misdirected or damaged as they are, no key would make them good.
#[tokio::test]
async fn a_delivery_that_no_key_could_verify_drives_nothing() {
    let (server, refresh, signature) = with_unknown_key().await;
    let receiver = receiver(&server, &refresh);
    let now = server.clock().now_secs();
    let expired = sign("sig_a", URL, BODY, now - 361);
    let future = sign("sig_a", URL, BODY, now + 61);
    let (cut, _) = signature.split_at(signature.len() - 1);
    for signature in [expired.as_str(), future.as_str(), cut, "", "garbage"] {
        assert!(receiver.verify(signature, BODY).await.is_err());
    }
    assert_eq!(readings(&server), 0);
}

#[tokio::test]
async fn so_many_wait_and_the_others_are_refused_at_once() {
    let (server, refresh, signature) = with_unknown_key().await;
    let gate = Gate::closed();
    let stall = Fault::stall(&gate);
    server.faults().once(Operation::GetSigningKeys, stall);
    let receiver = receiver(&server, &refresh.with_patience(HOUR));
    let mut tasks = verify_at_once(&receiver, &signature, 300);
    for _ in 256..300 {
        let answer = tasks.join_next().await.unwrap().unwrap();
        assert_eq!(answer, Err(Rejection::UnknownKey));
    }
    gate.open();
    let answers = tasks.join_all().await;
    assert_eq!(answers.len(), 256);
    assert!(answers.iter().all(Result::is_ok));
}
