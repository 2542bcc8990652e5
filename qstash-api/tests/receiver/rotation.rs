//! Rotations under deliveries: the table that the ring exists for, and threads that race.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use qstash_api::keys::{Adoption, KeyName, KeyPair, KeyRing};
use qstash_api::receiver::{Clock, Receiver, Rejection};
use serde_json::json;

use crate::receiver::mint::{BODY, HEADER, NOW, claims, secs, token};

fn delivery(key: &str, made_at: i64) -> String {
    let mut claims = claims();
    claims["iat"] = json!(made_at);
    claims["exp"] = json!(made_at + 300);
    token(key, HEADER, claims.to_string())
}

fn answer(ring: &KeyRing, key: &str, made_at: i64, now: i64) -> Result<KeyName, Rejection> {
    let receiver = Receiver::new(ring).with_clock(Clock::fixed(secs(now)));
    let verified = receiver.verify(&delivery(key, made_at), BODY)?;
    Ok(verified.key())
}

/// The service rotates from A, B to B, C at `NOW`, and to C, D an hour later.
#[test]
fn only_a_ring_that_adopts_loses_nothing_in_a_rotation() {
    use KeyName::{Current, Next, Previous};
    let unknown = || Err(Rejection::UnknownKey);
    let [never, replaced, adopted] = [["A", "B"], ["B", "C"], ["A", "B"]]
        .map(|[current, next]| KeyRing::new(current, next).unwrap());
    let rotated = KeyPair::new("B", "C").unwrap();
    assert_eq!(adopted.adopt(&rotated, secs(NOW)), Adoption::Rotated);
    for (ring, expected) in [
        (never, [Ok(Current), Ok(Next), unknown()]),
        (replaced, [unknown(), Ok(Current), Ok(Next)]),
        (adopted, [Ok(Previous), Ok(Current), Ok(Next)]),
    ] {
        let in_flight = answer(&ring, "A", NOW - 1, NOW + 200);
        let after_it = answer(&ring, "B", NOW + 1, NOW + 200);
        let after_a_second = answer(&ring, "C", NOW + 3600, NOW + 3600);
        assert_eq!([in_flight, after_it, after_a_second], expected);
    }
}

/// Whatever the clocks' difference is within the leeway, the last token signed with the outgoing
/// key dies before the key does.
#[test]
fn a_previous_key_outlives_the_last_token_that_it_signed() {
    for ahead in (-60..=60).step_by(20) {
        let ring = KeyRing::new("A", "B").unwrap();
        // By the service's clock the rotation is at NOW, and so is the last token before it.
        ring.adopt(&KeyPair::new("B", "C").unwrap(), secs(NOW + ahead));
        let mut expired = None;
        for later in 0..800 {
            match answer(&ring, "A", NOW, NOW + ahead + later) {
                Ok(key) => assert_eq!(key, KeyName::Previous),
                Err(Rejection::Expired) => expired = Some(later),
                Err(Rejection::UnknownKey) => break,
                Err(rejection) => panic!("{rejection:?} after {later} s, {ahead} s ahead"),
            }
        }
        let last = expired.or_else(|| (ahead == -60).then_some(419));
        assert_eq!(last, Some(419), "{ahead} s ahead");
    }
}

#[test]
fn readers_never_miss_a_key_while_rotations_are_adopted_by_two_at_once() {
    for _ in 0..3 {
        race();
    }
}

fn race() {
    // Fewer than a ring remembers, as a reader may sleep through all of them.
    const ROTATIONS: usize = 15;
    let pairs: Vec<_> = (0..=ROTATIONS)
        .map(|step| KeyPair::new(format!("k{step}"), format!("k{}", step + 1)).unwrap())
        .collect();
    let ring = KeyRing::from(pairs[0].clone());
    let (service, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        let readers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut verified = 0;
                    while !done.load(Ordering::Acquire) || verified == 0 {
                        // Signed before it is read: at the latest with the current key of now.
                        let step = service.load(Ordering::Acquire);
                        let key = answer(&ring, &format!("k{step}"), NOW, NOW);
                        assert!(key.is_ok(), "{key:?} for k{step}");
                        verified += 1;
                        thread::yield_now();
                    }
                })
            })
            .collect();
        for (step, rotated) in pairs.iter().enumerate().skip(1) {
            let adopt = || ring.adopt(rotated, secs(NOW));
            service.store(step, Ordering::Release);
            let other = scope.spawn(adopt);
            let answers = [adopt(), other.join().unwrap()];
            // One of the two has done it, and the other has found it done.
            assert!(answers.contains(&Adoption::Rotated), "{answers:?}");
            assert!(answers.contains(&Adoption::Unchanged), "{answers:?}");
        }
        done.store(true, Ordering::Release);
        for reader in readers {
            reader.join().unwrap();
        }
    });
}

#[test]
fn a_key_that_an_adoption_forgot_is_accepted_by_no_thread_afterwards() {
    const ROTATIONS: usize = 200;
    let pairs: Vec<_> = (0..=ROTATIONS)
        .map(|step| KeyPair::new(format!("k{step}"), format!("k{}", step + 1)).unwrap())
        .collect();
    let ring = KeyRing::from(pairs[0].clone());
    let adopted = AtomicUsize::new(0);
    thread::scope(|scope| {
        scope.spawn(|| {
            for (step, rotated) in pairs.iter().enumerate().skip(1) {
                ring.adopt_with_lifetime(rotated, secs(NOW), Duration::ZERO);
                adopted.store(step, Ordering::Release);
                thread::yield_now();
            }
        });
        let mut step = 0;
        while step < ROTATIONS {
            step = adopted.load(Ordering::Acquire);
            if let Some(gone) = step.checked_sub(1) {
                let key = answer(&ring, &format!("k{gone}"), NOW, NOW);
                assert_eq!(key, Err(Rejection::UnknownKey), "k{gone} after {step}");
            }
        }
    });
}
