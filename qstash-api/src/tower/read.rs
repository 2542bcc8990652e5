//! Reading a body while it is hashed.

use std::error::Error;
use std::pin::pin;

use bytes::{Buf, Bytes, BytesMut};
use http_body::Body;
use http_body_util::{BodyExt, LengthLimitError};

use super::Refusal;
use crate::receiver::{Rejection, Verifying};

/// Room is made for no more than this before the bytes are there.
const MOST_RESERVED: u64 = 256 * 1024;

/// Reads a body to its end into `verifying` and into memory, of which it takes no more than
/// `limit` bytes.
pub(super) async fn read<B>(
    body: B,
    verifying: &mut Verifying,
    limit: u64,
) -> Result<Bytes, Refusal>
where
    B: Body,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let expected = body.size_hint().lower().min(MOST_RESERVED);
    let mut body = pin!(body);
    let mut room = limit;
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| broken(error.into().as_ref()))?;
        // Trailers are not signed; they end here.
        let Ok(mut data) = frame.into_data() else {
            continue;
        };
        let length = u64::try_from(data.remaining()).unwrap_or(u64::MAX);
        room = room.checked_sub(length).ok_or(Rejection::BodyTooLong)?;
        // No copy where the data are `Bytes`.
        let chunk = data.copy_to_bytes(data.remaining());
        verifying.update(&chunk)?;
        if first.is_empty() && all.is_empty() {
            first = chunk;
            continue;
        }
        if all.is_empty() {
            all.reserve(usize::try_from(expected).unwrap_or_default());
            all.extend_from_slice(&std::mem::take(&mut first));
        }
        all.extend_from_slice(&chunk);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// A limit further out, such as that of `tower-http`, ends the body with this error.
fn broken(error: &(dyn Error + 'static)) -> Refusal {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return Rejection::BodyTooLong.into();
        }
        cause = error.source();
    }
    Refusal::BodyBroken
}
