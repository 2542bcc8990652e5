//! Two that rotate at once, with every answer that can be lost, in every order that matters.

use std::collections::BTreeMap;
use std::time::Duration;

use qstash_api::keys::rotation::{Rotation, RotationOutcome, RotationPlan, RotationRefused};
use qstash_dev_server::{Answer, Fault, Gate, Operation, QStash};

use crate::rotation::common::{client, pair, ring};

const ROTATE: Operation = Operation::RotateSigningKeys;
const READ: Operation = Operation::GetSigningKeys;

/// The time at which the second one looks at the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    /// Both have looked before either rotates.
    BothLook,
    /// Nobody waits for anybody.
    Free,
    /// After the first one's rotation has arrived, and before its answer.
    AfterRotation,
}

/// The fate of a request to rotate.
fn fates() -> [(&'static str, Fault); 6] {
    [
        ("answered", Fault::drip(4096, Duration::ZERO)),
        ("lost, done", Fault::reset().applied()),
        ("lost, not done", Fault::reset()),
        ("cut, done", Fault::truncate()),
        ("502, done", Fault::answer(Answer::empty(502)).applied()),
        ("429, not done", Fault::answer(Answer::empty(429))),
    ]
}

type Outcome = Result<RotationOutcome, RotationRefused>;

/// `true` if this one knows that it is not alone.
fn is_told(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Ok(RotationOutcome::RotatedByOthersToo { .. }) | Err(RotationRefused::OtherKeys { .. })
    )
}

async fn planned(server: &QStash) -> Rotation {
    let plan = RotationPlan::read(&client(server), &ring(server)).await;
    let rotation = plan.unwrap().for_this_ring_alone();
    rotation.recheck_after(Duration::ZERO)
}

/// Two rotations in this order, whose requests to rotate meet these fates as they arrive.
async fn two(server: &QStash, order: Order, fates: [Fault; 2]) -> [Outcome; 2] {
    let (one, other) = (planned(server).await, planned(server).await);
    server.take_requests();
    let gate = Gate::closed();
    if order == Order::BothLook {
        server.faults().times(2, READ, Fault::stall(&gate));
    }
    for fate in fates {
        server.faults().once(ROTATE, fate);
    }
    let second = async {
        match order {
            Order::BothLook | Order::Free => {}
            Order::AfterRotation => {
                server.wait_for_requests(2).await;
            }
        }
        other.execute().await
    };
    let opener = async {
        server.wait_for_requests(2).await;
        gate.open();
    };
    let (one, other, ()) = tokio::join!(one.execute(), second, opener);
    server.faults().clear();
    [one, other]
}

#[tokio::test]
async fn of_two_at_once_one_rotation_is_made_or_one_of_them_is_told() {
    let server = QStash::start().await.unwrap();
    let mut seen = BTreeMap::<(Order, usize, usize), usize>::new();
    for order in [Order::BothLook, Order::Free, Order::AfterRotation] {
        for (first, one) in fates() {
            for (second, other) in fates() {
                let before = server.effects_of(ROTATE);
                let outcomes = two(&server, order, [one.clone(), other]).await;
                let rotations = server.effects_of(ROTATE) - before;
                let told = outcomes.iter().filter(|outcome| is_told(outcome)).count();
                let said = format!("{order:?}, {first}, {second}: {rotations}, {outcomes:?}");

                let denies =
                    |outcome: &Outcome| matches!(outcome, Ok(RotationOutcome::NotRotated { .. }));
                assert!(rotations <= 2, "{said}");
                assert!(rotations < 2 || told > 0, "{said}");
                assert!(rotations == 0 || !outcomes.iter().all(denies), "{said}");
                // The keys can be read, so nobody is left not knowing.
                let knows =
                    |outcome: &Outcome| !matches!(outcome, Ok(RotationOutcome::Unknown { .. }));
                assert!(outcomes.iter().all(knows), "{said}");
                let valid = pair(&server);
                let has_valid = |outcome: &Outcome| match outcome {
                    Ok(outcome) => outcome.pair() == Some(&valid),
                    Err(RotationRefused::OtherKeys { service, .. }) => *service == valid,
                    Err(_) => false,
                };
                assert!(rotations == 0 || outcomes.iter().any(has_valid), "{said}");
                *seen.entry((order, rotations, told)).or_default() += 1;
            }
        }
    }
    // What is asserted above has come up: none, one and two rotations, and somebody who is told of the second.
    for wanted in [(Order::BothLook, 0, 0), (Order::BothLook, 1, 0)] {
        assert!(seen.contains_key(&wanted), "{wanted:?} in {seen:?}");
    }
    let twice = |(order, rotations, told): &(Order, usize, usize)| {
        *order == Order::BothLook && *rotations == 2 && *told > 0
    };
    assert!(seen.keys().any(twice), "{seen:?}");
    let refused = (Order::AfterRotation, 1, 1);
    assert!(seen.contains_key(&refused), "{refused:?} in {seen:?}");
}
