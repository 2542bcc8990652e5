//! Filters that go with no other.

use reqwest::Url;

/// The operations whose messages can be named one by one, the filter that does it, and what may stand beside it. The
/// service ignores or refuses other filters beside these, by the official clients, whose types exclude them.
const ALONE: [(&str, &str, &[&str]); 5] = [
    ("cancel_messages", "messageIds", &["count"]),
    ("delete_dlq_messages", "dlqIds", &["count", "cursor"]),
    ("list_dlq_messages", "dlqIds", &["count", "cursor"]),
    ("list_logs", "messageIds", &["count"]),
    ("retry_dlq_messages", "dlqIds", &["count", "cursor"]),
];

/// Refuses another filter beside one that goes alone.
#[inline]
pub(super) fn check(operation: &str, url: &Url) -> Result<(), String> {
    let Some((_, alone, beside)) = ALONE.iter().find(|(id, ..)| *id == operation) else {
        return Ok(());
    };
    if !url.query_pairs().any(|(name, _)| name == *alone) {
        return Ok(());
    }
    let mut pairs = url.query_pairs();
    match pairs.find(|(name, _)| name != alone && !beside.contains(&name.as_ref())) {
        None => Ok(()),
        Some((other, _)) => Err(format!(
            "`{alone}` goes with no other filter, and `{other}` stands beside it; give one of them"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stand_alone_and_other_filters_go_together() {
        for (operation, query, other) in [
            ("list_logs", "messageIds=a&messageIds=b&count=1", None),
            ("list_logs", "label=a&url=b&cursor=c", None),
            ("list_logs", "messageIds=a&label=b", Some("label")),
            ("list_logs", "cursor=a&messageIds=a", Some("cursor")),
            ("cancel_messages", "url=a&messageIds=a", Some("url")),
            ("delete_dlq_messages", "dlqIds=a&cursor=1&count=1", None),
            (
                "retry_dlq_messages",
                "dlqIds=a&fromDate=1",
                Some("fromDate"),
            ),
            (
                "list_dlq_messages",
                "dlqIds=a&messageId=1",
                Some("messageId"),
            ),
            ("publish_message", "messageIds=a&label=b", None),
        ] {
            let url = Url::parse(&format!("https://example.com/?{query}")).unwrap();
            let problem = check(operation, &url).err();
            let found = problem.as_ref().map(|problem| {
                other.is_some_and(|other| problem.contains(&format!("`{other}` stands beside it")))
            });
            assert_eq!(
                found,
                other.map(|_| true),
                "{operation}?{query}: {problem:?}"
            );
        }
    }
}
