//! The command killed at instants that a seed decides: each file is the old or the new one, in order, and
//! the same command finishes what was begun.
//!
//! A test run kills a few times. With `KILLS` it kills that often, and prints how the runs ended:
//!
//! `KILLS=200 cargo test --release -p xtask --test command accept::kills -- --nocapture`

use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant};

use super::world::{WRITTEN, World, assert_success};
use crate::random::Random;

/// The number of kills in a test run.
const FEW: usize = 12;

/// The seed of the instants.
const SEED: u64 = 0xacce;

#[test]
fn a_kill_at_any_instant_is_healed_by_the_same_command() {
    let world = World::new();
    let old = WRITTEN.map(|name| world.below(name));
    let untouched = world.below("api/overlay.yaml");
    let limits = limits(&world);
    let new = WRITTEN.map(|name| world.below(name));
    assert!((0..3).all(|at| old[at] != new[at]));

    let mut random = Random::new(SEED);
    let mut ends = [0; 4];
    let world = World::new();
    for kill in 0..kills() {
        let context = format!("kill {kill}");
        kill_one(&world, kill, limits, &mut random);
        let found = found(&world);
        let is_new = [0, 1, 2].map(|at| found[at] == new[at]);
        for at in [0, 1, 2] {
            assert!(
                is_new[at] || found[at] == old[at],
                "{context}: {}",
                WRITTEN[at]
            );
        }
        // What takes its place first is new if anything is.
        assert!(
            is_new.is_sorted_by(|one, next| one >= next),
            "{context}: {is_new:?}"
        );
        ends[is_new.iter().filter(|new| **new).count()] += 1;
        if is_new[0] || kill % 3 == 0 {
            assert_success(&world.accept(&[]));
            assert_eq!(WRITTEN.map(|name| world.below(name)), new, "{context}");
            assert_eq!(world.hidden(), Vec::<PathBuf>::new(), "{context}");
            reset(&world, &old);
        }
    }
    println!(
        "a run takes {:?}, of which {:?} are writing",
        limits[0], limits[1]
    );
    println!("kills after which none, one, two or all of the three were new: {ends:?}");
    assert!(ends[0] > 0, "{ends:?}");
    assert_eq!(world.below("api/overlay.yaml"), untouched);
}

/// The files of a killed run; for an instant of it the old tree has another name.
fn found(world: &World) -> [Vec<(PathBuf, Vec<u8>)>; 3] {
    let [tree, beside] = ["src/generated", "src/.generated.codegen-old"].map(|it| world.path(it));
    if !tree.exists() {
        std::fs::rename(beside, tree).expect("the old tree");
    }
    WRITTEN.map(|name| world.below(name))
}

fn kills() -> usize {
    let Some(kills) = std::env::var_os("KILLS") else {
        return FEW;
    };
    let kills = kills.to_str().and_then(|kills| kills.parse().ok());
    kills.expect("KILLS is a number")
}

/// Starts a run and kills it somewhere. Every other kill is aimed at the writing, a small part of a run, and
/// the first one comes at once, so that not all of them can be too late.
fn kill_one(world: &World, kill: usize, [whole, writing]: [Duration; 2], random: &mut Random) {
    let mut child = world.start();
    let mut began = Instant::now();
    let limit = match kill {
        0 => Duration::ZERO,
        kill if kill % 2 == 1 => {
            began = wait_for_writing(world, &mut child);
            writing
        }
        _ => whole,
    };
    let nanoseconds = usize::try_from(limit.as_nanos()).expect("a short time");
    let instant = Duration::from_nanos(random.below(nanoseconds) as u64);
    std::thread::sleep(instant.saturating_sub(began.elapsed()));
    child.kill().expect("a child to kill");
    child.wait().expect("the end of the child");
}

/// The duration of a run, and that of its writing.
fn limits(world: &World) -> [Duration; 2] {
    let since = Instant::now();
    let mut child = world.start();
    let began = wait_for_writing(world, &mut child);
    assert_success(&child.wait_with_output().expect("the end of the child"));
    [since.elapsed(), began.elapsed()]
}

/// Waits until the child has begun to write, or has ended.
fn wait_for_writing(world: &World, child: &mut Child) -> Instant {
    let before = world.hidden();
    while child.try_wait().expect("a child").is_none() && world.hidden() == before {
        // A moment of a core that the child may need.
        std::thread::sleep(Duration::from_micros(100));
    }
    Instant::now()
}

/// Puts the files back to what they were.
fn reset(world: &World, old: &[Vec<(PathBuf, Vec<u8>)>; 3]) {
    for (path, bytes) in old.iter().flatten() {
        world.plant(&path.to_string_lossy(), bytes);
    }
    assert_success(&world.codegen(&[]));
    assert_eq!(&WRITTEN.map(|name| world.below(name)), old);
}
