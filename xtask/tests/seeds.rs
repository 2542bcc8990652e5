//! The inputs that the fuzzer found worth keeping, once more: see `xtask/fuzz`.

#[path = "../fuzz/fuzz_targets/subject.rs"]
mod subject;

use std::fs;
use std::path::Path;

#[test]
fn what_the_fuzzer_kept_ends_in_files_or_findings() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let mut count = 0;
    for entry in fs::read_dir(seeds).expect("the seeds") {
        let path = entry.expect("a seed").path();
        eprintln!("{}", path.display()); // The last one is the one that fails.
        subject::check(&fs::read(path).expect("a seed"));
        count += 1;
    }
    assert!(count > 20, "{count} seeds");
}
