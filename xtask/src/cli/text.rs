//! The text of a run of codegen.

use std::fmt::Write as _;

use crate::accept::{Accepted, Entry, to_do};
use crate::codegen::Tree;
use crate::config::Mode;
use crate::diff::{self, safe};
use crate::write::Stale;

/// The number of lines of either side of a diff that are shown.
const LINES: usize = 20;

/// The number of characters of a line that are shown.
const WIDTH: usize = 200;

/// The text of a run, by where it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// For standard output: the lists and diffs that somebody asked for.
    pub output: String,
    /// For standard error: how it went, in a line or two.
    pub summary: String,
}

/// Returns the text about the generated files.
#[must_use]
pub fn tree(tree: &Tree, mode: Mode) -> Text {
    let out = tree.out.display();
    let kilobytes = tree.bytes.div_ceil(1_000);
    let files = format!("{} ({kilobytes} kB)", counted(tree.files, "file"));
    let changes = changes(tree, ["changed", "new", "removed"]);
    let (output, mut summary) = match (mode, tree.comparison.is_fresh()) {
        (Mode::DryRun, true) => (
            String::new(),
            format!("would write nothing: fresh: {files} in {out}\n"),
        ),
        (_, true) => (String::new(), format!("fresh: {files} in {out}\n")),
        (Mode::Write, false) => (
            String::new(),
            format!("wrote {files} to {out}: {changes}\n"),
        ),
        (Mode::DryRun, false) => (
            list(tree, ["change", "add", "remove"]),
            format!("would write {files} to {out}: {changes}\n"),
        ),
        (Mode::Check, false) => {
            let list = list(tree, ["stale", "missing", "orphaned"]);
            return Text {
                output: list + &diffs(tree),
                summary: verdict(tree),
            };
        }
    };
    if !tree.needed.is_empty() {
        let needed = tree.needed.join("\n  ");
        // Writing to a string does not fail.
        let _ = writeln!(
            summary,
            "the package that holds them needs these dependencies:\n  {needed}"
        );
    }
    Text { output, summary }
}

/// Returns the paths of files that differ, by how they do: other ones, missing ones, and those that should not be
/// there.
fn differing(tree: &Tree) -> [Vec<&String>; 3] {
    let comparison = &tree.comparison;
    [
        comparison.stale.iter().map(|it| &it.path).collect(),
        comparison.missing.iter().collect(),
        comparison.orphaned.iter().collect(),
    ]
}

/// Returns `2 changed, 1 new, 1 removed`, without those that are none.
fn changes(tree: &Tree, words: [&str; 3]) -> String {
    let parts = differing(tree).into_iter().zip(words);
    let parts = parts.filter(|(paths, _)| !paths.is_empty());
    let parts: Vec<_> = parts
        .map(|(paths, word)| format!("{} {word}", paths.len()))
        .collect();
    parts.join(", ")
}

/// Returns one line for each file that differs.
fn list(tree: &Tree, words: [&str; 3]) -> String {
    let mut text = String::new();
    for (paths, word) in differing(tree).into_iter().zip(words) {
        for path in paths {
            let mut stale = tree.comparison.stale.iter();
            let is_crlf = stale.any(|it| it.path == *path && has_crlf(it));
            let note = if is_crlf {
                " (its lines end with CRLF)"
            } else {
                ""
            };
            let _ = writeln!(text, "{word:<8}  {}{note}", tree.out.join(path).display());
        }
    }
    text
}

/// Returns whether lines of a file end with CRLF, as Git on Windows checks files out where nobody forbids it.
fn has_crlf(stale: &Stale) -> bool {
    stale.before.contains("\r\n")
}

/// Returns the diff of every file that is another one, and not for the ends of its lines alone: one hunk, from the
/// first line that differs to the last.
///
/// Text of a document ends up in generated files, and must not drive the terminal of whoever reads the diff.
fn diffs(tree: &Tree) -> String {
    let mut text = String::new();
    for Stale {
        path,
        before,
        after,
    } in &tree.comparison.stale
    {
        let [mut before, mut after] = [before, after].map(|it| it.lines().collect::<Vec<_>>());
        let same = before
            .iter()
            .zip(&after)
            .take_while(|(one, other)| one == other);
        let same = same.count();
        before.drain(..same);
        after.drain(..same);
        while before.last().is_some_and(|last| after.last() == Some(last)) {
            before.pop();
            after.pop();
        }
        if before.is_empty() && after.is_empty() {
            continue;
        }
        let (path, first) = (tree.out.join(path), same + 1);
        let path = path.display();
        let _ = write!(text, "\n--- {path} (on disk)\n+++ {path} (generated)\n");
        let [removed, added] = [&before, &after].map(Vec::len);
        let _ = writeln!(text, "@@ -{first},{removed} +{first},{added} @@");
        for (sign, lines) in [('-', before), ('+', after)] {
            for line in lines.iter().take(LINES) {
                let shown: String = line.chars().take(WIDTH).collect();
                let cut = if shown.len() < line.len() { "…" } else { "" };
                let _ = writeln!(text, "{sign}{}{cut}", safe(&shown));
            }
            if let more @ 1.. = lines.len().saturating_sub(LINES) {
                let _ = writeln!(text, "... {}", counted(more, "more line"));
            }
        }
    }
    text
}

/// Returns the last lines of a check that failed.
fn verdict(tree: &Tree) -> String {
    let out = tree.out.display();
    let counts = changes(tree, ["stale", "missing", "orphaned"]);
    let mut text = format!("not fresh: {out} is not what codegen generates: {counts}\n");
    if tree.comparison.stale.iter().any(has_crlf) {
        text.push_str("hint: Git has checked files out with CRLF; `.gitattributes` should say `eol=lf` for them\n");
    }
    text.push_str("run `cargo xtask codegen`, with the same options but `--check`, and commit what it writes\n");
    text
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Returns the text about a revision that has been taken in, or would be.
#[must_use]
pub fn accepted(accepted: &Accepted) -> Text {
    let mode = if accepted.dry_run {
        Mode::DryRun
    } else {
        Mode::Write
    };
    let tree = tree(&accepted.tree, mode);
    let document = accepted.document.display();
    let revision = &accepted.revision;
    if accepted.changes_nothing() {
        let summary = format!("nothing has changed: {document} says what {revision} says\n");
        return Text {
            output: to_do(accepted),
            summary: summary + &tree.summary,
        };
    }
    let mut output = diff::text(&accepted.diff) + &to_do(accepted);
    if !tree.output.is_empty() {
        let _ = write!(output, "\n{}", tree.output);
    }
    let wrote = if accepted.dry_run {
        "would write"
    } else {
        "wrote"
    };
    let mut summary = if accepted.document_changes {
        format!("{wrote} {document}: {revision} with our descriptions\n")
    } else {
        format!("unchanged: {document} says already what {revision} says\n")
    };
    if let Some((path, entry)) = &accepted.changelog {
        let path = path.display();
        let line = match entry {
            Entry::Written => format!("{wrote} {path}: an entry below \"Unreleased\"\n"),
            Entry::Already => format!("unchanged: {path} has the entry already\n"),
            Entry::None => format!("unchanged: {path} needs no entry: callers notice nothing\n"),
        };
        summary.push_str(&line);
    }
    summary.push_str(&tree.summary);
    if !accepted.dry_run {
        summary.push_str("run `INSTA_UPDATE=always cargo test`, then read `git diff`\n");
    }
    Text { output, summary }
}
