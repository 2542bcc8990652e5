//! Callbacks: where the answer of a destination, or its failure, is reported.

use super::Expression;
use super::{HeaderList, values};
use crate::refusal::Outcome;

/// The URL to report to, and the options of the report.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    pub(crate) url: String,
    pub(crate) method: Option<String>,
    pub(crate) delay: Option<u64>,
    pub(crate) timeout: Option<u64>,
    pub(crate) retries: Option<u32>,
    pub(crate) retry_delay: Option<Expression>,
    pub(crate) forward: HeaderList,
}

impl Callback {
    /// Reads a callback from a header and its family.
    pub(super) fn read(headers: &HeaderList, name: &str) -> Outcome<Option<Self>> {
        let Some(url) = values::absolute_url(headers, name)? else {
            return Ok(None);
        };
        let option = |suffix: &str| format!("{name}-{suffix}");
        Ok(Some(Self {
            url,
            method: values::method(headers, &option("Method"))?,
            delay: values::duration(headers, &option("Delay"))?,
            timeout: values::duration(headers, &option("Timeout"))?,
            retries: values::integer(headers, &option("Retries"))?,
            retry_delay: values::expression(headers, &option("Retry-Delay"))?,
            forward: headers.family(&option("Forward-")),
        }))
    }
}
