//! The command where something around it is wrong: its input, its target, its disk, its output, its company.
//!
//! The writer has tests of its own for each of these; here it is the whole command.

pub(crate) mod command;
mod company;
#[cfg(unix)]
mod disk;
mod input;
mod line_ends;
