//! A revision that has been taken in, as text.

use std::fmt::Write as _;

use super::{Text, render};
use crate::accept::{Accepted, Entry, Mention};
use crate::cli::Outcome;
use crate::diff;
use crate::finding::Finding;

/// The text of a revision that has been taken in, or would be.
#[must_use]
pub fn accepted(accepted: &Accepted) -> Text {
    let tree = accepted.tree.clone();
    let is_fresh = tree.comparison.is_fresh();
    let tree = render(&match (accepted.dry_run, is_fresh) {
        (true, _) => Outcome::DryRun(tree),
        (false, true) => Outcome::Fresh(tree),
        (false, false) => Outcome::Wrote(tree),
    });
    let mut output = String::new();
    if !accepted.changes_nothing() {
        output.push_str(&diff::text(&accepted.diff));
    }
    output.push_str(&to_do(accepted));
    if accepted.dry_run && !tree.output.is_empty() {
        let _ = write!(output, "\n{}", tree.output);
    }
    Text {
        output,
        summary: format!("{}{}", summary(accepted), tree.summary) + &next(accepted),
    }
}

/// The work that a revision leaves to people: sentences, and files that speak of what is gone.
#[must_use]
pub fn to_do(accepted: &Accepted) -> String {
    let mut output = String::new();
    wanted(&mut output, &accepted.wanted);
    dropped(&mut output, &accepted.dropped);
    mentions(&mut output, &accepted.mentions);
    output
}

fn mentions(output: &mut String, mentions: &[Mention]) {
    let is_snapshot = |it: &&Mention| it.path.extension().is_some_and(|ending| ending == "snap");
    let (snapshots, others): (Vec<_>, Vec<_>) = mentions.iter().partition(is_snapshot);
    let lists = [
        ("files that speak of what is gone: edit them", others),
        ("snapshots of what has changed: update them", snapshots),
    ];
    for (heading, files) in lists {
        if !files.is_empty() {
            let _ = write!(output, "\n{heading}\n");
        }
        for file in files {
            let line = file.names.values().min().copied().unwrap_or(1);
            let names: Vec<&str> = file.names.keys().map(String::as_str).collect();
            let place = format!("{}:{line}", file.path.display());
            let _ = writeln!(
                output,
                "  {}: {}",
                diff::safe(&place),
                diff::safe(&names.join(", "))
            );
        }
    }
}

fn wanted(output: &mut String, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    output.push_str(
        "\nsentences that are new and ours to write: the vendor has one here, which was not copied\n",
    );
    for finding in findings {
        // Writing to a string does not fail.
        let _ = writeln!(output, "  {}", diff::safe(&finding.message));
        if let Some(place) = &finding.location {
            let _ = writeln!(output, "             {}", diff::safe(&place.to_string()));
        }
        for (place, what) in &finding.related {
            let place = diff::safe(&place.to_string());
            let _ = writeln!(output, "             {place} ({what})");
        }
    }
}

fn dropped(output: &mut String, findings: &[(Finding, String)]) {
    if findings.is_empty() {
        return;
    }
    output.push_str("\nsentences of ours that have lost their place: move those that still hold\n");
    for (finding, sentence) in findings {
        let _ = writeln!(output, "  {}", diff::safe(&finding.message));
        if let Some(place) = &finding.location {
            let _ = writeln!(output, "             {}", diff::safe(&place.to_string()));
        }
        for line in sentence.lines() {
            let line = format!("             | {}", diff::safe(line));
            let _ = writeln!(output, "{}", line.trim_end());
        }
    }
}

/// The outcome for the document and the changelog, a line for each.
fn summary(accepted: &Accepted) -> String {
    if accepted.changes_nothing() {
        let document = accepted.document.display();
        return format!(
            "nothing has changed: {document} says what {} says\n",
            accepted.revision
        );
    }
    let wrote = if accepted.dry_run {
        "would write"
    } else {
        "wrote"
    };
    let document = accepted.document.display();
    let revision = &accepted.revision;
    let mut summary = if accepted.document_changes {
        format!("{wrote} {document}: {revision} with our sentences\n")
    } else {
        format!("unchanged: {document} says already what {revision} says\n")
    };
    if let Some((path, entry)) = &accepted.changelog {
        let path = path.display();
        let line = match entry {
            Entry::Written => format!("{wrote} {path}: an entry below \"Unreleased\"\n"),
            Entry::Already => format!("unchanged: {path} has the entry already\n"),
            Entry::Nothing => format!("unchanged: {path} needs no entry: callers notice nothing\n"),
        };
        summary.push_str(&line);
    }
    summary
}

/// The next step.
fn next(accepted: &Accepted) -> String {
    if accepted.changes_nothing() || accepted.dry_run {
        return String::new();
    }
    "run `INSTA_UPDATE=always cargo test`, then read `git diff`\n".to_owned()
}
