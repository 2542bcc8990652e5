//! Helpers that the tests of rotation share.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use qstash_api::keys::{KeyPair, KeyRing};
use qstash_api::receiver::Clock;
use qstash_api::{Client, RetryPolicy};
use qstash_dev_server::{QStash, SigningKeys};
use serde_json::json;
use sha2::{Digest, Sha256};

pub(crate) const BODY: &[u8] = b"a body";

/// A client that does not wait long before it tries again.
pub(crate) fn client(server: &QStash) -> Client {
    crate::client::builder(server)
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
        .build()
        .unwrap()
}

/// The pair that the server has now.
pub(crate) fn pair(server: &QStash) -> KeyPair {
    let SigningKeys { current, next } = server.snapshot().signing_keys;
    KeyPair::new(current, next).unwrap()
}

/// A ring with the pair that the server has now.
pub(crate) fn ring(server: &QStash) -> KeyRing {
    KeyRing::from(pair(server))
}

/// The server's clock, for those who verify.
pub(crate) fn clock(server: &QStash) -> Clock {
    Clock::from(server.clock())
}

/// A signature of `body` as the service makes it, by a key that anybody may choose.
pub(crate) fn sign(key: &str, url: &str, body: &[u8], made_at: u64) -> String {
    let claims = json!({
        "aud": "", "body": URL_SAFE_NO_PAD.encode(Sha256::digest(body)), "exp": made_at + 300,
        "iat": made_at, "iss": "Upstash", "jti": "jwt_test", "nbf": 0, "sub": url,
    });
    let signed = [json!({"alg": "HS256", "typ": "JWT"}), claims]
        .map(|part| URL_SAFE_NO_PAD.encode(part.to_string()))
        .join(".");
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    let mac = mac.chain_update(&signed).finalize().into_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac))
}

/// Lets time pass at once for whatever waits, on a runtime of one thread.
pub(crate) async fn jump(by: Duration) {
    // What has arrived is read first.
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    tokio::time::pause();
    let _frozen = Frozen;
    tokio::time::advance(by).await;
}

/// Lets tokio's time go on when it is dropped.
struct Frozen;

impl Drop for Frozen {
    fn drop(&mut self) {
        tokio::time::resume();
    }
}

/// The number of requests for the keys.
pub(crate) fn readings(server: &QStash) -> usize {
    let requests = server.requests();
    let of_keys = requests
        .iter()
        .filter(|request| request.path() == "/v2/keys");
    of_keys.count()
}
