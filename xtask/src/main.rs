//! `cargo xtask`.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    // The workspace is where this was built, so the command works in every directory below it.
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = package.parent().unwrap_or(package);
    ExitCode::from(xtask::cli::run(std::env::args_os(), workspace))
}
