//! The places of the parts of a document after an Overlay.

use super::super::Mode;
use super::applied;
use crate::pointer::Pointer;

/// The places of parts after actions, which begin on line 4 of the Overlay.
fn check(document: &str, actions: &str, expected: &[(&str, &str)]) {
    let (document, findings) = applied(document, actions, Mode::Strict);
    assert_eq!(findings.codes(), Vec::<&str>::new(), "{actions}");
    let document = document.unwrap();
    for (pointer, place) in expected {
        let pointer = Pointer::from(*pointer);
        assert!(pointer.resolve(&document.root).is_some(), "{pointer}");
        assert_eq!(document.locate(&pointer).to_string(), *place, "{pointer}");
    }
}

#[test]
fn what_an_update_inserts_stands_in_the_overlay() {
    check(
        "a:\n  b: 1\n  c: [x]\n  same: 5\nz: 1\n",
        "- target: $.a\n  update:\n    b: 2\n    c:\n      - y\n      - {p: q}\n    d:\n      e: 3\n    same: 5\n",
        &[
            ("/a", "a.yaml:1:1"),
            ("/a/b", "overlay.yaml:6:5"),
            ("/a/c", "a.yaml:3:3"),
            ("/a/c/0", "a.yaml:3:7"),
            ("/a/c/1", "overlay.yaml:8:9"),
            ("/a/c/2", "overlay.yaml:9:9"),
            ("/a/c/2/p", "overlay.yaml:9:10"),
            ("/a/d", "overlay.yaml:10:5"),
            ("/a/d/e", "overlay.yaml:11:7"),
            ("/a/same", "a.yaml:4:3"),
            ("/z", "a.yaml:5:1"),
        ],
    );
}

#[test]
fn an_appended_element_and_a_replaced_value_stand_at_the_update() {
    check(
        "a: [1]\nb: 2\n",
        "- target: $.a\n  update: {c: 3}\n- target: $.b\n  update: 4\n",
        &[
            ("/a/0", "a.yaml:1:5"),
            ("/a/1", "overlay.yaml:5:3"),
            ("/a/1/c", "overlay.yaml:5:12"),
            ("/b", "overlay.yaml:7:3"),
        ],
    );
}

#[test]
fn what_a_copy_inserts_stands_at_the_copy() {
    check(
        "a: {x: [1]}\nb:\n  x: [2]\n  y: {z: 1}\n",
        "- target: $.a\n  copy: $.b\n",
        &[
            ("/a/x", "a.yaml:1:5"),
            ("/a/x/0", "a.yaml:1:9"),
            ("/a/x/1", "overlay.yaml:5:3"),
            ("/a/y", "overlay.yaml:5:3"),
            ("/a/y/z", "overlay.yaml:5:3"),
            ("/b/y/z", "a.yaml:4:7"),
        ],
    );
}

#[test]
fn what_remains_keeps_its_place_when_something_before_it_goes() {
    check(
        "a:\n- 0\n- n: 1\n- 2\n- n: 3\nb: {0: x, 1: y}\n",
        "- target: $.a[0,2]\n  remove: true\n- target: $.b['0']\n  remove: true\n- target: $.a\n  update: [4]\n",
        &[
            ("/a/0/n", "a.yaml:3:3"),
            ("/a/1/n", "a.yaml:5:3"),
            ("/a/2", "overlay.yaml:9:12"),
            ("/b/1", "a.yaml:6:11"),
        ],
    );
}
