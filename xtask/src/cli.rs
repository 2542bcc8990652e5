//! The command line: `cargo xtask codegen` and `cargo xtask diff`.

mod arguments;
mod color;
mod outcome;
mod run;
mod text;

pub use arguments::{Arguments, CodegenArguments, Command, DiffArguments, FailOn};
pub use outcome::{Outcome, Tree};
pub use run::run;
pub use text::{Text, accepted, render};
