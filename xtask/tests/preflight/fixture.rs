//! The fixtures, and progenitor on them.

use std::fs;
use std::path::{Path, PathBuf};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, InterfaceStyle, TagStyle};
use serde::Deserialize;
use xtask::finding::Findings;
use xtask::generate_guard::{Failure, attempt};
use xtask::load::load;
use xtask::source::{Document, Source};

/// What progenitor does with a document, by the first line of the fixture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    Refuses,
    Panics,
    Overflows,
    DoesNotCompile,
    /// The compiler gives up, and says nothing of what comes after.
    IsTooDeep,
    /// The generated code holds this.
    Makes(String),
    /// The generated code does not hold this.
    LeavesOut(String),
}

impl Claim {
    fn parse(line: &str) -> Option<Self> {
        let quoted = |text: &str| text.strip_prefix('`')?.strip_suffix('`').map(str::to_owned);
        let claim = line.strip_prefix("# progenitor ")?;
        match claim {
            "refuses" => Some(Self::Refuses),
            "panics" => Some(Self::Panics),
            "overflows the stack" => Some(Self::Overflows),
            "makes code that does not compile" => Some(Self::DoesNotCompile),
            "makes code too deep for the compiler" => Some(Self::IsTooDeep),
            _ => match claim.split_once(" out ") {
                Some(("leaves", code)) => quoted(code).map(Self::LeavesOut),
                _ => quoted(claim.strip_prefix("makes ")?).map(Self::Makes),
            },
        }
    }
}

/// A document on which progenitor fails.
pub(crate) struct Fixture {
    /// The code of the finding, and what is special about this case.
    pub(crate) name: String,
    pub(crate) claim: Claim,
    pub(crate) document: Document,
}

impl Fixture {
    /// The code of the finding that the fixture is for.
    pub(crate) fn code(&self) -> String {
        let stem = self.name.split('.').next().unwrap_or_default();
        format!("preflight/{stem}")
    }

    /// The name as that of a Rust module.
    pub(crate) fn module(&self) -> String {
        format!("fixture_{}", self.name.replace(['-', '.'], "_"))
    }

    /// What progenitor makes of the document as it stands.
    pub(crate) fn generate(&self) -> Result<String, Failure> {
        generate(&self.document)
    }
}

/// The code that progenitor makes of a document that nothing has looked at.
pub(crate) fn generate(document: &Document) -> Result<String, Failure> {
    let api = OpenAPI::deserialize(&document.root)
        .map_err(|error| Failure::Refused(error.to_string()))?;
    code(&api)
}

/// The code that progenitor makes of `api`, formatted.
pub(crate) fn code(api: &OpenAPI) -> Result<String, Failure> {
    let tokens = attempt(api, &settings())?;
    let file = syn::parse2(tokens).map_err(|error| Failure::Refused(error.to_string()))?;
    Ok(prettyplease::unparse(&file))
}

pub(crate) fn settings() -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged);
    settings
}

/// All fixtures, by name.
pub(crate) fn fixtures() -> Vec<Fixture> {
    let read = |path: PathBuf| {
        let (name, document) = read(&path);
        let text = document.origins.source().text.clone();
        let first = text.lines().next().unwrap_or_default();
        let claim = Claim::parse(first).unwrap_or_else(|| panic!("{name}: no claim in {first:?}"));
        Fixture {
            name,
            claim,
            document,
        }
    };
    files("").into_iter().map(read).collect()
}

/// The documents that pass, by name.
pub(crate) fn good() -> Vec<(String, Document)> {
    files("good").iter().map(|path| read(path)).collect()
}

fn files(directory: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/preflight")
        .join(directory);
    let entries = fs::read_dir(directory).expect("the fixtures");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("a fixture").path())
        .collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

fn read(path: &Path) -> (String, Document) {
    let name = path
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let source = Source::new(name.clone(), fs::read_to_string(path).expect("a fixture"));
    let mut findings = Findings::new();
    let document = load(&source, &mut findings);
    (
        name.clone(),
        document.unwrap_or_else(|| panic!("{name}: {findings:#?}")),
    )
}
