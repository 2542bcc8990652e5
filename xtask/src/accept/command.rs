//! Takes in a revision, from the options to the files.

use std::path::PathBuf;
use std::sync::Arc;

use super::changelog::{self, Entered};
use super::merge::{self, Merged};
use super::original::Original;
use super::{Accepted, Entry, sentences};
use crate::codegen;
use crate::config::{self, Inputs, Mode, Options};
use crate::diff::{self, Compared};
use crate::emit;
use crate::finding::{Finding, Findings, Location};
use crate::input;
use crate::load::load_openapi;
use crate::lower::grammar::Kind;
use crate::overlay;
use crate::pipeline::{self, Sources};
use crate::source::{Document, Source};
use crate::write::Text;

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where the rest is, and whether to write.
    pub options: Options,
    /// The revision; `-` is standard input.
    pub revision: PathBuf,
    /// The Overlay for the document as it was, where the one for the revision does not fit it any more.
    pub old_overlay: Option<PathBuf>,
}

/// Takes in a revision of the document, or says why not, and then nothing has been written.
#[must_use]
pub fn accept(request: &Request) -> (Option<Accepted>, Findings) {
    let mut findings = Findings::new();
    let accepted = run(request, &mut findings);
    (accepted, findings)
}

/// The files that a revision is taken in from, read.
struct Read {
    document: Original,
    revision: Arc<Source>,
    overlay: Option<Arc<Source>>,
    old_overlay: Option<Arc<Source>>,
}

impl Read {
    /// The document as it was, by another name: what will be written has the same path, and a place has to
    /// say which of them it means.
    fn was(&self) -> Arc<Source> {
        let was = &self.document.source;
        Source::new(format!("{} (before)", was.name), was.text.clone())
    }
}

fn run(request: &Request, findings: &mut Findings) -> Option<Accepted> {
    let inputs = config::read(&request.options, findings)?;
    let read = read(request, &inputs, findings)?;
    let revision = digest(&read, &inputs, findings)?;
    let before = load_openapi(&read.document.source, findings)?;
    if let Some(lost) = read.document.lost_comments(&before.root) {
        findings.push(lost);
        return None;
    }

    let merged = merge::merge(&revision.root, &before.root, Kind::Document);
    let text = emit::document(&merged.root, &read.document.source.text);
    let sources = Sources {
        document: Source::new(read.document.source.name.clone(), text),
        overlay: read.overlay.clone(),
    };
    let mut of_merged = Findings::new();
    let files = pipeline::files(
        &sources,
        overlay::Mode::Strict,
        &inputs.settings,
        &mut of_merged,
    );
    let written = load_openapi(&sources.document, &mut Findings::new());
    let Some((files, written)) = files.zip(written) else {
        findings.extend(of_merged.iter().cloned());
        return None;
    };

    let change = read.document.replaced_by(&sources.document.text);
    let compared = match &change {
        Some(_) => Some(compare(&read, &sources, &inputs, findings)?),
        None => None,
    };
    match &compared {
        Some(compared) => findings.extend(compared.brought().iter().cloned()),
        None => findings.extend(of_merged.iter().cloned()),
    }
    let diff = compared.and_then(|compared| compared.diff);
    let (entered, entry) = enter(&inputs, diff.as_ref(), &merged, findings)?;
    let texts: Vec<Text> = [entered, change].into_iter().flatten().collect();
    let tree = codegen::put(request.options.mode, &inputs.out, &files, &texts, findings)?;
    Some(Accepted {
        dry_run: request.options.mode == Mode::DryRun,
        revision: read.revision.name.clone(),
        document: inputs.document,
        diff,
        wanted: sentences::wanted(&merged, &written, &revision),
        dropped: sentences::dropped(&merged, &before, &read.was()),
        changelog: inputs.changelog.zip(entry),
        tree,
    })
}

/// Reads all files; each is read before the first is reported.
fn read(request: &Request, inputs: &Inputs, findings: &mut Findings) -> Option<Read> {
    let revision = input::read(&request.revision, findings);
    let document = Original::read(&inputs.document, findings);
    let overlay = inputs.overlay.as_ref();
    let overlay = overlay.map(|path| input::read(path, findings));
    let old_overlay = request.old_overlay.as_ref();
    let old_overlay = old_overlay.map(|path| input::read(path, findings));
    Some(Read {
        document: document?,
        revision: revision?,
        // An Overlay that is not there is a finding; one that nobody has named is none.
        overlay: flipped(overlay)?,
        old_overlay: flipped(old_overlay)?,
    })
}

/// `None` for what was asked for and is not there.
fn flipped<T>(asked: Option<Option<T>>) -> Option<Option<T>> {
    match asked {
        Some(None) => None,
        Some(found) => Some(found),
        None => Some(None),
    }
}

/// Takes the revision as it is through all stages, so that what is wrong with it is said at its own places.
fn digest(read: &Read, inputs: &Inputs, findings: &mut Findings) -> Option<Document> {
    let sources = Sources {
        document: Arc::clone(&read.revision),
        overlay: read.overlay.clone(),
    };
    let mut own = Findings::new();
    let files = pipeline::files(&sources, overlay::Mode::Strict, &inputs.settings, &mut own);
    if files.is_none() {
        findings.extend(own.iter().cloned());
    }
    files.and_then(|_| load_openapi(&read.revision, &mut Findings::new()))
}

/// Compares the document as it was with what will be written.
fn compare(
    read: &Read,
    sources: &Sources,
    inputs: &Inputs,
    findings: &mut Findings,
) -> Option<Compared> {
    let old = Sources {
        document: read.was(),
        overlay: read.old_overlay.clone().or_else(|| read.overlay.clone()),
    };
    let compared = diff::compare_sources([&old, sources], &inputs.settings);
    if compared.diff.is_none() {
        findings.extend(compared.old.iter().cloned());
        findings.extend(compared.new.iter().cloned());
    }
    if compared.old.has_errors() {
        findings.push(Finding::error(
            "accept/old-document",
            "The document as it was cannot be digested with this Overlay, so nobody can say what changes.",
            "Pass the Overlay as it was, from the version control, with `--old-overlay PATH`.",
        ));
    }
    compared.diff.is_some().then_some(compared)
}

/// The changelog with the entry for what changes, and what becomes of that entry.
fn enter(
    inputs: &Inputs,
    diff: Option<&diff::Diff>,
    merged: &Merged,
    findings: &mut Findings,
) -> Option<(Option<Text>, Option<Entry>)> {
    let Some(path) = &inputs.changelog else {
        return Some((None, None));
    };
    let version = merged.root.pointer("/info/version");
    let version = version.and_then(|version| version.as_str());
    let entry = diff.and_then(|diff| diff::entry(diff, version.unwrap_or_default()));
    let Some(entry) = entry else {
        return Some((None, Some(Entry::Nothing)));
    };
    let changelog = Original::read(path, findings)?;
    match changelog::enter(&changelog.source.text, &entry) {
        Entered::Text(text) => Some((changelog.replaced_by(&text), Some(Entry::Written))),
        Entered::Already => Some((None, Some(Entry::Already))),
        Entered::NoHeading => {
            findings.push(
                Finding::error(
                    "accept/no-unreleased",
                    "The changelog has no heading `## Unreleased`, so the change has no place in it.",
                    "Add the heading above the latest release.",
                )
                .at(Location::whole_file(&changelog.source)),
            );
            None
        }
    }
}
