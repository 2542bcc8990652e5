//! The guards of generated operations, which refuse values that would turn a request into another one.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "guards/bulk.rs"]
mod bulk;
#[path = "guards/call.rs"]
mod call;
#[path = "guards/headers.rs"]
mod headers;
#[path = "common/loopback.rs"]
mod loopback;
#[path = "guards/missing.rs"]
mod missing;
#[path = "guards/paths.rs"]
mod paths;

use call::{Call, calls};
use loopback::Counter;

/// If nothing were ever sent, no other test here would mean anything.
#[tokio::test]
async fn what_is_right_is_sent() {
    let counter = Counter::start();
    let client = counter.client();
    let calls: Vec<Call<'_>> = calls![client;
        get_message.message_id("m");
        publish_message.destination("https://example.com/a?x=1");
        cancel_messages.label(["old"]);
        cancel_messages.all();
    ];
    for call in calls {
        let before = counter.connections();
        let error = call.send.await.expect_err("nobody answers");
        assert!(
            !error.contains("the request is not valid"),
            "{}: {error}",
            call.operation
        );
        assert!(counter.connections() > before, "{}", call.operation);
    }
}
