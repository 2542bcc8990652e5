//! Programs that are run, with what they have to say when they fail.

use std::error::Error;
use std::io::ErrorKind;
use std::process::Command;
use std::time::Instant;

/// The number of last lines of a program's complaint that are repeated.
const LINES: usize = 8;

/// The standard output of a program.
pub(crate) fn output(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("`{name}` is not installed"),
        _ => format!("`{name}` cannot be run: {error}"),
    })?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<_> = complaint.lines().collect();
    let last = lines.get(lines.len().saturating_sub(LINES)..);
    let arguments: Vec<_> = command
        .get_args()
        .map(|part| part.to_string_lossy())
        .collect();
    Err(format!(
        "`{name} {}` failed ({}):\n  {}",
        arguments.join(" "),
        output.status,
        last.unwrap_or_default().join("\n  ")
    )
    .into())
}

/// The seconds that a program takes, from start to end.
pub(crate) fn seconds(command: &mut Command) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    output(command)?;
    Ok(start.elapsed().as_secs_f64())
}

/// `cargo`, the one that runs this, without what it has told this program about itself.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let told = name.to_string_lossy();
        if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command.env_remove("CARGO_TARGET_DIR");
    command
}

/// The same as [`crate::figure::ratios`], of measurements that can fail.
pub(crate) fn ratios(
    pairs: usize,
    mut ours: impl FnMut() -> Result<f64, Box<dyn Error>>,
    mut theirs: impl FnMut() -> Result<f64, Box<dyn Error>>,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut ratios = Vec::new();
    for pair in 0..=pairs {
        let ratio = if pair % 2 == 0 {
            let ours = ours()?;
            ours / theirs()?
        } else {
            let theirs = theirs()?;
            ours()? / theirs
        };
        // The first pair warms up.
        if pair > 0 {
            ratios.push(ratio);
        }
    }
    Ok(ratios)
}
