//! A tower layer that verifies deliveries before a handler sees them; needs the feature `tower`.
//!
//! ```
//! use axum::routing::post;
//! use axum::{Extension, Router};
//! use qstash_api::keys::KeyRing;
//! use qstash_api::receiver::{Receiver, Verified};
//! use qstash_api::tower::{ExpectedUrl, VerifyLayer};
//!
//! async fn order(Extension(verified): Extension<Verified>, body: String) -> String {
//!     format!("{:?} said {body}", verified.message_id())
//! }
//!
//! let receiver = Receiver::new(KeyRing::new("sig_a", "sig_b")?);
//! let url = ExpectedUrl::under("https://example.com")?;
//! let app: Router = Router::new()
//!     .route("/orders", post(order))
//!     .layer(VerifyLayer::new(receiver, url));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With a [`RefreshingReceiver`](crate::receiver::RefreshingReceiver) in place of the receiver, a
//! rotation that was made elsewhere is picked up.
//!
//! The layer works with every service of [`http::Request`]s, whatever their bodies are: routers
//! and handlers of axum, plain services on hyper, and what else speaks tower. The service in it
//! gets requests with a [`RequestBody`], in which each byte is as it arrived, and with [`Verified`](crate::receiver::Verified) in their extensions.
//!
//! # The order of things
//!
//! 1. A request that announces a body beyond the limit is refused.
//! 2. The signature is verified, with the `upstash-region` header as a hint, and the
//!    `Upstash-Message-Id` header is noted. No byte of a body is
//!    read for a request without a genuine signature, so it costs neither memory nor waiting.
//! 3. The body is read and hashed as it comes, up to the limit and for as long as it may take.
//! 4. Only when its hash is the one that was signed does the handler run. A handler that streams
//!    still gets the whole body at once: until the last byte nothing of it is proven.
//!
//! # What a refused request is answered
//!
//! | status | code | why |
//! |---|---|---|
//! | 401 | one of [`Rejection::code`](crate::receiver::Rejection::code) | the signature is missing, not genuine, or not for this request |
//! | 413 | `body-too-long` | the body is longer than the limit of the layer, of the receiver, or of a layer further out |
//! | 400 | `body-broken` | the body broke off |
//! | 408 | `body-timeout` | the body did not end in time |
//! | 500 | `fault` | whether the delivery is genuine could not be found out: a [`RefreshingReceiver`](crate::receiver::RefreshingReceiver) could not read the service's keys, or another [`Verify`](crate::receiver::Verify) says so; a plain receiver always can |
//!
//! The code is all that the body holds. The service takes each of them for a delivery that failed
//! and tries again later, signed anew, so a delivery that was refused for keys that were not known
//! yet is not lost. The details are in the extensions of the response, as a
//! [`Refusal`], for a layer around this one to log.
//!
//! # One layer, several destinations
//!
//! Which URL a message has to have been published to is not optional: see [`ExpectedUrl`].
//! Requests that are no deliveries, such as health checks, need a route outside the layer.

mod body;
mod layer;
mod read;
mod refusal;
mod service;
mod url;

pub use body::{RequestBody, ResponseBody};
pub use layer::{DEFAULT_BODY_LIMIT, DEFAULT_BODY_TIMEOUT, VerifyLayer};
pub use refusal::Refusal;
pub use service::VerifyService;
pub use url::{ExpectedUrl, InvalidExpectedUrl};
