//! One selection for all operations on several messages of the DLQ.

use crate::generated::builder;
use crate::generated::runtime::{IntoList, convert, unfit};
use crate::timestamp::Timestamp;

/// Declares the filter, by the setters that the three builders have in common, and gives it to them.
macro_rules! filter {
    (
        lists { $($list:ident: $item:ident, $about:literal;)* }
        values { $($value:ident: $kind:ident, $of_value:literal;)* }
    ) => {
        /// A selection of messages in the DLQ, for [listing], [deleting] and [retrying] them alike.
        ///
        /// A message has to fit every filter that is set, and of a filter with several values one. Each setter
        /// replaces what was set before.
        ///
        /// ```no_run
        /// use qstash_api::{Client, DlqFilter};
        ///
        /// # async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
        /// let old = DlqFilter::new().label("invoices").response_status([502, 503]);
        /// let page = client.list_dlq_messages().filter(&old).send().await?;
        /// if page.messages.iter().all(|message| message.queue_name.is_none()) {
        ///     client.delete_dlq_messages().filter(&old).send().await?;
        /// }
        /// # Ok(())
        /// # }
        /// ```
        ///
        /// [listing]: builder::ListDlqMessages::filter
        /// [deleting]: builder::DeleteDlqMessages::filter
        /// [retrying]: builder::RetryDlqMessages::filter
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[must_use = "it selects nothing until it is given to an operation"]
        pub struct DlqFilter {
            $($list: Option<Result<Vec<$item>, String>>,)*
            $($value: Option<Result<$kind, String>>,)*
        }

        impl DlqFilter {
            /// Creates a filter that selects every message.
            pub fn new() -> Self {
                Self::default()
            }

            $(
                #[doc = concat!("Selects ", $about, ". Takes one value or several.")]
                pub fn $list<V: IntoList<$item, M>, M>(mut self, values: V) -> Self {
                    let kind = concat!("Vec<", stringify!($item), ">");
                    let values = values.into_list().ok_or_else(|| unfit(stringify!($list), kind));
                    self.$list = Some(values);
                    self
                }
            )*

            $(
                #[doc = concat!("Selects ", $of_value, ".")]
                pub fn $value<V: TryInto<$kind>>(mut self, value: V) -> Self {
                    self.$value = Some(convert(stringify!($value), stringify!($kind), value));
                    self
                }
            )*
        }

        /// The setters, and whether each takes several values.
        #[cfg(test)]
        const SETTERS: &[(&str, bool)] =
            &[$((stringify!($list), true),)* $((stringify!($value), false),)*];

        filter!(@ ListDlqMessages [$($list)* $($value)*]);
        filter!(@ DeleteDlqMessages [$($list)* $($value)*]);
        filter!(@ RetryDlqMessages [$($list)* $($value)*]);
    };
    (@ $builder:ident [$($setter:ident)*]) => {
        impl builder::$builder {
            /// Sets the filters that are set in `filter`, and leaves the others as they are.
            pub fn filter(mut self, filter: &DlqFilter) -> Self {
                $(
                    match filter.$setter.clone() {
                        Some(Ok(value)) => self = self.$setter(value),
                        Some(Err(problem)) => self.parts.refuse(problem),
                        None => {}
                    }
                )*
                self
            }
        }
    };
}

filter! {
    lists {
        caller_ip: String, "messages that were published from one of these addresses";
        dlq_ids: String, "the messages with these DLQ ids; it goes with no other filter";
        flow_control_key: String, "messages with one of these Flow Control keys";
        label: String, "messages with one of these labels";
        queue_name: String, "messages of one of these queues";
        response_status: i64, "messages whose destination answered one of these statuses last";
        schedule_id: String, "messages of one of these schedules";
        url: String, "messages to one of these URLs";
        url_group: String, "messages to one of these URL Groups";
    }
    values {
        from_date: Timestamp, "messages from this time on";
        message_id: String, "the message that was published under this id";
        to_date: Timestamp, "messages up to this time";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Client;
    use crate::operations::{Place, operation};

    /// Beside filters, the query has the size of a page and the place where it begins.
    #[test]
    fn the_filters_are_those_of_the_document() {
        let filters = BTreeSet::from_iter(SETTERS.iter().copied());
        for id in [
            "list_dlq_messages",
            "delete_dlq_messages",
            "retry_dlq_messages",
        ] {
            let parameters = operation(id).unwrap().parameters.iter();
            let of_document = parameters
                .filter(|it| it.place == Place::Query && !["count", "cursor"].contains(&it.setter))
                .map(|it| (it.setter, it.repeated));
            assert_eq!(BTreeSet::from_iter(of_document), filters, "{id}");
        }
    }

    #[test]
    fn the_three_operations_select_the_same() {
        let client = Client::new("a-token").unwrap();
        let filter = DlqFilter::new()
            .label("a")
            .url_group(["b", "c"])
            .response_status(503)
            .from_date(Timestamp::from_unix_millis(7));
        let queries = |filter: &DlqFilter| {
            [
                client.list_dlq_messages().filter(filter).request(),
                client.delete_dlq_messages().filter(filter).request(),
                client.retry_dlq_messages().filter(filter).request(),
            ]
            .map(|request| request.map(|request| request.url().query().map(str::to_owned)))
        };
        let [list, delete, retry] = queries(&filter);
        let expected = "fromDate=7&label=a&responseStatus=503&topicName=b&topicName=c";
        assert_eq!(list, Ok(Some(expected.to_owned())));
        assert_eq!([&delete, &retry], [&list; 2]);
        for refused in [
            DlqFilter::new().response_status(u64::MAX),
            DlqFilter::new().label(Vec::<String>::new()),
        ] {
            for query in queries(&refused) {
                assert!(query.is_err(), "{query:?}");
            }
        }
    }
}
