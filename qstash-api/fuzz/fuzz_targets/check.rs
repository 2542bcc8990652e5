//! The properties of any input at all; the fuzz target checks them, and a test with the corpus.
//!
//! The first byte of the input chooses: anything at all as a signature, as signed claims, or as a
//! signed header. Nothing may panic; unsigned input may never be accepted, and signed input only
//! where a reader that is not ours sees a good token in it too.

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use qstash_api::keys::KeyRing;
use qstash_api::receiver::{Delivery, Receiver};
use serde_json::Value;
use sha2::{Digest, Sha256};

const KEY: &str = "sig_current";
const NOW: i64 = 1_760_000_100;
const HEADER: &[u8] = br#"{"alg":"HS256","typ":"JWT"}"#;

/// Says whether the input was accepted.
pub(crate) fn check(input: &[u8]) -> bool {
    let Some((choice, input)) = input.split_first() else {
        return false;
    };
    let body = URL_SAFE.encode(Sha256::digest(b""));
    let claims = format!(
        r#"{{"body":"{body}","exp":1760000300,"iat":1760000000,"iss":"Upstash","jti":"j","sub":"u"}}"#
    );
    let (is_accepted, is_good) = match choice % 3 {
        0 => (accepts(input), false),
        1 => {
            let claims = serde_json::from_slice(input);
            let is_good = claims.is_ok_and(|claims| is_good(&claims, &body));
            (accepts(&sign(HEADER, input)), is_good)
        }
        _ => {
            let header = serde_json::from_slice(input).unwrap_or(Value::Null);
            let is_good = header["alg"] == "HS256" && header.get("crit").is_none();
            (accepts(&sign(input, claims.as_bytes())), is_good)
        }
    };
    assert!(is_good || !is_accepted, "accepted what is not good");
    is_accepted
}

fn accepts(signature: &[u8]) -> bool {
    let ring = KeyRing::new(KEY, "sig_next").expect("two good keys");
    let delivery = Delivery::from(signature).at(qstash_api::Timestamp::from_unix_secs(NOW));
    let receiver = Receiver::new(ring);
    let accepted = receiver.verify(delivery, b"").is_ok();
    assert!(!accepted || receiver.is_valid_but_for_key(delivery));
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
