//! The time that the server lives in.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// A moment, in milliseconds since the Unix epoch.
pub type Millis = u64;

/// The clock of one server: either one that stands still until it is moved, or the system's.
///
/// Clones share one clock. Everything the server does by time reads it: delays, retries, schedules, windows of
/// deduplication and of rates, signatures and time-outs of deliveries.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Source,
    // The moment (standing clock) or the offset to the system's clock; watched by whoever sleeps.
    moved: Arc<watch::Sender<Millis>>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Standing,
    System,
}

impl Clock {
    /// Returns a clock that stands still at the given moment until it is moved.
    pub fn standing_at(moment: Millis) -> Self {
        Self {
            source: Source::Standing,
            moved: Arc::new(watch::Sender::new(moment)),
        }
    }

    /// Returns a clock that stands still at the moment of the call until it is moved.
    ///
    /// Signatures and rate limits then make sense to a client that looks at the system's clock.
    pub fn standing_now() -> Self {
        Self::standing_at(system_now())
    }

    /// Returns a clock that follows the system's clock; it can be moved ahead of it.
    pub fn system() -> Self {
        Self {
            source: Source::System,
            moved: Arc::new(watch::Sender::new(0)),
        }
    }

    /// Returns the present moment in milliseconds since the Unix epoch.
    pub fn now(&self) -> Millis {
        let moved = *self.moved.borrow();
        match self.source {
            Source::Standing => moved,
            Source::System => system_now().saturating_add(moved),
        }
    }

    /// Returns the present moment in whole seconds since the Unix epoch.
    pub fn now_secs(&self) -> u64 {
        self.now() / 1000
    }

    /// Moves the clock forward in one jump and wakes what has become due.
    ///
    /// All that falls due on the way happens at the moment of arrival. `QStash::advance` goes step by step instead.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.moved
            .send_modify(|moved| *moved = moved.saturating_add(by));
    }

    /// Moves the clock forward to a moment; does nothing when that moment has passed.
    pub(crate) fn advance_to(&self, moment: Millis) {
        self.advance(Duration::from_millis(moment.saturating_sub(self.now())));
    }

    /// Waits until the clock has reached a moment.
    pub(crate) async fn sleep_until(&self, moment: Millis) {
        let mut moved = self.moved.subscribe();
        loop {
            moved.mark_unchanged();
            let left = moment.saturating_sub(self.now());
            if left == 0 {
                return;
            }
            match self.source {
                // The sender lives as long as `self`, so an error cannot be; waiting for ever is then right.
                Source::Standing => {
                    if moved.changed().await.is_err() {
                        std::future::pending::<()>().await;
                    }
                }
                Source::System => {
                    // Woken by whichever comes first; the loop looks at the clock again.
                    let _ =
                        tokio::time::timeout(Duration::from_millis(left), moved.changed()).await;
                }
            }
        }
    }
}

fn system_now() -> Millis {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| {
            u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
        })
}
