//! Revisions of the committed document, forward and backward: what is said of each is what the generated code bears
//! out, and nothing that differs in it is left out.

use std::collections::BTreeMap;

use serde_json::Value;
use xtask::api::{Api, Facet, Item, Noun, Subject};
use xtask::config::Inputs;
use xtask::diff::{Diff, Effect, Side, diff, entry, of_files};
use xtask::finding::Findings;
use xtask::overlay::Mode;
use xtask::pipeline::{self as stages, Sources};
use xtask::report;
use xtask::source::Source;

use super::audit::{Atoms, audit};
use super::revisions::{Paths, REVISIONS, Revision, part};
use super::slices::Slice;
use crate::common::pipeline;

fn sources(Slice { document, overlay }: &Slice) -> Sources {
    Sources {
        document: Source::new("next.json", document.to_string()),
        overlay: Some(Source::new("overlay.yaml", overlay.to_string())),
    }
}

/// The generated files of sources, as one side of a comparison and as atoms, without what any document makes.
fn generated(sources: &Sources, inputs: &Inputs) -> (Side, Atoms) {
    let mut findings = Findings::new();
    let files = stages::files(sources, Mode::Lenient, &inputs.settings, &mut findings);
    let mut files = files.unwrap_or_else(|| panic!("{}", report::render(&findings, false)));
    files.retain(|path, text| {
        let is_committed = || {
            let committed = std::fs::read_to_string(inputs.out.join(path));
            committed.is_ok_and(|committed| code(&committed) == code(text))
        };
        !path.starts_with("runtime/") || !is_committed()
    });
    let side = of_files(sources, &files, &findings).expect("it is Rust");
    (side, Atoms::of(&files))
}

/// The text behind the header, which names the document.
fn code(text: &str) -> &str {
    text.split_once("\n\n").map_or(text, |(_, code)| code)
}

/// Parts of the committed inputs, made when they are first asked for, and what is generated from each.
struct Parts {
    inputs: Inputs,
    document: Value,
    overlay: Value,
    made: BTreeMap<Paths, (Slice, Side, Atoms)>,
}

impl Parts {
    fn new() -> Self {
        let overlay = pipeline::sources().overlay.expect("an overlay");
        let overlay = xtask::load::load(&overlay, &mut Findings::new());
        Self {
            inputs: pipeline::inputs(),
            document: pipeline::written().root,
            overlay: overlay.expect("it loads").root,
            made: BTreeMap::new(),
        }
    }

    /// The outcome before a revision, and after it.
    fn walk(&mut self, revision: &Revision) -> ((&Side, &Atoms), (Side, Atoms)) {
        let Self {
            inputs,
            document,
            overlay,
            made,
        } = self;
        let (slice, side, atoms) = made.entry(revision.paths).or_insert_with(|| {
            let slice = part(document, overlay, revision.paths);
            let (side, atoms) = generated(&sources(&slice), inputs);
            (slice, side, atoms)
        });
        let new = generated(&sources(&revision.revised(slice)), inputs);
        ((side, atoms), new)
    }
}

/// Every revision with what is said of it, there and back, and what is wrong with that.
fn walk() -> Vec<(Revision, [Diff; 2], Vec<String>)> {
    let mut parts = Parts::new();
    let one = |revision: Revision| {
        let ((base, atoms), (new, new_atoms)) = parts.walk(&revision);
        let diffs = [diff(base, &new), diff(&new, base)];
        let mut wrong = audit(atoms, &new_atoms, &diffs[0].changes);
        wrong.extend(audit(&new_atoms, atoms, &diffs[1].changes));
        let named = |line: String| format!("{}: {line}", revision.name);
        let wrong = wrong.into_iter().map(named).collect();
        (revision, diffs, wrong)
    };
    REVISIONS.into_iter().map(one).collect()
}

#[test]
fn every_statement_is_borne_out_and_no_difference_is_left_out() {
    let walked = walk();
    let wrong: Vec<&String> = walked.iter().flat_map(|(_, _, wrong)| wrong).collect();
    assert!(wrong.is_empty(), "{} of them:\n{wrong:#?}", wrong.len());
    let mut said = String::new();
    for (revision, [there, back], _) in &walked {
        said.push_str(&format!("{}\n", revision.name));
        for (way, found) in [("->", there), ("<-", back)] {
            let mut lines: Vec<String> = found.changes.iter().map(line).collect();
            lines.extend((lines.is_empty()).then(|| "nothing".to_owned()));
            lines.dedup();
            said.extend(lines.iter().map(|line| format!("  {way} {line}\n")));
            if let Some(entry) = entry(found, "2") {
                let notable = found
                    .changes
                    .iter()
                    .filter(|change| change.effect > Effect::Neutral);
                let told = entry.lines().count() - 1;
                assert!(told <= notable.count(), "{}: {entry}", revision.name);
            }
        }
    }
    insta::assert_snapshot!("walk", said);
}

fn line(change: &xtask::diff::Change) -> String {
    let of = format!("{:?}", change.subject);
    format!("{} {of} {}", change.effect.word(), change.message)
}

/// An audit that cannot fail would prove nothing.
#[test]
fn the_audit_finds_a_statement_that_is_false_and_a_difference_that_is_left_out() {
    let mut revisions = REVISIONS.into_iter();
    let revision = revisions.find(|it| it.name == "a query parameter is removed");
    let mut parts = Parts::new();
    let ((old, old_atoms), (new, new_atoms)) = parts.walk(&revision.expect("a revision"));
    let changes = diff(old, &new).changes;
    assert_eq!(audit(old_atoms, &new_atoms, &changes), Vec::<String>::new());
    let untold = audit(old_atoms, &new_atoms, &[]);
    assert!(
        untold.iter().any(|it| it.starts_with("untold")),
        "{untold:?}"
    );
    let falsehoods = audit(old_atoms, old_atoms, &changes);
    assert_eq!(falsehoods.len(), changes.len(), "{falsehoods:?}");

    // What is committed is read as what is generated, and nothing that callers need is missed.
    let inputs = pipeline::inputs();
    let committed = xtask::diff::committed(&inputs.out).expect("there is code");
    let mut findings = Findings::new();
    let whole = xtask::diff::generated(&pipeline::sources(), &inputs.settings, &mut findings);
    let whole = whole.expect("it generates");
    assert_eq!(diff(&committed, &whole).changes, []);
    let api = Api::read_directory(&inputs.out).expect("there is code");
    let operations = api.items.iter();
    let operations = operations.filter(|(subject, _)| matches!(subject, Subject::Operation(_)));
    let operations: Vec<(&Subject, &Item)> = operations.collect();
    assert!(operations.len() > 30, "{}", operations.len());
    let is_read = |item: &Item| {
        let send = item.parts.get(&(Noun::Send, "send".to_owned()));
        send.is_some_and(|send| send.get(&Facet::Success).is_some())
    };
    let unread = operations.iter().filter(|(_, item)| !is_read(item));
    let unread: Vec<&Subject> = unread.map(|(subject, _)| *subject).collect();
    assert_eq!(
        unread,
        [] as [&Subject; 0],
        "no builder was found for these"
    );
}
