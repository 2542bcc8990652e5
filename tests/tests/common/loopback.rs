//! A client that points at a listener which only counts connections.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use qstash_api::{Client, RetryPolicy};

/// A client for a base URL. The one place where the tests of the gate make a client.
pub(crate) fn client(base_url: &str) -> Client {
    Client::builder()
        .token("token")
        .base_url(base_url)
        .retry(RetryPolicy::never())
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .build()
        .expect("a client")
}

/// A listener on loopback that counts each connection and then closes it.
pub(crate) struct Counter {
    url: String,
    connections: Arc<AtomicUsize>,
}

impl Counter {
    /// Begins to listen.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        thread::spawn(move || {
            for connection in listener.incoming() {
                // Before the client can see that it is closed.
                counter.fetch_add(1, Ordering::SeqCst);
                drop(connection);
            }
        });
        Self {
            url: format!("http://{address}"),
            connections,
        }
    }

    /// A client for this listener.
    pub(crate) fn client(&self) -> Client {
        client(&self.url)
    }

    /// The number of connections so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}
