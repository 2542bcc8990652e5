//! Signatures, checked by the letter of RFC 7515 and not by the server's own code.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use qstash_dev_server::{Destination, RecordedRequest};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::SECOND;
use crate::server::common::Caller;

/// Returns the header and the claims of a token if the key has signed it.
fn open(token: &str, key: &str) -> Option<(Value, Value)> {
    let (signed, mac) = token.rsplit_once('.').unwrap();
    let mac = URL_SAFE_NO_PAD.decode(mac).unwrap();
    let expected = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    expected.chain_update(signed).verify_slice(&mac).ok()?;
    let (header, claims) = signed.split_once('.').unwrap();
    let read = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    Some((read(header), read(claims)))
}

fn token(request: &RecordedRequest) -> &str {
    request.header("Upstash-Signature").unwrap()
}

#[tokio::test]
async fn deliveries_are_signed_as_the_service_signs_them() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    for (path, body) in [("", ""), ("/", "x"), ("/a?b=%20c", "{\"a\":1}")] {
        let url = format!("{}{path}", receiver.url());
        caller.publish(&url, &[], body).await;
        caller.server.settle().await;
        let delivered = receiver.take_requests().pop().unwrap();
        let keys = caller.server.snapshot().signing_keys;
        assert!(open(token(&delivered), &keys.next).is_none());
        let (header, mut claims) = open(token(&delivered), &keys.current).unwrap();
        assert_eq!(header, json!({"alg": "HS256", "typ": "JWT"}));
        let hash = claims["body"].as_str().unwrap();
        assert!(hash.ends_with('='), "the hash is padded");
        let expected = URL_SAFE_NO_PAD.encode(Sha256::digest(body));
        assert_eq!(hash.trim_end_matches('='), expected);
        let id = claims["jti"].take();
        assert!(id.as_str().unwrap().starts_with("jwt_"));
        let now = caller.server.clock().now_secs();
        let body = claims["body"].take();
        let expected = json!({
            "iss": "Upstash", "sub": url, "aud": "", "iat": now, "exp": now + 300,
            "nbf": -62_135_596_800_i64, "jti": null, "body": null,
        });
        assert_eq!(claims, expected, "{body}");
    }
}

#[tokio::test]
async fn after_a_rotation_the_former_next_key_signs() {
    let caller = Caller::start().await;
    let receiver = Destination::start().await.unwrap();
    let next = caller.server.snapshot().signing_keys.next;
    caller.send("POST", "/v2/keys/rotate", &[], "").await;
    caller.publish(&receiver.url(), &[], "").await;
    caller.server.settle().await;
    assert!(open(token(&receiver.requests()[0]), &next).is_some());

    let next = caller.server.snapshot().signing_keys.next;
    caller.server.rotate_signing_keys();
    caller.publish(&receiver.url(), &[], "").await;
    caller.server.settle().await;
    assert!(open(token(&receiver.requests()[1]), &next).is_some());
}

#[tokio::test]
async fn each_attempt_is_signed_anew() {
    let caller = Caller::start().await;
    let receiver = Destination::start_with(|_| qstash_dev_server::Answer::empty(500))
        .await
        .unwrap();
    caller
        .publish(&receiver.url(), &["Upstash-Retries: 1"], "")
        .await;
    caller.server.settle().await;
    caller.server.rotate_signing_keys();
    caller.server.advance(SECOND * 60).await;
    let requests = receiver.requests();
    let keys = caller.server.snapshot().signing_keys;
    assert!(open(token(&requests[0]), &keys.current).is_none());
    let (_, claims) = open(token(&requests[1]), &keys.current).unwrap();
    assert!(claims["iat"].as_u64().unwrap() < caller.server.clock().now_secs());
}
