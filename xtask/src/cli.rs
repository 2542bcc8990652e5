//! The command line: `cargo xtask codegen`, `diff` and `watch`.

mod arguments;
mod color;
mod outcome;
mod run;
mod text;

pub use arguments::{Arguments, CodegenArguments, Command, DiffArguments, FailOn, WatchArguments};
pub use outcome::{Outcome, Tree};
pub use run::run;
pub use text::{Text, accepted, render, to_do};
