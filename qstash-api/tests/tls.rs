//! What a client does with TLS in a process that has made no choice.
//!
//! One test, because a process chooses once.

#![cfg(not(any(feature = "rustls", feature = "native-tls")))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Read;
use std::net::TcpListener;

use qstash_api::{Client, ErrorKind, RetryPolicy};
use rustls::crypto::CryptoProvider;

#[tokio::test(flavor = "multi_thread")]
async fn a_client_brings_its_own_cryptography_and_a_builder_from_outside_gets_some() {
    assert!(CryptoProvider::get_default().is_none());
    Client::new("token").unwrap();
    let (hello, error) = greet(None).await;
    assert_eq!(hello[..2], [0x16, 0x03], "a TLS handshake");
    assert!(hello.windows(8).any(|bytes| bytes == b"http/1.1"));
    assert_eq!(error, ErrorKind::Transport);
    assert!(
        CryptoProvider::get_default().is_none(),
        "other clients in the process have the choice that is theirs"
    );

    let (hello, _) = greet(Some(reqwest::Client::builder())).await;
    assert_eq!(hello[..2], [0x16, 0x03], "a TLS handshake");
    assert!(CryptoProvider::get_default().is_some());
}

/// What a client says to a server first, and how its call ends when the server hangs up.
async fn greet(http: Option<reqwest::ClientBuilder>) -> (Vec<u8>, ErrorKind) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = Client::builder()
        .token("token")
        .base_url(format!("https://{}", listener.local_addr().unwrap()))
        .retry(RetryPolicy::never());
    if let Some(http) = http {
        client = client.http_client_builder(http);
    }
    let server = std::thread::spawn(move || {
        let mut hello = vec![0; 4096];
        let length = listener.accept().unwrap().0.read(&mut hello).unwrap();
        hello.truncate(length);
        hello
    });
    let result = client.build().unwrap().get_signing_keys().send().await;
    (server.join().unwrap(), result.unwrap_err().kind())
}
