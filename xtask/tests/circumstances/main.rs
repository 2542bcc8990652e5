//! The command where something around it is wrong: its input, its target, its disk, its output, its company.
//!
//! The writer has tests of its own for each of these; here it is the whole command.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "where the ground of a test cannot be laid, the test fails"
)]

mod command;
mod company;
#[cfg(unix)]
mod disk;
mod input;
mod line_ends;
