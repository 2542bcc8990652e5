//! The codegen behind `cargo xtask codegen`.

pub mod accept;
pub mod cli;
pub mod codegen;
pub mod config;
pub mod core;
pub mod diff;
pub mod emit;
pub mod finding;
pub mod generate;
pub mod generate_guard;
pub mod input;
pub mod load;
pub mod lower;
pub mod lower_new;
pub mod names;
pub mod overlay;
pub mod pipeline;
pub mod pointer;
pub mod preflight;
pub mod refine;
pub mod render;
pub mod report;
pub mod settings;
pub mod source;
pub mod table;
pub mod write;
