//! The crates that a program gets with ours: how many, and why those that are not there for reqwest alone.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use crate::Setup;
use crate::commands::{cargo, output};
use crate::scratch;

/// reqwest as the crate has it, and nothing else.
const REQWEST: &str = "\
reqwest = { version = \"0.13\", default-features = false, features = [\"json\", \"query\", \"rustls\", \"stream\"] }
";

pub(crate) fn described(setup: &Setup, ours: &Path) -> Result<String, Box<dyn Error>> {
    let reqwest = scratch::package(
        setup,
        "reqwest-alone",
        REQWEST,
        &[("main.rs", "fn main() {}\n")],
    )?;
    let (ours, reqwest) = (crates(ours)?, crates(&reqwest)?);
    let reasons = scratch::text(setup, "Cargo.toml")?;
    let mut text = format!(
        "`cargo tree -e normal` of each, with default features: **{}** crates with ours, **{}** with `reqwest` and its \
         TLS alone. Those that ours has beyond `reqwest`'s own:\n",
        ours.len(),
        reqwest.len()
    );
    let (mut direct, mut indirect) = (String::new(), Vec::new());
    for name in ours.difference(&reqwest) {
        let (name, version) = name.split_once(' ').unwrap_or((name, ""));
        if name == "qstash-api" {
            continue;
        }
        match reason(&reasons, name, version) {
            Some(reason) => {
                let _ = write!(direct, "\n- `{name}` {version}: {reason}");
            }
            None => indirect.push(format!("`{name}` {version}")),
        }
    }
    text.push_str(&direct);
    if !indirect.is_empty() {
        let _ = write!(text, "\n- and what these bring: {}.", indirect.join(", "));
    }
    Ok(text)
}

/// The crates that a package gets, each with its version, without the package itself.
fn crates(package: &Path) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut tree = cargo();
    tree.args([
        "tree", "--edges", "normal", "--prefix", "none", "--format", "{p}",
    ]);
    let text = output(tree.current_dir(package))?;
    let name = |line: &str| {
        let mut words = line.split_whitespace();
        Some(format!("{} {}", words.next()?, words.next()?))
    };
    Ok(text.lines().skip(1).filter_map(name).collect())
}

/// The comment above a dependency of the workspace, unless another crate brings an older version of the same name.
fn reason(manifest: &str, name: &str, version: &str) -> Option<String> {
    let lines: Vec<&str> = manifest.lines().collect();
    let entry = format!("{name} = ");
    let at = lines.iter().position(|line| line.starts_with(&entry))?;
    let (_, wanted) = lines.get(at)?.split_once('"')?;
    let major = |version: &str| -> Option<String> {
        let mut parts = version.trim_start_matches('v').split('.');
        let (major, minor) = (parts.next()?, parts.next()?);
        Some(if major == "0" {
            format!("0.{minor}")
        } else {
            major.to_owned()
        })
    };
    if major(version) != major(wanted.split('"').next()?) {
        return None;
    }
    let comment = lines.get(at.checked_sub(1)?)?;
    comment.strip_prefix("# ").map(str::to_owned)
}
