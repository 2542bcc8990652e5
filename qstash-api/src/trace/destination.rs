//! The part of a destination that may be seen.

use crate::destination;
use crate::generated::operations;

/// Returns what may be seen of the destination in the path of a request.
pub(super) fn of(operation: &str, path: &str) -> Option<String> {
    let operation = operations::operation(operation)?;
    let raw = operation
        .parameters
        .iter()
        .find(|parameter| parameter.raw)?;
    let (before, _) = operation.path.split_once(&format!("{{{}}}", raw.name))?;
    // A template may have parameters before the destination: as many segments are skipped, whatever is in them.
    let skipped = before.matches('/').count();
    let destination = path.splitn(skipped + 1, '/').nth(skipped)?;
    Some(destination::origin(destination))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_reduced_to_its_origin() {
        for (operation, path, destination) in [
            (
                "publish_message",
                "/v2/publish/https://example.com/hook/s3cr3t",
                Some("https://example.com"),
            ),
            (
                "publish_message",
                "/v2/publish/https://u:s3cr3t@example.com:8443",
                Some("https://example.com:8443"),
            ),
            (
                "publish_message",
                "/v2/publish/http://[::1]:80/s3cr3t",
                Some("http://[::1]:80"),
            ),
            ("publish_message", "/v2/publish/my-group", Some("my-group")),
            (
                "publish_message",
                "/v2/publish/https%3A%2F%2Fs3cr3t",
                Some("***"),
            ),
            (
                "enqueue_message",
                "/v2/enqueue/a-queue/https://example.com/s3cr3t",
                Some("https://example.com"),
            ),
            (
                "create_schedule",
                "/v2/schedules/https://example.com//s3cr3t",
                Some("https://example.com"),
            ),
            ("get_message", "/v2/messages/msg_1", None),
            ("no_operation", "/v2/publish/https://example.com", None),
        ] {
            assert_eq!(of(operation, path).as_deref(), destination, "{path}");
        }
    }
}
