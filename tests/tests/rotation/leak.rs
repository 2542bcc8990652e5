//! The plan for keys that have leaked.

use std::time::Duration;

use qstash_api::keys::rotation::{RotationOutcome, RotationPlan};
use qstash_api::keys::{KeyName, KeyPair, KeyRing};
use qstash_api::receiver::{Receiver, Rejection};
use qstash_dev_server::QStash;

use crate::rotation::common::{BODY, client, clock, pair, ring, sign};

const URL: &str = "https://example.com/hook";

/// Verifies a delivery that is signed with `key` now by a receiver with this ring.
fn answer(server: &QStash, ring: &KeyRing, key: &str) -> Result<KeyName, Rejection> {
    let receiver = Receiver::new(ring).with_clock(clock(server));
    let signature = sign(key, URL, BODY, server.clock().now_secs());
    let verified = receiver.verify(signature.as_str(), BODY)?;
    Ok(verified.key())
}

/// Rotates by the plan; the fleet learns of the new pair as its refresh would have it.
async fn rotate(server: &QStash, own: &KeyRing, fleet: &[KeyRing]) -> KeyPair {
    let plan = RotationPlan::read(&client(server), own).await.unwrap();
    let plan = plan.with_clock(clock(server));
    let answers = fleet.iter().enumerate().map(|(number, ring)| {
        let holds = ring.keys().is_pair(plan.pair());
        (number.to_string(), holds)
    });
    let rotation = plan.confirmed_by(answers).unwrap();
    let outcome = rotation.recheck_after(Duration::ZERO).execute().await;
    let Ok(RotationOutcome::Rotated { pair, .. }) = outcome else {
        panic!("{outcome:?}");
    };
    for ring in fleet {
        ring.adopt(&pair, server.clock());
    }
    pair
}

#[tokio::test]
async fn after_two_rotations_and_forgetting_no_leaked_key_is_accepted() {
    let server = QStash::start().await.unwrap();
    let (own, leaked) = (ring(&server), pair(&server));
    let fleet = [ring(&server), ring(&server)];
    let [a, b] = [leaked.current().expose(), leaked.next().expose()];

    let first = rotate(&server, &own, &fleet).await;
    // The leaked next key is the current one now: one rotation was not enough.
    assert_eq!(answer(&server, &fleet[0], b), Ok(KeyName::Current));
    let second = rotate(&server, &own, &fleet).await;
    assert_eq!(first.next(), second.current());
    for ring in &fleet {
        for key in [a, b] {
            assert_eq!(answer(&server, ring, key), Ok(KeyName::Previous));
        }
        ring.forget_previous();
        for key in [a, b] {
            assert_eq!(answer(&server, ring, key), Err(Rejection::UnknownKey));
        }
        let current = pair(&server).current().expose().to_owned();
        assert_eq!(answer(&server, ring, &current), Ok(KeyName::Current));
    }
}
