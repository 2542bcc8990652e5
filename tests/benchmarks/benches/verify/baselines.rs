//! The others that do the receiver's job.

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtVerifier, KeyUtils};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, signature};
use serde::Deserialize;
use sha2::{Digest, Sha256};

pub(crate) const KEY: &str = "sig_3Cq7vQm9TzWb2LxUeRk5abcdef";
pub(crate) const URL: &str = "https://example.com/api/orders/incoming";

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    jti: String,
    body: String,
}

pub(crate) fn now() -> i64 {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

pub(crate) fn keyed() -> Hmac<Sha256> {
    Hmac::new_from_slice(KEY.as_bytes()).unwrap()
}

/// A token as the service makes it, for an hour, so that it outlives the benchmark.
pub(crate) fn token(body: &[u8]) -> String {
    let claims = serde_json::json!({
        "aud": "",
        "body": URL_SAFE.encode(Sha256::digest(body)),
        "exp": now() + 3600,
        "iat": now(),
        "iss": "Upstash",
        "jti": "jwt_67kxXD6UBAk7DqU6hzuHMDdXFXfP",
        "nbf": -62_135_596_800_i64,
        "sub": URL,
    });
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mac = keyed().chain_update(&signed).finalize().into_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac))
}

/// The calls that the job consists of, written out, with the checks that one must not leave out.
pub(crate) fn by_hand(keyed: &Hmac<Sha256>, token: &str, body: &[u8]) -> Option<String> {
    let (signed, mac) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
    let checked = keyed.clone().chain_update(signed).verify_slice(&mac);
    checked.ok()?;
    let header: serde_json::Value = {
        let json = URL_SAFE_NO_PAD.decode(header).ok()?;
        serde_json::from_slice(&json).ok()?
    };
    let json = URL_SAFE_NO_PAD.decode(claims).ok()?;
    let claims: Claims = serde_json::from_slice(&json).ok()?;
    let now = now();
    let valid = header.get("alg")? == "HS256"
        && claims.iss == "Upstash"
        && claims.sub == URL
        && claims.exp + 60 > now
        && claims.iat <= now + 60
        && claims.nbf.is_none_or(|nbf| nbf <= now + 60);
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(body));
    (valid && claims.body.trim_end_matches('=') == hash).then_some(claims.jti)
}

/// The same without parsing the header, as one may who trusts the MAC.
pub(crate) fn by_hand_without_header(
    keyed: &Hmac<Sha256>,
    token: &str,
    body: &[u8],
) -> Option<String> {
    let (signed, mac) = token.rsplit_once('.')?;
    let (_, claims) = signed.split_once('.')?;
    let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
    keyed.clone().chain_update(signed).verify_slice(&mac).ok()?;
    let json = URL_SAFE_NO_PAD.decode(claims).ok()?;
    let claims: Claims = serde_json::from_slice(&json).ok()?;
    let now = now();
    let valid = claims.iss == "Upstash"
        && claims.sub == URL
        && claims.exp + 60 > now
        && claims.iat <= now + 60
        && claims.nbf.is_none_or(|nbf| nbf <= now + 60);
    let hash = Sha256::digest(body);
    let signed_hash = URL_SAFE_NO_PAD
        .decode(claims.body.trim_end_matches('='))
        .ok()?;
    (valid && signed_hash == hash.as_slice()).then_some(claims.jti)
}

/// HS256 for `jsonwebtoken` out of the crates that the receiver uses too.
struct Hs256(Hmac<Sha256>);

impl signature::Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], mac: &Vec<u8>) -> Result<(), signature::Error> {
        let computed = self.0.clone().chain_update(message);
        computed
            .verify_slice(mac)
            .map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

pub(crate) static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(jsonwebtoken::errors::ErrorKind::InvalidAlgorithm.into()),
    verifier_factory: |_, key| {
        let mac = Hmac::new_from_slice(key.try_get_as_bytes()?)
            .map_err(|_| jsonwebtoken::errors::ErrorKind::InvalidKeyFormat)?;
        Ok(Box::new(Hs256(mac)))
    },
    key_utils: KeyUtils::new_unimplemented(),
};

pub(crate) fn by_jsonwebtoken(
    key: &DecodingKey,
    validation: &Validation,
    token: &str,
    body: &[u8],
) -> Option<String> {
    let claims = jsonwebtoken::decode::<Claims>(token, key, validation)
        .ok()?
        .claims;
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(body));
    let valid = claims.sub == URL && claims.body.trim_end_matches('=') == hash;
    valid.then_some(claims.jti)
}

pub(crate) fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 60;
    validation.validate_aud = false;
    validation.set_issuer(&["Upstash"]);
    validation
}
