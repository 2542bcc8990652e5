//! The stages around the generator, and the look of findings; every finding of the first stages is shown to whoever reviews them.

use std::collections::BTreeSet;
use std::sync::Arc;

use xtask::finding::{Finding, Findings};
use xtask::report::{render, render_all};
use xtask::source::{Location, Source};

mod emit;
mod input;
mod load;
mod overlay;
mod runs;

/// Asserts that a report shows every code of a stage that occurs in the sources of the stage.
fn shows_every_code(report: &str, stage: &str, sources: &[&str]) {
    let prefix = format!("\"{stage}/");
    let codes: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| source.split(&prefix).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(!codes.is_empty());
    for code in codes {
        let shown = format!("[{stage}/{code}]");
        assert!(report.contains(&shown), "no example of {shown}");
    }
}

fn at(source: &Arc<Source>, line: usize, column: usize, width: usize) -> Location {
    Location {
        source: Arc::clone(source),
        line,
        column,
        width,
    }
}

/// Findings of every form: with and without a place, further places, odd characters.
fn findings() -> Findings {
    let text = "one: 1\ntwo: 2\n\tthree: 名前 x\none: 4\n";
    let source = Source::new("a.yaml", text);
    let long = Source::new("long.json", format!("[{}]", "\"é\", ".repeat(5_000)));
    let gone = Source::new("gone.bin", "");
    let mut findings = Findings::new();
    findings.extend([
        Finding::error("stage/two-places", "The key stands twice.", "Delete one.")
            .at(at(&source, 4, 1, 3))
            .related(at(&source, 1, 1, 3), "it stands here first")
            .related(at(&gone, 7, 1, 3), "never shown")
            .related(at(&long, 1, 20_002, 3), "and here"),
        Finding::warning(
            "stage/wide",
            "A mark behind\u{1b}[31m tabs\nand\u{202e} wide characters.",
            "Do\u{1b}[31m this.",
        )
        .at(at(&source, 3, 9, 2)),
        Finding::warning("stage/end", "A mark behind the end.", "Go back.")
            .at(at(&source, 3, 99, 9)),
        Finding::warning("stage/end", "A mark behind the file.", "Go back.")
            .at(at(&source, 99, 9, 9)),
        Finding::error("stage/long", "A line of 25 kB.", "Break the line.")
            .at(at(&long, 1, 1_002, 3)),
        Finding::error(
            "stage/long",
            "A line of 25 kB, far behind.",
            "Break the line.",
        )
        .at(at(&long, 1, 15_002, 3)),
        Finding::note("stage/file", "A whole file.", "Read it.").at(Location::whole_file(&source)),
        Finding::note("stage/text", "A place without text.", "Believe it.").at(at(&gone, 7, 3, 5)),
        Finding::note("stage/none", "No place.", "Think."),
        Finding::note("stage/none", "No place.", "Think."),
    ]);
    findings
}

#[test]
fn findings_of_every_form_have_a_look() {
    insta::assert_snapshot!(render(&findings(), false));
}

#[test]
fn color_changes_nothing_but_the_color() {
    let plain = render(&findings(), false);
    let colored = render(&findings(), true);
    assert!(!plain.contains('\u{1b}'));
    let mut parts = colored.split('\u{1b}');
    let mut stripped = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        stripped.push_str(part.split_once('m').unwrap().1);
    }
    assert_eq!(stripped, plain);
}

#[test]
fn no_findings_are_no_text() {
    assert_eq!(render(&Findings::new(), false), "");
}

#[test]
fn notes_of_one_kind_are_one_with_a_count_and_the_first_places() {
    let text: String = (1..=400).map(|line| format!("line: {line}\n")).collect();
    let source = Source::new("a.yaml", text);
    let note = |code, line| {
        Finding::note(code, format!("Note {line}."), "Read it.").at(at(&source, line, 1, 4))
    };
    let mut findings = Findings::new();
    findings.extend((1..=400).map(|line| note("stage/many", line)));
    findings.extend((1..=3).map(|line| note("stage/few", line)));
    findings.push(note("stage/one", 7));
    findings.push(Finding::error("stage/error", "An error.", "Mend it.").at(at(&source, 2, 1, 4)));
    insta::assert_snapshot!(render(&findings, false));
    let all = render_all(&findings, false);
    assert_eq!(all.matches("note[stage/").count(), 404);
    assert_eq!(all.lines().last(), Some("1 error, 404 notes"));
}

#[test]
fn a_finding_that_is_made_twice_is_counted_once() {
    let mut findings = Findings::new();
    for _ in 0..3 {
        findings.push(Finding::error("stage/same", "The same.", "Act."));
        findings.push(Finding::warning("stage/same", "The same.", "Act."));
    }
    findings.push(Finding::error("stage/other", "The same.", "Act."));
    let report = render(&findings, false);
    assert_eq!(report.lines().last(), Some("2 errors, 1 warning"));
    assert_eq!(report.matches("The same.").count(), 3);
}
