//! Two runs at once.

use std::time::Duration;

use super::{place, scratch};
use crate::write::lock::Lock;

#[cfg(unix)]
#[test]
fn one_writer_keeps_everybody_out_and_readers_keep_writers_out() {
    let (_scratch, target) = scratch();
    let place = place(&target);
    let exclusive = || Lock::exclusive(&place, Duration::ZERO);
    let shared = || Lock::shared(&place, Duration::ZERO);

    let writer = exclusive().expect("the first lock");
    assert_eq!(exclusive().expect_err("busy").code, "write/busy");
    assert_eq!(shared().expect_err("busy").code, "write/busy");
    drop(writer);

    let _reader = shared().expect("a lock after the writer is gone");
    let other = shared().expect("a second reader");
    assert_eq!(exclusive().expect_err("busy").code, "write/busy");
    drop(other);
}

#[test]
fn a_patient_run_gets_its_turn() {
    let (_scratch, target) = scratch();
    let place = place(&target);
    std::thread::scope(|scope| {
        let writer = Lock::exclusive(&place, Duration::ZERO).expect("the first lock");
        let waiting = scope.spawn(|| Lock::exclusive(&place, Duration::from_secs(600)).is_ok());
        drop(writer);
        assert!(waiting.join().expect("a thread that ends"));
    });
}
