use crate::clock::Millis;

/// The use of the limits by time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    pub(crate) second: Window,
    pub(crate) day: Window,
    pub(crate) chat: Window,
}

/// A count within a second or a day of the clock.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Window {
    index: u64,
    count: u64,
}

/// The state of a window after a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) remaining: u64,
    /// Unix seconds.
    pub(crate) reset: u64,
    pub(crate) is_exceeded: bool,
}

impl Window {
    /// Counts a request if the limit allows it.
    pub(crate) fn count(&mut self, now: Millis, length: Millis, limit: u64) -> Reading {
        let index = now / length.max(1);
        if index != self.index {
            *self = Self { index, count: 0 };
        }
        let is_exceeded = self.count >= limit;
        if !is_exceeded {
            self.count += 1;
        }
        Reading {
            remaining: limit.saturating_sub(self.count),
            reset: (index + 1).saturating_mul(length) / 1000,
            is_exceeded,
        }
    }
}
