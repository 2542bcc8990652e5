//! The files that the command writes, its output, and a second run.

use super::world::{DOCUMENT, REVISION, WRITTEN, World, assert_success, stderr, stdout};

/// The output without the size of what was written, which changes with the files that every tree gets alike.
fn without_size(said: &str) -> String {
    let plain = |line: &str| match line
        .split_once("wrote ")
        .filter(|_| line.contains(" files ("))
    {
        Some(_) => "wrote the generated files".to_owned(),
        None => line.to_owned(),
    };
    said.lines().map(plain).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_revision_is_written_with_our_descriptions_and_a_second_run_changes_nothing() {
    let world = World::new();
    let output = world.accept(&[]);
    assert_success(&output);
    let said = format!("{}---\n{}", stdout(&output), stderr(&output));
    insta::assert_snapshot!("accepted", without_size(&said));
    insta::assert_snapshot!("document", world.text("api/document.yaml"));
    insta::assert_snapshot!("changelog", world.text("CHANGELOG.md"));
    assert!(!world.text("api/document.yaml").contains("VENDOR"));
    assert_success(&world.codegen(&["--check"]));

    let files = world.files();
    let again = world.accept(&[]);
    assert_success(&again);
    assert_eq!(world.files(), files);
    let words = stderr(&again);
    assert!(words.contains("nothing has changed"), "{words}");
    assert_eq!(stdout(&again), "", "no description is new any more");
    assert_eq!(world.hidden(), [""; 0].map(std::path::PathBuf::from));
}

#[test]
fn the_document_itself_is_nothing_new() {
    let world = World::new();
    let files = world.files();
    for arguments in [
        &["--accept", "api/document.yaml"][..],
        &["--accept", "api/document.yaml", "--dry-run"],
    ] {
        let output = world.codegen(arguments);
        assert_success(&output);
        assert_eq!(stdout(&output), "", "{arguments:?}");
        assert!(
            stderr(&output).contains("nothing has changed"),
            "{output:?}"
        );
        assert_eq!(world.files(), files);
    }
}

#[test]
fn a_revision_may_be_json_and_come_from_standard_input() {
    let world = World::new();
    assert_success(&world.accept(&[]));
    let expected: Vec<_> = WRITTEN.map(|name| world.below(name)).concat();

    let mut findings = xtask::finding::Findings::new();
    let source = xtask::source::Source::new("revision.yaml", REVISION);
    let revision = xtask::load::load(&source, &mut findings).expect("it loads");
    let other = World::new();
    assert_success(&other.accept_input(&revision.root.to_string()));
    let found: Vec<_> = WRITTEN.map(|name| other.below(name)).concat();
    assert_eq!(found, expected);
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let world = World::new();
    let files = world.files();
    let dry = world.accept(&["--dry-run"]);
    assert_success(&dry);
    assert_eq!(world.files(), files);
    let words = stderr(&dry);
    for line in [
        "would write api/document.yaml",
        "would write CHANGELOG.md",
        "would write ",
    ] {
        assert!(words.contains(line), "{words}");
    }
    let said = stdout(&dry);
    assert!(said.contains("change    src/generated/mod.rs"), "{said}");
    let wet = stdout(&world.accept(&[]));
    assert!(said.starts_with(&wet), "{said}\n{wet}");
}

#[test]
fn a_change_that_is_about_no_operation_and_no_type_names_no_file() {
    let world = World::new();
    world.plant("src/of.snap", "whatever is there\n");
    let other = DOCUMENT.replace("https://pets.example.com", "https://dogs.example.com");
    world.plant("revision.yaml", other);
    let said = stdout(&world.accept(&[]));
    assert!(said.contains("`https://dogs.example.com` is new"), "{said}");
    assert!(!said.contains("of.snap"), "{said}");
}

#[test]
fn a_json_document_stays_json() {
    let world = World::new();
    let mut findings = xtask::finding::Findings::new();
    let source = xtask::source::Source::new("document.yaml", DOCUMENT);
    let document = xtask::load::load(&source, &mut findings).expect("it loads");
    world.plant("api/document.yaml", document.root.to_string());
    assert_success(&world.accept(&[]));
    let text = world.text("api/document.yaml");
    let found: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(found["info"]["version"], "1.1.0");
    assert!(text.lines().count() > 50, "{text}");
    assert!(!text.contains("VENDOR"), "{text}");
}

#[test]
fn without_a_changelog_in_the_manifest_there_is_no_entry() {
    let world = World::new();
    world.edit("Cargo.toml", "changelog = \"CHANGELOG.md\"\n", "");
    let before = world.text("CHANGELOG.md");
    let output = world.accept(&[]);
    assert_success(&output);
    assert_eq!(world.text("CHANGELOG.md"), before);
    assert!(!stderr(&output).contains("CHANGELOG"), "{output:?}");
}

#[test]
fn line_ends_of_windows_stay() {
    let world = World::new();
    for name in ["CHANGELOG.md", "api/document.yaml", "revision.yaml"] {
        world.plant(name, world.text(name).replace('\n', "\r\n"));
    }
    assert_success(&world.accept(&[]));
    for name in ["CHANGELOG.md", "api/document.yaml"] {
        let text = world.text(name);
        assert_eq!(
            text.matches('\n').count(),
            text.matches("\r\n").count(),
            "{name}"
        );
        assert!(text.contains("1.1.0"), "{name}");
    }
    let files = world.files();
    assert_success(&world.accept(&[]));
    assert_eq!(world.files(), files);
}

#[test]
fn what_was_written_by_hand_in_another_form_is_written_in_ours() {
    let world = World::new();
    world.edit(
        "api/document.yaml",
        "description: 'Ours: a page.'",
        "description: \"Ours: a page.\"",
    );
    assert_success(&world.codegen(&["--accept", "api/document.yaml"]));
    assert_eq!(world.text("api/document.yaml"), DOCUMENT);
    assert_success(&world.codegen(&["--check"]));
}

#[test]
fn the_watch_tells_what_is_new_by_its_exit_code_and_writes_nothing() {
    let world = World::new();
    let watch = |document: &str| {
        let mut command = world.command(&[]);
        let program = command.get_program().to_owned();
        command = std::process::Command::new(program);
        command
            .args(["watch", "--workspace", ".", document])
            .current_dir(world.path(""));
        command.output().expect("the command")
    };
    world.plant(
        "compatible.yaml",
        world.text("api/document.yaml").replace("1.0.0", "1.0.1"),
    );
    world.plant("broken.yaml", "openapi: [3.1.0\n");
    let before = world.files();
    for (document, code, words) in [
        ("api/document.yaml", 0, "nothing new"),
        ("compatible.yaml", 3, "compatible"),
        ("revision.yaml", 4, "### Change of the API"),
        ("broken.yaml", 1, "load/"),
    ] {
        let output = watch(document);
        assert_eq!(output.status.code(), Some(code), "{document}: {output:?}");
        assert!(stdout(&output).contains(words), "{document}: {output:?}");
        assert_eq!(world.files(), before, "{document}");
    }
}
