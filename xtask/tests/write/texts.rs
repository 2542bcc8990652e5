//! Texts of people that change together with the tree.

use std::fs;
use std::path::Path;

use xtask::write::{Text, compare, replace};

use super::{files, listing, plant, scratch};

#[test]
fn texts_that_change_with_the_tree_are_written_or_all_is_as_it_was() {
    type Prepare = fn(&Path);
    let cases: [(&str, Prepare, Option<&str>); 4] = [
        ("nothing is wrong", |_| (), None),
        (
            "somebody has written it meanwhile",
            |path| plant(path, b"other"),
            Some("write/changed-meanwhile"),
        ),
        (
            "it has gone away",
            |path| fs::remove_file(path).expect("a file"),
            Some("write/unreadable"),
        ),
        (
            "it may not be written",
            |path| {
                let mut permissions = fs::metadata(path).expect("a file").permissions();
                permissions.set_readonly(true);
                fs::set_permissions(path, permissions).expect("a mode");
            },
            Some("write/failed"),
        ),
    ];
    let new = files(&[("mod.rs", "pub struct New;\n")]);
    for (name, prepare, code) in cases {
        let (scratch, target) = scratch();
        replace(&target, &files(&[("mod.rs", "")]), &[]).expect("a replacement");
        let paths = ["notes.md", "api/document.yaml"].map(|path| scratch.path().join(path));
        for path in &paths {
            plant(path, b"old\n");
        }
        let texts = paths.clone().map(|path| Text {
            path,
            before: b"old\n".to_vec(),
            after: "new\n".to_owned(),
        });
        prepare(&paths[1]);
        let before = listing(scratch.path());
        let outcome = replace(&target, &new, &texts);
        assert_eq!(
            outcome.as_ref().err().map(|finding| finding.code),
            code,
            "{name}"
        );
        if code.is_some() {
            assert_eq!(listing(scratch.path()), before, "{name}");
            continue;
        }
        for path in paths {
            assert_eq!(fs::read_to_string(path).expect("a text"), "new\n");
        }
        assert!(compare(&target, &new).expect("a comparison").is_fresh());
        assert_eq!(listing(scratch.path()).len(), 5, "nothing lies around");
    }
}

#[cfg(unix)]
#[test]
fn a_text_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt as _;
    let (scratch, target) = scratch();
    let path = scratch.path().join("notes.md");
    plant(&path, b"old");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
    let text = Text {
        path: path.clone(),
        before: b"old".to_vec(),
        after: "new".to_owned(),
    };
    replace(&target, &files(&[("mod.rs", "")]), &[text]).expect("a replacement");
    assert_eq!(
        fs::metadata(&path).expect("a file").permissions().mode() & 0o777,
        0o640
    );
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_the_text_that_it_leads_to_is_written() {
    let (scratch, target) = scratch();
    let [real, link] = ["real.md", "notes.md"].map(|path| scratch.path().join(path));
    plant(&real, b"old");
    std::os::unix::fs::symlink("real.md", &link).expect("a link");
    let text = Text {
        path: link.clone(),
        before: b"old".to_vec(),
        after: "new".to_owned(),
    };
    replace(&target, &files(&[("mod.rs", "")]), &[text]).expect("a replacement");
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&real).expect("a text"), "new");
}
