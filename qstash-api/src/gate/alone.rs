//! Filters that go with no other.

use reqwest::Url;

use crate::generated::runtime::Operation;

/// Refuses another filter beside one that goes alone.
#[inline]
pub(super) fn check(operation: &Operation, url: &Url) -> Result<(), String> {
    let is_given = |name: &&str| url.query_pairs().any(|(given, _)| given == *name);
    for parameter in operation.parameters {
        let mut excluded = parameter.excludes.iter().copied();
        if let Some(other) = excluded.find(is_given)
            && is_given(&parameter.name)
        {
            return Err(format!(
                "`{}` goes with no other filter, and `{other}` stands beside it; give one of them",
                parameter.name
            ));
        }
    }
    Ok(())
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
            let operation = crate::operations::operation(operation).unwrap();
            let problem = check(operation, &url).err();
            let found = problem.as_ref().map(|problem| {
                other.is_some_and(|other| problem.contains(&format!("`{other}` stands beside it")))
            });
            assert_eq!(
                found,
                other.map(|_| true),
                "{}?{query}: {problem:?}",
                operation.id
            );
        }
    }
}
