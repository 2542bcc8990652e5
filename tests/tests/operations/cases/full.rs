//! A message with every option that there is.

use std::time::{Duration, UNIX_EPOCH};

use qstash_api::types::HttpMethod;
use qstash_api::{Callback, FlowControl, Message, Redact};
use serde_json::Value;

use crate::operations::world::NOW;

/// The options that every operation takes which takes any.
pub(super) fn options(message: Message) -> Message {
    let callback = |name: &str| {
        Callback::new(format!("https://example.com/{name}?a=1"))
            .method(HttpMethod::Put)
            .timeout(Duration::from_secs(5))
            .retries(1)
            .retry_delay("1000")
            .delay(Duration::from_secs(2))
            .forward("X-Trace", name)
    };
    message
        .method(HttpMethod::Patch)
        .timeout(Duration::from_secs(90))
        .retries(7)
        .retry_delay("min(60000, 1000 * pow(2, retried))")
        .labels(["red", "blue"])
        .callback(callback("done"))
        .failure_callback(callback("failed"))
        .forward("X-Tenant", "acme")
        .forward("Authorization", "Basic b3RoZXI=")
        .redact(Redact::body().and(Redact::headers(["Authorization"])))
}

/// The same with what a message takes that goes into no queue.
pub(super) fn with_flow(message: Message) -> Message {
    let control = FlowControl::new("my key").parallelism(5).rate(10);
    options(message)
        .delay(Duration::from_secs(60))
        .flow_control(control.period(Duration::from_secs(60)))
}

/// The same with all that publishing takes.
pub(super) fn with_everything(message: Message) -> Message {
    let later = UNIX_EPOCH + Duration::from_millis(NOW) + Duration::from_secs(3600);
    with_flow(message)
        .not_before(later)
        .deduplication_id("order-1")
}

/// Checks that something on the server has the options.
pub(super) fn check(shown: &Value, retries: &str) {
    for (member, expected) in [
        ("method", Value::from("PATCH")),
        (retries, Value::from(7)),
        ("timeout", Value::from(90)),
        (
            "retryDelayExpression",
            Value::from("min(60000, 1000 * pow(2, retried))"),
        ),
        ("labels", Value::from(vec!["red", "blue"])),
        ("callback", Value::from("https://example.com/done?a=1")),
        (
            "failureCallback",
            Value::from("https://example.com/failed?a=1"),
        ),
    ] {
        assert_eq!(shown[member], expected, "{member} of {shown}");
    }
    let tenant = &shown["header"]["X-Tenant"];
    assert_eq!(*tenant, Value::from(vec!["acme"]), "{shown}");
}

/// Checks that something on the server has the flow control.
pub(super) fn check_flow(shown: &Value) {
    for (member, expected) in [
        ("flowControlKey", Value::from("my key")),
        ("parallelism", Value::from(5)),
        ("rate", Value::from(10)),
        ("period", Value::from(60)),
    ] {
        assert_eq!(shown[member], expected, "{member} of {shown}");
    }
}
