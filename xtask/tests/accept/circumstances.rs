//! Runs in which something is wrong: all is as it was, and the finding says what to do.

use std::fs;

use super::world::{World, assert_success, stderr, stdout};

/// A name, what is wrong, further arguments, and what the report says.
type Case = (
    &'static str,
    fn(&World),
    &'static [&'static str],
    &'static [&'static str],
);

#[test]
fn whatever_is_wrong_nothing_is_written() {
    let cases: [Case; 15] = [
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
                "api/overlay.yaml:6:5",
            ],
        ),
        (
            "an action that selects nothing any more",
            |world| world.edit("api/overlay.yaml", "schemas.Page", "schemas.Sheet"),
            &[],
            &[
                "overlay/unmatched",
                "nothing in revision.yaml",
                "api/overlay.yaml:6:5",
            ],
        ),
        (
            "an action on a description that is not copied",
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
                "api/overlay.yaml:6:7",
            ],
        ),
        (
            "what cannot be generated",
            |world| {
                world.edit("revision.yaml", "schemas/Page\"", "schemas/Nothing\"");
            },
            &[],
            &["lower/dangling-reference", "revision.yaml:"],
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
            "a file that was not generated among the generated ones",
            |world| world.plant("src/generated/notes.txt", "mine"),
            &[],
            &["write/not-generated", "notes.txt"],
        ),
        (
            "a document that may not be written",
            |world| read_only(world, "api/document.yaml"),
            &[],
            &["write/failed", "api/document.yaml"],
        ),
        (
            "a changelog that may not be written",
            |world| read_only(world, "CHANGELOG.md"),
            &[],
            &["write/failed", "CHANGELOG.md"],
        ),
        (
            "no committed code to compare with",
            |world| fs::remove_dir_all(world.path("src/generated")).expect("a directory"),
            &[],
            &["api/no-code", "cargo xtask codegen"],
        ),
        (
            "faults in three files, found in one run",
            |world| {
                world.edit("CHANGELOG.md", "## [Unreleased]", "## Next");
                world.edit("api/document.yaml", "paths:\n", "paths:\n  # All.\n");
                world.edit("api/overlay.yaml", "schemas.Page", "schemas.Sheet");
                world.edit("revision.yaml", "schemas/Page\"", "schemas/Nothing\"");
            },
            &[],
            &[
                "accept/no-unreleased",
                "accept/comments",
                "overlay/unmatched",
                "lower/dangling-reference",
            ],
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
fn a_link_in_place_of_a_file_is_followed() {
    for name in ["CHANGELOG.md", "api/document.yaml"] {
        let world = World::new();
        fs::rename(world.path(name), world.path("real")).expect("a move");
        std::os::unix::fs::symlink(world.path("real"), world.path(name)).expect("a link");
        let before = fs::read(world.path("real")).expect("a file");
        let output = world.accept(&[]);
        assert_eq!(output.status.code(), Some(0), "{name}: {output:?}");
        assert!(world.path(name).is_symlink(), "{name}");
        assert_ne!(
            fs::read(world.path("real")).expect("a file"),
            before,
            "{name}"
        );
    }
}

/// Callers compile against the committed code, so it makes no difference which overlay fits the old document.
#[test]
fn an_edited_overlay_needs_no_other_one_to_compare_with() {
    let world = World::new();
    // The vendor has mended what no pipeline digests: two operations with one name.
    let fault = "  /toys:\n    get:\n      operationId: list_pets\n      responses: {}\n";
    world.edit(
        "api/document.yaml",
        "components:\n",
        &format!("{fault}components:\n"),
    );
    let overlay = world.text("api/overlay.yaml");
    let action = "  - target: $.paths['/toys'].get\n    update:\n      operationId: list_toys\n";
    world.plant("api/overlay.yaml", format!("{overlay}{action}"));
    assert_success(&world.codegen(&[]));

    world.plant("api/overlay.yaml", overlay);
    let test = "fn test() { client.list_toys(); }\n";
    world.plant("src/test.rs", test);
    let output = world.accept(&[]);
    assert_success(&output);
    let changelog = world.text("CHANGELOG.md");
    assert!(
        changelog.contains("operation `list_toys` is gone"),
        "{changelog}"
    );
    let said = stdout(&output);
    assert!(said.contains("src/test.rs:1: list_toys"), "{said}");
}

#[test]
fn what_was_added_removed_and_added_again_is_added_in_the_end() {
    let world = World::new();
    let overlay = world.text("api/overlay.yaml");
    let action = |target: &str| format!("{overlay}  - {{ target: \"{target}\", remove: true }}\n");
    let mut counts = Vec::new();
    for gone in [false, true, false] {
        let overlay = match gone {
            true => action("$.components.schemas.Page.properties.total"),
            false => overlay.clone(),
        };
        world.plant("api/overlay.yaml", overlay);
        assert_success(&world.accept(&[]));
        let text = world.text("CHANGELOG.md");
        let counted =
            ["is new", "is gone"].map(|word| text.matches(&format!("`total` {word}")).count());
        counts.push(counted);
    }
    assert_eq!(counts, [[1, 0], [1, 1], [2, 1]]);
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
