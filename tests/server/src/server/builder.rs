//! Choices before the start.

use std::io;
use std::sync::Arc;

use super::QStash;
use super::core::Core;
use crate::clock::Clock;
use crate::event::Event;
use crate::settings::{Limits, Observer, Plan, Settings};
use crate::state::Ids;

/// The fixed credentials of the vendor's development server; they are published and protect nothing.
const DEV_TOKEN: &str = "eyJVc2VySUQiOiJkZWZhdWx0VXNlciIsIlBhc3N3b3JkIjoiZGVmYXVsdFBhc3N3b3JkIn0=";
const DEV_CURRENT_KEY: &str = "sig_7kYjw48mhY7kAjqNGcy6cr29RJ6r";
const DEV_NEXT_KEY: &str = "sig_5ZB6DVzB1wjE8S6rZ7eenA8Pdnhs";

/// A configuration of a server. [`QStash::builder`] returns one.
#[derive(Debug)]
#[must_use = "a builder does nothing until it is started"]
pub struct Builder {
    settings: Settings,
}

impl Default for Builder {
    fn default() -> Self {
        let settings = Settings {
            port: 0,
            log_port: None,
            clock: Clock::standing_now(),
            token: Ids::new(None).token(),
            tokens_of_other_regions: Vec::new(),
            region: "eu-central-1".to_owned(),
            signing_keys: None,
            seed: None,
            stand_ins: Vec::new(),
            keeps_requests: true,
            logs_kept: 100_000,
            limits: Limits::default(),
            observer: None,
        };
        Self { settings }
    }
}

impl Builder {
    /// Binds this port; 0, which is the default, stands for any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.settings.port = port;
        self
    }

    /// Shows the page and the logs on a port of their own too, to whoever asks; 0 stands for any that is free.
    pub fn log_port(mut self, port: u16) -> Self {
        self.settings.log_port = Some(port);
        self
    }

    /// Lives by this clock. The default stands still at the moment of the start.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.settings.clock = clock;
        self
    }

    /// Accepts this token.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.settings.token = token.into();
        self
    }

    /// Knows this token as one of another region, and says so.
    pub fn token_of_another_region(mut self, token: impl Into<String>) -> Self {
        self.settings.tokens_of_other_regions.push(token.into());
        self
    }

    /// Plays this region. The default is `eu-central-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = region.into();
        self
    }

    /// Starts with these signing keys instead of random ones.
    pub fn signing_keys(mut self, current: impl Into<String>, next: impl Into<String>) -> Self {
        self.settings.signing_keys = Some((current.into(), next.into()));
        self
    }

    /// Draws ids and keys from this seed, so that they come out the same every time.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = Some(seed);
        self
    }

    /// Delivers messages for one origin, such as `https://example.com`, to another on the loopback interface.
    ///
    /// Signatures still name the destination as it was given.
    pub fn stand_in(mut self, origin: impl Into<String>, place: impl Into<String>) -> Self {
        self.settings.stand_ins.push((origin.into(), place.into()));
        self
    }

    /// Has these limits, such as those of a [`Plan`]. The default has none.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// Calls the function with everything that happens: requests, deliveries, retries, refusals.
    pub fn observe(mut self, observer: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.settings.observer = Some(Observer(Arc::new(observer)));
        self
    }

    /// Keeps neither requests nor what they changed or published, for a server that runs for long.
    pub fn without_records(mut self) -> Self {
        self.settings.keeps_requests = false;
        self
    }

    /// Keeps so many log entries, the newest ones. Defaults to 100,000.
    pub fn logs_kept(mut self, count: usize) -> Self {
        self.settings.logs_kept = count;
        self
    }

    /// Is like the vendor's development server: its fixed credentials, the limits of its default plan, and the system's
    /// clock.
    pub fn for_development(self) -> Self {
        self.token(DEV_TOKEN)
            .signing_keys(DEV_CURRENT_KEY, DEV_NEXT_KEY)
            .clock(Clock::system())
            .limits(Plan::PayAsYouGo.limits())
            .without_records()
    }

    /// Starts the server.
    ///
    /// # Errors
    ///
    /// If a port cannot be bound.
    pub async fn start(self) -> io::Result<QStash> {
        let port = self.settings.port;
        QStash::start_with(Arc::new(Core::new(self.settings)), port).await
    }
}
