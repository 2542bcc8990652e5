//! The guide: from a first message to a rotation of the signing keys, task by task.
//!
//! | chapter | what it is about |
//! |---|---|
//! | [`quick_start`] | a token, a client, a first message |
//! | [`messages`] | options, destinations, queues, schedules, URL Groups, batches |
//! | [`receiving`] | verifying deliveries, with axum or with anything else; what to answer; callbacks |
//! | [`rotation`] | changing the signing keys without refusing a delivery |
//! | [`errors`] | matching on errors; what is sent again; timeouts |
//! | [`paging`] | logs and the DLQ as streams; bulk operations in rounds |
//! | [`recipes`] | Lambda, actix-web, programs without a runtime, traces and metrics, tasks |
//! | [`testing`] | a QStash server on your own machine; unit tests |
//! | [`features`] | receiving alone, TLS, `tower`, `tracing`, `schemars` |
//!
//! There is nothing in these modules but text. Programs that run are in the
//! [examples](https://github.com/qstash-rs/qstash-api/tree/HEAD/qstash-api/examples) of the repository.

#[doc = include_str!("../docs/quick_start.md")]
pub mod quick_start {}

#[doc = include_str!("../docs/messages.md")]
pub mod messages {}

#[doc = include_str!("../docs/receiving.md")]
pub mod receiving {}

#[doc = include_str!("../docs/rotation.md")]
pub mod rotation {}

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/paging.md")]
pub mod paging {}

#[doc = include_str!("../docs/recipes.md")]
pub mod recipes {}

#[doc = include_str!("../docs/testing.md")]
pub mod testing {}

#[doc = include_str!("../docs/features.md")]
pub mod features {}
