//! Takes in a revision, from the options to the files.

use std::path::PathBuf;
use std::sync::Arc;

use super::changelog;
use super::merge::{self, Merged};
use super::original::Original;
use super::{Accepted, Entry, mentions, sentences};
use crate::codegen;
use crate::config::{self, Inputs, Mode, Options};
use crate::diff::{self, Diff, Side};
use crate::emit;
use crate::finding::{Finding, Findings, Severity};
use crate::input;
use crate::load::load_openapi;
use crate::overlay;
use crate::pipeline::{self, Sources};
use crate::source::{Document, Source};
use crate::write::Text;

/// The options of the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where the rest is, and whether to write.
    pub options: Options,
    /// The revision; `-` is standard input.
    pub revision: PathBuf,
}

/// Takes in a revision of the document, or says why not, and then nothing has been written.
#[must_use]
pub fn accept(request: &Request) -> (Option<Accepted>, Findings) {
    let mut findings = Findings::new();
    let accepted = run(request, &mut findings);
    (accepted, findings)
}

/// The inputs of a revision, read and without a fault.
struct Read {
    document: Original,
    before: Document,
    revision: Document,
    overlay: Option<Arc<Source>>,
    changelog: Option<Original>,
    /// The committed code, which callers compile against.
    committed: Side,
}

fn run(request: &Request, findings: &mut Findings) -> Option<Accepted> {
    let inputs = config::read(&request.options, findings)?;
    let read = read(request, &inputs, findings)?;
    let merged = merge::merge(&read.revision.root, &read.before.root);
    let text = emit::document(&merged.root, &read.document.source.text);
    let sources = Sources {
        document: Source::new(read.document.source.name.clone(), text),
        overlay: read.overlay.clone(),
    };
    let mut own = Findings::new();
    let strict = overlay::Mode::Strict;
    let files = pipeline::files(&sources, strict, &inputs.settings, &mut own);
    let written = load_openapi(&sources.document, &mut Findings::new());
    let Some((files, written)) = files.zip(written) else {
        findings.extend(own.iter().cloned());
        return None;
    };
    let new = diff::of_files(&sources, &files, &own);
    let new = new.map_err(|finding| findings.push(finding)).ok()?;
    let diff = diff::diff(&read.committed, &new);
    findings.extend(
        diff.unlisted(&own, &old_findings(&own, &read, &inputs))
            .iter()
            .cloned(),
    );

    let change = read.document.replaced_by(&sources.document.text);
    let (entered, entry) = enter(read.changelog.as_ref(), &diff, &merged);
    let texts: Vec<Text> = [entered, change.clone()].into_iter().flatten().collect();
    let tree = codegen::put(request.options.mode, &inputs.out, &files, &texts, findings)?;
    let paths = [
        Some(&inputs.document),
        inputs.overlay.as_ref(),
        inputs.changelog.as_ref(),
        Some(&inputs.out),
    ];
    let own: Vec<PathBuf> = paths.into_iter().flatten().cloned().collect();
    Some(Accepted {
        dry_run: request.options.mode == Mode::DryRun,
        revision: read.revision.source().name.clone(),
        document_changes: change.is_some(),
        wanted: sentences::wanted(&merged, &written, &read.revision),
        dropped: sentences::dropped(&merged, &read.before, &read.document.source),
        mentions: mentions::find(&request.options.workspace, &own, &diff),
        document: inputs.document,
        changelog: inputs.changelog.zip(entry),
        diff,
        tree,
    })
}

/// Reads all files and looks for all that is wrong with them before it gives up, so that one run tells it all.
fn read(request: &Request, inputs: &Inputs, findings: &mut Findings) -> Option<Read> {
    let before = findings.count(Severity::Error);
    let revision = input::read(&request.revision, findings);
    let document = Original::read(&inputs.document, findings);
    let overlay = inputs
        .overlay
        .as_ref()
        .map(|path| input::read(path, findings));
    let changelog = inputs
        .changelog
        .as_ref()
        .map(|path| Original::read(path, findings));

    let ours = document
        .as_ref()
        .and_then(|document| load_openapi(&document.source, findings));
    if let Some((document, ours)) = document.as_ref().zip(ours.as_ref()) {
        findings.extend(document.lost_comments(&ours.root));
    }
    if let Some(Some(changelog)) = &changelog {
        findings.extend(changelog::without_heading(&changelog.source));
    }
    let committed = diff::committed(&inputs.out).map_err(|finding| findings.push(finding));
    let theirs = match (&revision, &overlay) {
        (None, _) | (_, Some(None)) => None,
        (Some(revision), overlay) => {
            let document = Arc::clone(revision);
            let sources = Sources {
                document,
                overlay: overlay.clone().flatten(),
            };
            digest(&sources, inputs, findings)
        }
    };
    let read = Read {
        document: document?,
        before: ours?,
        revision: theirs?,
        overlay: overlay.flatten(),
        changelog: changelog.flatten(),
        committed: committed.ok()?,
    };
    findings.unless_errors_since(before, read)
}

/// Takes the revision as it is through all stages, so that what is wrong with it is said at its own places. An
/// action that is obsolete is an error, and yet what comes after it is looked at in the same run.
fn digest(sources: &Sources, inputs: &Inputs, findings: &mut Findings) -> Option<Document> {
    let mut own = Findings::new();
    let files = pipeline::files(sources, overlay::Mode::Lenient, &inputs.settings, &mut own);
    let is_obsolete = |finding: &Finding| overlay::OBSOLETE.contains(&finding.code);
    let obsolete = own.iter().any(is_obsolete);
    if files.is_some() && !obsolete {
        return load_openapi(&sources.document, &mut Findings::new());
    }
    findings.extend(own.iter().cloned().map(|mut finding| {
        if is_obsolete(&finding) {
            finding.severity = Severity::Error;
        }
        finding
    }));
    None
}

/// Returns the findings about the document before, if there are any now that may be old.
fn old_findings(new: &Findings, read: &Read, inputs: &Inputs) -> Findings {
    let mut old = Findings::new();
    if new.iter().any(|finding| finding.severity > Severity::Note) {
        let sources = Sources {
            document: Arc::clone(&read.document.source),
            overlay: read.overlay.clone(),
        };
        let _ = diff::generated(&sources, &inputs.settings, &mut old);
    }
    old
}

/// The changelog with the entry for what changes, and what becomes of that entry.
fn enter(
    changelog: Option<&Original>,
    diff: &Diff,
    merged: &Merged,
) -> (Option<Text>, Option<Entry>) {
    let Some(changelog) = changelog else {
        return (None, None);
    };
    let version = merged.root.pointer("/info/version");
    let version = version.and_then(|version| version.as_str());
    let Some(entry) = diff::entry(diff, version.unwrap_or_default()) else {
        return (None, Some(Entry::Nothing));
    };
    match changelog::enter(&changelog.source.text, &entry) {
        Some(text) => (changelog.replaced_by(&text), Some(Entry::Written)),
        None => (None, Some(Entry::Already)),
    }
}
