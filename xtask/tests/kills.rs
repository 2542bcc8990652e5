//! The whole command, killed at instants that a seed decides: the tree is the old or the new one, and the next
//! run clears away what is left.
//!
//! A test run kills a few times, on a small document. With `KILLS` it kills that often on the document that the
//! workspace is configured for, and prints how the runs ended:
//!
//! `KILLS=200 cargo test --release -p xtask --test command kills:: -- --nocapture`

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::circumstances::command::{self, Scratch, assert_success};
use crate::random::Random;

/// The number of kills in a test run.
const FEW: usize = 16;

/// The seed of the instants.
const SEED: u64 = 0x5eed;

type Tree = Vec<(PathBuf, Vec<u8>)>;

/// Two revisions of a document, and the tree of each.
struct Subject {
    scratch: Scratch,
    trees: [Tree; 2],
    /// The duration of a run.
    whole: Duration,
}

const REVISIONS: [&str; 2] = ["one.yaml", "two.yaml"];

impl Subject {
    fn new(document: &str, overlay: &str) -> Self {
        let scratch = Scratch::new();
        scratch.plant("overlay.yaml", overlay);
        // Another name is enough to change every file: it stands in their headers.
        for name in REVISIONS {
            scratch.plant(name, document);
        }
        let mut subject = Self {
            scratch,
            trees: [Tree::new(), Tree::new()],
            whole: Duration::ZERO,
        };
        for revision in [0, 1] {
            let since = Instant::now();
            let child = subject.start(revision);
            assert_success(&child.wait_with_output().expect("an end"));
            subject.whole = since.elapsed();
            subject.trees[revision] = subject.scratch.tree("generated");
        }
        assert_ne!(subject.trees[0], subject.trees[1]);
        subject
    }

    fn start(&self, revision: usize) -> Child {
        self.scratch
            .codegen(&["--document", REVISIONS[revision]])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command")
    }

    /// Waits until the child has begun to write, or has ended.
    fn wait_for_writing(&self, child: &mut Child) {
        while child.try_wait().expect("a child").is_none() && self.hidden().is_empty() {
            // A moment of a core that the child may need.
            std::thread::sleep(Duration::from_micros(100));
        }
    }

    /// The entries beside the target that a finished run does not leave.
    fn hidden(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.scratch.path("")).expect("a directory");
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        paths.filter(|path| is_hidden(path)).collect()
    }

    /// The revision that is on disk; for an instant of a run the old one has another name.
    fn revision_on_disk(&self) -> Option<usize> {
        let mut found = self.scratch.tree("generated");
        if found.is_empty() {
            found = self.scratch.tree(".generated.codegen-old");
        }
        self.trees.iter().position(|tree| *tree == found)
    }

    /// Runs codegen to its end, which leaves its tree and nothing else.
    fn heal(&self, revision: usize) {
        assert_success(&self.start(revision).wait_with_output().expect("an end"));
        assert_eq!(self.revision_on_disk(), Some(revision));
        assert_eq!(self.hidden(), Vec::<PathBuf>::new());
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// The number of kills by their outcome.
#[derive(Debug, Default)]
struct Ends {
    old: usize,
    new: usize,
    /// The run had begun to write, or had not yet cleared away.
    while_writing: usize,
}

#[test]
fn a_kill_at_any_instant_of_the_command_leaves_the_old_or_the_new_tree_and_the_next_run_heals() {
    let (kills, document, overlay) = scale();
    let subject = Subject::new(&document, &overlay);
    let mut random = Random::new(SEED);
    let mut ends = Ends::default();
    let mut revision = 1;
    for kill in 0..kills {
        let target = 1 - revision;
        let mut child = subject.start(target);
        // Writing takes a small part of a run, so every other kill is aimed at it; the first one comes at once.
        match kill {
            0 => {}
            kill if kill % 2 == 1 => subject.wait_for_writing(&mut child),
            _ => std::thread::sleep(share(subject.whole, &mut random)),
        }
        child.kill().expect("a child to kill");
        child.wait().expect("the end of the child");
        let found = subject.revision_on_disk();
        assert!(
            found.is_some(),
            "kill {kill}: the tree is neither the old nor the new one"
        );
        ends.while_writing += usize::from(!subject.hidden().is_empty());
        ends.new += usize::from(found == Some(target));
        ends.old += usize::from(found != Some(target));
        // Now and then the next run is another that is killed.
        if kill % 3 == 0 {
            subject.heal(random.below(2));
        }
        revision = subject.revision_on_disk().expect("a whole tree");
    }
    subject.heal(0);
    println!("a run takes {:?}\n{ends:?}", subject.whole);
    assert!(ends.old > 0, "{ends:?}");
}

/// A part of `limit`, evenly distributed.
fn share(limit: Duration, random: &mut Random) -> Duration {
    let nanoseconds = usize::try_from(limit.as_nanos()).expect("a short time");
    Duration::from_nanos(random.below(nanoseconds) as u64)
}

/// The number of kills, and the document and overlay to kill on.
fn scale() -> (usize, String, String) {
    let Some(kills) = std::env::var_os("KILLS") else {
        return (
            FEW,
            command::DOCUMENT.to_owned(),
            command::OVERLAY.to_owned(),
        );
    };
    let kills = kills.to_str().and_then(|kills| kills.parse().ok());
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = package.parent().expect("a workspace");
    let options = xtask::config::Options::new(workspace, xtask::config::Mode::Check);
    let mut findings = xtask::finding::Findings::new();
    let inputs = xtask::config::read(&options, &mut findings).expect("a configured workspace");
    let text = |path: &Path| fs::read_to_string(path).expect("a readable input");
    let overlay = inputs.overlay.as_deref().map(text);
    (
        kills.expect("KILLS is a number"),
        text(&inputs.document),
        overlay.unwrap_or_else(|| command::OVERLAY.to_owned()),
    )
}
