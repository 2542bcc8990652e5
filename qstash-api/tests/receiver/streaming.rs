//! Bodies that arrive in pieces.

use qstash_api::receiver::{Delivery, Malformed, Rejection};

use crate::receiver::mint::{BODY, NOW, claims, receiver, secs, signed, token};

#[test]
fn a_body_in_pieces_is_the_same_body() {
    let token = signed(&claims());
    for at in 0..=BODY.len() {
        let mut verifying = receiver().begin(&token).unwrap();
        for piece in [&BODY[..at], &[], &BODY[at..]] {
            verifying.update(piece).unwrap();
        }
        let whole = receiver().verify(&token, BODY);
        assert_eq!(verifying.finish(), whole, "cut at {at}");
        assert!(whole.is_ok());
    }
}

#[test]
fn a_body_that_ends_early_or_late_is_refused() {
    let token = signed(&claims());
    let mut early = receiver().begin(&token).unwrap();
    early.update(&BODY[1..]).unwrap();
    assert_eq!(early.finish(), Err(Rejection::BodyMismatch));
    let mut late = receiver().begin(&token).unwrap();
    late.update(BODY).unwrap();
    late.update(b"\n").unwrap();
    assert_eq!(late.finish(), Err(Rejection::BodyMismatch));
    let none = receiver().begin(&token).unwrap();
    assert_eq!(none.finish(), Err(Rejection::BodyMismatch));
}

#[test]
fn a_body_of_the_limit_passes_and_one_byte_more_never_does() {
    let token = signed(&claims());
    let limit = BODY.len() as u64;
    let exact = receiver().with_body_limit(limit);
    assert!(exact.verify(&token, BODY).is_ok());
    let short = receiver().with_body_limit(limit - 1);
    assert_eq!(short.verify(&token, BODY), Err(Rejection::BodyTooLong));
    assert_eq!(Rejection::BodyTooLong.status(), 413);

    let mut verifying = short.begin(&token).unwrap();
    assert_eq!(verifying.update(BODY), Err(Rejection::BodyTooLong));
    // Whoever goes on all the same gets nowhere.
    assert_eq!(verifying.update(b""), Err(Rejection::BodyTooLong));
    assert_eq!(verifying.finish(), Err(Rejection::BodyTooLong));
}

#[test]
fn a_bad_signature_is_refused_before_the_body_is_read() {
    for (delivery, rejection) in [
        (Delivery::new(None::<&str>), Rejection::Missing),
        (
            Delivery::from(&"x".repeat(16 * 1024 + 1)),
            Rejection::Malformed(Malformed::TooLong),
        ),
        (Delivery::from(""), Rejection::Missing),
        (
            Delivery::from("a.b"),
            Rejection::Malformed(Malformed::Segments),
        ),
        (
            Delivery::from(&token("sig_x", "{}", "{}")),
            Rejection::UnknownKey,
        ),
        (
            Delivery::from(&signed(&claims())).at(secs(NOW + 3600)),
            Rejection::Expired,
        ),
    ] {
        assert_eq!(receiver().begin(delivery).unwrap_err(), rejection);
    }
}

#[test]
fn plausible_is_what_only_the_key_is_missing_for() {
    let claims = claims().to_string();
    let header = crate::receiver::mint::HEADER;
    let forged = token("sig_x", header, &claims);
    assert_eq!(
        receiver().begin(&forged).unwrap_err(),
        Rejection::UnknownKey
    );
    assert!(receiver().is_valid_but_for_key(&forged));
    for implausible in [
        Delivery::new(None::<&str>),
        Delivery::from("a.b.c"),
        Delivery::from(&forged).at(secs(NOW + 3600)),
        Delivery::from(&forged).with_url("https://example.org"),
        Delivery::from(&token("sig_x", header, "{}")),
        Delivery::from(&token("sig_x", r#"{"alg":"none"}"#, &claims)),
    ] {
        assert!(
            !receiver().is_valid_but_for_key(implausible),
            "{implausible:?}"
        );
    }
}
