//! One codegen at a time: a lock on the directory around the target.
//!
//! The lock is advisory and leaves no file behind; the operating system drops it with the run that
//! holds it, however that ends. Where a directory cannot be locked (Windows, some network file
//! systems), two runs at once still end with one complete tree, since each builds its own and the swap
//! is one step; at worst one of them reports that its files went away.

use std::time::Duration;

use super::place::Place;
use crate::finding::Finding;

/// How long a run waits for another one to finish, which takes well under a second.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// A lock, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    #[cfg(unix)]
    directory: Option<std::fs::File>,
}

impl Lock {
    /// Keeps every other codegen out, as a run that writes must.
    pub(super) fn exclusive(place: &Place, patience: Duration) -> Result<Self, Finding> {
        Self::wait(place, true, patience)
    }

    /// Keeps those out that write, as a run that only reads must.
    pub(super) fn shared(place: &Place, patience: Duration) -> Result<Self, Finding> {
        Self::wait(place, false, patience)
    }

    #[cfg(unix)]
    fn wait(place: &Place, exclusive: bool, patience: Duration) -> Result<Self, Finding> {
        use rustix::fs::{FlockOperation, flock};
        let operation = if exclusive {
            FlockOperation::NonBlockingLockExclusive
        } else {
            FlockOperation::NonBlockingLockShared
        };
        let Ok(directory) = std::fs::File::open(&place.parent) else {
            return Ok(Self { directory: None });
        };
        let since = std::time::Instant::now();
        loop {
            match flock(&directory, operation) {
                Ok(()) => {
                    return Ok(Self {
                        directory: Some(directory),
                    });
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::WOULDBLOCK) if since.elapsed() < patience => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Err(rustix::io::Errno::WOULDBLOCK) => return Err(busy(place)),
                Err(_) => return Ok(Self { directory: None }),
            }
        }
    }

    #[cfg(not(unix))]
    fn wait(_place: &Place, _exclusive: bool, _patience: Duration) -> Result<Self, Finding> {
        Ok(Self {})
    }
}

#[cfg(unix)]
fn busy(place: &Place) -> Finding {
    Finding::error(
        "write/busy",
        format!(
            "Another codegen is at work beside the target `{}`.",
            place.shown.display()
        ),
        "Wait until it has finished, then run codegen again.",
    )
}

#[cfg(unix)]
impl Drop for Lock {
    /// Unlocks at once, not only when the last copy of the descriptor is closed: a thread that starts a
    /// child at this moment may have made one.
    fn drop(&mut self) {
        if let Some(directory) = &self.directory {
            // Nothing is left to do about an error; closing unlocks as well.
            let _ = rustix::fs::flock(directory, rustix::fs::FlockOperation::Unlock);
        }
    }
}
