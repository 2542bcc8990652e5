//! Deliveries that the service has not sent.

use qstash_api::keys::KeyPair;

use super::super::common::{BODY, sign};
use super::World;

/// Rotations after which no token of a key can be alive: 420 seconds, at one a minute.
const LONG_AGO: usize = 9;

pub(super) struct Forger {
    client: reqwest::Client,
    /// Keys that are no longer in use, which somebody has got hold of.
    retired: Vec<KeyPair>,
    pub(super) tried: usize,
}

impl Forger {
    pub(super) fn new() -> Self {
        Self {
            client: crate::client::http().build().unwrap(),
            retired: Vec::new(),
            tried: 0,
        }
    }

    pub(super) fn retire(&mut self, pair: KeyPair) {
        self.retired.push(pair);
    }

    /// Tries everything at every endpoint: a key that never was one, one that was long ago, and
    /// genuine signatures of another body, for another URL, and of another time.
    pub(super) async fn try_everything(&mut self, world: &World, pair: &KeyPair) {
        let now = world.server.clock().now_secs();
        let current = pair.current().expose();
        for endpoint in &world.endpoints {
            let url = format!("{}/forged", endpoint.url());
            let other_url = format!("{}/0", endpoint.url());
            let mut signatures = vec![
                sign("sig_of_nobody", &url, BODY, now),
                sign(current, &url, b"another body", now),
                sign(current, &other_url, BODY, now),
                sign(current, &url, BODY, now - 400),
                sign(current, &url, BODY, now + 100),
            ];
            if let Some(old) = self.retired.iter().rev().nth(LONG_AGO) {
                signatures.push(sign(old.current().expose(), &url, BODY, now));
            }
            for signature in signatures {
                let request = self.client.post(&url).body(BODY);
                let answer = request.header("Upstash-Signature", signature).send().await;
                assert_eq!(answer.unwrap().status(), 401);
                self.tried += 1;
            }
        }
    }
}
