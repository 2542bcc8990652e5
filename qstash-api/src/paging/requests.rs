//! The operations that answer with a cursor.

use super::Error;
use super::follow::{Entries, Page, Request};
use crate::generated::builder;
use crate::types::{
    DeleteDlqMessagesResponse, DlqMessage, DlqPage, LogEntry, LogPage, RetryDlqMessagesResponse,
};

/// `operation => answer, and whether it is empty`
macro_rules! paged {
    ($builder:ident => $page:ident, $is_empty:expr) => {
        impl Request for builder::$builder {
            type Page = $page;

            fn cursor(&self) -> Option<&str> {
                self.parts.query_values("cursor").next()
            }

            fn at(self, cursor: &str) -> Self {
                self.cursor(cursor)
            }

            async fn fetch(self) -> Result<$page, Error> {
                Ok(self.send().await?.into_inner())
            }
        }

        impl Page for $page {
            fn cursor(&self) -> Option<&str> {
                self.cursor.as_deref()
            }

            fn is_empty(&self) -> bool {
                let is_empty: fn(&Self) -> bool = $is_empty;
                is_empty(self)
            }
        }
    };
}

paged!(ListLogs => LogPage, |page| page.logs.is_empty());
paged!(ListDlqMessages => DlqPage, |page| page.messages.is_empty());
paged!(DeleteDlqMessages => DeleteDlqMessagesResponse, |round| round.deleted.unwrap_or(0) == 0);
paged!(RetryDlqMessages => RetryDlqMessagesResponse, |round| round.responses.is_empty());

impl Entries for LogPage {
    type Entry = LogEntry;

    fn entries(self) -> Vec<LogEntry> {
        self.logs
    }
}

impl Entries for DlqPage {
    type Entry = DlqMessage;

    fn entries(self) -> Vec<DlqMessage> {
        self.messages
    }
}
