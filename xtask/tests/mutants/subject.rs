//! The document that this workspace is configured for, mutants of it, and what becomes of them.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use xtask::codegen;
use xtask::config::{self, Inputs, Options};
use xtask::finding::{Findings, Severity};
use xtask::guard::catch;
use xtask::load::load;
use xtask::overlay::Mode;
use xtask::pipeline::{self, Sources};
use xtask::report;
use xtask::settings::Settings;
use xtask::source::Source;
use xtask::write::Files;

use super::mutate::{Kind, Random, change, change_lines};
use super::slices::{Slice, slices};

/// The stack of the main thread of a command, on which codegen runs.
const STACK: usize = 8 * 1024 * 1024;

/// The largest ratio of the output of codegen to its input. That of the committed document is four.
const GROWTH: usize = 32;

/// The bytes of output that are always allowed: those for a document without operations.
const BASE: usize = 64 * 1024;

/// Hashes of texts that were found to be Rust. Most files are those of the mutant before, but for the header.
static RUST: Mutex<BTreeSet<u64>> = Mutex::new(BTreeSet::new());

/// The committed inputs.
pub(crate) struct Committed {
    sources: Sources,
    document: Value,
    overlay: Value,
}

/// A mutant of the committed inputs.
pub(crate) struct Mutant {
    pub(crate) sources: Sources,
    pub(crate) mode: Mode,
    /// `true` if the overlay was changed and not the document.
    pub(crate) in_overlay: bool,
    pub(crate) kinds: Vec<Kind>,
}

/// The outcome of a mutant.
#[derive(Debug)]
pub(crate) enum Outcome {
    Files(Files),
    /// The codes of the errors, each once.
    Findings(Vec<&'static str>),
    /// An outcome that must not be.
    Hole(String),
}

impl Committed {
    /// Reads what the workspace's manifest names.
    pub(crate) fn read() -> Self {
        let inputs = inputs();
        let mut findings = Findings::new();
        let sources = codegen::sources(&inputs, &mut findings).expect("readable inputs");
        let overlay = sources.overlay.as_ref().expect("an overlay");
        let mut value = |source| load(source, &mut findings).expect("a loadable input").root;
        Self {
            document: value(&sources.document),
            overlay: value(overlay),
            sources,
        }
    }

    /// The slices of the committed inputs, each as inputs of their own.
    pub(crate) fn slices(&self, count: usize) -> Vec<Self> {
        let slices = slices(&self.document, &self.overlay, count).into_iter();
        slices
            .map(|Slice { document, overlay }| Self {
                sources: Sources {
                    document: Source::new("document", indented(&document)),
                    overlay: Some(Source::new("overlay", indented(&overlay))),
                },
                document,
                overlay,
            })
            .collect()
    }

    /// The paths of the document.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &String> {
        self.document["paths"].as_object().expect("paths").keys()
    }

    /// The inputs as they are.
    pub(crate) fn unchanged(&self) -> Mutant {
        Mutant {
            sources: self.sources.clone(),
            mode: Mode::Strict,
            in_overlay: false,
            kinds: Vec::new(),
        }
    }

    /// The committed inputs with one to three things changed, as the seed says.
    pub(crate) fn mutant(&self, seed: u64) -> Mutant {
        let mut random = Random::new(seed);
        let mode = *random.pick(&[Mode::Strict, Mode::Lenient]);
        let in_overlay = random.below(4) == 0;
        let (source, value) = match &self.sources.overlay {
            Some(overlay) if in_overlay => (overlay, &self.overlay),
            _ => (&self.sources.document, &self.document),
        };
        let (text, kinds) = if random.below(8) == 0 {
            let text = change_lines(&source.text, &mut random);
            (text, vec![Kind::Lines])
        } else {
            let mut value = value.clone();
            let count = 1 + random.below(3);
            let kinds = (0..count).filter_map(|_| change(&mut value, &mut random));
            let kinds = kinds.collect();
            (value.to_string(), kinds)
        };
        let mut sources = self.sources.clone();
        let changed = Source::new(format!("mutant-{seed}"), text);
        if in_overlay {
            sources.overlay = Some(changed);
        } else {
            sources.document = changed;
        }
        Mutant {
            sources,
            mode,
            in_overlay,
            kinds,
        }
    }
}

