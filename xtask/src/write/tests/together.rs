//! Texts that change together with the tree: stops and failures at every step.

use std::fs;
use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::{for_people, on_disk, plant, tree};
use crate::write::replace::replace_by;
use crate::write::steps::{self, Step, Swap};
use crate::write::{Text, compare, replace_together};

const OLD: [&str; 2] = ["old notes\n", "old document\n"];
const NEW: [&str; 2] = ["new notes\n", "new document\n"];

/// Two texts in two directories, and a tree in a third.
struct World {
    scratch: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let scratch = tempfile::tempdir().expect("a scratch directory");
        let world = Self { scratch };
        for directory in ["api", "src"] {
            fs::create_dir(world.scratch.path().join(directory)).expect("a directory");
        }
        for (path, text) in world.paths().iter().zip(OLD) {
            fs::write(path, text).expect("a file");
        }
        plant(&world.target(), &tree("old"));
        world
    }

    fn paths(&self) -> [PathBuf; 2] {
        ["notes.md", "api/document.yaml"].map(|path| self.scratch.path().join(path))
    }

    fn target(&self) -> PathBuf {
        self.scratch.path().join("src/generated")
    }

    fn now(&self) -> [String; 2] {
        self.paths()
            .map(|path| fs::read_to_string(path).expect("a text"))
    }

    /// What is left to change, as one who runs the command again finds it.
    fn texts(&self) -> Vec<Text> {
        let texts = self.paths().into_iter().zip(self.now()).zip(NEW);
        texts
            .filter(|((_, now), new)| now != new)
            .map(|((path, now), new)| Text {
                path,
                before: now.into_bytes(),
                after: new.to_owned(),
            })
            .collect()
    }

    fn run(&self, perform: &mut dyn FnMut(&Step<'_>) -> io::Result<()>) -> Result<(), String> {
        let files = tree("new");
        let done = replace_by(
            &self.target(),
            &files,
            &self.texts(),
            Swap::Exchange,
            perform,
        );
        match done {
            Ok(done) => done.warning.map_or(Ok(()), |it| Err(it.code.to_owned())),
            Err(finding) => Err(for_people(&finding, self.scratch.path())),
        }
    }

    /// How many of the three are new, of which each comes after the one before it.
    fn progress(&self, context: &str) -> usize {
        compare(&self.target(), &tree("new")).expect(context);
        let found = on_disk(&self.target());
        assert!(
            found == Some(tree("old")) || found == Some(tree("new")),
            "{context}"
        );
        let [notes, document] = self.now();
        let new = [
            notes == NEW[0],
            document == NEW[1],
            found == Some(tree("new")),
        ];
        assert!(new[0] || notes == OLD[0], "{context}: {notes}");
        assert!(new[1] || document == OLD[1], "{context}: {document}");
        let count = new.iter().filter(|new| **new).count();
        assert!(new.iter().take(count).all(|new| *new), "{context}: {new:?}");
        count
    }

    /// Everything that lies around, by name.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for directory in ["", "api", "src"] {
            let entries = fs::read_dir(self.scratch.path().join(directory)).expect("a directory");
            names.extend(entries.map(|it| it.expect("an entry").file_name().display().to_string()));
        }
        names.sort();
        names
    }

    fn assert_whole(&self, context: &str) {
        assert_eq!(self.progress(context), 3, "{context}");
        let names = ["api", "document.yaml", "generated", "notes.md", "src"];
        assert_eq!(self.names(), names, "{context}");
    }
}

#[test]
fn after_any_number_of_steps_the_same_command_finishes_what_was_begun() {
    let mut seen = Vec::new();
    for number in 0.. {
        let world = World::new();
        let mut count = 0;
        // A panic leaves behind what a kill does: nothing is cleared on the way out.
        let run = catch_unwind(AssertUnwindSafe(|| {
            world.run(&mut |step| {
                assert!(count < number, "stopped");
                count += 1;
                steps::perform(step)
            })
        }));
        let context = format!("stopped after {number} steps");
        seen.push(world.progress(&context));
        assert_eq!(world.run(&mut steps::perform), Ok(()), "{context}");
        world.assert_whole(&context);
        if run.is_ok() {
            break;
        }
    }
    assert!(seen.is_sorted(), "{seen:?}");
    seen.dedup();
    assert_eq!(seen, [0, 1, 2, 3]);
}

#[test]
fn whichever_step_fails_the_finding_says_what_is_written_and_nothing_lies_around() {
    let mut said = Vec::new();
    for number in 0.. {
        let world = World::new();
        let mut count = 0;
        let run = world.run(&mut |step| {
            count += 1;
            if count > number {
                return Err(ErrorKind::StorageFull.into());
            }
            steps::perform(step)
        });
        let context = format!("failure after {number} steps");
        let progress = world.progress(&context);
        assert_eq!(world.names().len(), 5, "{context}: {:?}", world.names());
        let Err(words) = run else { break };
        if said.last() != Some(&(progress, words.clone())) {
            said.push((progress, words));
        }
        assert_eq!(world.run(&mut steps::perform), Ok(()), "{context}");
        world.assert_whole(&context);
    }
    let said: Vec<String> = said
        .iter()
        .map(|(new, words)| format!("{new} new\n{words}"))
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_is_no_file_of_ours_to_write_is_refused_before_anything_is_written() {
    type Prepare = fn(&Path);
    let cases: [(&str, Prepare, &str); 4] = [
        (
            "somebody has written it meanwhile",
            |path| fs::write(path, "other document\n").expect("a file"),
            "write/changed-meanwhile",
        ),
        (
            "it has gone away",
            |path| fs::remove_file(path).expect("a file"),
            "write/unreadable",
        ),
        (
            "it is a directory",
            |path| {
                fs::remove_file(path).expect("a file");
                fs::create_dir(path).expect("a directory");
            },
            "write/not-a-file",
        ),
        (
            "it may not be written",
            |path| {
                let mut permissions = fs::metadata(path).expect("a file").permissions();
                permissions.set_readonly(true);
                fs::set_permissions(path, permissions).expect("a mode");
            },
            "write/read-only",
        ),
    ];
    for (name, prepare, code) in cases {
        let world = World::new();
        let texts = world.texts();
        let [notes, document] = world.paths();
        prepare(&document);
        let refusal = replace_together(&world.target(), &tree("new"), &texts).expect_err(name);
        assert_eq!(refusal.code, code, "{name}");
        assert_eq!(fs::read_to_string(notes).expect("a file"), OLD[0], "{name}");
        assert_eq!(on_disk(&world.target()), Some(tree("old")), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_refused_and_a_mode_is_kept() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let world = World::new();
    let texts = world.texts();
    let [notes, document] = world.paths();
    fs::rename(&document, world.scratch.path().join("real")).expect("a move");
    symlink("../real", &document).expect("a link");
    let refusal = replace_together(&world.target(), &tree("new"), &texts).expect_err("a link");
    assert_eq!(refusal.code, "write/symbolic-link");
    assert_eq!(world.progress("a link"), 0);

    fs::remove_file(&document).expect("the link");
    fs::rename(world.scratch.path().join("real"), &document).expect("a move");
    for (path, mode) in [(&notes, 0o600), (&document, 0o664)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    }
    replace_together(&world.target(), &tree("new"), &texts).expect("a replacement");
    world.assert_whole("no link");
    let mode = |path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    assert_eq!([mode(&notes), mode(&document)], [0o600, 0o664]);
}
