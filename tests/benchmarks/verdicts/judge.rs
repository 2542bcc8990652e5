//! The judges, and what their words together mean.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use serde_json::Value;
use xtask::finding::Findings;
use xtask::overlay::Mode;
use xtask::pipeline::{self, Sources};
use xtask::settings::Settings;
use xtask::source::Source;

use crate::kinds::Kind;
use crate::manifest;

/// The caller of everything.
const CALLER: &str = include_str!("caller.rs");

/// The statements of the judges about one kind of change.
pub(crate) struct Judgement {
    pub(crate) compiles: bool,
    pub(crate) run: Run,
    /// Findings of `cargo-semver-checks` for a release that raises the third number.
    pub(crate) lints: Vec<String>,
    requires: Option<&'static str>,
    grows: bool,
}

/// The difference between the caller's runs with the new crate and with the old one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    Same,
    /// Only calls that failed do something else.
    Grows,
    Differs,
    /// It does not compile.
    None,
}

impl Run {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Grows => "grows",
            Self::Differs => "differs",
            Self::None => "none",
        }
    }
}

impl Judgement {
    pub(crate) fn verdict(&self) -> &'static str {
        if !self.compiles || self.requires == Some("major") {
            "breaking"
        } else if self.run == Run::Differs {
            "behaviour"
        } else if self.run == Run::Grows || self.requires == Some("minor") || self.grows {
            "addition"
        } else {
            "neutral"
        }
    }
}

/// A crate that the judges have seen.
struct Seen {
    rustdoc: PathBuf,
    /// The output of the caller with it, unless it does not compile.
    run: Option<String>,
}

/// The judges, in a directory for crates.
pub(crate) struct Judges<'a> {
    directory: &'a Path,
    /// The findings about the old documents, of which most are the same.
    seen: BTreeMap<String, Seen>,
}

impl<'a> Judges<'a> {
    pub(crate) fn new(directory: &'a Path) -> Self {
        Self {
            directory,
            seen: BTreeMap::new(),
        }
    }

    pub(crate) fn judge(&mut self, kind: &Kind) -> Judgement {
        if !self.seen.contains_key(&kind.old.text) {
            let name = format!("old-{}", self.seen.len());
            let seen = self.see(&name, &kind.old);
            self.seen.insert(kind.old.text.clone(), seen);
        }
        let new = self.see("new", &kind.new);
        let old = &self.seen[&kind.old.text];
        let was = old
            .run
            .as_ref()
            .expect("the caller compiles with the old crate");
        let (lints, requires) = semver_checks(&old.rustdoc, &new.rustdoc);
        Judgement {
            compiles: new.run.is_some(),
            run: new.run.map_or(Run::None, |is| compare(was, &is)),
            lints,
            requires,
            grows: grows(&names(&old.rustdoc), &names(&new.rustdoc)),
        }
    }

    fn see(&self, name: &str, document: &Arc<Source>) -> Seen {
        let made = self.directory.join("crate");
        write_crate(&made, document);
        let rustdoc = self.directory.join(format!("{name}.json"));
        std::fs::copy(self::rustdoc(&made), &rustdoc).unwrap();
        let run = run(&made);
        if let Err(error) = &run {
            eprintln!("{}", error.lines().take(3).collect::<Vec<_>>().join("\n"));
        }
        Seen {
            rustdoc,
            run: run.ok(),
        }
    }
}

