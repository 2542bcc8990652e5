//! Every operation through the public API of the client, against the loopback server.
//!
//! `cases` has one case for each operation: what is there before, the call in its smallest and its largest form, and
//! what must be so afterwards. The other modules are tests, and each goes through all the cases.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy allows these in functions that are tests, and not in those that tests share"
)]

mod cases;
mod coverage;
mod credentials;
mod faults;
mod shapes;
mod snapshots;
mod world;
