//! The figures.

use std::collections::BTreeMap;

use crate::worker::{End, Tried};

/// Prints what became of the mutants, and returns how many holes there are.
pub(crate) fn print(tried: &[Tried]) -> usize {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut ends = [0; 3];
    for mutant in tried {
        let column = match &mutant.end {
            End::Files(_) => 0,
            End::Findings(_) => 1,
            End::Hole(_) => 2,
        };
        ends[column] += 1;
        for kind in &mutant.kinds {
            kinds.entry(kind).or_default()[column] += 1;
        }
        if let End::Findings(found) = &mutant.end {
            for code in found {
                *codes.entry(code).or_default() += 1;
            }
        }
    }
    let [files, findings, holes] = ends;
    println!(
        "{} mutants: {files} files, {findings} findings, {holes} holes",
        tried.len()
    );
    println!("\nchange       files  findings  holes");
    for (kind, [files, findings, holes]) in kinds {
        println!("{kind:<10} {files:>7} {findings:>9} {holes:>6}");
    }
    println!("\nmutants with a finding of this code");
    let mut codes: Vec<_> = codes.into_iter().collect();
    codes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (code, count) in codes {
        println!("{count:>6}  {code}");
    }
    times(tried);
    for mutant in tried {
        if let End::Hole(words) = &mutant.end {
            println!("hole: mutant {} {:?}: {words}", mutant.seed, mutant.kinds);
        }
    }
    holes
}

fn times(tried: &[Tried]) {
    let mut times: Vec<_> = tried
        .iter()
        .map(|mutant| (mutant.millis, mutant.seed))
        .collect();
    times.sort_unstable();
    if let (Some((median, _)), Some((most, seed))) = (times.get(times.len() / 2), times.last()) {
        println!("\ntime: median {median} ms, slowest {most} ms (mutant {seed})");
    }
}
