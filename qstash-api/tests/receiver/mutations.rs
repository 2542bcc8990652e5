//! Genuine tokens, changed in every place and in every way we could think of.

use qstash_api::receiver::{Delivery, Malformed, Rejection};
use serde_json::{Value, json};

use crate::receiver::mint::{
    BODY, CURRENT, HEADER, IAT, NOW, URL, claims, receiver, secs, signed, token,
};

fn accepts(signature: impl AsRef<[u8]>) -> bool {
    let delivery = Delivery::from(signature.as_ref()).with_url(URL);
    receiver().verify(delivery, BODY).is_ok()
}

fn tokens() -> [String; 2] {
    let unusual = r#"{"typ":"JWT","alg":"HS256"}"#;
    [
        signed(&claims()),
        token(CURRENT, unusual, claims().to_string()),
    ]
}

#[test]
fn a_token_with_any_bit_flipped_is_refused() {
    for token in tokens() {
        assert!(accepts(&token));
        for bit in 0..token.len() * 8 {
            let mut bytes = token.clone().into_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(!accepts(&bytes), "bit {bit} of {token}");
        }
    }
}

#[test]
fn a_token_cut_short_lengthened_or_out_of_order_is_refused() {
    for token in tokens() {
        for at in 0..token.len() {
            assert!(!accepts(&token[..at]), "cut at {at}");
            assert!(!accepts(&token[at + 1..]), "cut until {at}");
            let [before, after] = [&token[..at], &token[at..]];
            for more in ["A", ".", "=", " ", "\0", "\u{fc}", &after[..1]] {
                assert!(
                    !accepts(format!("{before}{more}{after}")),
                    "{more:?} at {at}"
                );
            }
            assert!(!accepts(format!("{before}{}", &after[1..])), "without {at}");
            let mut swapped = token.clone().into_bytes();
            swapped.swap(at, (at + 1) % token.len());
            assert!(
                swapped == token.as_bytes() || !accepts(&swapped),
                "swapped at {at}"
            );
        }
    }
}

#[test]
fn a_delivery_with_any_bit_of_the_body_flipped_is_refused() {
    let token = signed(&claims());
    for bit in 0..BODY.len() * 8 {
        let mut body = BODY.to_vec();
        body[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            receiver().verify(&token, &body),
            Err(Rejection::BodyMismatch)
        );
    }
}

/// The service cannot be made to sign such claims, but a bug of its could.
#[test]
fn signed_claims_of_another_type_or_missing_are_refused_by_name() {
    let others = [
        json!(null),
        json!(true),
        json!(false),
        json!(""),
        json!("1760000300"),
        json!(1_760_000_300_u64),
        json!(u64::MAX),
        json!(1_760_000_300.5),
        json!(1.0),
        json!([]),
        json!([1_760_000_300_u64]),
        json!({}),
    ];
    for name in ["iss", "sub", "exp", "iat", "nbf", "jti", "body", "aud"] {
        let refused = Err(Rejection::Malformed(Malformed::Claim(name)));
        for other in &others {
            let allowed = match name {
                "exp" | "iat" | "nbf" => other.is_i64(),
                "aud" => other.is_string() || *other == json!([]),
                "body" => false,
                _ => other.is_string(),
            };
            let mut changed = claims();
            changed[name] = other.clone();
            if !allowed {
                let answer = receiver().verify(&signed(&changed), BODY);
                assert_eq!(answer, refused, "{name} = {other}");
            }
        }
        let mut without = claims();
        without.as_object_mut().unwrap().remove(name);
        let answer = receiver().verify(&signed(&without), BODY);
        match name {
            "nbf" | "aud" => assert!(answer.is_ok(), "without {name}"),
            _ => assert_eq!(answer, refused, "without {name}"),
        }
    }
}

#[test]
fn signed_claims_that_are_there_twice_are_refused() {
    let once = claims().to_string();
    for (name, value) in claims().as_object().unwrap() {
        for name in [
            name.clone(),
            format!("\\u{:04x}{}", name.as_bytes()[0], &name[1..]),
        ] {
            let twice = format!("{{\"{name}\":{value},{}", &once[1..]);
            assert!(serde_json::from_str::<Value>(&twice).is_ok(), "{twice}");
            assert!(!accepts(token(CURRENT, HEADER, twice)), "{name}");
        }
    }
}

/// Each time moved through every interesting place, against the rules written out once more.
#[test]
fn signed_claims_moved_in_time_are_accepted_while_they_are_valid_and_not_a_second_longer() {
    let leeway = 60_i128;
    let mut answers = [0, 0];
    for near in [
        i64::MIN,
        -62_135_596_800,
        -1,
        0,
        1,
        IAT,
        NOW - 60,
        NOW,
        NOW + 60,
        i64::MAX,
    ] {
        for offset in -2..=2 {
            let Some(time) = near.checked_add(offset) else {
                continue;
            };
            for name in ["exp", "iat", "nbf"] {
                let mut moved = claims();
                moved[name] = json!(time);
                let valid = match name {
                    "exp" => i128::from(NOW) < i128::from(time) + leeway,
                    _ => i128::from(time) <= i128::from(NOW) + leeway,
                };
                let rejection = match name {
                    "exp" => Rejection::Expired,
                    _ => Rejection::NotYetValid,
                };
                let answer = receiver().verify(&signed(&moved), BODY).map(|_| ());
                let expected = if valid { Ok(()) } else { Err(rejection) };
                assert_eq!(answer, expected, "{name} = {time}");
                answers[usize::from(valid)] += 1;
            }
        }
    }
    assert!(answers[0] > 40 && answers[1] > 40, "{answers:?}");
}

#[test]
fn times_at_the_ends_of_the_range_do_not_overflow() {
    let token = signed(&claims());
    for (now, rejection) in [
        (i64::MAX, Rejection::Expired),
        (i64::MIN, Rejection::NotYetValid),
    ] {
        for leeway in [0, 60, u64::MAX] {
            let receiver = receiver().with_leeway(std::time::Duration::from_secs(leeway));
            let answer = receiver.verify(Delivery::from(&token).at(secs(now)), BODY);
            if leeway < u64::MAX {
                assert_eq!(answer, Err(rejection.clone()), "{now} {leeway}");
            }
        }
    }
}
