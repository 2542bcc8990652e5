//! Runs code of others in a way that its panics do not get out of.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// This thread is in [`catch`].
    static QUIET: Cell<bool> = const { Cell::new(false) };
    /// The last panic that was caught on this thread.
    static LAST: RefCell<String> = RefCell::default();
}

/// Runs `run` and returns its panic as a text with the place in the source, without a word on standard error.
///
/// # Errors
/// Returns the panic.
pub fn catch<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            if QUIET.get() {
                LAST.replace(text(info));
            } else {
                before(info);
            }
        }));
    });
    let outer = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    QUIET.set(outer);
    result.map_err(|_| LAST.take())
}

fn text(info: &PanicHookInfo<'_>) -> String {
    let text = info.payload().downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| info.payload().downcast_ref::<&str>().copied());
    let text = text.unwrap_or("no message");
    match info.location() {
        Some(at) => format!("{text} ({}:{})", at.file(), at.line()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::catch;

    #[test]
    fn a_caught_panic_is_a_value_also_inside_another_catch() {
        let caught = catch(|| {
            let inner = catch::<()>(|| panic!("inner {}", 1));
            (inner.expect_err("a panic"), 7)
        });
        let (inner, seven) = caught.expect("no panic gets out");
        assert!(
            inner.starts_with("inner 1 (") && inner.contains("guard.rs:"),
            "{inner}"
        );
        assert_eq!(seven, 7);
        let outer = catch::<()>(|| panic!("outer")).expect_err("a panic");
        assert!(outer.starts_with("outer ("), "{outer}");
    }
}
