//! A loopback destination: records what is delivered and answers as configured.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::Clock;
use crate::record::{RecordedRequest, Records};
use crate::wire::{Answer, Fault, Listener, Reaction, Service};

/// A destination on the loopback interface. It ends when it is dropped.
pub struct Destination {
    core: Arc<Core>,
    listener: Listener,
}

type Respond = dyn Fn(&RecordedRequest) -> Reaction + Send + Sync;

struct Core {
    records: Records,
    clock: Clock,
    respond: Mutex<Arc<Respond>>,
}

impl Destination {
    /// Starts a destination that answers 200 to everything.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::start_with(|_| Answer::empty(200)).await
    }

    /// Starts a destination that answers as the function says.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn start_with<F, R>(respond: F) -> io::Result<Self>
    where
        F: Fn(&RecordedRequest) -> R + Send + Sync + 'static,
        R: Into<Reaction>,
    {
        let core = Arc::new(Core {
            records: Records::default(),
            clock: Clock::system(),
            respond: Mutex::new(Arc::new(move |request: &RecordedRequest| {
                respond(request).into()
            })),
        });
        let socket = Listener::bind(0).await?;
        let listener = Listener::start(socket, Arc::new(Front(Arc::clone(&core))))?;
        Ok(Self { core, listener })
    }

    /// Answers as the function says from now on.
    pub fn respond_with<F, R>(&self, respond: F)
    where
        F: Fn(&RecordedRequest) -> R + Send + Sync + 'static,
        R: Into<Reaction>,
    {
        let respond = Arc::new(move |request: &RecordedRequest| respond(request).into());
        *self
            .core
            .respond
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = respond;
    }

    /// Returns the base URL, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        format!("http://{}", self.listener.address())
    }

    /// Returns every request received so far, in the order in which they were read.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.core.records.all()
    }

    /// Returns every request received so far and forgets them.
    pub fn take_requests(&self) -> Vec<RecordedRequest> {
        self.core.records.take()
    }

    /// Waits until at least so many requests were received, and returns all of them.
    pub async fn wait_for_requests(&self, count: usize) -> Vec<RecordedRequest> {
        self.core.records.at_least(count).await
    }

    /// Closes the port and all connections, so that deliveries find nobody there.
    pub async fn refuse_connections(&self) {
        self.listener.close().await;
    }

    /// Opens the port again after [`Self::refuse_connections`].
    ///
    /// # Errors
    ///
    /// If somebody else has bound the port meanwhile.
    pub async fn accept_connections(&self) -> io::Result<()> {
        self.listener.open().await
    }
}

struct Front(Arc<Core>);

impl Service for Front {
    fn now(&self) -> u64 {
        self.0.clock.now()
    }

    fn fault(&self, _head: &RecordedRequest) -> Option<Fault> {
        None
    }

    fn record(&self, request: RecordedRequest) {
        self.0.records.add(request);
    }

    fn respond(&self, request: &RecordedRequest) -> Reaction {
        let respond = Arc::clone(
            &self
                .0
                .respond
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
        respond(request)
    }
}
