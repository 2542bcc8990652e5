//! Our verdict on each kind of change is the one that was recorded.
//!
//! `cargo run -p qstash-benchmarks --example verdicts` asks the judges again.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde_json::Value;
use xtask::diff::{Effect, Kind, Side, diff};
use xtask::source::Source;

use super::kinds::{self, BASE, kinds};
use super::side_of;

/// The recorded statements of the judges.
const RECORDED: &str = include_str!("../data/diff/verdicts.json");

/// Every kind with its two sides, generated once for all tests.
static SIDES: LazyLock<Vec<(kinds::Kind, Side, Side)>> = LazyLock::new(|| {
    let mut olds: HashMap<String, Side> = HashMap::new();
    let sides = kinds().into_iter().map(|kind| {
        let old = olds.entry(kind.old.text.clone());
        let old = old.or_insert_with(|| side_of(&kind.old)).clone();
        let new = side_of(&kind.new);
        (kind, old, new)
    });
    sides.collect()
});

fn word(effect: Option<Effect>) -> &'static str {
    effect.map_or("nothing", Effect::word)
}

#[test]
fn our_verdict_is_that_of_the_judges() {
    let recorded: Vec<Value> = serde_json::from_str(RECORDED).unwrap();
    let names = |row: &Value| row["name"].as_str().unwrap().to_owned();
    let judged: Vec<String> = recorded.iter().map(names).collect();
    let asked: Vec<&str> = SIDES.iter().map(|(kind, ..)| kind.name.as_str()).collect();
    assert_eq!(judged, asked, "the judges have to be asked again");

    let mut wrong = Vec::new();
    for ((kind, old, new), row) in SIDES.iter().zip(&recorded) {
        let found = diff(old, new);
        let ours = word(found.effect());
        // The judges see no documentation.
        let ours_for_them = if ours == "nothing" { "neutral" } else { ours };
        let theirs = row["verdict"].as_str().unwrap();
        let agreed = kind.ours.as_ref().map_or(theirs, |(ours, _)| ours.as_str());
        if ours_for_them != agreed {
            let changes = found.changes.iter();
            let changes: Vec<_> = changes
                .map(|change| (change.kind, &change.message))
                .collect();
            wrong.push(format!("{}: {ours}, not {agreed}: {changes:#?}", kind.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A statement that differs from the judges' has a reason, and is a disagreement indeed.
#[test]
fn a_disagreement_is_one() {
    let recorded: Vec<Value> = serde_json::from_str(RECORDED).unwrap();
    for ((kind, ..), row) in SIDES.iter().zip(&recorded) {
        if let Some((ours, reason)) = &kind.ours {
            assert_ne!(ours, row["verdict"].as_str().unwrap(), "{}", kind.name);
            assert!(!reason.is_empty(), "{}", kind.name);
        }
    }
}

/// Additions one way are removals the other way, and every other change is one both ways.
#[test]
fn the_other_way_round_a_change_is_its_opposite() {
    for (kind, old, new) in SIDES.iter() {
        let there = diff(old, new).changes;
        let back = diff(new, old).changes;
        assert_eq!(there.len(), back.len(), "{}", kind.name);
        for change in &there {
            let mirrored = back.iter().any(|other| {
                (&other.subject, &other.member) == (&change.subject, &change.member)
                    && (&other.old, &other.new) == (&change.new, &change.old)
                    && other.position == change.position
            });
            let renamed = change.kind == Kind::OperationRenamed || kind.name.contains("renamed");
            assert!(mirrored || renamed, "{}: {change:?}", kind.name);
        }
    }
}

/// Every kind of change is among the examples but those that say of themselves why not.
#[test]
fn every_kind_of_change_has_an_example() {
    let mut seen: BTreeSet<Kind> = BTreeSet::new();
    for (_, old, new) in SIDES.iter() {
        for found in [diff(old, new), diff(new, old)] {
            seen.extend(found.changes.iter().map(|change| change.kind));
        }
    }
    let missing: Vec<&str> = Kind::ALL
        .iter()
        .filter(|kind| !seen.contains(kind))
        .map(|kind| kind.word())
        .collect();
    // What no document brings about as things are, and the nets below all others.
    let nets = [
        "code-added",
        "code-changed",
        "table-changed",
        "values-changed",
    ];
    let unjudged = unjudged();
    let judged_by_us = unjudged.iter().map(|(kind, ..)| kind.word());
    let mut known: Vec<&str> = judged_by_us.filter(|word| !nets.contains(word)).collect();
    known.sort_unstable();
    let mut missing = missing;
    missing.retain(|word| !nets.contains(word));
    missing.sort_unstable();
    assert_eq!(missing, known);
}

/// The values of the enum of the base.
const ORDER: &str = "      type: string\n      enum: [oldest, newest]\n";

/// The name of an operation of the base.
const NAME: &str = "operationId: list_pets\n";

/// The version in the base.
const VERSION: &str = "  version: 1.0.0\n";

/// Kinds that the judges have not been asked about: each with a part of the base, and what it is before and after.
fn unjudged() -> [(Kind, &'static str, [&'static str; 2]); 9] {
    let enums = |before, after| (ORDER, [before, after]);
    let filter = "operationId: list_pets\n      x-needs-filter: {}\n";
    let narrow = "operationId: list_pets\n      x-needs-filter: { except: [owner] }\n";
    let server = "  version: 1.0.0\nservers: [{ url: 'https://{a}', variables: { a: { default: b, enum: [b, c] } } }]\n";
    let other = "  version: 1.0.0\nservers: [{ url: 'https://b' }]\n";
    let kinds = [
        (Kind::FilterChanged, (NAME, [NAME, filter])),
        (Kind::FilterAdded, (NAME, [narrow, filter])),
        (
            Kind::TypeReshaped,
            enums(ORDER, "      type: string\n      pattern: '^[a-z]+$'\n"),
        ),
        (Kind::TypeRenamed, ("Problem", ["Problem", "Trouble"])),
        (
            Kind::VariantTypeChanged,
            enums(
                "      oneOf: [{ title: A, type: string }, { title: B, type: integer }]\n",
                "      oneOf: [{ title: A, type: string }, { title: B, type: boolean }]\n",
            ),
        ),
        (
            Kind::VariantSentOtherwise,
            enums(ORDER, "      type: string\n      enum: [OLDEST, newest]\n"),
        ),
        (Kind::ServerAdded, (VERSION, [other, server])),
        (Kind::ServerRemoved, (VERSION, [server, other])),
        (
            Kind::VersionChanged,
            (VERSION, [VERSION, "  version: 2.0.0\n"]),
        ),
    ];
    kinds.map(|(kind, (part, sides))| (kind, part, sides))
}

#[test]
fn a_kind_that_nobody_has_judged_is_found_all_the_same() {
    for (kind, part, [before, after]) in unjudged() {
        assert!(BASE.contains(part), "{part}");
        let side = |text: &str| side_of(&Source::new("pets.yaml", BASE.replace(part, text)));
        let found = diff(&side(before), &side(after));
        let kinds: Vec<Kind> = found.changes.iter().map(|change| change.kind).collect();
        assert!(kinds.contains(&kind), "{}: {kinds:?}", kind.word());
    }
}
