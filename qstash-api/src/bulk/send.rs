//! Sending one batch, in halves where the service refuses all of it.

use std::ops::Range;
use std::sync::Arc;

use super::cut::Entry;
use super::outcome::{BulkFailure, BulkResult, Reason};
use crate::error::{Error, ErrorKind};
use crate::generated::Client;
use crate::types::{BatchEntry, BatchItem};

type Outcome = Result<BatchEntry, BulkFailure>;

/// Sends a batch, and says of each of its messages what became of it.
pub(super) async fn send(client: Client, batch: Vec<Entry>) -> Vec<BulkResult> {
    let mut results = Vec::with_capacity(batch.len());
    let mut items = Vec::with_capacity(batch.len());
    for Entry {
        index,
        message,
        item,
    } in batch
    {
        let outcome = match item {
            Ok(item) => {
                items.push(item);
                None
            }
            Err(problem) => Some(refused(&problem.to_string())),
        };
        results.push((index, message, outcome));
    }
    // The valid ones, in order, as the requests have them.
    let mut valid: Vec<_> = results
        .iter_mut()
        .filter(|(_, _, outcome)| outcome.is_none())
        .collect();
    let mut whole = Some(items);
    let mut parts: Vec<_> = std::iter::once(0..valid.len()).collect();
    while let Some(part) = parts.pop() {
        let Some(sent) = valid.get_mut(part.clone()).filter(|sent| !sent.is_empty()) else {
            continue;
        };
        // All at once they are at hand; for a half they are made again.
        let items: Vec<BatchItem> = match whole.take() {
            Some(items) => items,
            None => sent
                .iter()
                .filter_map(|(_, message, _)| message.clone().into_item().ok())
                .collect(),
        };
        match client.batch_messages().body(items).send().await {
            Ok(answer) => {
                let outcomes = matched(answer.into_inner(), sent.len());
                for ((_, _, outcome), answered) in sent.iter_mut().zip(outcomes) {
                    *outcome = Some(answered);
                }
            }
            Err(error) if refuses_all(&error) && sent.len() > 1 => {
                parts.extend(halves(part).into_iter().rev());
            }
            Err(error) => {
                let error = Arc::new(error);
                for (_, _, outcome) in sent {
                    *outcome = Some(Err(BulkFailure(Reason::Request(Arc::clone(&error)))));
                }
            }
        }
    }
    results
        .into_iter()
        .map(|(index, message, outcome)| BulkResult {
            index,
            message,
            // Each part was sent or halved, so there is one.
            outcome: outcome.unwrap_or_else(|| refused("the message was not sent")),
        })
        .collect()
}

fn refused(problem: &str) -> Outcome {
    Err(BulkFailure(Reason::Refused(problem.into())))
}

/// Returns whether the service has refused a batch as a whole for what is in it, and so accepted none of it.
fn refuses_all(error: &Error) -> bool {
    let for_its_content = [ErrorKind::InvalidRequest, ErrorKind::PlanLimit];
    error.status().is_some() && for_its_content.contains(&error.kind())
}

fn halves(part: Range<usize>) -> [Range<usize>; 2] {
    let middle = part.start + part.len() / 2;
    [part.start..middle, middle..part.end]
}

/// The answer for each of `sent` messages. Answers come in the order of the messages, so the first ones are those that
/// an answer with too few tells of, and one with too many tells of none.
fn matched(answers: Vec<BatchEntry>, sent: usize) -> impl Iterator<Item = Outcome> {
    let answered = answers.len();
    let usable = if answered > sent { 0 } else { answered };
    let unaccounted = BulkFailure(Reason::Unaccounted { sent, answered });
    let told = answers.into_iter().take(usable).map(|entry| match entry {
        BatchEntry::Failed(error) => refused(&error.error),
        accepted => Ok(accepted),
    });
    told.chain(std::iter::repeat_n(Err(unaccounted), sent - usable))
}
