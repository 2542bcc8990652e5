//! The codegen behind `cargo xtask codegen`.

pub mod finding;
pub mod pointer;
pub mod source;
