//! The messages that were sent to a server, and assertions about them.

use std::ops::Deref;

use crate::server::QStash;
use crate::state::PublishedMessage;

/// The messages that were sent to a server, oldest first. [`QStash::published`] returns them.
///
/// It derefs to a slice. The methods that assert panic with a list of what there is instead.
#[derive(Clone, Debug, Default)]
pub struct Published(Vec<PublishedMessage>);

impl Published {
    /// Returns those that go to a URL, or to a URL Group of this name.
    #[must_use]
    pub fn to(&self, destination: &str) -> Self {
        let goes_there = |message: &&PublishedMessage| {
            message.destination() == destination || message.url_group() == Some(destination)
        };
        Self(self.0.iter().filter(goes_there).cloned().collect())
    }

    /// Returns the one message that there is.
    ///
    /// # Panics
    ///
    /// If there is none, or more than one.
    #[track_caller]
    pub fn only(&self) -> &PublishedMessage {
        self.assert_count(1);
        match self.0.as_slice() {
            [one] => one,
            _ => self.fail("one message"),
        }
    }

    /// Asserts how many messages there are.
    ///
    /// # Panics
    ///
    /// If there are more or fewer.
    #[track_caller]
    pub fn assert_count(&self, count: usize) {
        if self.0.len() != count {
            self.fail(&format!("{count} messages"));
        }
    }

    /// Asserts that there is no message.
    ///
    /// # Panics
    ///
    /// If there is one.
    #[track_caller]
    pub fn assert_none(&self) {
        self.assert_count(0);
    }

    #[track_caller]
    #[expect(clippy::panic, reason = "an assertion of tests")]
    fn fail(&self, expected: &str) -> ! {
        panic!("expected {expected}, found {}: {:#?}", self.0.len(), self.0)
    }
}

impl Deref for Published {
    type Target = [PublishedMessage];

    fn deref(&self) -> &[PublishedMessage] {
        &self.0
    }
}

impl QStash {
    /// Returns every message that requests have sent so far, each once: no duplicate, no report, nothing that a
    /// schedule sent.
    ///
    /// A server without records has none.
    pub fn published(&self) -> Published {
        Published(self.with_state(|state| state.published.clone()))
    }
}
