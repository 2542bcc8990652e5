//! Deliveries that wait for keys, and what forged ones cost.

use std::time::Duration;

use qstash_api::Error;
use qstash_api::keys::refresh::KeyRefresh;
use qstash_api::receiver::{RefreshingReceiver, Rejection, Verified, VerifyError};
use qstash_dev_server::{Answer, Fault, Gate, Operation, QStash};
use tokio::task::JoinSet;

use crate::rotation::common::{BODY, client, clock, pair, readings, ring, sign};

const URL: &str = "https://example.com/hook";
const HOUR: Duration = Duration::from_secs(3600);

fn receiver(server: &QStash, refresh: &KeyRefresh) -> RefreshingReceiver {
    RefreshingReceiver::new(refresh).map_receiver(|receiver| receiver.with_clock(clock(server)))
}

fn verify_at_once(
    receiver: &RefreshingReceiver,
    signature: &str,
    count: usize,
) -> JoinSet<Result<Verified, VerifyError>> {
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let (receiver, signature) = (receiver.clone(), signature.to_owned());
        tasks.spawn(async move { receiver.verify(&signature, BODY).await });
    }
    tasks
}

fn is_unknown(answer: &Result<Verified, VerifyError>) -> bool {
    let rejection = answer.as_ref().err().and_then(VerifyError::rejection);
    rejection == Some(&Rejection::UnknownKey)
}

/// Two rotations that the ring has missed, so that no key of it verifies.
async fn with_unknown_key() -> (QStash, KeyRefresh, String) {
    let server = QStash::start().await.unwrap();
    let refresh = KeyRefresh::new(client(&server), &ring(&server));
    let refresh = refresh.with_clock(clock(&server)).min_interval(HOUR);
    server.rotate_signing_keys();
    server.rotate_signing_keys();
    let now = server.clock().now_secs();
    let signature = sign(pair(&server).current().expose(), URL, BODY, now);
    (server, refresh, signature)
}

#[tokio::test]
async fn all_who_wait_share_one_request() {
    let (server, refresh, signature) = with_unknown_key().await;
    let receiver = receiver(&server, &refresh.max_delivery_wait(HOUR));
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
    let receiver = receiver(&server, &refresh.max_delivery_wait(HOUR));
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
    let refresh = KeyRefresh::new(client(&server), &ring(&server)).min_interval(Duration::ZERO);
    let receiver = receiver(&server, &refresh.max_delivery_wait(HOUR));
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
    assert!(forged.join_all().await.iter().all(is_unknown));
}

#[tokio::test]
async fn forged_deliveries_drive_one_request_and_no_more() {
    let (server, refresh, _) = with_unknown_key().await;
    let refresh = refresh.max_delivery_wait(Duration::from_millis(300));
    refresh.refresh().await.unwrap();
    let receiver = receiver(&server, &refresh);
    let now = server.clock().now_secs();
    for key in ["sig_a", "sig_b", "sig_c"] {
        let forged = sign(key, URL, BODY, now);
        let answers = verify_at_once(&receiver, &forged, 100).join_all().await;
        assert!(answers.iter().all(is_unknown), "{answers:?}");
        assert_eq!(readings(&server), 1);
    }
}

/// Such a delivery may be genuine, and its sender is not to blame.
#[tokio::test]
async fn a_delivery_is_a_fault_of_ours_while_the_keys_cannot_be_read() {
    let (server, refresh, signature) = with_unknown_key().await;
    let receiver = receiver(&server, &refresh.min_interval(Duration::ZERO));
    let known = sign("sig_a", URL, b"another body", server.clock().now_secs());
    for fault in [
        Fault::answer(Answer::error(401, "no")),
        Fault::answer(Answer::text(200, "garbage")),
    ] {
        server.faults().once(Operation::GetSigningKeys, fault);
        let unverified = receiver.verify(&signature, BODY).await.unwrap_err();
        assert_eq!(
            (unverified.rejection(), unverified.status().as_u16()),
            (None, 500)
        );
        let source = std::error::Error::source(&unverified).unwrap();
        assert!(source.is::<Error>(), "{source:?}");
        let shown = format!("{unverified} {unverified:?}");
        assert!(!shown.contains(&signature), "{shown}");
    }
    // When they can be read again, one is accepted and the other one refused.
    assert!(receiver.verify(&signature, BODY).await.is_ok());
    assert!(is_unknown(&receiver.verify(&known, BODY).await));
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
    let receiver = receiver(&server, &refresh.max_delivery_wait(HOUR));
    let mut tasks = verify_at_once(&receiver, &signature, 300);
    for _ in 256..300 {
        let answer = tasks.join_next().await.unwrap().unwrap();
        assert!(is_unknown(&answer), "{answer:?}");
    }
    gate.open();
    let answers = tasks.join_all().await;
    assert_eq!(answers.len(), 256);
    assert!(answers.iter().all(Result::is_ok));
}
