//! The limits by time, each with the headers that report it.

use crate::wire::Answer;

/// A limit by time. The service has three, and tells them apart by their headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateLimit {
    /// Requests in a second.
    Burst,
    /// Messages in a day.
    Daily,
    /// Requests to chat.
    Chat,
}

impl RateLimit {
    /// Returns the headers that report the limit; the reset is a moment in unix seconds.
    pub fn headers(self, limit: u64, remaining: u64, reset: u64) -> [(String, String); 3] {
        let names = match self {
            Self::Burst => [
                "Burst-RateLimit-Limit",
                "Burst-RateLimit-Remaining",
                "Burst-RateLimit-Reset",
            ],
            Self::Daily => ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
            Self::Chat => [
                "x-ratelimit-limit-requests",
                "x-ratelimit-remaining-requests",
                "x-ratelimit-reset-requests",
            ],
        };
        let [first, second, third] = names.map(str::to_owned);
        [
            (first, limit.to_string()),
            (second, remaining.to_string()),
            (third, reset.to_string()),
        ]
    }

    /// Returns the answer to a request beyond the limit.
    pub fn exceeded(self, limit: u64, reset: u64) -> Answer {
        self.exceeded_without_headers()
            .with_headers(self.headers(limit, 0, reset))
    }

    /// Returns the answer to a request beyond the limit, without any header that reports it.
    pub fn exceeded_without_headers(self) -> Answer {
        Answer::error(429, self.message())
    }

    fn message(self) -> &'static str {
        match self {
            Self::Burst => "exceeded burst rate limit",
            Self::Daily => "exceeded daily rate limit",
            Self::Chat => "exceeded chat rate limit",
        }
    }
}
