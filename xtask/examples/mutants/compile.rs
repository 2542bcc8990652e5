//! The code that comes out of mutants, compiled.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use xtask::write::Files;

use crate::scratch;
use crate::subject::{Committed, Outcome};
use crate::worker::{End, Tried};

/// A digest of the files without their comments.
pub(crate) fn fingerprint(files: &Files) -> String {
    let mut hash = DefaultHasher::new();
    for (path, text) in files {
        path.hash(&mut hash);
        for line in text.lines().map(str::trim_start) {
            if !line.starts_with("//") {
                line.hash(&mut hash);
            }
        }
    }
    format!("{:016x}", hash.finish())
}

/// Compiles at most `most` different outputs, `batch` at a time, and returns how many do not compile.
pub(crate) fn compile(tried: &[Tried], most: usize, batch: usize) -> usize {
    let mut seen = HashSet::new();
    let different: Vec<u64> = tried
        .iter()
        .filter_map(|mutant| match &mutant.end {
            End::Files(code) if seen.insert(code) => Some(mutant.seed),
            _ => None,
        })
        .collect();
    let chosen = &different[..most.min(different.len())];
    let mut holes = 0;
    let mut compiled = 0;
    let committed = Committed::read();
    for seeds in chosen.chunks(batch.max(1)) {
        let modules: Vec<(String, Files)> = seeds
            .iter()
            .filter_map(|seed| match committed.mutant(*seed).bare_outcome() {
                Outcome::Files(files) => Some((format!("mutant_{seed}"), files)),
                other => {
                    println!("mutant {seed} with other settings: {other:?}");
                    holes += 1;
                    None
                }
            })
            .collect();
        let modules: Vec<(&str, Files)> = modules
            .iter()
            .map(|(name, files)| (name.as_str(), files.clone()))
            .collect();
        if let Err(words) = scratch::compile(
            &crate::manifest::manifest(&xtask::dependencies::all()),
            &modules,
        ) {
            holes += faulty(&modules, &words);
        }
        compiled += modules.len();
        crate::progress(&format!("{compiled} of {} compiled", chosen.len()));
    }
    println!(
        "\n{} different outputs, {compiled} compiled",
        different.len()
    );
    holes
}

/// Names the modules that the compiler complains about, with the complaints.
fn faulty(modules: &[(&str, Files)], words: &str) -> usize {
    let mut count = 0;
    for complaint in words.split("\n\n") {
        let named = modules
            .iter()
            .find(|(name, _)| complaint.contains(&format!("src/{name}/")));
        if let Some((name, _)) = named {
            count += 1;
            println!("hole: {name} does not compile: {complaint}\n");
        }
    }
    if count == 0 {
        println!("hole: the compiler does not say where: {words}");
    }
    count.max(1)
}
