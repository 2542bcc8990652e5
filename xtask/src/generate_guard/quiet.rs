//! Catching a panic without a word on standard error.
//!
//! What a panic prints comes from the panic hook, which is one for the whole process. While any thread
//! is in `catch`, a hook of ours is in its place; it keeps quiet on the threads that are in `catch` and
//! passes every other panic on to the hook before it. The last thread to leave puts that one back.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a panic said, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panic {
    /// The message.
    pub message: String,
    /// The place in the source of the crate that panicked, `file:line`; empty where it is unknown.
    pub place: String,
}

type Hook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// The threads in `catch`, and the hook to put back.
struct Installed {
    threads: usize,
    before: Option<Arc<Hook>>,
}

static INSTALLED: Mutex<Installed> = Mutex::new(Installed {
    threads: 0,
    before: None,
});

thread_local! {
    /// How many calls of `catch` this thread is in.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static LAST: RefCell<Option<Panic>> = const { RefCell::new(None) };
}

/// Runs `run`, and returns its panic as a value if it panics.
///
/// What `run` had half changed when it panicked stays so: let it own what it changes.
///
/// # Errors
/// Returns what the panic said.
pub fn catch<T>(run: impl FnOnce() -> T) -> Result<T, Panic> {
    let _quiet = Quiet::enter();
    LAST.with_borrow_mut(|last| *last = None);
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| {
        let last = LAST.with_borrow_mut(Option::take);
        last.unwrap_or_else(|| Panic {
            message: "no message".to_owned(),
            place: String::new(),
        })
    })
}

/// This thread in `catch`, for as long as the value lives.
struct Quiet;

impl Quiet {
    fn enter() -> Self {
        let mut installed = lock();
        if installed.threads == 0 && !std::thread::panicking() {
            let before: Arc<Hook> = Arc::from(take_hook());
            installed.before = Some(Arc::clone(&before));
            set_hook(Box::new(move |info| on_panic(info, &*before)));
        }
        installed.threads += 1;
        DEPTH.set(DEPTH.get() + 1);
        Self
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get().saturating_sub(1));
        let mut installed = lock();
        installed.threads = installed.threads.saturating_sub(1);
        if installed.threads == 0
            && !std::thread::panicking()
            && let Some(before) = installed.before.take()
        {
            // The hook that is in place goes first: it holds the other half of `before`.
            drop(take_hook());
            set_hook(Box::new(move |info| before(info)));
        }
    }
}

fn lock() -> MutexGuard<'static, Installed> {
    // Nothing between lock and unlock can leave the numbers half changed.
    INSTALLED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn on_panic(info: &PanicHookInfo<'_>, before: &Hook) {
    if DEPTH.get() == 0 {
        before(info);
        return;
    }
    let payload = info.payload();
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let message = text.or_else(|| payload.downcast_ref::<&str>().copied());
    let message = message.unwrap_or("no message").to_owned();
    let place = info
        .location()
        .map(|place| format!("{}:{}", place.file(), place.line()));
    LAST.with_borrow_mut(|last| {
        *last = Some(Panic {
            message,
            place: place.unwrap_or_default(),
        });
    });
}

#[cfg(test)]
mod tests {
    use std::panic::{set_hook, take_hook};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Barrier};
    use std::thread;

    use super::catch;

    /// One test, because the hook is one for the whole process.
    #[test]
    fn a_caught_panic_is_silent_and_every_other_one_is_not() {
        let heard = Arc::new(AtomicUsize::new(0));
        let original = take_hook();
        let counter = Arc::clone(&heard);
        set_hook(Box::new(move |info| {
            // Tests of other modules may run beside this one; only this one panics with these words.
            if info.payload().downcast_ref::<&str>() == Some(&"loud") {
                counter.fetch_add(1, Ordering::SeqCst);
            } else {
                original(info);
            }
        }));

        let caught = catch(|| panic!("loud {}", 1)).map(|()| 0);
        let panic = caught.expect_err("a panic");
        assert_eq!(panic.message, "loud 1");
        assert!(panic.place.contains("quiet.rs:"), "{}", panic.place);
        assert_eq!(catch(|| 7), Ok(7));
        assert!(catch(|| catch(|| panic!("loud")).is_err()).expect("the inner one is caught"));
        assert_eq!(
            heard.load(Ordering::SeqCst),
            0,
            "a caught panic reached the hook"
        );

        // Another thread panics while this one is in `catch`.
        let inside = Barrier::new(2);
        thread::scope(|scope| {
            let other = scope.spawn(|| {
                inside.wait();
                panic!("loud");
            });
            let caught = catch(|| {
                inside.wait();
                other.join().is_err()
            });
            assert_eq!(caught, Ok(true));
        });
        assert_eq!(
            heard.load(Ordering::SeqCst),
            1,
            "the other thread was silenced"
        );

        // And the hook from before is back.
        assert!(thread::spawn(|| panic!("loud")).join().is_err());
        assert_eq!(
            heard.load(Ordering::SeqCst),
            2,
            "the hook from before is gone"
        );
    }
}
