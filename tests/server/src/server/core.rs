//! The core that requests, deliveries and tests share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};

use crate::clock::Millis;
use crate::delivery::{Attempt, Sender, next_wake, settle, take_due};
use crate::event::Event;
use crate::faults::Faults;
use crate::page;
use crate::record::{RecordedRequest, Records};
use crate::settings::{Limits, Settings, Shapes};
use crate::state::{Ids, State};
use crate::wire::Answer;

/// The parts of a server that outlive a request.
pub(super) struct Core {
    pub(super) settings: Settings,
    pub(super) faults: Faults,
    pub(super) records: Records,
    state: Mutex<State>,
    configuration: RwLock<Configuration>,
    sender: Sender,
    runtime: Handle,
    // Told when an attempt has ended or when what is due may have changed.
    changed: Notify,
    ended: watch::Sender<bool>,
}

/// The settings that a test may change while the server runs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Configuration {
    pub(super) limits: Limits,
    pub(super) shapes: Shapes,
}

impl Core {
    /// Makes a core. Deliveries run on the runtime of the caller.
    pub(super) fn new(settings: Settings) -> Self {
        let ids = Ids::new(settings.seed);
        let state = State::new(ids, &settings);
        let configuration = Configuration {
            limits: settings.limits,
            ..Configuration::default()
        };
        Self {
            faults: Faults::default(),
            records: Records::default(),
            state: Mutex::new(state),
            configuration: RwLock::new(configuration),
            sender: Sender::new(settings.stand_ins.clone()),
            runtime: Handle::current(),
            changed: Notify::new(),
            ended: watch::Sender::new(false),
            settings,
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn configure(&self, change: impl FnOnce(&mut Configuration)) {
        change(
            &mut self
                .configuration
                .write()
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    pub(super) fn configuration(&self) -> Configuration {
        *self
            .configuration
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whoever observes.
    pub(super) fn tell(&self, event: Event) {
        if let Some(observer) = &self.settings.observer {
            observer.0(&event);
        }
    }

    /// Lets attempts that are under way come to nothing.
    pub(super) fn end(&self) {
        self.ended.send_replace(true);
    }

    pub(super) fn next_wake(&self) -> Option<Millis> {
        next_wake(&self.state(), self.settings.clock.now())
    }
}

impl Core {
    /// Answers a request of the page that shows the server.
    pub(super) fn page(&self, request: &RecordedRequest) -> Answer {
        let now = self.settings.clock.now();
        let region = &self.settings.region;
        page::answer(request, || self.state().overview(now, region))
    }

    /// Starts every delivery that is due and may start.
    pub(super) fn pump(self: &Arc<Self>) {
        let parallelism = self.configuration().limits.parallelism;
        let now = self.settings.clock.now();
        let attempts = take_due(&mut self.state(), now, parallelism, &self.settings.region);
        for attempt in attempts {
            self.runtime.spawn(Arc::clone(self).attempt(attempt));
        }
        self.changed.notify_waiters();
    }

    async fn attempt(self: Arc<Self>, attempt: Attempt) {
        let number = attempt.number;
        let mut ended = self.ended.subscribe();
        let response = tokio::select! {
            response = self.sender.send(attempt, &self.settings.clock) => response,
            _ = ended.wait_for(|ended| *ended) => return,
        };
        let now = self.settings.clock.now();
        let event = settle(&mut self.state(), number, response, now);
        if let Some(event) = event {
            self.tell(event);
        }
        self.pump();
    }

    /// Waits until nothing runs and nothing that is due may start.
    pub(super) async fn settle(self: &Arc<Self>) {
        loop {
            self.pump();
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            if self.state().in_flight == 0 {
                return;
            }
            changed.await;
        }
    }

    /// Delivers what falls due by the clock, for as long as the server lives.
    pub(super) async fn deliver_in_background(self: Arc<Self>) {
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            let next = self.next_wake().unwrap_or(Millis::MAX);
            tokio::select! {
                () = changed => {}
                () = self.settings.clock.sleep_until(next) => self.pump(),
            }
        }
    }
}
