//! Anything at all as a signature, and anything at all as signed claims or as a signed header.
//!
//! The first byte of the input chooses. Nothing may panic; unsigned input may never be accepted,
//! and signed input only where a reader that is not ours sees a good token in it too.
#![no_main]

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use libfuzzer_sys::fuzz_target;
use qstash_api::keys::KeyRing;
use qstash_api::receiver::{Delivery, Receiver};
use serde_json::Value;
use sha2::{Digest, Sha256};

const KEY: &str = "sig_current";
const NOW: i64 = 1_760_000_100;
const HEADER: &[u8] = br#"{"alg":"HS256","typ":"JWT"}"#;

fuzz_target!(|input: &[u8]| {
    let Some((choice, input)) = input.split_first() else {
        return;
    };
    let body = URL_SAFE.encode(Sha256::digest(b""));
    let claims = format!(
        r#"{{"body":"{body}","exp":1760000300,"iat":1760000000,"iss":"Upstash","jti":"j","sub":"u"}}"#
    );
    match choice % 3 {
        0 => assert!(!accepts(input), "accepted without a key"),
        1 => {
            let agreed = serde_json::from_slice(input).is_ok_and(|claims| is_good(&claims, &body));
            assert!(
                !accepts(&sign(HEADER, input)) || agreed,
                "accepted bad claims"
            );
        }
        _ => {
            let header = serde_json::from_slice(input).unwrap_or(Value::Null);
            let agreed = header["alg"] == "HS256" && header.get("crit").is_none();
            let accepted = accepts(&sign(input, claims.as_bytes()));
            assert!(!accepted || agreed, "accepted a bad header");
        }
    }
});

fn accepts(signature: &[u8]) -> bool {
    let ring = KeyRing::new(KEY, "sig_next").expect("two good keys");
    let delivery = Delivery::from(signature).at(NOW);
    let receiver = Receiver::new(ring);
    let accepted = receiver.verify(delivery, b"").is_ok();
    assert!(!accepted || receiver.is_plausible(delivery));
    accepted
}

fn is_good(claims: &Value, body: &str) -> bool {
    let past = |name| claims[name].as_i64().is_some_and(|time| time <= NOW + 60);
    let hash = claims["body"].as_str().unwrap_or_default();
    claims["iss"] == "Upstash"
        && claims["sub"].is_string()
        && claims["jti"].is_string()
        && (hash == body || hash == body.trim_end_matches('='))
        && claims["exp"]
            .as_i64()
            .is_some_and(|exp| NOW < exp.saturating_add(60))
        && past("iat")
        && (claims.get("nbf").is_none() || past("nbf"))
}

fn sign(header: &[u8], claims: &[u8]) -> Vec<u8> {
    let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
    let signed = format!("{header}.{claims}");
    let mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).expect("a key of any length");
    let mac = mac.chain_update(&signed).finalize().into_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac)).into_bytes()
}
