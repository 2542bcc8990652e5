//! The command line: `cargo xtask codegen`, `diff` and `watch`.

mod arguments;
mod run;
mod text;

pub use run::{exit_code, run};
pub use text::{Text, accepted, tree};
