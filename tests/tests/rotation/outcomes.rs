//! The outcomes that a rotation reports, whatever goes wrong.

use std::time::Duration;

use futures_util::future::join_all;
use qstash_api::Timestamp;
use qstash_api::keys::KeyPair;
use qstash_api::keys::rotation::{RotationOutcome, RotationPlan, RotationRefused};
use qstash_dev_server::{Answer, Fault, Gate, Operation, QStash};
use serde_json::json;

use crate::rotation::common::{client, jump, pair, ring};

const ROTATE: Operation = Operation::RotateSigningKeys;
const READ: Operation = Operation::GetSigningKeys;
const HOUR: Duration = Duration::from_secs(3600);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Rotated,
    NotRotated,
    ByOthersToo,
    Unknown,
}

fn said(outcome: &RotationOutcome) -> Said {
    match outcome {
        RotationOutcome::Rotated { .. } => Said::Rotated,
        RotationOutcome::NotRotated { .. } => Said::NotRotated,
        RotationOutcome::RotatedByOthersToo { .. } => Said::ByOthersToo,
        RotationOutcome::Unknown { .. } => Said::Unknown,
        other => panic!("{other:?}"),
    }
}

/// A fault that harms nothing, to let a request pass before others go wrong.
fn none() -> Fault {
    Fault::drip(4096, Duration::ZERO)
}

fn json_answer(current: &str, next: &str) -> Fault {
    let keys = json!({"current": current, "next": next});
    Fault::answer(Answer::json(200, &keys))
}

async fn rotate(server: &QStash) -> Result<RotationOutcome, RotationRefused> {
    let plan = RotationPlan::read(&client(server), &ring(server)).await?;
    let rotation = plan.for_this_ring_alone().recheck_after(Duration::ZERO);
    rotation.execute().await
}

/// Neither form of what is said shows a key.
fn assert_silent(shown: &str, keys: [&KeyPair; 2]) {
    for pair in keys {
        for key in [pair.current(), pair.next()] {
            assert!(!shown.contains(key.expose()), "{shown}");
        }
    }
}

/// An answer that is lost, cut, or means nothing, with the rotation made and not made.
#[tokio::test]
async fn a_lost_answer_is_found_out_and_never_sent_again() {
    let answers = [
        ("reset", Fault::reset()),
        ("cut", Fault::truncate()),
        ("cut at once", Fault::truncate_at(0)),
        ("408", Fault::answer(Answer::empty(408))),
        ("500", Fault::answer(Answer::error(500, "oh"))),
        ("502", Fault::answer(Answer::html(502, "<h1>Bad</h1>"))),
        ("503", Fault::answer(Answer::empty(503))),
        ("504", Fault::answer(Answer::empty(504))),
        ("redirect", Fault::redirect(307, "http://127.0.0.1:9/")),
        ("garbage", Fault::answer(Answer::text(200, "garbage"))),
        ("nothing", Fault::answer(Answer::empty(200))),
        (
            "half",
            Fault::answer(Answer::json(200, &json!({"current": "a"}))),
        ),
        ("one key twice", json_answer("sig_x", "sig_x")),
        ("an empty key", json_answer("", "sig_x")),
    ];
    // Together, because each waits between its attempts.
    let cases = answers.into_iter().flat_map(|(name, fault)| {
        [
            (name, fault.clone().applied(), Said::Rotated, 1),
            (name, fault.not_applied(), Said::NotRotated, 0),
        ]
    });
    let tried = cases.map(|(name, fault, expected, effects)| async move {
        let server = QStash::start().await.unwrap();
        let before = pair(&server);
        server.faults().once(ROTATE, fault);
        // Reading goes wrong at first, and is tried again.
        server.faults().times(2, READ, none());
        server.faults().once(READ, Fault::reset());
        let outcome = rotate(&server).await.unwrap();
        assert_eq!(said(&outcome), expected, "{name}: {outcome}");
        assert_eq!(server.effects_of(ROTATE), effects, "{name}");
        let sent = server.requests();
        let sent = sent.iter().filter(|request| request.method() == "POST");
        assert_eq!(sent.count(), 1, "{name}");
        let now = pair(&server);
        assert_eq!(outcome.pair(), (effects == 1).then_some(&now), "{name}");
        assert_silent(&format!("{outcome:?} {outcome}"), [&before, &now]);
    });
    join_all(tried).await;
}

