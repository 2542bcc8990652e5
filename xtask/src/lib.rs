//! The codegen behind `cargo xtask codegen`.

pub mod accept;
pub mod api;
pub mod cli;
pub mod codegen;
pub mod config;
pub mod core;
pub mod dependencies;
pub mod diff;
pub mod emit;
pub mod finding;
pub mod generate;
pub mod guard;
pub mod input;
pub mod load;
pub mod lower;
pub mod names;
mod operation_table;
pub mod overlay;
pub mod pipeline;
pub mod pointer;
pub mod refine;
pub mod render;
pub mod report;
mod runtime;
pub mod settings;
pub mod source;
pub mod write;
