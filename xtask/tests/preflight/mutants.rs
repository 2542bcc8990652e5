//! A good document with something changed at random: what preflight lets pass, progenitor must generate.

use xtask::finding::{Findings, Severity};
use xtask::generate_guard::attempt;
use xtask::preflight::{preflight, without_foreign_formats};
use xtask::source::Document;

use crate::fixture::{good, settings};
use crate::inspect::inspect;
use crate::mutate::{Random, change};

/// How many mutants a test run looks at.
const MUTANTS: u64 = 200;

#[test]
fn what_passes_preflight_generates() {
    let (_, store) = good()
        .into_iter()
        .find(|(name, _)| name == "store")
        .expect("the store");
    let mut passed = 0;
    for seed in 0..MUTANTS {
        let document = mutant(&store, seed);
        match outcome(&document) {
            Ok(generated) => passed += u64::from(generated),
            Err(words) => panic!("mutant {seed}: {words}\n{}", document.root),
        }
    }
    // Both kinds must be among them for this to say anything.
    assert!(
        passed > MUTANTS / 20 && passed < MUTANTS,
        "{passed} of {MUTANTS} passed"
    );
}

/// Whether the document passed preflight; `Err` if progenitor then failed on it.
pub(crate) fn outcome(document: &Document) -> Result<bool, String> {
    let mut findings = Findings::new();
    let document = without_foreign_formats(document.clone(), &mut findings);
    let Some(api) = preflight(&document, &mut findings) else {
        assert!(findings.has_errors());
        return Ok(false);
    };
    let tokens = attempt(&api, &settings()).map_err(|failure| format!("{failure:?}"))?;
    let file = syn::parse2(tokens).map_err(|error| error.to_string())?;
    let mut findings = Findings::new();
    inspect(&file, &document, &mut findings);
    if findings.count(Severity::Error) > 0 {
        Err(format!("{findings:?}"))
    } else {
        Ok(true)
    }
}

/// `document` with one to three things changed.
pub(crate) fn mutant(document: &Document, seed: u64) -> Document {
    let mut random = Random::new(seed);
    let mut mutant = document.clone();
    for _ in 0..=random.below(3) {
        change(&mut mutant.root, &mut random);
    }
    mutant
}
