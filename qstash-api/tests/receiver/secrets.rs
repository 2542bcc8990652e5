//! Everything that prints, and the secrets that must not be in it.

use std::fmt::{Debug, Display};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use qstash_api::keys::{
    InvalidKey, KeyPair, KeyRing, KeyRings, Region, SigningKey, VariableProblem,
};
use qstash_api::receiver::{
    Claims, Clock, Delivery, Malformed, Receiver, Rejection, Verified, Verifying,
};
use serde_json::json;

use crate::receiver::mint::{BODY, CURRENT, NEXT, NOW, claims, receiver, secs, signed};

/// Both `Debug` forms.
fn debug(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}\n")
}

fn both<T: Debug + Display>(value: &T) -> String {
    format!("{}{value}\n", debug(value))
}

/// Everything public that prints, printed.
fn everything() -> String {
    let ring = KeyRing::new("sig_previous", CURRENT).unwrap();
    let pair = KeyPair::new(CURRENT, NEXT).unwrap();
    ring.adopt(&pair, secs(NOW));
    let receiver = Receiver::new(KeyRings::for_region(Region::UsEast1, ring.clone()));
    let receiver = receiver.with_clock(Clock::fixed(secs(NOW)));
    let token = signed(&claims());
    let delivery = Delivery::from(&token).with_region(Some("US-EAST-1"));
    let mut verifying = receiver.begin(delivery).unwrap();
    verifying.update(BODY).unwrap();
    let mut printed = [
        debug(&SigningKey::new(CURRENT).unwrap()),
        debug(&pair),
        debug(&ring),
        debug(&ring.keys()),
        debug(&ring.keys().previous()),
        debug(&receiver),
        debug(&receiver.rings()),
        debug(&delivery),
        debug(&verifying),
    ]
    .concat();
    let verified = verifying.finish().unwrap();
    printed += &debug(&verified);
    printed += &debug(&verified.claims());
    printed + &errors(&receiver)
}

fn errors(receiver: &Receiver) -> String {
    let token = signed(&claims());
    let altered = |name: &str, value: &str| {
        let mut claims = claims();
        claims[name] = json!(value);
        signed(&claims)
    };
    let other_body = std::str::from_utf8(BODY).unwrap();
    let mut printed = String::new();
    for rejection in [
        receiver.verify(&token, b"{}"),
        receiver.verify(Delivery::from(&token).with_url("https://example.org"), BODY),
        receiver.verify(Delivery::from(&token).at(secs(0)), BODY),
        receiver.verify(Delivery::from(&token).at(secs(NOW + 9999)), BODY),
        receiver.verify(&token[1..], BODY),
        receiver.verify(&token[..token.len() - 1], BODY),
        receiver.verify(&altered("iss", CURRENT), BODY),
        receiver.verify(&altered("exp", other_body), BODY),
        receiver.verify(&altered("body", other_body), BODY),
        receiver.clone().with_body_limit(1).verify(&token, BODY),
    ] {
        let rejection = rejection.unwrap_err();
        printed += &both(&rejection);
        printed += rejection.code();
    }
    printed += &both(&SigningKey::new(format!("{CURRENT} ")).unwrap_err());
    printed += &both(&KeyPair::new(NEXT, NEXT).unwrap_err());
    let wrong = |value: String| KeyRing::from_lookup(move |_| Some(value.clone().into()));
    printed += &both(&wrong(CURRENT.to_owned()).unwrap_err());
    printed + &both(&wrong(format!("{NEXT}\n")).unwrap_err())
}

#[test]
fn nothing_prints_a_key_a_mac_or_the_body() {
    let token = signed(&claims());
    let mac = token.rsplit('.').next().unwrap();
    let mac_bytes = URL_SAFE_NO_PAD.decode(mac).unwrap();
    let hash = claims()["body"].as_str().unwrap().to_owned();
    let hash_bytes = URL_SAFE_NO_PAD.decode(hash.trim_end_matches('=')).unwrap();
    let hex = |bytes: &[u8]| {
        bytes
            .iter()
            .take(4)
            .map(|b| format!("{b:02x}"))
            .collect::<String>()
    };
    let list = |bytes: &[u8]| format!("{}, {}, {}", bytes[0], bytes[1], bytes[2]);
    let lines = |bytes: &[u8]| list(bytes).replace(", ", ",\n");
    let printed = everything();
    // What is looked for is not absent because nothing was printed.
    assert!(printed.contains("jwt_67kxXD6UBAk7DqU6hzuH") && printed.contains("until"));
    let squeezed: String = printed.split_whitespace().collect();
    for secret in [
        CURRENT.to_owned(),
        NEXT.to_owned(),
        "sig_".to_owned(),
        String::from_utf8(BODY.to_vec()).unwrap(),
        "order".to_owned() + "\\\":7",
        token.clone(),
        mac.to_owned(),
        mac[..8].to_owned(),
        hash[..8].to_owned(),
        hex(&mac_bytes),
        hex(&hash_bytes),
        list(&mac_bytes),
        list(&hash_bytes),
        lines(&hash_bytes),
        list(CURRENT.as_bytes()),
        list(BODY),
    ] {
        let tight: String = secret.split_whitespace().collect();
        assert!(
            !printed.contains(&secret) && !squeezed.contains(&tight),
            "{secret}\n{printed}"
        );
    }
}

/// All of these cross threads and awaits, and errors fit in boxes.
#[test]
fn the_types_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    shared::<(SigningKey, KeyPair, KeyRing, KeyRings, Receiver, Clock)>();
    shared::<(Claims, Verified, Verifying, VariableProblem)>();
    error::<InvalidKey>();
    error::<Rejection>();
    error::<Malformed>();
}

#[test]
fn every_rejection_answers_401_but_the_one_about_size() {
    for (rejection, code) in [
        (Rejection::Missing, "missing"),
        (Rejection::Malformed(Malformed::Segments), "malformed"),
        (Rejection::UnknownKey, "unknown-key"),
        (Rejection::Expired, "expired"),
        (Rejection::NotYetValid, "not-yet-valid"),
        (Rejection::Issuer, "issuer"),
        (Rejection::BodyMismatch, "body-mismatch"),
    ] {
        assert_eq!((rejection.status().as_u16(), rejection.code()), (401, code));
    }
    assert_eq!(Rejection::BodyTooLong.status(), 413);
    assert!(receiver().verify(None::<&str>, BODY) == Err(Rejection::Missing));
}
