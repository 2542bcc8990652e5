//! A child that tries mutants one after the other, and the parent that survives it.

use std::io::{BufRead as _, BufReader};
use std::ops::Range;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::compile::fingerprint;
use crate::subject::{Committed, Outcome};

/// After how long a mutant counts as one that never ends.
const PATIENCE: Duration = Duration::from_secs(120);

/// The outcome of one mutant.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Tried {
    pub(crate) seed: u64,
    /// The change to the document.
    pub(crate) kinds: Vec<String>,
    pub(crate) millis: u128,
    pub(crate) end: End,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) enum End {
    /// Files; two with the same fingerprint have the same code in them.
    Files(String),
    /// The codes of the errors.
    Findings(Vec<String>),
    Hole(String),
}

/// Tries the mutants of these seeds, and prints a line of JSON for each.
pub(crate) fn work(seeds: Range<u64>) {
    let committed = Committed::read();
    for seed in seeds {
        let mutant = committed.mutant(seed);
        let since = Instant::now();
        let outcome = mutant.outcome();
        let millis = since.elapsed().as_millis();
        let end = match outcome {
            Outcome::Files(files) => End::Files(fingerprint(&files)),
            Outcome::Findings(codes) => {
                End::Findings(codes.into_iter().map(str::to_owned).collect())
            }
            Outcome::Hole(words) => End::Hole(words),
        };
        let kinds = mutant
            .kinds
            .iter()
            .map(|kind| format!("{kind:?}"))
            .collect();
        let tried = Tried {
            seed,
            kinds,
            millis,
            end,
        };
        println!("{}", serde_json::to_string(&tried).expect("JSON"));
    }
}

/// Tries the mutants of these seeds in children; one that ends a child, or holds it up, is a hole.
pub(crate) fn try_all(seeds: Range<u64>) -> Vec<Tried> {
    let mut all = Vec::new();
    let mut next = seeds.start;
    while next < seeds.end {
        let (mut child, lines) = start(next..seeds.end);
        let cause = loop {
            match lines.recv_timeout(PATIENCE) {
                Ok(tried) => {
                    next = tried.seed + 1;
                    if let End::Hole(words) = &tried.end {
                        eprintln!("\nmutant {}: {words}", tried.seed);
                    }
                    all.push(tried);
                    crate::progress(&format!("{next} of {}", seeds.end));
                }
                Err(RecvTimeoutError::Timeout) => break "it does not end".to_owned(),
                Err(RecvTimeoutError::Disconnected) => break "it ended the process".to_owned(),
            }
        };
        let _ = child.kill();
        let _ = child.wait();
        if next < seeds.end {
            eprintln!("\nmutant {next}: {cause}");
            all.push(Tried {
                seed: next,
                kinds: Vec::new(),
                millis: 0,
                end: End::Hole(cause),
            });
            next += 1;
        }
    }
    eprintln!();
    all
}

fn start(seeds: Range<u64>) -> (Child, Receiver<Tried>) {
    let count = seeds.end - seeds.start;
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--worker", "--seed", &seeds.start.to_string()])
        .args(["--count", &count.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program once more");
    let output = child.stdout.take().expect("a pipe");
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let tried = serde_json::from_str(&line).expect("a line of the child");
            if sender.send(tried).is_err() {
                return;
            }
        }
    });
    (child, lines)
}
