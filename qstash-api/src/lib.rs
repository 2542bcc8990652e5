//! Upstash QStash for Rust: the whole API, typed, and right on the wire.
//!
//! QStash takes a message over HTTP, answers at once, and delivers it to a URL of yours in the background: later, on a
//! schedule, through a queue, with retries, and into a dead letter queue when all else fails.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use qstash_api::{Client, Error, Message};
//!
//! # async fn example() -> Result<(), Error> {
//! let client = Client::from_env()?;
//! let published = client
//!     .publish_message()
//!     .destination("https://example.com/hook")
//!     .message(Message::text("hello").delay(Duration::from_secs(90)))
//!     .send()
//!     .await?;
//! println!("{:?}", published.message_id());
//! # Ok(())
//! # }
//! ```
//!
//! # The guide
//!
//! | chapter | what it is about |
//! |---|---|
//! | [quick start](guide::quick_start) | a token, a client, a first message |
//! | [messages](guide::messages) | options, destinations, queues, schedules, URL Groups, batches |
//! | [receiving](guide::receiving) | verifying deliveries, with axum or with anything else; what to answer; callbacks |
//! | [rotation](guide::rotation) | changing the signing keys without refusing a delivery |
//! | [errors](guide::errors) | matching on errors; what is sent again; timeouts |
//! | [paging](guide::paging) | logs and the DLQ as streams; bulk operations in rounds |
//! | [recipes](guide::recipes) | Lambda, actix-web, programs without a runtime, traces and metrics, tasks, language models, webhooks, fleets |
//! | [testing](guide::testing) | a QStash server on your own machine; unit tests |
//! | [features](guide::features) | receiving alone, TLS, `tower`, `tracing`, `schemars` |
//!
//! # The shape of an operation
//!
//! Each of the 42 operations is a method of [`Client`] named verb first, such as
//! [`rotate_signing_keys`](Client::rotate_signing_keys). It gives a [builder] with a setter for each parameter, and
//! `send()` sends it. A wrong value is an [`Error`] of `send()`, before anything is sent: an empty id, which would address
//! the whole collection; a bulk operation without a filter, unless `all()` was said.
//!
//! Operations and types are generated from the API description and its corrections.
//! [`operations::OPERATIONS`] is what there is to know about each operation, as data. [`types`] of answers are
//! `#[non_exhaustive]`, enums of answers have a variant for values that this version does not know, and a list that
//! comes as `null` is empty.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `client` (default) | everything that talks to the service; without it, keys, [`receiver`], [`inbound`] and `tower` alone |
//! | `rustls` (default) | TLS by rustls, with the cryptography that `reqwest` takes by default |
//! | `rustls-no-provider` | TLS by rustls, with the cryptography that the program installs |
//! | `native-tls` | TLS by the library of the operating system |
//! | `blocking` | [`SendBlocking`], for programs that have no asynchronous runtime |
//! | `schemars` | `schemars::JsonSchema` on every generated type |
//! | `tower` | the module `tower`: a layer that verifies deliveries before a handler runs |
//! | `tracing` | a span for each attempt at a request |

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "client"),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "the documentation speaks of the client too"
    )
)]

// The receiving side needs the traits of serde and none of its macros, which unit tests have all the same.
#[cfg(not(any(feature = "client", test)))]
extern crate serde_core as serde;

// First for the documentation, which has methods in the order of modules: how a client begins, and what a message says.
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod message;

#[cfg(feature = "client")]
mod answer;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "client")]
mod bodies;
#[cfg(feature = "client")]
mod bulk;
#[cfg(feature = "client")]
mod callback;
mod clock;
#[cfg(feature = "client")]
mod conversions;
#[cfg(feature = "client")]
mod destination;
#[cfg(feature = "client")]
mod dlq_filter;
mod environment;
#[cfg(feature = "client")]
mod error;
mod exposed;
#[cfg(feature = "client")]
mod flow_control;
#[cfg(feature = "client")]
mod forwards;
#[cfg(feature = "client")]
mod gate;
#[cfg(feature = "client")]
#[rustfmt::skip]
mod generated;
pub mod guide;
pub mod inbound;
#[cfg(feature = "client")]
mod invalid;
mod invalid_key;
pub mod keys;
#[cfg(feature = "client")]
mod paging;
#[cfg(feature = "client")]
mod provider;
#[cfg(feature = "client")]
mod rate_limit;
pub mod receiver;
#[cfg(feature = "client")]
mod redact;
mod redacted;
mod region;
#[cfg(feature = "client")]
mod retry;
#[cfg(all(test, feature = "client"))]
mod runtime_tests;
#[cfg(feature = "client")]
mod seconds;
mod text;
mod timestamp;
#[cfg(feature = "client")]
mod token;
#[cfg(feature = "tower")]
#[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
pub mod tower;
#[cfg(feature = "client")]
mod trace;
#[cfg(feature = "client")]
mod webhook;
#[cfg(feature = "client")]
mod wire;

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub use crate::blocking::SendBlocking;
pub use crate::clock::Clock;
pub use crate::environment::{EnvironmentError, VariableProblem};
pub use crate::exposed::Exposed;
pub use crate::redacted::{NotRedacted, Redacted};
pub use crate::region::{Region, UnknownRegion};
pub use crate::timestamp::{InvalidTimestamp, Timestamp};
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub use crate::{
    answer::{Accepted, AcceptedMessages},
    bulk::{
        Bulk, BulkFailure, BulkProgress, BulkResult, BulkResults, DEFAULT_BATCH_BYTES,
        DEFAULT_BATCH_MESSAGES, DEFAULT_IN_FLIGHT,
    },
    callback::Callback,
    client::{AttemptOutcome, Client, ClientBuilder, OutgoingRequest},
    destination::{Destination, InvalidDestination},
    dlq_filter::DlqFilter,
    error::{Error, ErrorKind},
    flow_control::FlowControl,
    generated::{
        IntoList, RawRequest, Response, ResponseFuture, Secret, builder, operations, types,
    },
    invalid::{InvalidMessage, ValueProblem},
    message::{BatchMessage, Message},
    paging::Paged,
    provider::Provider,
    rate_limit::{RateLimit, RateLimitKind},
    redact::Redact,
    retry::RetryPolicy,
    token::{CredentialsIn, Token},
    webhook::WebhookUrl,
};

#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
#[doc(no_inline)]
pub use reqwest;
#[doc(no_inline)]
pub use {bytes, http};
