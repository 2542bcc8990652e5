//! Rotates the signing keys: the next key becomes the current one, and a fresh next key is made.
//!
//! ```text
//! cargo run -p qstash-tests --example rotate_signing_keys
//! ```
//!
//! Without `QSTASH_TOKEN`, the keys are those of a QStash server that the example starts on the loopback interface.
//!
//! With `QSTASH_TOKEN` set, the client is what [`Client::from_env`] makes of the environment, and the keys of that account
//! are rotated, **for good**. So that nobody does this by mistake, it has to be said:
//!
//! ```text
//! cargo run -p qstash-tests --example rotate_signing_keys -- --for-good
//! ```
//!
//! A verifier that is not told of it accepts the service's deliveries until the rotation after this one.
//!
//! A key is never printed. The keys are called A, B and C in the order in which they are seen.

use std::error::Error;
use std::time::SystemTime;

use qstash_api::Client;
use qstash_api::keys::{KeyPair, KeyRing, SigningKey};
use qstash_dev_server::QStash;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    if std::env::var_os("QSTASH_TOKEN").is_some_and(|token| !token.is_empty()) {
        if !std::env::args().any(|argument| argument == "--for-good") {
            return Err(
                "QSTASH_TOKEN is set, and this would rotate the signing keys of that account; add `-- --for-good` if \
                 that is meant, or unset QSTASH_TOKEN to see it on a server of its own"
                    .into(),
            );
        }
        let client = Client::from_env()?;
        println!("Rotating the signing keys at {}.", client.base_url());
        return rotate(&client).await;
    }
    println!("QSTASH_TOKEN is not set: rotating the keys of a server on the loopback interface.");
    let server = QStash::start().await?;
    let client = Client::builder()
        .base_url(server.url())
        .token(server.token())
        .build()?;
    rotate(&client).await
}

async fn rotate(client: &Client) -> Result<(), Box<dyn Error>> {
    let before = KeyPair::try_from(&*client.get_signing_keys().send().await?)?;
    // A ring is what a `Receiver` verifies with.
    let ring = KeyRing::from(before.clone());

    // The client never sends this twice: a second rotation would throw away the key that verifiers know as next.
    let after = KeyPair::try_from(&*client.rotate_signing_keys().send().await?)?;

    let mut names = Names::default();
    println!("Before: {}", names.of(&before));
    println!("After:  {}", names.of(&after));
    if after.current() != before.next() {
        return Err(
            "the current key is not the one that was next: somebody else has rotated too".into(),
        );
    }
    println!("The key that was next is now the current one.");

    let adoption = ring.adopt(&after, SystemTime::now());
    let previous = ring.keys().previous().len();
    println!(
        "A ring that adopts the pair: {adoption:?}, with {previous} previous key for deliveries under way."
    );
    Ok(())
}

/// Letters for keys, in the order in which the keys are seen.
#[derive(Default)]
struct Names(Vec<SigningKey>);

impl Names {
    fn of(&mut self, pair: &KeyPair) -> String {
        let (current, next) = (self.name(pair.current()), self.name(pair.next()));
        format!("current {current} (sig_***), next {next} (sig_***)")
    }

    fn name(&mut self, key: &SigningKey) -> char {
        let known = self.0.iter().position(|known| known == key);
        let at = known.unwrap_or_else(|| {
            self.0.push(key.clone());
            self.0.len() - 1
        });
        ('A'..='Z').nth(at).unwrap_or('?')
    }
}
