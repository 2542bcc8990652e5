//! Where something is wrong: all is as it was, and the finding says what to do.

use std::fs;

use crate::world::{World, assert_success, stderr, stdout};

/// A name, what is wrong, further arguments, and what the report says.
type Case = (
    &'static str,
    fn(&World),
    &'static [&'static str],
    &'static [&'static str],
);

#[test]
fn whatever_is_wrong_nothing_is_written() {
    let cases: [Case; 14] = [
        (
            "no YAML",
            |world| world.plant("revision.yaml", "openapi: [3.1.0\n"),
            &[],
            &["load/truncated", "revision.yaml:1"],
        ),
        (
            "no file",
            |world| fs::remove_file(world.path("revision.yaml")).expect("a file"),
            &[],
            &["input/missing", "revision.yaml"],
        ),
        (
            "the vendor has mended what an action mends",
            |world| {
                world.edit(
                    "revision.yaml",
                    "VENDOR: a description.\"",
                    "VENDOR: a description.\", deprecated: true",
                );
            },
            &[],
            &[
                "overlay/no-effect",
                "delete the action",
                "api/overlay.yaml:6:13",
            ],
        ),
        (
            "an action that selects nothing any more",
            |world| world.edit("api/overlay.yaml", "schemas.Page", "schemas.Sheet"),
            &[],
            &[
                "overlay/unmatched",
                "nothing in revision.yaml",
                "api/overlay.yaml:6:13",
            ],
        ),
        (
            "an action on a sentence that is not copied",
            |world| {
                world.edit(
                    "api/overlay.yaml",
                    "actions:\n",
                    "actions:\n  - { target: $..total.description, remove: true }\n",
                );
            },
            &[],
            &[
                "overlay/unmatched",
                "nothing in api/document.yaml",
                "api/overlay.yaml:6:15",
            ],
        ),
        (
            "what cannot be generated",
            |world| {
                world.edit(
                    "revision.yaml",
                    "operationId: delete_pet",
                    "operationId: list_pets",
                );
            },
            &[],
            &["operation-id", "revision.yaml:"],
        ),
        (
            "comments in the document",
            |world| {
                world.edit(
                    "api/document.yaml",
                    "paths:\n",
                    "paths:\n  # All of them.\n",
                );
            },
            &[],
            &["accept/comments", "api/document.yaml:16:3"],
        ),
        (
            "a document that is none",
            |world| world.plant("api/document.yaml", "title: 1\n"),
            &[],
            &["load/not-openapi", "api/document.yaml"],
        ),
        (
            "no changelog",
            |world| fs::remove_file(world.path("CHANGELOG.md")).expect("a file"),
            &[],
            &["input/missing", "CHANGELOG.md"],
        ),
        (
            "no heading for what is not released",
            |world| world.edit("CHANGELOG.md", "## [Unreleased]", "## Next"),
            &[],
            &["accept/no-unreleased", "CHANGELOG.md", "## Unreleased"],
        ),
        (
            "a foreign file among the generated ones",
            |world| world.plant("src/generated/notes.txt", "mine"),
            &[],
            &["write/foreign", "notes.txt"],
        ),
        (
            "a document that may not be written",
            |world| read_only(world, "api/document.yaml"),
            &[],
            &["write/read-only", "api/document.yaml"],
        ),
        (
            "a changelog that may not be written",
            |world| read_only(world, "CHANGELOG.md"),
            &[],
            &["write/read-only", "CHANGELOG.md"],
        ),
        (
            "an old Overlay that is not there",
            |_| {},
            &["--old-overlay", "old.yaml"],
            &["input/missing", "old.yaml"],
        ),
    ];
    for (name, prepare, arguments, expected) in cases {
        let world = World::new();
        prepare(&world);
        let before = world.files();
        let output = world.accept(arguments);
        assert_eq!(output.status.code(), Some(1), "{name}: {output:?}");
        assert_eq!(stdout(&output), "", "{name}");
        let words = stderr(&output);
        for part in expected {
            assert!(words.contains(part), "{name}: no `{part}` in\n{words}");
        }
        assert!(
            words.ends_with("run the same command again\n"),
            "{name}: {words}"
        );
        assert_eq!(world.files(), before, "{name}");
    }
}

fn read_only(world: &World, name: &str) {
    let path = world.path(name);
    let mut permissions = fs::metadata(&path).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions).expect("a mode");
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_file_is_refused() {
    for name in ["CHANGELOG.md", "api/document.yaml"] {
        let world = World::new();
        fs::rename(world.path(name), world.path("real")).expect("a move");
        std::os::unix::fs::symlink(world.path("real"), world.path(name)).expect("a link");
        let before = world.files();
        let words = stderr(&world.accept(&[]));
        assert!(words.contains("write/symbolic-link"), "{name}: {words}");
        assert_eq!(world.files(), before, "{name}");
    }
}

#[test]
fn a_document_that_the_edited_overlay_no_longer_mends_is_compared_with_the_overlay_as_it_was() {
    let world = World::new();
    // The vendor has mended what no pipeline digests: two operations with one name.
    let fault = "  /toys:\n    get:\n      operationId: list_pets\n      responses: {}\n";
    world.edit(
        "api/document.yaml",
        "components:\n",
        &format!("{fault}components:\n"),
    );
    let action = "  - target: $.paths['/toys'].get\n    update:\n      operationId: list_toys\n";
    let old = format!("{}{action}", world.text("api/overlay.yaml"));
    world.plant("old-overlay.yaml", old);

    let before = world.files();
    let output = world.accept(&[]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let words = stderr(&output);
    assert!(words.contains("accept/old-document"), "{words}");
    assert!(words.contains("--old-overlay"), "{words}");
    assert_eq!(world.files(), before);

    assert_success(&world.accept(&["--old-overlay", "old-overlay.yaml"]));
    let changelog = world.text("CHANGELOG.md");
    assert!(changelog.contains("operation `list_toys`"), "{changelog}");
}

#[test]
fn what_a_stopped_run_has_left_is_cleared_and_its_entry_is_not_written_twice() {
    let world = World::new();
    assert_success(&world.accept(&[]));
    let expected = world.files();
    let changelog = world.text("CHANGELOG.md");

    // A run that was stopped after the changelog, with the document staged.
    let stopped = World::new();
    stopped.plant("CHANGELOG.md", &changelog);
    stopped.plant("api/.document.yaml.codegen-new", "openapi: 3");
    let output = stopped.accept(&[]);
    assert_success(&output);
    assert!(
        stderr(&output).contains("has the entry already"),
        "{output:?}"
    );
    assert_eq!(stopped.files(), expected);

    // A run that was stopped after the document.
    let stopped = World::new();
    stopped.plant("CHANGELOG.md", &changelog);
    stopped.plant("api/document.yaml", world.text("api/document.yaml"));
    assert_success(&stopped.accept(&[]));
    assert_eq!(stopped.files(), expected);
}
