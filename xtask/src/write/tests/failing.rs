//! Runs in which a step fails.

use std::io::{self, ErrorKind, Write as _};

use super::{beside, for_people, on_disk, plant, scratch, tree};
use crate::write::Files;
use crate::write::replace::replace_by;
use crate::write::steps::{self, Step, Swap};

/// Performs steps until the one with this number, which fails, after half of the file if it is one.
fn failing_at(number: usize, kind: ErrorKind) -> impl FnMut(&Step<'_>) -> io::Result<()> {
    let mut count = 0;
    move |step| {
        count += 1;
        if count <= number {
            return steps::perform(step);
        }
        if let Step::WriteFile(path, text) = step {
            let (half, _) = text.split_at(text.len() / 2);
            std::fs::File::create_new(path)?.write_all(half.as_bytes())?;
        }
        Err(kind.into())
    }
}

#[test]
fn whichever_step_fails_the_old_tree_or_none_is_there_until_the_new_one_is() {
    for (swap, old) in [
        (Swap::First, None),
        (Swap::Exchange, Some(tree("old"))),
        (Swap::TwoRenames, Some(tree("old"))),
    ] {
        let mut unsettled = 0;
        for number in 0.. {
            let (_scratch, target) = scratch();
            plant(&target, old.as_ref().unwrap_or(&Files::new()));
            let mut perform = failing_at(number, ErrorKind::StorageFull);
            let result = replace_by(&target, &tree("new"), &[], swap, &mut perform);
            let context = format!("{swap:?}, failure after {number} steps");
            assert_eq!(beside(&target), [""; 0], "{context}");
            let found = on_disk(&target);
            match result {
                Err(finding) => {
                    assert_eq!(finding.code, "write/no-space", "{context}");
                    assert_eq!(found, old, "{context}");
                    assert_eq!(unsettled, 0, "{context}");
                }
                Ok(done) => {
                    assert_eq!(found, Some(tree("new")), "{context}");
                    let Some(warning) = done.warning else { break };
                    assert_eq!(warning.code, "write/unsettled", "{context}");
                    unsettled += 1;
                }
            }
        }
        let expected = if swap == Swap::TwoRenames { 2 } else { 1 };
        assert_eq!(unsettled, expected, "steps after the swap with {swap:?}");
    }
}

#[test]
fn where_directories_cannot_be_exchanged_two_renames_do_it() {
    let (_scratch, target) = scratch();
    plant(&target, &tree("old"));
    let mut renames = 0;
    let mut perform = |step: &Step<'_>| match step {
        Step::Exchange(..) => Err(ErrorKind::Unsupported.into()),
        Step::Rename(..) => {
            renames += 1;
            steps::perform(step)
        }
        _ => steps::perform(step),
    };
    replace_by(&target, &tree("new"), &[], Swap::Exchange, &mut perform).expect("a replacement");
    assert_eq!(renames, 3);
    assert_eq!(on_disk(&target), Some(tree("new")));
    assert_eq!(beside(&target), [""; 0]);
}

#[test]
fn what_the_operating_system_refuses_is_said_with_what_to_do() {
    let kinds = [
        ErrorKind::StorageFull,
        ErrorKind::QuotaExceeded,
        ErrorKind::PermissionDenied,
        ErrorKind::ReadOnlyFilesystem,
        ErrorKind::CrossesDevices,
        ErrorKind::ResourceBusy,
        ErrorKind::Other,
    ];
    let findings: Vec<String> = kinds
        .iter()
        .map(|kind| {
            let (scratch, target) = scratch();
            let mut perform = failing_at(0, *kind);
            let finding = replace_by(&target, &tree("new"), &[], Swap::Exchange, &mut perform)
                .expect_err("a failure");
            for_people(&finding, scratch.path())
        })
        .collect();
    insta::assert_snapshot!(findings.join("\n"));
}