fn write_crate(root: &Path, document: &Arc<Source>) {
    let sources = Sources {
        document: Arc::clone(document),
        overlay: None,
    };
    let mut findings = Findings::new();
    let files = pipeline::files(&sources, Mode::Strict, &Settings::default(), &mut findings);
    let files = files.unwrap_or_else(|| panic!("{}", xtask::report::render(&findings, false)));
    let _ = std::fs::remove_dir_all(root);
    let write = |path: PathBuf, text: &str| {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let workspace = manifest::workspace();
    let text = manifest::manifest(&xtask::dependencies::all());
    let text = text.replace("name = \"scratch\"", "name = \"subject\"");
    let tokio = "tokio = { version = \"1\", default-features = false, features = [\"net\", \"rt\", \"time\"] }";
    write(root.join("Cargo.toml"), &format!("{text}{tokio}\n"));
    let lock = std::fs::read_to_string(workspace.join("Cargo.lock")).unwrap();
    write(root.join("Cargo.lock"), &lock);
    write(root.join("examples/caller.rs"), CALLER);
    for (path, text) in &files {
        let path = if path == "mod.rs" { "lib.rs" } else { path };
        write(root.join("src").join(path), text);
    }
}

fn cargo(root: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root)
        // For the JSON of rustdoc, which is not stable yet.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env(
            "CARGO_TARGET_DIR",
            manifest::workspace().join("target/verdicts"),
        )
        .output();
    output.expect("cargo runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The rustdoc JSON of the crate, as a file.
fn rustdoc(root: &Path) -> PathBuf {
    let json = ["-Zunstable-options", "--output-format=json"];
    let arguments = [
        "rustdoc",
        "--quiet",
        "--lib",
        "--offline",
        "--",
        json[0],
        json[1],
    ];
    let output = cargo(root, &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    manifest::workspace().join("target/verdicts/doc/subject.json")
}

/// The lints that `cargo-semver-checks` raises, and the part of the version that it wants raised.
fn semver_checks(old: &Path, new: &Path) -> (Vec<String>, Option<&'static str>) {
    let output = Command::new("cargo-semver-checks")
        .args(["semver-checks", "--color=never", "--release-type=patch"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .expect("cargo-semver-checks is in the path");
    let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
    let named = said
        .lines()
        .filter_map(|line| line.strip_prefix("--- failure "));
    let mut lints: Vec<String> = named
        .filter_map(|line| line.split(':').next())
        .map(str::to_owned)
        .collect();
    lints.sort();
    let major = said.contains("requires new major version");
    let minor = said.contains("requires new minor version");
    assert!(
        output.status.success() || major || minor,
        "cargo-semver-checks failed: {said}"
    );
    let requires = if major {
        Some("major")
    } else {
        minor.then_some("minor")
    };
    (lints, requires)
}

/// The number of occurrences of each name in rustdoc's JSON.
fn names(path: &Path) -> BTreeMap<String, usize> {
    let json: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let index = json["index"].as_object().expect("an index");
    let mut names = BTreeMap::new();
    for name in index.values().filter_map(|item| item["name"].as_str()) {
        *names.entry(name.to_owned()).or_default() += 1;
    }
    names
}

fn grows(before: &BTreeMap<String, usize>, now: &BTreeMap<String, usize>) -> bool {
    now.iter()
        .any(|(name, count)| before.get(name).is_none_or(|before| before < count))
}

/// The output of the caller with this crate.
fn run(root: &Path) -> Result<String, String> {
    let output = cargo(
        root,
        &["run", "--quiet", "--offline", "--example", "caller"],
    );
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(text(&output.stderr))
    }
}

/// Compares two runs call by call; each call ends in a line with an arrow.
fn compare(was: &str, is: &str) -> Run {
    let calls = |run: &str| {
        run.split_inclusive("  -> ")
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    if was == is {
        return Run::Same;
    }
    let ends = |run: &str| {
        run.lines()
            .filter_map(|line| line.strip_prefix("  -> ").map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let (were, are) = (calls(was), calls(is));
    let (ended, end) = (ends(was), ends(is));
    if were.len() != are.len() {
        return Run::Differs;
    }
    let failed = |at: usize| {
        let how = ended.get(at).map(String::as_str);
        matches!(how, Some("refused before it was sent" | "another error"))
    };
    // The end of a call is the first line of the block after it.
    let blocks = were.iter().zip(&are).enumerate();
    let changed = blocks.filter(|(at, (was, is))| {
        let head = |block: &str| block.split_once('\n').map(|(_, rest)| rest.to_owned());
        let requests_differ = head(was) != head(is) && head(was).is_some();
        (requests_differ || ended.get(*at) != end.get(*at)) && !failed(*at)
    });
    if changed.count() == 0 {
        Run::Grows
    } else {
        Run::Differs
    }
}
