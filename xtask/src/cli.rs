//! The command line: `cargo xtask codegen`.

mod arguments;
mod color;
mod outcome;
mod run;
mod text;

pub use arguments::{Arguments, CodegenArguments, Command};
pub use outcome::{Outcome, Tree};
pub use run::run;
pub use text::{Text, render};
