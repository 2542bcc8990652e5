//! `cargo xtask codegen --accept` as a person calls it, in a workspace of its own.

mod circumstances;
mod command;
#[cfg(unix)]
mod kills;
mod merge;
mod world;
