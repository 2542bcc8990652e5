//! What `preflight` says beside what progenitor does.

#[path = "support/yaml.rs"]
mod yaml;

use std::fs;
use std::path::{Path, PathBuf};

use progenitor::{GenerationSettings, InterfaceStyle, TagStyle};
use xtask::finding::{Findings, Severity};
use xtask::generate_guard::{attempt, inspect};
use xtask::preflight::preflight;

fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged);
    settings
}

fn fixtures(directory: &str) -> Vec<(String, String)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/preflight")
        .join(directory);
    let entries = fs::read_dir(directory).expect("the fixtures");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a fixture").path())
        .collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        (name, fs::read_to_string(path).expect("a fixture"))
    };
    paths.iter().map(read).collect()
}

#[test]
fn good_documents_pass_and_generate() {
    for (name, text) in fixtures("good") {
        let document = yaml::document(&name, &text);
        let mut findings = Findings::new();
        let api = preflight(&document, &mut findings);
        let loud: Vec<_> = findings
            .iter()
            .filter(|finding| finding.severity > Severity::Note)
            .collect();
        assert!(loud.is_empty(), "{name}: {loud:#?}");
        let tokens = attempt(&api.expect("a document"), &settings()).expect(&name);
        let file = syn::parse2(tokens).expect(&name);
        let mut findings = Findings::new();
        inspect(&file, &document, &mut findings);
        assert_eq!(findings, Findings::new(), "{name}");
    }
}
