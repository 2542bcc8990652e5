//! Requests as they arrived, byte for byte.

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use hyper::Request;
use tokio::sync::Notify;

use crate::clock::Millis;

/// One request as it arrived.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    head: Bytes,
    method: String,
    target: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Bytes,
    body_was_read: bool,
    peer: SocketAddr,
    received_at: Millis,
}

impl RecordedRequest {
    /// Reads the head from the bytes that came over the socket, and from hyper's view of it where they do not tell.
    pub(crate) fn from_head<B>(
        bytes: &[u8],
        parsed: &Request<B>,
        peer: SocketAddr,
        received_at: Millis,
    ) -> Self {
        let mut record = Self {
            head: Bytes::new(),
            method: parsed.method().to_string(),
            target: parsed.uri().to_string(),
            headers: parsed
                .headers()
                .iter()
                .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
                .collect(),
            body: Bytes::new(),
            body_was_read: false,
            peer,
            received_at,
        };
        record.read_head(bytes);
        record
    }

    fn read_head(&mut self, bytes: &[u8]) {
        let mut slots = [httparse::EMPTY_HEADER; 128];
        let mut head = httparse::Request::new(&mut slots);
        let Ok(httparse::Status::Complete(length)) = head.parse(bytes) else {
            return;
        };
        if let Some(target) = head.path {
            self.target = target.to_owned();
        }
        self.headers = head
            .headers
            .iter()
            .map(|header| (header.name.to_owned(), header.value.to_vec()))
            .collect();
        self.head = Bytes::copy_from_slice(bytes.get(..length).unwrap_or_default());
    }

    pub(crate) fn set_body(&mut self, body: Bytes) {
        self.body = body;
        self.body_was_read = true;
    }

    /// Returns the bytes of the head as they came: request line, headers and the empty line.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Returns the method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the request target (path and query) byte for byte.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns the path of the target, byte for byte.
    pub fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(&self.target, |(path, _)| path)
    }

    /// Returns the query of the target, byte for byte, without its question mark.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// Returns the headers in order, names in the case in which they came.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_slice()))
    }

    /// Returns the first value of a header, whatever the case of its name, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .and_then(|(_, value)| std::str::from_utf8(value).ok())
    }

    /// Returns every value of a header, whatever the case of its name.
    pub fn header_values(&self, name: &str) -> Vec<&[u8]> {
        self.headers()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }

    /// Returns the body, without the framing of its transfer.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns whether the body was read; a fault can break the connection before.
    pub fn body_was_read(&self) -> bool {
        self.body_was_read
    }

    /// Returns the address of the client.
    pub fn peer(&self) -> SocketAddr {
        self.peer
    }

    /// Returns when the head had arrived, by the clock of the server.
    pub fn received_at(&self) -> Millis {
        self.received_at
    }
}

/// The requests that a server has received.
#[derive(Default)]
pub(crate) struct Records {
    requests: Mutex<Vec<RecordedRequest>>,
    added: Notify,
}

impl Records {
    pub(crate) fn add(&self, request: RecordedRequest) {
        self.lock().push(request);
        self.added.notify_waiters();
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.lock().clone()
    }

    pub(crate) fn take(&self) -> Vec<RecordedRequest> {
        std::mem::take(&mut *self.lock())
    }

    /// Waits until at least so many requests are there.
    pub(crate) async fn at_least(&self, count: usize) -> Vec<RecordedRequest> {
        loop {
            let mut added = std::pin::pin!(self.added.notified());
            added.as_mut().enable();
            // Copied once, and not with each that is added.
            if self.lock().len() >= count {
                return self.all();
            }
            added.await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<RecordedRequest>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
