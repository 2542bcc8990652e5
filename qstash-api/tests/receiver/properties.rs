//! Properties: of anything at all as a signature, and of any claims that are signed.

use proptest::collection::vec;
use proptest::prelude::*;
use qstash_api::keys::{Adoption, KeyPair, KeyRing};
use qstash_api::receiver::{Delivery, Rejection};
use serde_json::{Value, json};

use crate::receiver::mint::{
    BODY, CURRENT, HEADER, NOW, URL, claims, receiver, secs, signed, token,
};

/// Decides from a parsed value and in wider numbers whether signed claims should be accepted.
fn oracle(claims: &Value) -> bool {
    let integer = |name: &str| claims.get(name).map(Value::as_i64);
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let now = i128::from(NOW);
    let past = |time: i64| i128::from(time) <= now + 60;
    let hash = crate::receiver::mint::claims()["body"]
        .as_str()
        .unwrap()
        .to_owned();
    let audience = match claims.get("aud") {
        None | Some(Value::String(_)) => true,
        Some(Value::Array(all)) => all.iter().all(Value::is_string),
        Some(_) => false,
    };
    audience
        && text("iss") == Some("Upstash")
        && text("sub").is_some()
        && text("jti").is_some()
        && text("body").is_some_and(|body| body == hash || body == hash.trim_end_matches('='))
        && matches!(integer("exp"), Some(Some(exp)) if now < i128::from(exp) + 60)
        && matches!(integer("iat"), Some(Some(iat)) if past(iat))
        && match integer("nbf") {
            None => true,
            Some(nbf) => nbf.is_some_and(past),
        }
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|b| json!(b)),
        any::<i64>().prop_map(|n| json!(n)),
        any::<u64>().prop_map(|n| json!(n)),
        (NOW - 400..NOW + 400).prop_map(|n| json!(n)),
        any::<f64>().prop_map(|n| json!(n)),
        ".{0,12}".prop_map(|s| json!(s)),
        vec(".{0,3}", 0..3).prop_map(|list| json!(list)),
        Just(json!("Upstash")),
        Just(json!(URL)),
        Just(json!({"a": [1]})),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["aud", "body", "exp", "iat", "iss", "jti", "nbf", "sub"])
            .prop_map(str::to_owned),
        1 => ".{0,6}",
    ]
}

proptest! {
    #[test]
    fn no_bytes_are_a_signature(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert!(receiver().verify(&bytes, BODY).is_err());
        prop_assert!(!receiver().is_valid_but_for_key(&bytes));
    }

    #[test]
    fn nothing_shaped_like_a_token_is_one(token in "[A-Za-z0-9_-]{0,80}\\.[A-Za-z0-9_-]{0,80}\\.[A-Za-z0-9_-]{43}") {
        prop_assert!(receiver().verify(&token, BODY).is_err());
    }

    #[test]
    fn signed_json_is_accepted_when_the_rules_say_so(
        changes in vec((name(), prop::option::weighted(0.8, value())), 0..3),
        at in any::<bool>(),
    ) {
        let mut changed = claims();
        let members = changed.as_object_mut().unwrap();
        for (name, value) in changes {
            match value {
                Some(value) => { members.insert(name, value); }
                None => { members.remove(&name); }
            }
        }
        let signature = signed(&changed);
        let mut delivery = Delivery::from(&signature);
        let mut expected = oracle(&changed);
        if at {
            delivery = delivery.with_url(URL);
            expected &= changed["sub"] == URL;
        }
        prop_assert_eq!(receiver().verify(delivery, BODY).is_ok(), expected, "{}", changed);
    }

    /// Bytes of the claims changed and signed again: what is accepted must be JSON that others
    /// read likewise.
    #[test]
    fn signed_bytes_are_accepted_only_where_another_reader_agrees(
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = claims().to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let accepted = receiver().verify(&token(CURRENT, HEADER, &bytes), BODY).is_ok();
        let agreed = serde_json::from_slice(&bytes).is_ok_and(|value| oracle(&value));
        prop_assert!(!accepted || agreed, "{}", String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn pieces_of_a_body_are_the_body(mut cuts in vec(0..=BODY.len(), 0..6)) {
        cuts.extend([0, BODY.len()]);
        cuts.sort_unstable();
        let mut verifying = receiver().begin(&signed(&claims())).unwrap();
        for cut in cuts.windows(2) {
            verifying.update(&BODY[cut[0]..cut[1]]).unwrap();
        }
        prop_assert!(verifying.finish().is_ok());
    }

    #[test]
    fn another_body_is_refused(body in vec(any::<u8>(), 0..100)) {
        let refused = receiver().verify(&signed(&claims()), &body) == Err(Rejection::BodyMismatch);
        prop_assert_eq!(refused, body != BODY);
    }

    /// A service rotates at random moments; a ring hears of it late, twice, or out of order. Each
    /// key that the ring has seen as current or next stays accepted for its lifetime, and the ring
    /// ends with the latest pair.
    #[test]
    fn what_a_ring_has_seen_it_accepts_for_a_lifetime(
        answers in vec((1..4_usize, 1..200_i64, 0..3_usize), 1..12),
    ) {
        let key = |step: usize| format!("k{step}");
        let pair = |step| KeyPair::new(key(step), key(step + 1)).unwrap();
        let ring = KeyRing::from(pair(0));
        let (mut step, mut now) = (0, NOW);
        let mut seen = vec![(0, i64::MAX), (1, i64::MAX)];
        for (rotations, later, late) in answers {
            now += later;
            let before = step;
            step += rotations;
            for (held, until) in &mut seen {
                if (before..=before + 1).contains(held) && *held < step {
                    *until = now + 420;
                }
            }
            ring.adopt(&pair(step), secs(now));
            seen.extend([(step, i64::MAX), (step + 1, i64::MAX)]);
            let old = step.saturating_sub(late);
            // An answer from the past changes nothing while the ring remembers its key.
            if ring.keys().accepted(secs(now)).any(|(_, known)| known.expose() == key(old)) {
                let answer = ring.adopt(&pair(old), secs(now));
                let expected = if old == step { Adoption::Unchanged } else { Adoption::Stale };
                prop_assert_eq!(answer, expected);
            }
            let keys = ring.keys();
            prop_assert!(keys.is_pair(&pair(step)));
            for (held, until) in &seen {
                let accepted = keys.accepted(secs(now)).any(|(_, known)| known.expose() == key(*held));
                prop_assert!(accepted || *until <= now, "k{} at {}", held, now);
            }
        }
    }
}