/// With a line for each thing, for changes of lines.
fn indented(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

fn inputs() -> Inputs {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = Options::new(package.parent().expect("a workspace"), config::Mode::Check);
    config::read(&options, &mut Findings::new()).expect("a configured workspace")
}

impl Mutant {
    /// Runs the whole pipeline on it.
    pub(crate) fn outcome(&self) -> Outcome {
        self.outcome_with(|| inputs().settings)
    }

    /// The same, generated for a crate that brings nothing of its own.
    pub(crate) fn bare_outcome(&self) -> Outcome {
        self.outcome_with(Settings::default)
    }

    /// With the stack that the command has.
    fn outcome_with(&self, settings: impl FnOnce() -> Settings + Send) -> Outcome {
        let run = || outcome(self, &settings());
        std::thread::scope(|scope| {
            let builder = std::thread::Builder::new().stack_size(STACK);
            let thread = builder.spawn_scoped(scope, run).expect("a thread");
            thread.join().expect("panics are caught")
        })
    }
}

fn outcome(mutant: &Mutant, settings: &Settings) -> Outcome {
    let mut findings = Findings::new();
    let files = match catch(|| {
        let files = pipeline::files(&mutant.sources, mutant.mode, settings, &mut findings);
        let text = report::render(&findings, false);
        (files, text, findings)
    }) {
        Ok((files, text, findings)) => (files, text, findings),
        Err(panic) => return Outcome::Hole(format!("panic: {panic}")),
    };
    judged(mutant, files)
}

fn judged(mutant: &Mutant, (files, text, findings): (Option<Files>, String, Findings)) -> Outcome {
    let gap = |code: &str| code.starts_with("generate/") || code.starts_with("refine/");
    let errors: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    if let Some(finding) = errors.iter().find(|finding| gap(finding.code)) {
        return Outcome::Hole(format!("{}: {}", finding.code, finding.message));
    }
    if let Some(finding) = findings.iter().find(|finding| finding.location.is_none()) {
        return Outcome::Hole(format!("{} has no place", finding.code));
    }
    match files {
        None if errors.is_empty() => Outcome::Hole("neither files nor an error".to_owned()),
        None if text.is_empty() => Outcome::Hole("an error without words".to_owned()),
        None => {
            let mut codes: Vec<_> = errors.iter().map(|finding| finding.code).collect();
            codes.sort_unstable();
            codes.dedup();
            Outcome::Findings(codes)
        }
        Some(_) if !errors.is_empty() => Outcome::Hole("files and an error".to_owned()),
        Some(files) => defect(mutant, &files).map_or(Outcome::Files(files), Outcome::Hole),
    }
}

/// Returns a defect of generated files, as far as one shows without a compiler.
fn defect(mutant: &Mutant, files: &Files) -> Option<String> {
    for (path, text) in files {
        let code = text
            .split_once("\n\n")
            .map_or(text.as_str(), |(_header, code)| code);
        let mut hash = DefaultHasher::new();
        code.hash(&mut hash);
        let hash = hash.finish();
        let known = || RUST.lock().expect("no panic while it is held");
        if known().contains(&hash) {
            continue;
        }
        if let Err(error) = syn::parse_file(text) {
            return Some(format!("{path} is not Rust: {error}"));
        }
        known().insert(hash);
    }
    let written: usize = files.values().map(String::len).sum();
    let read = mutant.input_bytes();
    (written > BASE + GROWTH * read).then(|| format!("{written} bytes out of {read}"))
}

impl Mutant {
    fn input_bytes(&self) -> usize {
        let overlay = self.sources.overlay.as_ref();
        let inputs = [Some(&self.sources.document), overlay];
        inputs
            .into_iter()
            .flatten()
            .map(|source| source.text.len())
            .sum()
    }

    /// The inputs as text, to look at one that is a hole.
    pub(crate) fn inputs(&self) -> BTreeMap<&'static str, Arc<Source>> {
        let document = ("document", Arc::clone(&self.sources.document));
        let overlay = self.sources.overlay.as_ref();
        let overlay = overlay.map(|source| ("overlay", Arc::clone(source)));
        [document].into_iter().chain(overlay).collect()
    }
}
