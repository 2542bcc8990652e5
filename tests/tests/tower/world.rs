//! A loopback QStash server, its client, and requests written by hand.

use std::net::SocketAddr;
use std::time::Duration;

use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use qstash_api::keys::{KeyPair, KeyRing};
use qstash_api::receiver::{Clock, Receiver as Verifier};
use qstash_api::tower::{ExpectedUrl, VerifyLayer};
use qstash_api::{Client, Message, RetryPolicy};
use qstash_dev_server::{Destination, QStash};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An origin that leads to a destination which keeps signatures for later.
pub(crate) const ORIGIN: &str = "https://example.com";

pub(crate) struct World {
    pub(crate) qstash: QStash,
    pub(crate) client: Client,
    recorder: Destination,
}

impl World {
    pub(crate) async fn start() -> Self {
        let recorder = Destination::start().await.unwrap();
        let server = QStash::builder().stand_in(ORIGIN, recorder.url());
        let qstash = server.start().await.unwrap();
        let client = crate::client::builder(&qstash)
            .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
            .build()
            .unwrap();
        Self {
            qstash,
            client,
            recorder,
        }
    }

    /// The keys that the service has now.
    pub(crate) fn pair(&self) -> KeyPair {
        let keys = self.qstash.snapshot().signing_keys;
        KeyPair::new(keys.current, keys.next).unwrap()
    }

    /// A receiver with the keys of the service, in the time of the service.
    pub(crate) fn verifier(&self) -> Verifier {
        let pair = self.pair();
        let ring = KeyRing::new(pair.current().expose(), pair.next().expose());
        Verifier::new(ring.unwrap()).with_clock(Clock::from(self.qstash.clock()))
    }

    /// A layer for messages that are published to URLs under `base`.
    pub(crate) fn layer(&self, base: &str) -> VerifyLayer<Verifier> {
        VerifyLayer::new(self.verifier(), ExpectedUrl::under(base).unwrap())
    }

    pub(crate) async fn publish(&self, url: String, message: Message) {
        let request = self.client.publish_message().destination(url);
        request.message(message).send().await.unwrap();
    }

    /// The signature that the service makes for a body and a path under [`ORIGIN`].
    pub(crate) async fn sign(&self, path: &str, body: impl Into<Bytes>) -> String {
        let message = Message::bytes(body, "application/octet-stream");
        self.publish(format!("{ORIGIN}{path}"), message).await;
        self.qstash.settle().await;
        let delivered = self.recorder.take_requests().pop().unwrap();
        delivered.header("Upstash-Signature").unwrap().to_owned()
    }
}

/// A request for a service that is called without a connection.
pub(crate) fn request(path: &str, signature: &str, body: &[u8]) -> Request<Full<Bytes>> {
    Request::post(path)
        .header("Upstash-Signature", signature)
        .body(Full::new(Bytes::copy_from_slice(body)))
        .unwrap()
}

/// The head of a POST, with these header lines.
pub(crate) fn head(path: &str, lines: &[&str]) -> Vec<u8> {
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{lines}\r\n").into_bytes()
}

/// A piece of a body in chunked coding.
pub(crate) fn chunk(data: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", data.len()).into_bytes();
    chunk.extend(data);
    chunk.extend(b"\r\n");
    chunk
}

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// Sends the pieces one by one and reads until the server closes the connection. `None` if it did so without a word.
pub(crate) async fn exchange(to: SocketAddr, pieces: &[Vec<u8>]) -> Option<Reply> {
    let mut stream = TcpStream::connect(to).await.unwrap();
    stream.set_nodelay(true).unwrap();
    for piece in pieces {
        // The server may have said what it has to say, and closed.
        if stream.write_all(piece).await.is_err() {
            break;
        }
        tokio::task::yield_now().await;
    }
    let mut read = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut buffer).await {
        read.extend(&buffer[..length]);
    }
    let text = String::from_utf8(read).unwrap();
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().unwrap();
    Some(Reply {
        status,
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    })
}
