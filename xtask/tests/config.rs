//! The manifests: what they may say, and what is said about what they may not.

use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens as _;
use xtask::config::{Inputs, Mode, Options, OverlayChoice, parse_package, parse_workspace, read};
use xtask::finding::{Findings, Severity};
use xtask::settings::Settings;
use xtask::source::Source;

const WORKSPACE: &str = r#"
[workspace]
members = ["pets"]

[workspace.metadata.codegen]
document = "api/pets.yaml"
overlay = "api/overlay.yaml"
out = "pets/src/generated"
changelog = "CHANGES.md"
"#;

const PACKAGE: &str = r#"
[package]
name = "pets"

[package.metadata.codegen]
client-state = "crate::client::State"
"#;

/// A workspace with one package.
fn workspace(manifest: &str, package: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a scratch directory");
    fs::create_dir_all(root.path().join("pets/src")).expect("a directory");
    fs::write(root.path().join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(root.path().join("pets/Cargo.toml"), package).expect("a manifest");
    root
}

fn options(root: &Path) -> Options {
    Options {
        current_directory: root.to_owned(),
        ..Options::new(root, Mode::Write)
    }
}

fn settle(options: &Options) -> Inputs {
    let mut findings = Findings::new();
    let inputs = read(options, &mut findings);
    assert_eq!(findings, Findings::new());
    inputs.expect("inputs")
}

fn state(inputs: &Inputs) -> Option<String> {
    let path = inputs.settings.client_state.to_token_stream();
    let path = path.to_string().replace(' ', "");
    (!path.is_empty()).then_some(path)
}

fn report(findings: &Findings) -> String {
    let mut report = String::new();
    for finding in findings {
        let place = finding.location.as_ref().expect("a place");
        let width = place.width;
        report += &format!("{} at {place}, {width} wide\n", finding.code);
        report += &format!("{}\n{}\n\n", finding.message, finding.next);
    }
    report
}

#[test]
fn without_options_the_manifests_decide() {
    let root = workspace(WORKSPACE, PACKAGE);
    let inputs = settle(&options(root.path()));
    assert_eq!(inputs.document, Path::new("api/pets.yaml"));
    assert_eq!(
        inputs.overlay.as_deref(),
        Some(Path::new("api/overlay.yaml"))
    );
    assert_eq!(inputs.out, Path::new("pets/src/generated"));
    assert_eq!(inputs.changelog.as_deref(), Some(Path::new("CHANGES.md")));
    assert_eq!(state(&inputs).as_deref(), Some("crate::client::State"));
}

#[test]
fn configured_paths_belong_to_the_workspace_and_given_ones_to_the_current_directory() {
    let root = workspace(WORKSPACE, PACKAGE);
    let below = Options {
        current_directory: root.path().join("pets/src"),
        document: Some("next.yaml".into()),
        ..options(root.path())
    };
    let inputs = settle(&below);
    assert_eq!(inputs.document, Path::new("next.yaml"));
    assert_eq!(
        inputs.overlay,
        Some(PathBuf::from("../../api/overlay.yaml"))
    );
    assert_eq!(inputs.out, Path::new("generated"));
    assert_eq!(state(&inputs).as_deref(), Some("crate::client::State"));
}

#[test]
fn options_stand_in_for_the_manifest() {
    let root = workspace("this is = not read", "");
    let given = |overlay| Options {
        document: Some("-".into()),
        overlay,
        out: Some("/no/such/place/generated".into()),
        ..options(root.path())
    };
    let inputs = settle(&given(OverlayChoice::None));
    assert_eq!((inputs.document, inputs.overlay), ("-".into(), None));
    assert_eq!(inputs.settings, Settings::default());
    let inputs = settle(&given(OverlayChoice::Path("o.yaml".into())));
    assert_eq!(inputs.overlay, Some("o.yaml".into()));
}

#[test]
fn the_overlay_of_the_workspace_goes_with_its_own_document_and_with_others_where_that_is_asked_for()
{
    let root = workspace(WORKSPACE, PACKAGE);
    let overlay = |document: &str, overlay| {
        let document = Some(document.into());
        settle(&Options {
            document,
            overlay,
            ..options(root.path())
        })
        .overlay
    };
    let configured = Some(PathBuf::from("api/overlay.yaml"));
    let absolute = root
        .path()
        .join("pets/../api/pets.yaml")
        .display()
        .to_string();
    for own in ["api/pets.yaml", "./api/pets.yaml", &absolute] {
        assert_eq!(
            overlay(own, OverlayChoice::WithItsDocument),
            configured,
            "{own}"
        );
    }
    for other in ["pets.yaml", "api/pets.yml", "-"] {
        assert_eq!(
            overlay(other, OverlayChoice::WithItsDocument),
            None,
            "{other}"
        );
        assert_eq!(
            overlay(other, OverlayChoice::Configured),
            configured,
            "{other}"
        );
    }
    let own = Options {
        overlay: OverlayChoice::WithItsDocument,
        ..options(root.path())
    };
    assert_eq!(settle(&own).overlay, configured);
}

#[test]
fn formats_are_given_rust_types() {
    let manifest = "[package]\n[package.metadata.codegen.formats]\ndate-time = \"crate::Time\"\n";
    let settings = parse_package(&Source::new("Cargo.toml", manifest), &mut Findings::new())
        .expect("settings");
    let time = settings.formats["date-time"].to_token_stream().to_string();
    assert_eq!(time, "crate :: Time");
    assert!(!settings.formats.contains_key("date"));
}

/// An extension of a document of others need not be Rust, and code that is not compiled is worse than none.
#[test]
fn an_example_is_compiled_or_left_out() {
    let mut settings = Settings::default();
    assert_eq!(settings.example("curl https://example.com"), None);
    settings.example = Some("# let client = client();\n{}\n".to_owned());
    let example = settings.example("client.get().send();\n");
    let expected = "```no_run\n# let client = client();\nclient.get().send();\n```";
    assert_eq!(example.as_deref(), Some(expected));
    assert_eq!(settings.example(" "), None);
}

#[test]
fn overlay_and_changelog_are_not_required_and_an_overlay_can_be_left_out() {
    let root = workspace(&WORKSPACE.replace("overlay", "# overlay"), PACKAGE);
    assert_eq!(settle(&options(root.path())).overlay, None);
    let root = workspace(&WORKSPACE.replace("changelog", "# changelog"), PACKAGE);
    assert_eq!(settle(&options(root.path())).changelog, None);

    let root = workspace(WORKSPACE, PACKAGE);
    let bare = Options {
        overlay: OverlayChoice::None,
        ..options(root.path())
    };
    assert_eq!(settle(&bare).overlay, None);
}

#[test]
fn the_nearest_manifest_with_a_package_describes_the_generated_code() {
    let root = workspace(WORKSPACE, PACKAGE);
    // A virtual workspace in between is none.
    let nested = "[workspace]\n[workspace.metadata.codegen]\nout = \"a\"\n";
    fs::write(root.path().join("pets/src/Cargo.toml"), nested).expect("a manifest");
    assert!(state(&settle(&options(root.path()))).is_some());
    // The nearest package counts, also without a section.
    fs::write(root.path().join("pets/src/Cargo.toml"), "[package]\n").expect("a manifest");
    assert_eq!(state(&settle(&options(root.path()))), None);
}

#[test]
fn a_target_above_the_current_directory_does_not_belong_to_the_package_there() {
    let root = workspace(WORKSPACE, PACKAGE);
    let outside = Options {
        current_directory: root.path().join("pets"),
        out: Some("../elsewhere".into()),
        ..options(root.path())
    };
    assert_eq!(state(&settle(&outside)), None);
}

#[test]
fn a_workspace_section_that_is_wrong_is_reported_at_its_place() {
    let header = "[workspace.metadata.codegen]\n";
    let cases = [
        ("not TOML", "[workspace\nmembers = [\n".to_owned()),
        (
            "a byte order mark",
            format!("\u{feff}{header}document = 1\n"),
        ),
        (
            "no table",
            "[workspace]\nmetadata = \"codegen\"\n".to_owned(),
        ),
        (
            "an array",
            "[[workspace.metadata.codegen]]\nout = \"a\"\n".to_owned(),
        ),
        ("a wrong type", format!("{header}overlay = [\"ä\"]\n")),
        ("an unknown key", format!("{header}zebra = 1\n")),
        (
            "defined twice",
            format!("{header}out = \"a\"\nout = \"b\"\n"),
        ),
    ];
    let mut text = String::new();
    for (name, manifest) in cases {
        let mut findings = Findings::new();
        let source = Source::new("Cargo.toml", manifest);
        assert_eq!(parse_workspace(&source, &mut findings), None, "{name}");
        assert_eq!(findings.count(Severity::Error), findings.iter().count());
        text += &format!("# {name}\n{}", report(&findings));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_package_section_that_is_wrong_is_reported_at_its_place() {
    let header = "[package]\n[package.metadata.codegen]\n";
    let cases = [
        (
            "an unknown key",
            format!("{header}client_state = \"crate::State\"\n"),
        ),
        ("no string", format!("{header}client-state = true\n")),
        ("no path", format!("{header}client-state = \"crate::\"\n")),
        (
            "a statement",
            format!("{header}client-state = \"fn main() {{}}\"\n"),
        ),
        (
            "no table",
            "[package]\nmetadata.codegen = 1979-05-27\n".to_owned(),
        ),
    ];
    let mut text = String::new();
    for (name, manifest) in cases {
        let mut findings = Findings::new();
        let source = Source::new("pets/Cargo.toml", manifest);
        assert_eq!(parse_package(&source, &mut findings), None, "{name}");
        text += &format!("# {name}\n{}", report(&findings));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_is_missing_and_not_given_is_reported() {
    let mut text = String::new();
    let root = workspace("[workspace.metadata.codegen]\n", PACKAGE);
    let gone = root.path().join("gone");
    let sectionless = workspace("[workspace]\n", PACKAGE);
    let latin = workspace("", PACKAGE);
    fs::write(latin.path().join("Cargo.toml"), b"# \xe4\n").expect("a manifest");
    let broken = workspace(
        WORKSPACE,
        "[package]\n[package.metadata.codegen]\nx = 1\ny = 2\n",
    );
    let cases = [
        ("neither", options(root.path())),
        ("no section", options(sectionless.path())),
        (
            "no document",
            Options {
                out: Some("a".into()),
                ..options(root.path())
            },
        ),
        (
            "no target",
            Options {
                document: Some("-".into()),
                ..options(root.path())
            },
        ),
        ("no manifest", options(&gone)),
        ("not UTF-8", options(latin.path())),
        ("the package", options(broken.path())),
    ];
    for (name, options) in cases {
        let mut findings = Findings::new();
        assert_eq!(read(&options, &mut findings), None, "{name}");
        text += &format!("# {name}\n{}", report(&findings));
    }
    insta::assert_snapshot!(text);
}
