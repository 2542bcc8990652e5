//! The traces and logs of a time, of every crate of the process and at every level.

use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::secrets;

/// Looks at every text, and keeps those with the token. There is one for the process.
struct Watcher;

static WATCH: Once = Once::new();
static SHOWN: Mutex<Vec<String>> = Mutex::new(Vec::new());
static SPANS: AtomicUsize = AtomicUsize::new(0);
static LINES: AtomicUsize = AtomicUsize::new(0);

/// Begins to look.
pub(super) fn watch() {
    WATCH.call_once(|| {
        tracing::subscriber::set_global_default(Watcher).unwrap();
        log::set_logger(&Watcher).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// Checks that there was something to look at, and that nothing of it has shown the token.
pub(super) fn check() {
    assert!(SPANS.load(Ordering::Relaxed) > 0, "nothing was traced");
    assert!(LINES.load(Ordering::Relaxed) > 0, "nothing was logged");
    let shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(
        shown.is_empty(),
        "the token was traced or logged: {shown:?}"
    );
}

fn look_at(text: String) {
    if secrets::has_token(&text) {
        let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
        shown.push(text);
    }
}

/// All fields of a span or an event, in one text.
#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, "{field}={value:?} ").unwrap();
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        write!(self.0, "{field}={value} ").unwrap();
    }
}

impl Subscriber for Watcher {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        look_at(fields.0);
        let before = SPANS.fetch_add(1, Ordering::Relaxed);
        Id::from_u64(before as u64 + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        look_at(fields.0);
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        look_at(fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl log::Log for Watcher {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        LINES.fetch_add(1, Ordering::Relaxed);
        look_at(record.args().to_string());
    }

    fn flush(&self) {}
}
