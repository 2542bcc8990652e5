//! The server: one port, one state, one clock.

mod builder;
mod core;
mod front;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

pub use builder::Builder;
use core::Core;
use front::{Console, Front};

use crate::clock::Clock;
use crate::faults::Faults;
use crate::operation::Operation;
use crate::record::RecordedRequest;
use crate::settings::{Limits, Shapes};
use crate::state::{Effect, SigningKeys, Snapshot, State};
use crate::wire::Listener;

/// A QStash server on the loopback interface. It ends when it is dropped.
pub struct QStash {
    core: Arc<Core>,
    listener: Listener,
    console: Option<Listener>,
    background: JoinHandle<()>,
}

impl QStash {
    /// Starts a server on any free port, with a token of its own and a clock that stands still.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Returns a builder, to choose what a server is like.
    pub fn builder() -> Builder {
        Builder::default()
    }

    async fn start_with(core: Arc<Core>, port: u16) -> io::Result<Self> {
        let socket = Listener::bind(port).await?;
        let listener = Listener::start(socket, Arc::new(Front(Arc::clone(&core))))?;
        let console = match core.settings.log_port {
            Some(port) => {
                let socket = Listener::bind(port).await?;
                let console = Arc::new(Console(Arc::clone(&core)));
                Some(Listener::start(socket, console)?)
            }
            None => None,
        };
        let background = tokio::spawn(Arc::clone(&core).deliver_in_background());
        Ok(Self {
            core,
            listener,
            console,
            background,
        })
    }

    /// Returns the base URL, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        format!("http://{}", self.listener.address())
    }

    /// Returns the URL of the port for logs, if it was asked for.
    pub fn log_url(&self) -> Option<String> {
        let console = self.console.as_ref();
        console.map(|console| format!("http://{}", console.address()))
    }

    /// Returns the token that the server accepts.
    pub fn token(&self) -> &str {
        &self.core.settings.token
    }

    /// Returns the region that the server plays.
    pub fn region(&self) -> &str {
        &self.core.settings.region
    }

    /// Returns the clock of the server.
    pub fn clock(&self) -> &Clock {
        &self.core.settings.clock
    }

    /// Returns the faults, to plan some.
    pub fn faults(&self) -> &Faults {
        &self.core.faults
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

    pub(crate) fn with_state<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.core.state())
    }

    /// Returns every change that requests have made so far, in order.
    pub fn effects(&self) -> Vec<Effect> {
        self.core.state().effects.clone()
    }

    /// Counts the changes that requests to one operation have made; a server without records counts them too.
    pub fn effects_of(&self, operation: Operation) -> usize {
        let state = self.core.state();
        state.effect_counts.get(&operation).copied().unwrap_or(0)
    }

    /// Returns what the server knows now.
    pub fn snapshot(&self) -> Snapshot {
        self.core.state().snapshot(self.clock().now())
    }

    /// Sets the limits of the plan.
    pub fn set_limits(&self, limits: Limits) {
        self.core
            .configure(|configuration| configuration.limits = limits);
        self.core.pump();
    }

    /// Sets how answers are shaped.
    pub fn set_shapes(&self, shapes: Shapes) {
        self.core
            .configure(|configuration| configuration.shapes = shapes);
    }

    /// Returns the signing keys of this moment.
    pub fn signing_keys(&self) -> SigningKeys {
        self.core.state().signing_keys.clone()
    }

    /// Rotates the signing keys as somebody else would: another process, or the console.
    pub fn rotate_signing_keys(&self) {
        let mut state = self.core.state();
        let fresh = state.ids.signing_key();
        state.signing_keys.rotate(fresh);
    }

    /// Holds every delivery back, so that messages stay where they are.
    pub fn hold_deliveries(&self) {
        self.core.state().is_held = true;
    }

    /// Lets deliveries go on after [`Self::hold_deliveries`].
    pub fn release_deliveries(&self) {
        self.core.state().is_held = false;
        self.core.pump();
    }

    /// Waits until every delivery that is due was attempted and answered, and so on until nothing is due.
    ///
    /// Waits as long as a destination keeps an attempt waiting.
    pub async fn settle(&self) {
        self.core.settle().await;
    }

    /// Moves the clock forward step by step: to each moment at which something falls due, where it settles, and in the
    /// end to the moment of arrival, where it settles too.
    pub async fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let arrival = self.clock().now().saturating_add(by);
        loop {
            self.settle().await;
            match self.core.next_wake() {
                Some(moment) if moment <= arrival => self.clock().advance_to(moment),
                _ => break,
            }
        }
        self.clock().advance_to(arrival);
        self.settle().await;
    }

    /// Closes the port and all connections, so that clients find nobody there.
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

impl Drop for QStash {
    fn drop(&mut self) {
        self.background.abort();
        self.core.end();
    }
}
