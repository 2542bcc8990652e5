//! Signs tokens for the tests, with an HMAC but without a line of the receiver's code.

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use qstash_api::Timestamp;
use qstash_api::keys::KeyRing;
use qstash_api::receiver::{Clock, Receiver};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(crate) const CURRENT: &str = "sig_current";
pub(crate) const NEXT: &str = "sig_next";
pub(crate) const URL: &str = "https://example.com/orders?a=1&b=2";
pub(crate) const BODY: &[u8] = br#"{"order":7}"#;
/// The time at which the tokens of [`claims`] are made.
pub(crate) const IAT: i64 = 1_760_000_000;
/// A time at which they are valid.
pub(crate) const NOW: i64 = IAT + 100;
pub(crate) const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

pub(crate) fn secs(seconds: i64) -> Timestamp {
    Timestamp::from_unix_secs(seconds)
}

pub(crate) fn receiver() -> Receiver {
    Receiver::new(KeyRing::new(CURRENT, NEXT).unwrap()).with_clock(Clock::fixed(secs(NOW)))
}

/// The claims as the service sends them.
pub(crate) fn claims() -> Value {
    json!({
        "aud": "",
        "body": URL_SAFE.encode(Sha256::digest(BODY)),
        "exp": IAT + 300,
        "iat": IAT,
        "iss": "Upstash",
        "jti": "jwt_67kxXD6UBAk7DqU6hzuH",
        "nbf": -62_135_596_800_i64,
        "sub": URL,
    })
}

/// The claims, signed with the current key.
pub(crate) fn signed(claims: &Value) -> String {
    token(CURRENT, HEADER, claims.to_string())
}

pub(crate) fn token(key: &str, header: &str, claims: impl AsRef<[u8]>) -> String {
    let [header, claims] = [header.as_bytes(), claims.as_ref()].map(|s| URL_SAFE_NO_PAD.encode(s));
    let signed = format!("{header}.{claims}");
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    let mac = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    format!("{signed}.{mac}")
}
