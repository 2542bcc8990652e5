//! A refresh in the background.

use tokio::task::JoinHandle;

/// A task that refreshes a ring, and ends when this is dropped.
#[derive(Debug)]
#[must_use = "the task ends when this is dropped"]
pub struct RefreshGuard(JoinHandle<()>);

impl RefreshGuard {
    pub(super) fn new(task: JoinHandle<()>) -> Self {
        Self(task)
    }

    /// Returns whether the task has ended, which it does by itself only when a callback panics.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }
}

impl Drop for RefreshGuard {
    fn drop(&mut self) {
        self.0.abort();
    }
}
