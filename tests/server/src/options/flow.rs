//! Flow control: how many deliveries of a key may run, and how many may start in a period.

use super::{HeaderList, values};
use crate::refusal::{Outcome, Refusal};

/// A flow-control key with the limits that a message brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FlowControl {
    pub(crate) key: String,
    pub(crate) parallelism: Option<u64>,
    pub(crate) rate: Option<u64>,
    /// Seconds.
    pub(crate) period: Option<u64>,
}

impl FlowControl {
    pub(super) fn read(headers: &HeaderList) -> Outcome<Option<Self>> {
        let key = headers.get("Upstash-Flow-Control-Key");
        let value = headers.get("Upstash-Flow-Control-Value");
        let (key, value) = match (key, value) {
            (None, None) => return Ok(None),
            (Some(key), Some(value)) if !key.is_empty() => (key, value),
            _ => {
                return Err(Refusal::bad_request(
                    "flow control needs both Upstash-Flow-Control-Key and Upstash-Flow-Control-Value",
                ));
            }
        };
        let mut flow = Self {
            key: key.to_owned(),
            parallelism: None,
            rate: None,
            period: None,
        };
        for part in value.split(',').map(str::trim) {
            flow.set(part).ok_or_else(|| {
                Refusal::bad_request(format!("invalid Upstash-Flow-Control-Value `{value}`"))
            })?;
        }
        if flow.parallelism.is_none() && flow.rate.is_none() {
            return Err(Refusal::bad_request(
                "Upstash-Flow-Control-Value needs a parallelism or a rate",
            ));
        }
        if flow.period.is_some() && flow.rate.is_none() {
            return Err(Refusal::bad_request(
                "Upstash-Flow-Control-Value needs a rate for its period",
            ));
        }
        Ok(Some(flow))
    }

    fn set(&mut self, part: &str) -> Option<()> {
        let (name, value) = part.split_once('=')?;
        let slot = match name {
            "parallelism" => &mut self.parallelism,
            "rate" => &mut self.rate,
            "period" => {
                // A period may be written as bare seconds too.
                let period = values::seconds(value).or_else(|| value.parse().ok())?;
                self.period = (period > 0).then_some(period);
                return self.period.map(|_| ());
            }
            _ => return None,
        };
        *slot = Some(value.parse().ok().filter(|number| *number > 0)?);
        Some(())
    }
}
