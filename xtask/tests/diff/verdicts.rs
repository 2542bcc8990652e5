//! Our verdict on each kind of change is the one that was recorded.
//!
//! `cargo run -p qstash-benchmarks --example verdicts` asks the judges again.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde_json::Value;
use xtask::diff::{Effect, Kind, Side, diff};
use xtask::source::Source;

use super::digested;
use super::kinds::{self, BASE, kinds};

/// What the judges have said.
const RECORDED: &str = include_str!("../data/diff/verdicts.json");

/// Every kind with its two sides, digested once for all tests.
static SIDES: LazyLock<Vec<(kinds::Kind, Side, Side)>> = LazyLock::new(|| {
    let mut olds: HashMap<String, Side> = HashMap::new();
    let sides = kinds().into_iter().map(|kind| {
        let old = olds.entry(kind.old.text.clone());
        let old = old.or_insert_with(|| digested(&kind.old)).clone();
        let new = digested(&kind.new);
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

/// Where we say something else than the judges, there is a reason, and it is a disagreement indeed.
#[test]
fn a_disagreement_is_one() {
    let recorded: Vec<Value> = serde_json::from_str(RECORDED).unwrap();
    for ((kind, ..), row) in SIDES.iter().zip(&recorded) {
        if let Some((ours, because)) = &kind.ours {
            assert_ne!(ours, row["verdict"].as_str().unwrap(), "{}", kind.name);
            assert!(!because.is_empty(), "{}", kind.name);
        }
    }
}

/// What is added one way is removed the other way, and whatever else has changed has changed both ways.
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
    // The net below all others, which nothing is to fall into.
    let unjudged = unjudged();
    let unjudged = unjudged.iter().map(|(kind, _, _)| kind.word());
    let known: Vec<&str> = unjudged.chain(["code-changed"]).collect();
    assert_eq!(missing, known);
}

/// What the enum of the base is made of.
const ORDER: &str = "      type: string\n      enum: [oldest, newest]\n";

/// Kinds that the judges have not been asked about: each with what the enum of the base is made of before
/// and after.
fn unjudged() -> [(Kind, &'static str, &'static str); 5] {
    [
        (
            Kind::FilterChanged,
            ORDER,
            // Any schema will do; the operation changes, see below.
            ORDER,
        ),
        (
            Kind::TypeReshaped,
            ORDER,
            "      type: string\n      pattern: '^[a-z]+$'\n",
        ),
        (
            Kind::VariantTypeChanged,
            "      oneOf: [{ title: A, type: string }, { title: B, type: integer }]\n",
            "      oneOf: [{ title: A, type: string }, { title: B, type: boolean }]\n",
        ),
        (
            Kind::VariantSentOtherwise,
            ORDER,
            "      type: string\n      enum: [OLDEST, newest]\n",
        ),
        (
            Kind::ValuesChanged,
            "      type: string\n      maxLength: 7\n",
            "      type: string\n      maxLength: 8\n",
        ),
    ]
}

#[test]
fn a_kind_that_nobody_has_judged_is_found_all_the_same() {
    assert!(BASE.contains(ORDER));
    for (kind, from, to) in unjudged() {
        let source = |text: String| digested(&Source::new("pets.yaml", text));
        let old = BASE.replace(ORDER, from);
        let mut new = BASE.replace(ORDER, to);
        if kind == Kind::FilterChanged {
            let id = "operationId: list_pets\n";
            new = new.replace(id, &format!("{id}      x-needs-filter: [owner]\n"));
        }
        let found = diff(&source(old), &source(new));
        let kinds: Vec<Kind> = found.changes.iter().map(|change| change.kind).collect();
        assert!(kinds.contains(&kind), "{}: {kinds:?}", kind.word());
    }
}
