//! Sending one batch, in halves where the service refuses all of it.

use std::ops::Range;
use std::sync::Arc;

use super::cut::Entry;
use super::outcome::{BulkFailure, BulkResult, Reason};
use crate::error::{Error, ErrorKind};
use crate::generated::Client;
use crate::generated::operations::BATCH_MESSAGES;
use crate::message::BatchMessage;
use crate::retry;
use crate::types::{BatchEntry, BatchItem};

type Outcome = Result<BatchEntry, BulkFailure>;

/// A message on its way.
struct Sent {
    index: usize,
    message: BatchMessage,
    /// The deduplication id that the client gives to it. It stays the same where the message is sent again.
    id: Option<String>,
    outcome: Option<Outcome>,
}

impl Sent {
    fn new(entry: Entry, deduplicates: bool) -> (Self, Option<BatchItem>) {
        let item = entry.item.map_err(|problem| problem.to_string());
        let with_id = item.and_then(|mut item| {
            let id = match deduplicates {
                true => retry::id_for(&BATCH_MESSAGES, &item)?,
                false => None,
            };
            set_id(&mut item, id.as_deref());
            Ok((id, item))
        });
        let (id, item, outcome) = match with_id {
            Ok((id, item)) => (id, Some(item), None),
            Err(problem) => (None, None, Some(refused(&problem))),
        };
        let sent = Self {
            index: entry.index,
            message: entry.message,
            id,
            outcome,
        };
        (sent, item)
    }

    /// Makes the item again.
    fn item(&self) -> Option<BatchItem> {
        let mut item = self.message.clone().into_item().ok()?;
        set_id(&mut item, self.id.as_deref());
        Some(item)
    }
}

fn set_id(item: &mut BatchItem, id: Option<&str>) {
    if let Some(id) = id {
        retry::set_id(item, id);
    }
}

/// Sends a batch, and says of each of its messages what became of it.
pub(super) async fn send(client: Client, batch: Vec<Entry>) -> Vec<BulkResult> {
    let deduplicates = client.state.retry.deduplicates();
    let entries = batch.into_iter();
    let (mut messages, items): (Vec<_>, Vec<_>) =
        entries.map(|entry| Sent::new(entry, deduplicates)).unzip();
    // The valid ones, in order, as the requests have them.
    let mut valid: Vec<_> = messages
        .iter_mut()
        .filter(|sent| sent.outcome.is_none())
        .collect();
    let mut whole = Some(items.into_iter().flatten().collect());
    // With each part whether a request before may have been accepted with it.
    let mut parts: Vec<_> = std::iter::once((0..valid.len(), false)).collect();
    while let Some((part, done_before)) = parts.pop() {
        let Some(sent) = valid.get_mut(part.clone()).filter(|sent| !sent.is_empty()) else {
            continue;
        };
        // All at once they are at hand; for a half they are made again.
        let items: Vec<BatchItem> = match whole.take() {
            Some(items) => items,
            None => sent.iter().filter_map(|sent| sent.item()).collect(),
        };
        match client.batch_messages().body(items).send().await {
            Ok(answer) => {
                let outcomes = matched(answer.into_inner(), sent.len());
                for (sent, answered) in sent.iter_mut().zip(outcomes) {
                    sent.outcome = Some(answered);
                }
            }
            Err(error) if refuses_all(&error) && sent.len() > 1 => {
                let done_before = done_before || error.may_have_been_done();
                let halves = halves(part).into_iter().rev();
                parts.extend(halves.map(|half| (half, done_before)));
            }
            Err(error) => {
                let error = Arc::new(error.done_before(done_before));
                for sent in sent {
                    sent.outcome = Some(Err(BulkFailure(Reason::Request(Arc::clone(&error)))));
                }
            }
        }
    }
    messages
        .into_iter()
        .map(|sent| BulkResult {
            index: sent.index,
            message: sent.message,
            // Each part was sent or halved, so there is one.
            outcome: sent
                .outcome
                .unwrap_or_else(|| refused("the message was not sent")),
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
