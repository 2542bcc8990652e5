//! What a client does with TLS in a process that has chosen.
//!
//! One test, because a process chooses once.

#![cfg(not(any(feature = "rustls", feature = "native-tls")))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use qstash_api::Client;
use rustls::crypto::{CryptoProvider, ring};

#[test]
fn the_choice_of_the_process_stays() {
    let mut chosen = ring::default_provider();
    chosen.cipher_suites.truncate(1);
    chosen.install_default().unwrap();
    Client::new("token").unwrap();
    Client::builder()
        .token("token")
        .http_client_builder(reqwest::Client::builder())
        .build()
        .unwrap();
    let now = CryptoProvider::get_default().unwrap();
    assert_eq!(now.cipher_suites.len(), 1);
}
