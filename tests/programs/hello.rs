//! The first words of a client to a server.

use std::io::Read;
use std::net::TcpListener;

use qstash_api::{Client, ErrorKind, RetryPolicy};

/// Has a client of the crate call a server by `https`, and insists that it begins a TLS handshake.
pub async fn greets_with_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = Client::builder()
        .token("a-token")
        .base_url(format!("https://{}", listener.local_addr().unwrap()))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let server = std::thread::spawn(move || {
        let mut hello = vec![0; 4096];
        let length = listener.accept().unwrap().0.read(&mut hello).unwrap();
        hello.truncate(length);
        hello
    });
    let result = client.get_signing_keys().send().await;
    assert_eq!(result.unwrap_err().kind(), ErrorKind::Transport);
    let hello = server.join().unwrap();
    assert_eq!(hello[..2], [0x16, 0x03], "a TLS handshake");
    assert!(hello.windows(8).any(|bytes| bytes == b"http/1.1"));
}
