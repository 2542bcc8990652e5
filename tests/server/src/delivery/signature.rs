//! The signature of a delivery: a JSON Web Token, as the service really sends it.

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::{Digest, Sha256};

/// How long a signature is good for, in seconds.
const LIFETIME: u64 = 300;

/// What the service sends as `nbf`: the zero of a calendar that begins in the year 1.
const NOT_BEFORE: i64 = -62_135_596_800;

/// Signs a body for a destination.
pub(super) fn sign(key: &str, destination: &str, body: &[u8], now_secs: u64, id: &str) -> String {
    let header = json!({ "alg": "HS256", "typ": "JWT" });
    let claims = json!({
        "aud": "",
        "body": URL_SAFE.encode(Sha256::digest(body)),
        "exp": now_secs + LIFETIME,
        "iat": now_secs,
        "iss": "Upstash",
        "jti": id,
        "nbf": NOT_BEFORE,
        "sub": destination,
    });
    let signed = [header, claims]
        .map(|part| URL_SAFE_NO_PAD.encode(part.to_string()))
        .join(".");
    let mac = URL_SAFE_NO_PAD.encode(mac(key.as_bytes(), signed.as_bytes()));
    format!("{signed}.{mac}")
}

fn mac(key: &[u8], message: &[u8]) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("any key is fine");
    mac.chain_update(message).finalize().into_bytes().to_vec()
}
