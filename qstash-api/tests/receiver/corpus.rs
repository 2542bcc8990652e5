//! The inputs that the fuzz target has found to be worth keeping, once more.

#[path = "../../fuzz/fuzz_targets/check.rs"]
mod check;

use std::fs;
use std::path::Path;

/// Each of them takes a way through the receiver that none of the others takes.
#[test]
fn the_corpus_of_the_fuzz_target_still_holds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/verify");
    let mut answers = [0, 0];
    for entry in fs::read_dir(corpus).unwrap() {
        let input = fs::read(entry.unwrap().path()).unwrap();
        answers[usize::from(check::check(&input))] += 1;
    }
    let [refused, accepted] = answers;
    assert!(refused > 10 && accepted > 2, "{answers:?}");
}
