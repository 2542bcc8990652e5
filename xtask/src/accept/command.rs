//! Takes in a revision, from the options to the files.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use super::changelog;
use super::merge;
use super::original::Original;
use super::{Accepted, Entry, descriptions, mentions};
use crate::codegen;
use crate::config::{self, Inputs, Mode, Options};
use crate::diff::{self, Side};
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
    /// The other inputs, and the mode.
    pub options: Options,
    /// The revision; `-` is standard input.
    pub revision: PathBuf,
}

/// Takes in a revision of the document. Without a result nothing has been written, and the findings say why.
#[must_use]
pub fn accept(request: &Request) -> (Option<Accepted>, Findings) {
    let mut findings = Findings::new();
    let accepted = run(request, &mut findings);
    (accepted, findings)
}

/// The files that a revision is taken in from, all of them read.
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
    let sources = |document| Sources {
        document,
        overlay: read.overlay.clone(),
    };
    let new = sources(Source::new(read.document.source.name.clone(), text));
    let (settings, mut found) = (&inputs.settings, Findings::new());
    let files = pipeline::files(&new, overlay::Mode::Strict, settings, &mut found);
    let written = load_openapi(&new.document, &mut Findings::new());
    let Some((files, written)) = files.zip(written) else {
        findings.extend(found.iter().cloned());
        return None;
    };
    let side = diff::of_files(&new, &files, &found);
    let side = side.map_err(|finding| findings.push(finding)).ok()?;
    let diff = diff::diff(&read.committed, &side);
    // What was to be said of the document before is no news.
    let mut old = Findings::new();
    if found.iter().any(|it| it.severity > Severity::Note) {
        let _ = diff::generated(
            &sources(Arc::clone(&read.document.source)),
            settings,
            &mut old,
        );
    }
    findings.extend(diff::unlisted(&found, &old).iter().cloned());

    let change = read.document.replaced_by(&new.document.text);
    let entry = read.changelog.as_ref().map(|changelog| {
        let version = merged.root.pointer("/info/version").and_then(Value::as_str);
        let entry = diff::entry(&diff, version.unwrap_or_default());
        let text = entry
            .as_ref()
            .map(|entry| changelog::enter(&changelog.source.text, entry));
        match text {
            None => (None, Entry::None),
            Some(None) => (None, Entry::Already),
            Some(Some(text)) => (changelog.replaced_by(&text), Entry::Written),
        }
    });
    let (entered, entry) = entry.unzip();
    let texts: Vec<Text> = [entered.flatten(), change.clone()]
        .into_iter()
        .flatten()
        .collect();
    let tree = codegen::put(request.options.mode, &inputs.out, &files, &texts, findings)?;
    let paths = [inputs.document.clone(), inputs.out].into_iter();
    let paths: Vec<PathBuf> = paths
        .chain(inputs.overlay)
        .chain(inputs.changelog.clone())
        .collect();
    Some(Accepted {
        dry_run: request.options.mode == Mode::DryRun,
        revision: read.revision.source().name.clone(),
        document_changes: change.is_some(),
        wanted: descriptions::wanted(&merged, &written, &read.revision),
        dropped: descriptions::dropped(&merged, &read.before, &read.document.source),
        mentions: mentions::find(&request.options.workspace, &paths, &diff),
        document: inputs.document,
        changelog: inputs.changelog.zip(entry),
        diff,
        tree,
    })
}

/// Reads all files, and reports everything that is wrong with them in one run.
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
    let ours = document.as_ref().and_then(|document| {
        let ours = load_openapi(&document.source, findings)?;
        findings.extend(document.lost_comments(&ours.root));
        Some(ours)
    });
    if let Some(Some(changelog)) = &changelog {
        findings.extend(changelog::without_heading(&changelog.source));
    }
    let committed = diff::committed(&inputs.out).map_err(|finding| findings.push(finding));
    let theirs = match (revision, &overlay) {
        (None, _) | (_, Some(None)) => None,
        (Some(document), overlay) => {
            let overlay = overlay.clone().flatten();
            generate(&Sources { document, overlay }, inputs, findings)
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

/// Generates from the revision as it is, so that findings name its own places, and returns it as a document. An
/// obsolete action is an error, and the stages after it still run.
fn generate(sources: &Sources, inputs: &Inputs, findings: &mut Findings) -> Option<Document> {
    let (mode, mut found) = (overlay::Mode::Lenient, Findings::new());
    let files = pipeline::files(sources, mode, &inputs.settings, &mut found);
    let is_obsolete = |finding: &Finding| overlay::OBSOLETE.contains(&finding.code);
    if files.is_some() && !found.iter().any(is_obsolete) {
        return load_openapi(&sources.document, &mut Findings::new());
    }
    for mut finding in found.iter().cloned() {
        if is_obsolete(&finding) {
            finding.severity = Severity::Error;
        }
        findings.push(finding);
    }
    None
}