#[tokio::test]
async fn an_answer_that_refuses_is_believed() {
    for status in [400, 401, 403, 404, 412, 429] {
        let server = QStash::start().await.unwrap();
        let fault = Fault::answer(Answer::error(status, "no"));
        server.faults().once(ROTATE, fault);
        let outcome = rotate(&server).await.unwrap();
        assert_eq!(said(&outcome), Said::NotRotated, "{status}: {outcome}");
        assert_eq!(server.requests().len(), 3, "{status}: nothing is read back");
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time_is_found_out() {
    let in_time = |applied: bool, expected| async move {
        let server = QStash::start().await.unwrap();
        let gate = Gate::closed();
        let stall = Fault::stall(&gate);
        let stall = if applied { stall } else { stall.not_applied() };
        server.faults().once(ROTATE, stall);
        let impatient = client(&server).with_timeout(HOUR);
        let plan = RotationPlan::read(&impatient, &ring(&server)).await;
        let rotation = plan.unwrap().for_this_ring_alone();
        let execute = rotation.recheck_after(Duration::ZERO).execute();
        let passes = async {
            gate.reached(1).await;
            jump(HOUR).await;
        };
        let (outcome, ()) = tokio::join!(execute, passes);
        assert_eq!(said(&outcome.unwrap()), expected);
        assert_eq!(server.effects_of(ROTATE), usize::from(applied));
    };
    in_time(true, Said::Rotated).await;
    in_time(false, Said::NotRotated).await;
}

#[tokio::test]
async fn what_cannot_be_found_out_is_said_to_be_unknown() {
    for applied in [true, false] {
        let server = QStash::start().await.unwrap();
        let before = pair(&server);
        let reset = Fault::reset();
        let reset = if applied { reset.applied() } else { reset };
        server.faults().once(ROTATE, reset);
        server.faults().times(2, READ, none());
        server
            .faults()
            .always(READ, Fault::answer(Answer::text(200, "garbage")));
        let outcome = rotate(&server).await.unwrap();
        assert_eq!(said(&outcome), Said::Unknown);
        assert_eq!(server.effects_of(ROTATE), usize::from(applied));
        assert_silent(&format!("{outcome:?} {outcome}"), [&before, &pair(&server)]);
    }
}

/// The request was on its way for longer than its sender waited.
#[tokio::test]
async fn a_rotation_that_comes_late_is_seen_when_it_has_settled() {
    let server = QStash::start().await.unwrap();
    server.faults().once(ROTATE, Fault::reset());
    let plan = RotationPlan::read(&client(&server), &ring(&server)).await;
    let rotation = plan.unwrap().for_this_ring_alone();
    let execute = rotation.recheck_after(HOUR).execute();
    let arrives_late = async {
        server.wait_for_requests(4).await;
        server.rotate_signing_keys();
        jump(HOUR).await;
    };
    let (outcome, ()) = tokio::join!(execute, arrives_late);
    let outcome = outcome.unwrap();
    assert_eq!(said(&outcome), Said::Rotated);
    assert_eq!(outcome.pair(), Some(&pair(&server)));
}

#[tokio::test]
async fn a_rotation_without_faults_makes_the_old_next_key_the_current_one() {
    let server = QStash::start().await.unwrap();
    let (before, own) = (pair(&server), ring(&server));
    let plan = RotationPlan::read(&client(&server), &own).await.unwrap();
    assert_eq!(plan.pair(), &before);
    let outcome = plan.confirmed_by([("one", true), ("two", true)]).unwrap();
    let outcome = outcome.execute().await.unwrap();
    assert_eq!(said(&outcome), Said::Rotated);
    assert_eq!(outcome.pair().unwrap().current(), before.next());
    assert!(
        own.keys().is_pair(&pair(&server)),
        "the ring has adopted it"
    );
    assert_eq!(own.keys().previous()[0].key(), before.current());
}

#[tokio::test]
async fn a_plan_is_refused_for_keys_that_others_have_rotated() {
    let server = QStash::start().await.unwrap();
    let (client, own) = (client(&server), ring(&server));
    let before = RotationPlan::read(&client, &own).await.unwrap();
    server.rotate_signing_keys();
    for adopts in [false, true] {
        if adopts {
            own.adopt(&pair(&server), Timestamp::UNIX_EPOCH);
        } else {
            let refused = RotationPlan::read(&client, &own).await.unwrap_err();
            assert!(matches!(refused, RotationRefused::OtherKeys { .. }));
            assert_silent(
                &format!("{refused:?} {refused}"),
                [before.pair(), &pair(&server)],
            );
        }
        // A plan of before is refused even when the ring has followed: the fleet may not have.
        let refused = before.for_this_ring_alone().execute().await.unwrap_err();
        let RotationRefused::OtherKeys { service, .. } = refused else {
            panic!("{refused}");
        };
        assert_eq!(service, pair(&server));
    }
    let current_only = qstash_api::keys::KeyRing::from_current(pair(&server).current().clone());
    assert!(RotationPlan::read(&client, &current_only).await.is_err());
    assert_eq!(server.effects_of(ROTATE), 0);
}

#[tokio::test]
async fn a_plan_is_refused_while_a_verifier_lags_or_nobody_answers() {
    let server = QStash::start().await.unwrap();
    let plan = RotationPlan::read(&client(&server), &ring(&server)).await;
    let plan = plan.unwrap();
    let answers = [("one", true), ("two", false), ("three", false)];
    let refused = plan.confirmed_by(answers).unwrap_err();
    assert!(refused.to_string().contains("two, three"), "{refused}");
    let nobody = plan.confirmed_by([(""); 0].map(|name| (name, true)));
    assert!(matches!(nobody, Err(RotationRefused::NobodyConfirmed)));
    assert_eq!(server.effects_of(ROTATE), 0);
}

#[tokio::test]
async fn keys_that_cannot_be_read_are_not_rotated() {
    let broken = Fault::answer(Answer::empty(500));
    for readings in [0, 1] {
        let server = QStash::start().await.unwrap();
        server.faults().times(readings, READ, none());
        server.faults().always(READ, broken.clone());
        let refused = rotate(&server).await.unwrap_err();
        assert!(
            matches!(refused, RotationRefused::Unreadable(_)),
            "{refused}"
        );
        assert_eq!(server.effects_of(ROTATE), 0);
    }
}

/// The other one rotates between this one's last look and its own rotation.
#[tokio::test]
async fn of_two_that_have_both_looked_one_is_told() {
    for lost in [false, true] {
        let server = QStash::start().await.unwrap();
        let (gate, own) = (Gate::closed(), ring(&server));
        server.faults().once(READ, none());
        server.faults().once(READ, Fault::stall(&gate));
        if lost {
            server.faults().once(ROTATE, Fault::reset().applied());
        }
        let plan = RotationPlan::read(&client(&server), &own).await.unwrap();
        let other = async {
            server.wait_for_requests(2).await;
            server.rotate_signing_keys();
            gate.open();
        };
        let (outcome, ()) = tokio::join!(plan.for_this_ring_alone().execute(), other);
        let outcome = outcome.unwrap();
        assert_eq!(said(&outcome), Said::ByOthersToo);
        assert_eq!(outcome.pair(), Some(&pair(&server)));
        assert!(own.keys().is_pair(&pair(&server)));
        assert_eq!(own.keys().previous().len(), 2);
        assert_silent(
            &format!("{outcome:?} {outcome}"),
            [plan.pair(), &pair(&server)],
        );
    }
}
