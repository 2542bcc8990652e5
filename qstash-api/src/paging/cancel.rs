//! Cancelling until nothing is left, without a cursor.

use futures_core::Stream;
use futures_util::stream;

use super::Error;
use crate::generated::builder::CancelMessages;
use crate::types::CancelMessagesResponse;

/// Rounds, up to the first that cancels nothing, or that cancels the last of the messages which are named.
pub(super) fn rounds(
    request: CancelMessages,
) -> impl Stream<Item = Result<CancelMessagesResponse, Error>> + Send {
    let named = match request.parts.query_values("message_ids").count() {
        0 => i64::MAX,
        named => i64::try_from(named).unwrap_or(i64::MAX),
    };
    stream::try_unfold(Some((request, named)), async |state| {
        let Some((request, left)) = state else {
            return Ok(None);
        };
        let round = request.clone().send().await?.into_inner();
        let cancelled = round.cancelled.unwrap_or(0);
        let left = left.saturating_sub(cancelled);
        let next = (cancelled > 0 && left > 0).then_some((request, left));
        Ok(Some((round, next)))
    })
}
