//! A child that is really killed, at instants that a seed decides.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{beside, on_disk, scratch, tree};
use crate::write::replace::replace_by;
use crate::write::steps::{self, Swap};
use crate::write::{compare, replace};

/// The variables by which the test executable learns that it is the child.
const TARGET: &str = "XTASK_TEST_WRITE_TARGET";
const SWAP: &str = "XTASK_TEST_WRITE_SWAP";

/// How often each way to swap is killed.
const KILLS: usize = 16;

/// Lets two trees take turns at the target, and says so after each turn.
fn take_turns(target: &Path, swap: Swap, turns: usize) {
    for turn in 0..turns {
        let name = if turn % 2 == 0 { "old" } else { "new" };
        replace_by(target, &tree(name), &[], swap, &mut steps::perform).expect("a replacement");
        println!("\nturn {turn}");
    }
}

/// In a child, this goes on until it is killed, or until nobody listens.
#[test]
fn two_trees_take_turns() {
    if let Some(target) = std::env::var_os(TARGET) {
        let renames = std::env::var_os(SWAP).is_some_and(|swap| swap == "renames");
        let swap = if renames {
            Swap::TwoRenames
        } else {
            Swap::Exchange
        };
        return take_turns(&PathBuf::from(target), swap, usize::MAX);
    }
    for swap in [Swap::Exchange, Swap::TwoRenames] {
        let (_scratch, target) = scratch();
        take_turns(&target, swap, 4);
        assert_eq!(on_disk(&target), Some(tree("new")), "{swap:?}");
    }
}

#[test]
fn a_kill_at_any_instant_leaves_a_whole_tree_and_the_next_run_recovers() {
    let mut random = Random(0x5eed);
    for (name, swap) in [("exchange", Swap::Exchange), ("renames", Swap::TwoRenames)] {
        let (_scratch, target) = scratch();
        for kill in 0..KILLS {
            kill_a_run(&target, name, &mut random);
            let context = format!("{name}, kill {kill}");
            let found = on_disk(&target);
            if swap == Swap::Exchange && cfg!(target_os = "linux") {
                assert!(found.is_some(), "{context}: there is no tree");
            }
            compare(&target, &tree("new")).expect(&context);
            let checked = on_disk(&target).expect(&context);
            let whole = checked == tree("old") || checked == tree("new");
            assert!(whole, "{context}: {checked:?}");
            assert!(found.is_none_or(|found| found == checked), "{context}");
            // Every other time the next child finds the leftovers itself.
            if kill % 2 == 0 {
                replace(&target, &tree("new")).expect(&context);
                assert_eq!(on_disk(&target), Some(tree("new")), "{context}");
                assert_eq!(beside(&target), [""; 0], "{context}");
            }
        }
    }
}

/// Starts a child that writes all the time, and kills it in the middle of some turn.
fn kill_a_run(target: &Path, swap: &str, random: &mut Random) {
    let mut child = Command::new(std::env::current_exe().expect("this executable"))
        .args([
            "--exact",
            "write::tests::killed::two_trees_take_turns",
            "--nocapture",
        ])
        .env(TARGET, target)
        .env(SWAP, swap)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let turn = wait_for_turns(&mut child, 1 + random.below(3));
    let instant = Duration::from_nanos(random.below(u64::try_from(turn.as_nanos()).unwrap_or(1)));
    let since = Instant::now();
    while since.elapsed() < instant {
        std::hint::spin_loop();
    }
    child.kill().expect("a child to kill");
    let status = child.wait().expect("the end of the child");
    assert_eq!(status.code(), None, "the child ended by itself: {status}");
}

/// Waits until the child has had some turns, and returns how long the last one took.
fn wait_for_turns(child: &mut Child, count: u64) -> Duration {
    let mut lines = BufReader::new(child.stdout.as_mut().expect("a pipe")).lines();
    let mut turn = Duration::ZERO;
    let mut since = Instant::now();
    for _ in 0..count {
        let found = lines
            .by_ref()
            .any(|line| line.expect("a line").starts_with("turn "));
        assert!(found, "the child ended by itself");
        turn = since.elapsed();
        since = Instant::now();
    }
    turn
}

/// A linear congruential generator: the same instants, as parts of a turn, in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        let Self(state) = self;
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) % limit.max(1)
    }
}
