//! An outcome as text.

use std::fmt::Write as _;

use super::outcome::{Outcome, Tree};
use crate::write::Stale;

/// The text to print, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// For standard output: the lists and diffs that somebody asked for.
    pub output: String,
    /// For standard error: how it went, in a line or two.
    pub summary: String,
}

/// The text of an outcome; that of a failure is in its findings.
#[must_use]
pub fn render(outcome: &Outcome) -> Text {
    let (output, mut summary) = match outcome {
        Outcome::Failed => return Text::default(),
        Outcome::Fresh(tree) => (String::new(), format!("fresh: {}\n", whole("in", tree))),
        Outcome::Wrote(tree) => {
            let summary = format!("wrote {}: {}\n", whole("to", tree), changes(tree));
            (String::new(), summary)
        }
        Outcome::DryRun(tree) if tree.comparison.is_fresh() => {
            let summary = format!("would write nothing: fresh: {}\n", whole("in", tree));
            (String::new(), summary)
        }
        Outcome::DryRun(tree) => (
            list(tree, ["change", "add", "remove"]),
            format!("would write {}: {}\n", whole("to", tree), changes(tree)),
        ),
        Outcome::Stale { tree, command } => {
            let list = list(tree, ["stale", "missing", "orphaned"]);
            (list + &diffs(tree), verdict(tree, command))
        }
    };
    if let Outcome::Fresh(tree) | Outcome::Wrote(tree) | Outcome::DryRun(tree) = outcome
        && !tree.needed.is_empty()
    {
        let needed = tree.needed.join("\n  ");
        let _ = writeln!(
            summary,
            "the package that holds them needs these dependencies:\n  {needed}"
        );
    }
    Text { output, summary }
}

/// `5 files (412 kB) to src/generated`.
fn whole(preposition: &str, tree: &Tree) -> String {
    format!(
        "{} ({}) {preposition} {}",
        counted(tree.files, "file"),
        size(tree.bytes),
        tree.out.display()
    )
}

/// `2 changed, 1 new, 1 removed`, without those that are none.
fn changes(tree: &Tree) -> String {
    parts(tree, ["changed", "new", "removed"])
}

fn parts(tree: &Tree, words: [&str; 3]) -> String {
    let comparison = &tree.comparison;
    let counts = [
        comparison.stale.len(),
        comparison.missing.len(),
        comparison.orphaned.len(),
    ];
    let parts: Vec<String> = counts
        .into_iter()
        .zip(words)
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    parts.join(", ")
}

/// One line for each file that differs.
fn list(tree: &Tree, words: [&str; 3]) -> String {
    let [stale, missing, orphaned] = words;
    let comparison = &tree.comparison;
    let changed = comparison.stale.iter().map(|it| {
        let path = shown(tree, &it.path);
        let note = if it.crlf {
            " (its lines end with CRLF)"
        } else {
            ""
        };
        format!("{stale:<8}  {path}{note}\n")
    });
    let rest = [
        (missing, &comparison.missing),
        (orphaned, &comparison.orphaned),
    ];
    let rest = rest.into_iter().flat_map(|(word, paths)| {
        paths
            .iter()
            .map(move |path| format!("{word:<8}  {}\n", shown(tree, path)))
    });
    changed.chain(rest).collect()
}

/// The beginning of the diff of every stale file.
fn diffs(tree: &Tree) -> String {
    let mut text = String::new();
    let stale = tree.comparison.stale.iter();
    for Stale { path, diff, .. } in stale.filter(|it| !it.diff.lines.is_empty()) {
        let path = shown(tree, path);
        let _ = write!(text, "\n--- {path} (on disk)\n+++ {path} (generated)\n");
        for line in &diff.lines {
            let _ = writeln!(text, "{line}");
        }
        if diff.more > 0 {
            let _ = writeln!(text, "... {}", counted(diff.more, "more line"));
        }
    }
    text
}

/// The last lines of a check that failed.
fn verdict(tree: &Tree, command: &str) -> String {
    let out = tree.out.display();
    let counts = parts(tree, ["stale", "missing", "orphaned"]);
    let mut text = format!("not fresh: {out} is not what codegen generates: {counts}\n");
    if tree.comparison.stale.iter().any(|it| it.crlf) {
        text.push_str(
            "hint: Git has checked files out with CRLF; `.gitattributes` should say `eol=lf` for them\n",
        );
    }
    let _ = writeln!(text, "run `{command}` and commit what it writes");
    text
}

/// The path of a generated file for people.
fn shown(tree: &Tree, path: &str) -> String {
    tree.out.join(path).display().to_string()
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// A size in decimal units, rounded to the nearest.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => counted(bytes, "byte"),
        1_000..999_500 => format!("{} kB", (bytes + 500) / 1_000),
        _ => {
            let tenths = (bytes + 50_000) / 100_000;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

mod accepted;
#[cfg(test)]
mod tests;

pub use accepted::{accepted, to_do};
