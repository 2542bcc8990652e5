//! The document, the generator and the conventions: what needs the whole workspace.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod accept;
mod common;
mod conventions;
mod cycles;
mod dependencies;
mod drift;
mod examples;
mod guards;
mod manifests;
mod operation_table;
mod other_documents;
#[path = "public_api.rs"]
mod public_api;
mod publishing;
mod snapshots;
mod types;
mod vendor_neutral;
