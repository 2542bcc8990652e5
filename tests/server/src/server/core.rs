//! What requests, deliveries and tests share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};

use crate::clock::Millis;
use crate::delivery::{Attempt, Sender, next_wake, settle, take_due};
use crate::fault::{Fault, Faults};
use crate::operations::{Call, apply};
use crate::options::HeaderList;
use crate::record::{RecordedRequest, Records};
use crate::refusal::{Outcome, Refusal};
use crate::route::{Route, route};
use crate::settings::{Circumstances, Limits, Settings, Shapes};
use crate::state::{Ids, State};
use crate::wire::{Answer, Reaction, Service};

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

/// What a test may change while the server runs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Configuration {
    pub(super) limits: Limits,
    pub(super) shapes: Shapes,
}

impl Core {
    /// Makes a core. Deliveries run on the runtime of the caller.
    pub(super) fn new(settings: Settings) -> Self {
        let ids = Ids::new(settings.seed);
        let state = State::new(ids, settings.signing_keys.clone(), settings.logs_kept);
        Self {
            faults: Faults::default(),
            records: Records::default(),
            state: Mutex::new(state),
            configuration: RwLock::default(),
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

    fn configuration(&self) -> Configuration {
        *self
            .configuration
            .read()
            .unwrap_or_else(PoisonError::into_inner)
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
        settle(
            &mut self.state(),
            number,
            response,
            self.settings.clock.now(),
        );
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

impl Core {
    /// Checks the credentials, in the header or in the query.
    fn authorize(&self, request: &RecordedRequest, route: &Route) -> Outcome<()> {
        let header = request.header("Authorization");
        let token = match header.and_then(|header| header.strip_prefix("Bearer ")) {
            Some(token) => token,
            None => route.value("qstash_token").unwrap_or_default(),
        };
        if token == self.settings.token {
            return Ok(());
        }
        if self
            .settings
            .foreign_tokens
            .iter()
            .any(|foreign| foreign == token)
        {
            let region = &self.settings.region;
            return Err(Refusal::not_found(format!(
                "user not found in this region ({region})"
            )));
        }
        Err(Refusal::unauthorized())
    }

    fn call(&self, request: &RecordedRequest) -> Outcome<Call> {
        let route = route(request.method(), request.target())?;
        self.authorize(request, &route)?;
        let Configuration { limits, shapes } = self.configuration();
        let at = Circumstances {
            now: self.settings.clock.now(),
            shapes,
            limits,
            caller_ip: request.peer().ip().to_string(),
        };
        Ok(Call::new(
            route,
            headers(request)?,
            request.body().clone(),
            at,
        ))
    }
}

fn headers(request: &RecordedRequest) -> Outcome<HeaderList> {
    request
        .headers()
        .map(|(name, value)| match std::str::from_utf8(value) {
            Ok(value) => Ok((name.to_owned(), value.to_owned())),
            Err(_) => Err(Refusal::bad_request(format!(
                "the header {name} is not UTF-8"
            ))),
        })
        .collect()
}

/// The service side of a shared core.
pub(super) struct Front(pub(super) Arc<Core>);

impl Service for Front {
    fn now(&self) -> Millis {
        self.0.settings.clock.now()
    }

    fn fault(&self, head: &RecordedRequest) -> Option<Fault> {
        let route = route(head.method(), head.target());
        self.0.faults.take(route.ok().map(|route| route.operation))
    }

    fn record(&self, request: RecordedRequest) {
        if self.0.settings.keeps_requests {
            self.0.records.add(request);
        }
    }

    fn respond(&self, request: &RecordedRequest) -> Reaction {
        let answer = match self.0.call(request) {
            Ok(call) => apply(&mut self.0.state(), &call),
            Err(refusal) => Answer::from(refusal),
        };
        self.0.pump();
        Reaction::Answer(answer)
    }
}
