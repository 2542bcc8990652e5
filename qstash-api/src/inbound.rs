//! The parts of a delivery that a handler reads, and the answers to it.
//!
//! [`InboundHeaders`] are what the service says about a delivery besides its signature,
//! [`CallbackPayload`] is what it delivers to callbacks and failure callbacks, and [`Reply`] is
//! what it understands. None of them verifies anything: that is for a
//! [`Receiver`](crate::receiver::Receiver), or for a layer with one, and comes first.
//!
//! ```
//! use std::time::Duration;
//! use http::{HeaderMap, Response};
//! use qstash_api::Timestamp;
//! use qstash_api::inbound::{CallbackPayload, InboundHeaders, Reply};
//!
//! /// Receives the callbacks of messages, once they are verified.
//! fn callback(headers: &HeaderMap, body: &[u8]) -> Response<String> {
//!     let delivery = InboundHeaders::from_headers(headers);
//!     let payload = match CallbackPayload::from_json(body) {
//!         Ok(payload) => payload,
//!         // The next attempt would bring the same bytes.
//!         Err(problem) => return Reply::do_not_retry().with_reason(problem).into_response(),
//!     };
//!     if payload.status() == Some(503) && delivery.retried() == Some(0) {
//!         return Reply::retry_after(Duration::from_secs(60)).into_response();
//!     }
//!     Reply::delivered().into_response()
//! }
//!
//! let body = br#"{"sourceMessageId":"msg_1","status":200,"body":"ZG9uZQ==","createdAt":"1760000000000"}"#;
//! assert_eq!(callback(&HeaderMap::new(), body).status(), 200);
//! let payload = CallbackPayload::from_json(body)?;
//! assert_eq!(payload.body()?, "done");
//! assert_eq!(payload.created_at(), Some(Timestamp::from_unix_millis(1_760_000_000_000)));
//! assert_eq!(callback(&HeaderMap::new(), b"{}").status(), 489);
//! # Ok::<(), qstash_api::inbound::InvalidPayload>(())
//! ```

mod headers;
mod members;
mod payload;
mod reply;

pub use headers::InboundHeaders;
pub use members::InvalidPayload;
pub use payload::CallbackPayload;
pub use reply::Reply;
