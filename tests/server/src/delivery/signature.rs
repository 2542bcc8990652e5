//! The signature of a delivery: a JSON Web Token, as the service really sends it.

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::{Digest, Sha256};

/// The lifetime of a signature, in seconds.
const LIFETIME: u64 = 300;

/// The value that the service sends as `nbf`: the zero of a calendar that begins in the year 1.
const NOT_BEFORE: i64 = -62_135_596_800;

/// The claims of a signature besides the URL and the body.
#[derive(Clone, Debug)]
pub(crate) struct Claims {
    pub(crate) issuer: String,
    pub(crate) id: String,
    /// Unix seconds.
    issued_at: u64,
    /// Unix seconds.
    pub(crate) not_before: i64,
}

impl Claims {
    /// Returns the claims of a signature that the service makes at a moment.
    pub(crate) fn at(issued_at: u64, id: impl Into<String>) -> Self {
        Self {
            issuer: "Upstash".to_owned(),
            id: id.into(),
            issued_at,
            not_before: NOT_BEFORE,
        }
    }
}

/// Signs a body for a destination.
pub(crate) fn sign(key: &str, destination: &str, body: &[u8], claims: &Claims) -> String {
    let header = json!({ "alg": "HS256", "typ": "JWT" });
    let claims = json!({
        "aud": "",
        "body": URL_SAFE.encode(Sha256::digest(body)),
        "exp": claims.issued_at.saturating_add(LIFETIME),
        "iat": claims.issued_at,
        "iss": claims.issuer,
        "jti": claims.id,
        "nbf": claims.not_before,
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
