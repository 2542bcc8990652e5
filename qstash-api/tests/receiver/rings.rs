//! The keys of a ring, before and after the service gives others.

use std::time::Duration;

use qstash_api::keys::{
    Adoption, InvalidKey, KeyName, KeyPair, KeyRing, KeyRings, Region, SigningKey,
};
use qstash_api::receiver::{Delivery, Receiver, Rejection};

use crate::receiver::mint::{BODY, HEADER, NOW, claims, secs, token};

fn pair(keys: [&str; 2]) -> KeyPair {
    KeyPair::new(keys[0], keys[1]).unwrap()
}

fn ring(keys: [&str; 2]) -> KeyRing {
    KeyRing::from(pair(keys))
}

/// The keys that are accepted at `now`, as `current next previous...`, the previous ones sorted.
fn accepted(ring: &KeyRing, now: i64) -> String {
    let keys = ring.keys();
    let mut names: Vec<_> = keys
        .accepted(secs(now))
        .map(|(name, key)| (name, key.expose()))
        .collect();
    names.sort_unstable();
    let names: Vec<_> = names.into_iter().map(|(_, key)| key).collect();
    names.join(" ")
}

#[test]
fn adopting_a_pair_keeps_whatever_was_accepted_a_moment_ago() {
    use Adoption::{Replaced, Rotated, Stale, Unchanged};
    // The ring's pair; then pairs adopted one second apart, each with the answer and what is
    // accepted after it.
    type Step<'a> = ([&'a str; 2], Adoption, &'a str);
    let table: &[([&str; 2], &[Step<'_>])] = &[
        (["A", "B"], &[(["A", "B"], Unchanged, "A B")]),
        (
            ["A", "B"],
            &[
                (["B", "C"], Rotated, "B C A"),
                (["B", "C"], Unchanged, "B C A"),
            ],
        ),
        (
            ["A", "B"],
            &[
                (["B", "C"], Rotated, "B C A"),
                (["C", "D"], Rotated, "C D A B"),
            ],
        ),
        // Two rotations at once: B was the current key in between.
        (
            ["A", "B"],
            &[
                (["C", "D"], Replaced, "C D A B"),
                (["C", "D"], Unchanged, "C D A B"),
            ],
        ),
        // The ring was given a wrong next key.
        (
            ["A", "B"],
            &[
                (["A", "C"], Replaced, "A C B"),
                (["C", "D"], Rotated, "C D A B"),
            ],
        ),
        // The ring was given the keys the wrong way round.
        (["B", "A"], &[(["A", "B"], Rotated, "A B")]),
        // Answers that were overtaken.
        (
            ["A", "B"],
            &[(["B", "C"], Rotated, "B C A"), (["A", "B"], Stale, "B C A")],
        ),
        (
            ["A", "B"],
            &[
                (["C", "D"], Replaced, "C D A B"),
                (["B", "C"], Stale, "C D A B"),
                (["A", "B"], Stale, "C D A B"),
                (["D", "E"], Rotated, "D E A B C"),
            ],
        ),
        // A previous key that is said to be the next one again is the next one and no more.
        (
            ["A", "B"],
            &[
                (["B", "C"], Rotated, "B C A"),
                (["D", "A"], Replaced, "D A B C"),
            ],
        ),
        (["A", "B"], &[(["C", "A"], Replaced, "C A B")]),
    ];
    for (first, steps) in table {
        let ring = ring(*first);
        for (step, (keys, adoption, after)) in steps.iter().enumerate() {
            let now = NOW + i64::try_from(step).unwrap();
            assert_eq!(
                ring.adopt(&pair(*keys), secs(now)),
                *adoption,
                "{first:?} {keys:?}"
            );
            assert_eq!(accepted(&ring, now), *after, "{first:?} {keys:?}");
            assert!(ring.keys().is_pair(&pair(*keys)) || *adoption == Stale);
        }
    }
}

#[test]
fn a_previous_key_lives_for_its_time_and_adopting_again_does_not_prolong_it() {
    let ring = ring(["A", "B"]);
    ring.adopt(&pair(["B", "C"]), secs(NOW));
    ring.adopt(&pair(["B", "C"]), secs(NOW + 400));
    assert_eq!(ring.keys().previous()[0].until(), secs(NOW + 420));
    assert_eq!(accepted(&ring, NOW + 419), "B C A");
    assert_eq!(accepted(&ring, NOW + 420), "B C");
    // It is dropped for good the next time somebody looks, and then may come back as any key may.
    assert_eq!(
        ring.adopt(&pair(["B", "C"]), secs(NOW + 420)),
        Adoption::Unchanged
    );
    assert!(ring.keys().previous().is_empty());
    assert_eq!(
        ring.adopt(&pair(["A", "B"]), secs(NOW + 421)),
        Adoption::Replaced
    );
}

#[test]
fn the_lifetime_of_previous_keys_can_be_chosen() {
    for (lifetime, until) in [
        (Duration::from_secs(900), Some(NOW + 900)),
        (Duration::MAX, Some(i64::MAX)),
        (Duration::ZERO, None),
    ] {
        let ring = ring(["A", "B"]);
        ring.adopt_with_lifetime(&pair(["B", "C"]), secs(NOW), lifetime);
        let kept = ring
            .keys()
            .previous()
            .first()
            .map(|previous| previous.until());
        assert_eq!(kept, until.map(secs));
    }
}

#[test]
fn a_previous_key_can_be_given_and_taken_away() {
    let ring = ring(["B", "C"]);
    let key = |text| SigningKey::new(text).unwrap();
    ring.add_previous(&key("A"), secs(NOW), secs(NOW + 10));
    ring.add_previous(&key("A"), secs(NOW), secs(NOW + 5));
    ring.add_previous(&key("B"), secs(NOW), secs(NOW + 10));
    ring.add_previous(&key("Z"), secs(NOW), secs(NOW));
    assert_eq!(accepted(&ring, NOW + 9), "B C A");
    ring.forget_previous();
    assert_eq!(accepted(&ring, NOW), "B C");
}

#[test]
fn a_forgotten_key_does_not_come_back_with_an_answer_that_was_overtaken() {
    let ring = ring(["A", "B"]);
    ring.adopt(&pair(["B", "C"]), secs(NOW));
    ring.forget_previous();
    assert_eq!(
        ring.adopt(&pair(["A", "B"]), secs(NOW + 1)),
        Adoption::Stale
    );
    assert_eq!(accepted(&ring, NOW + 1), "B C");
    // Of two rotations, both keys.
    ring.adopt(&pair(["C", "D"]), secs(NOW + 2));
    ring.forget_previous();
    for old in [["A", "B"], ["B", "C"]] {
        assert_eq!(
            ring.adopt(&pair(old), secs(NOW + 3)),
            Adoption::Stale,
            "{old:?}"
        );
    }
    assert_eq!(accepted(&ring, NOW + 3), "C D");
    // No answer is under way for so long.
    assert_eq!(
        ring.adopt(&pair(["A", "B"]), secs(NOW + 422)),
        Adoption::Replaced
    );
}

#[test]
fn previous_keys_do_not_pile_up() {
    // A second apart, and all at once: the ones that left last stay.
    for apart in [1, 0] {
        let ring = ring(["k0", "k1"]);
        for step in 1..200_i64 {
            let keys = [format!("k{step}"), format!("k{}", step + 1)];
            ring.adopt(&pair([&keys[0], &keys[1]]), secs(NOW + step * apart));
        }
        let keys = ring.keys();
        assert_eq!(keys.previous().len(), 32);
        assert_eq!(keys.previous()[0].key().expose(), "k198");
        assert_eq!(keys.previous()[31].key().expose(), "k167");
    }
}

#[test]
fn a_ring_of_one_key_is_made_on_purpose_and_completed_by_the_service() {
    assert_eq!(KeyRing::new("A", "A").unwrap_err(), InvalidKey::Repeated);
    assert_eq!(KeyRing::new("A", "").unwrap_err(), InvalidKey::Empty);
    let ring = KeyRing::from_current(SigningKey::new("A").unwrap());
    assert_eq!(accepted(&ring, NOW), "A");
    assert_eq!(ring.keys().pair(), None);
    assert_eq!(ring.adopt(&pair(["A", "B"]), secs(NOW)), Adoption::Replaced);
    assert_eq!(accepted(&ring, NOW), "A B");
    assert_eq!(ring.keys().pair(), Some(pair(["A", "B"])));
}

#[test]
fn clones_share_the_keys_and_snapshots_do_not_change() {
    let ring = ring(["A", "B"]);
    let (clone, before) = (ring.clone(), ring.keys());
    ring.adopt(&pair(["B", "C"]), secs(NOW));
    assert_eq!(accepted(&clone, NOW), "B C A");
    assert_eq!(before.current().expose(), "A");
}

#[test]
fn every_regions_ring_is_asked_and_the_hint_only_says_which_first() {
    let claims = claims().to_string();
    // One key is in every ring, so that the hint decides which of them is named.
    let rings = KeyRings::for_region(Region::EuCentral1, ring(["E", "both"]))
        .with_ring(Region::UsEast1, ring(["U", "both"]))
        .with_ring(None, ring(["N", "both"]));
    let receiver = Receiver::new(rings);
    let [eu, us] = [Region::EuCentral1, Region::UsEast1].map(Some);
    let table: [(&str, Option<&[u8]>, _, _); 12] = [
        ("E", None, eu, KeyName::Current),
        ("U", None, us, KeyName::Current),
        ("N", None, None, KeyName::Current),
        ("N", Some(b"US-EAST-1"), None, KeyName::Current),
        ("E", Some(b"US-EAST-1"), eu, KeyName::Current),
        ("U", Some(b"EU-CENTRAL-1"), us, KeyName::Current),
        ("both", None, eu, KeyName::Next),
        ("both", Some(b"US-EAST-1"), us, KeyName::Next),
        ("both", Some(b"us_east_1"), us, KeyName::Next),
        ("both", Some(b"EU-CENTRAL-1"), eu, KeyName::Next),
        ("both", Some(b"MARS-1"), eu, KeyName::Next),
        ("both", Some(b"\xff"), eu, KeyName::Next),
    ];
    for (key, hint, region, name) in table {
        let token = token(key, HEADER, &claims);
        let delivery = Delivery::from(&token).with_region(hint).at(secs(NOW));
        let verified = receiver.verify(delivery, BODY).unwrap();
        assert_eq!(
            (verified.region(), verified.key()),
            (region, name),
            "{key} {hint:?}"
        );
    }
    let forged = token("X", HEADER, &claims);
    let delivery = Delivery::from(&forged)
        .with_region(Some("US-EAST-1"))
        .at(secs(NOW));
    assert_eq!(receiver.verify(delivery, BODY), Err(Rejection::UnknownKey));
}
