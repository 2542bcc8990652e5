//! The table: progenitor beside us, for each fixture.

use std::env;
use std::fmt::Write as _;
use std::process::Command;

use xtask::finding::{Findings, Severity};
use xtask::generate_guard::Failure;
use xtask::preflight::preflight;

use crate::fixture::{Claim, Fixture, fixtures};

/// Names the fixture to run progenitor on, in a process that may die of it.
const VICTIM: &str = "PREFLIGHT_TEST_VICTIM";

#[test]
fn preflight_says_what_progenitor_does_wrong() {
    let mut table = String::new();
    let mut untrue = Vec::new();
    for fixture in fixtures() {
        let mut findings = Findings::new();
        let passed = preflight(&fixture.document, &mut findings).is_some();
        assert_eq!(passed, !findings.has_errors(), "{}", fixture.name);
        let own = fixture.code();
        assert!(
            findings.codes().contains(&own.as_str()),
            "{}: {findings:#?}",
            fixture.name
        );
        match proven(&fixture) {
            Ok(did) => {
                let _ = writeln!(table, "{}\n  progenitor {did}", fixture.name);
            }
            Err(words) => untrue.push(words),
        }
        for finding in &findings {
            assert!(
                finding.severity > Severity::Note,
                "{}: {finding:#?}",
                fixture.name
            );
            let place = finding.location.as_ref().expect("a place").to_string();
            let _ = writeln!(
                table,
                "  {}[{}] {place}: {}",
                finding.severity, finding.code, finding.message
            );
            let _ = writeln!(table, "    next: {}", finding.next);
            for (place, what) in &finding.related {
                let _ = writeln!(table, "    {place}: {what}");
            }
        }
        table.push('\n');
    }
    assert!(untrue.is_empty(), "{untrue:#?}");
    insta::assert_snapshot!(table);
}

/// What progenitor does, as the fixture claims it, once that is seen to be true.
fn proven(fixture: &Fixture) -> Result<String, String> {
    if fixture.claim == Claim::Overflows {
        return Ok("overflows the stack".to_owned()); // In a process of its own: the test below.
    }
    let has = |made: &str, code: &str| bare(made).contains(&bare(code));
    match (&fixture.claim, fixture.generate()) {
        (Claim::Refuses, Err(failure @ Failure::Refused(_))) => {
            Ok(format!("refuses: {}", brief(&failure)))
        }
        (Claim::Panics, Err(failure @ Failure::Panicked(_))) => {
            Ok(format!("panics: {}", brief(&failure)))
        }
        (Claim::IsTooDeep, Ok(_)) => Ok("makes code too deep for the compiler".to_owned()),
        (Claim::DoesNotCompile, Ok(_)) => Ok("makes code that does not compile".to_owned()),
        (Claim::Makes(code), Ok(made)) if has(&made, code) => Ok(format!("makes `{code}`")),
        (Claim::LeavesOut(code), Ok(made)) if !has(&made, code) => {
            Ok(format!("leaves out `{code}`"))
        }
        (claim, Ok(_)) => Err(format!(
            "{}: claimed {claim:?}, made other code",
            fixture.name
        )),
        (claim, Err(failure)) => Err(format!(
            "{}: claimed {claim:?}, did {failure:?}",
            fixture.name
        )),
    }
}

fn bare(code: &str) -> String {
    code.split_whitespace().collect()
}

fn brief(failure: &Failure) -> String {
    let message = failure.message();
    let start: String = message.chars().take(100).collect();
    if start.len() < message.len() {
        format!("{start} …")
    } else {
        start
    }
}

#[test]
fn progenitor_overflows_the_stack_where_preflight_reports_a_circle() {
    let fixtures = fixtures();
    let victims = || {
        fixtures
            .iter()
            .filter(|fixture| fixture.claim == Claim::Overflows)
    };
    if let Ok(victim) = env::var(VICTIM) {
        let fixture = victims()
            .find(|fixture| fixture.name == victim)
            .expect("the victim");
        panic!("{victim}: {:?}", fixture.generate().map(|_| "code"));
    }
    for fixture in victims() {
        let output = Command::new(env::current_exe().expect("this test"))
            .args([
                "--exact",
                "table::progenitor_overflows_the_stack_where_preflight_reports_a_circle",
            ])
            .env(VICTIM, &fixture.name)
            .output()
            .expect("this test once more");
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            words.contains("has overflowed its stack"),
            "{}: {words}",
            fixture.name
        );
    }
}

/// Every code that preflight can report has a fixture: the sources are searched for them.
#[test]
fn every_code_has_a_fixture() {
    let mut codes = Vec::new();
    let mut pending = vec![concat!(env!("CARGO_MANIFEST_DIR"), "/src/preflight").into()];
    while let Some(path) = pending.pop() {
        let path: std::path::PathBuf = path;
        if path.is_dir() {
            pending.extend(
                path.read_dir()
                    .expect("sources")
                    .map(|entry| entry.expect("a source").path()),
            );
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        for (_, rest) in text
            .match_indices("\"preflight/")
            .map(|(at, found)| text.split_at(at + found.len()))
        {
            codes.push(format!(
                "preflight/{}",
                rest.split('"').next().unwrap_or_default()
            ));
        }
    }
    codes.sort();
    codes.dedup();
    let mut covered: Vec<_> = fixtures().iter().map(Fixture::code).collect();
    covered.push("preflight/left-to-the-service".to_owned()); // A note: see `good`.
    covered.sort();
    covered.dedup();
    assert_eq!(codes, covered);
}
