//! Filters that go with no other, and filters that say nothing.

use reqwest::Url;

use crate::generated::runtime::{Operation, Place};

/// Parameters that select everything where they are empty, as is to be expected of them.
const MAY_BE_EMPTY: [&str; 2] = ["cursor", "search"];

/// Refuses another filter beside one that goes alone, and an empty text among the values of a filter: the service takes
/// it for no filter, and selects more than was meant.
#[inline]
pub(super) fn check(operation: &Operation, url: &Url) -> Result<(), String> {
    if url.query().is_none() {
        return Ok(());
    }
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
    let filters = operation.parameters.iter();
    let mut filters =
        filters.filter(|it| it.place == Place::Query && !MAY_BE_EMPTY.contains(&it.name));
    let is_blank = |name: &str| {
        let mut given = url.query_pairs().filter(|(given, _)| given == name);
        given.any(|(_, value)| value.chars().all(|c| c == ',' || c.is_whitespace()))
    };
    match filters.find(|it| is_blank(it.name)) {
        Some(filter) => Err(format!(
            "`{}` has an empty text in it, which the service takes for no filter; leave it out, or name something",
            filter.setter
        )),
        None => Ok(()),
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

    #[test]
    fn a_filter_that_says_nothing_is_refused() {
        for (operation, query, setter) in [
            ("list_logs", "label=a&cursor=", None),
            ("list_logs", "label=", Some("label")),
            (
                "list_dlq_messages",
                "topicName=a&topicName=%20,",
                Some("url_group"),
            ),
            ("delete_dlq_messages", "dlqIds=a&dlqIds=", Some("dlq_ids")),
            ("list_dlq_messages", "messageId=", Some("message_id")),
            ("cancel_messages", "label=&queueName=a", Some("label")),
            ("list_flow_control_keys", "search=", None),
            ("publish_message", "label=", None),
        ] {
            let url = Url::parse(&format!("https://example.com/?{query}")).unwrap();
            let operation = crate::operations::operation(operation).unwrap();
            let problem = check(operation, &url).err().unwrap_or_default();
            let expected = setter.map(|setter| format!("`{setter}` has an empty text in it"));
            assert_eq!(problem.is_empty(), expected.is_none(), "{query}: {problem}");
            assert!(
                problem.starts_with(&expected.unwrap_or_default()),
                "{problem}"
            );
        }
    }
}
