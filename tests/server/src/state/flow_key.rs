use serde_json::{Value, json};

use crate::clock::Millis;
use crate::options::FlowControl;

/// A flow-control key: its limits and how far they are used.
#[derive(Clone, Debug, Default)]
pub(crate) struct FlowKey {
    parallelism: Option<u64>,
    rate: Option<u64>,
    period: Option<u64>,
    pinned_parallelism: bool,
    pinned_rate: bool,
    pub(crate) is_paused: bool,
    pub(crate) running: u64,
    window_start: Millis,
    started: u64,
}

/// Seconds.
const DEFAULT_PERIOD: u64 = 1;

impl FlowKey {
    /// Takes the limits that a message brings, where they are not pinned.
    pub(crate) fn configure(&mut self, flow: &FlowControl) {
        if !self.pinned_parallelism {
            self.parallelism = flow.parallelism;
        }
        if !self.pinned_rate {
            self.rate = flow.rate;
            self.period = flow.period;
        }
    }

    /// Fixes limits against those that messages bring.
    pub(crate) fn pin(&mut self, parallelism: Option<u64>, rate: Option<u64>, period: Option<u64>) {
        if parallelism.is_some() {
            self.parallelism = parallelism;
            self.pinned_parallelism = true;
        }
        if rate.is_some() || period.is_some() {
            self.rate = rate.or(self.rate);
            self.period = period.or(self.period);
            self.pinned_rate = true;
        }
    }

    /// Lets messages bring their limits again.
    pub(crate) fn unpin(&mut self, parallelism: bool, rate: bool) {
        self.pinned_parallelism &= !parallelism;
        self.pinned_rate &= !rate;
    }

    /// Starts a new window for the rate.
    pub(crate) fn reset_rate(&mut self, now: Millis) {
        self.window_start = now;
        self.started = 0;
    }

    /// Returns whether a delivery may start now.
    pub(crate) fn admits(&self, now: Millis) -> bool {
        let has_place = self.parallelism.is_none_or(|places| self.running < places);
        let has_rate = self.rate.is_none_or(|rate| self.started_by(now) < rate);
        !self.is_paused && has_place && has_rate
    }

    /// Notes that a delivery starts.
    pub(crate) fn start(&mut self, now: Millis) {
        if now >= self.window_end() {
            self.reset_rate(now);
        }
        self.started += 1;
        self.running += 1;
    }

    /// Returns when the rate allows the next delivery, if the rate is what holds it back.
    pub(crate) fn reopens(&self, now: Millis) -> Option<Millis> {
        let is_full = self.rate.is_some_and(|rate| self.started_by(now) >= rate);
        is_full.then(|| self.window_end())
    }

    fn started_by(&self, now: Millis) -> u64 {
        if now < self.window_end() {
            self.started
        } else {
            0
        }
    }

    fn window_end(&self) -> Millis {
        let period = self.period.unwrap_or(DEFAULT_PERIOD);
        self.window_start
            .saturating_add(period.saturating_mul(1000))
    }

    pub(crate) fn to_json(&self, key: &str, waiting: usize, now: Millis) -> Value {
        json!({
            "flowControlKey": key,
            "waitListSize": waiting,
            "parallelismMax": self.parallelism.unwrap_or(0),
            "parallelismCount": self.running,
            "rateMax": self.rate.unwrap_or(0),
            "rateCount": self.started_by(now),
            "ratePeriod": self.period.unwrap_or(DEFAULT_PERIOD),
            "ratePeriodStart": self.window_start / 1000,
            "isPinnedParallelism": self.pinned_parallelism,
            "isPinnedRate": self.pinned_rate,
            "isPaused": self.is_paused,
        })
    }
}
