//! Findings as a person reads them: the message, the source line with a marker, the next step.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
    normalize_untrusted_str,
};

use indexmap::IndexMap;

use crate::finding::{Finding, Findings, Severity};
use crate::source::{Location, Source};

/// The number of characters from which on a line is not drawn whole: the renderer needs seconds for a file of
/// megabytes in one line.
const LONG: usize = 10_000;

/// The number of characters of a longer line that are drawn, and of those before the marker.
const SHOWN: (usize, usize) = (110, 40);

/// Returns all findings as text, in their order and each once, with a summary at the end; empty where
/// there are none.
///
/// Notes of one kind are one line, with the first of them; there may be hundreds of them.
///
/// `color` says whether the text may hold escape sequences of a terminal.
#[must_use]
pub fn render(findings: &Findings, color: bool) -> String {
    report(findings, color, false)
}

/// [`render`], with every note.
#[must_use]
pub fn render_all(findings: &Findings, color: bool) -> String {
    report(findings, color, true)
}

fn report(findings: &Findings, color: bool, all_notes: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let findings = unique(findings);
    let mut files = Files::default();
    let mut kinds: IndexMap<&str, Vec<&Finding>> = IndexMap::new();
    let mut report = String::new();
    for finding in &findings {
        if finding.severity == Severity::Note && !all_notes {
            kinds.entry(finding.code).or_default().push(finding);
        } else {
            report.push_str(&renderer.render(&groups(finding, &mut files)));
            report.push_str("\n\n");
        }
    }
    let shows_all = kinds.is_empty();
    for (code, notes) in kinds {
        let Some((first, others)) = notes.split_first() else {
            continue;
        };
        let place: String = first.location.iter().map(|it| format!("{it}: ")).collect();
        let mut note = format!("note[{code}]: {place}{}", first.message);
        if !others.is_empty() {
            note.push_str(&format!(" ({} more of this kind)", others.len()));
        }
        report.push_str(&normalize_untrusted_str(&note));
        report.push('\n');
    }
    if !findings.is_empty() {
        report.push_str(&summary(&findings));
        report.push_str(if shows_all {
            "\n"
        } else {
            "; `--notes` shows all of them\n"
        });
    }
    report
}

/// Returns the findings, each once.
fn unique(findings: &Findings) -> Vec<&Finding> {
    let mut seen = HashSet::new();
    let mut unique: Vec<_> = findings.iter().collect();
    unique.retain(|finding| {
        let place = finding.location.as_ref().map(ToString::to_string);
        seen.insert((finding.severity, finding.code, &finding.message, place))
    });
    unique
}

/// Returns `2 errors, 1 warning`: the kinds of which there are any.
fn summary(findings: &[&Finding]) -> String {
    let count = |kind| findings.iter().filter(|it| it.severity == kind).count();
    let parts: Vec<_> = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|kind| (kind, count(kind)))
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{count} {kind}{}", if count == 1 { "" } else { "s" }))
        .collect();
    parts.join(", ")
}

/// Returns a finding as the renderer takes it.
fn groups<'a>(finding: &'a Finding, files: &mut Files<'a>) -> Vec<Group<'a>> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.clone().primary_title(&finding.message);
    let mut groups = vec![Group::with_title(title.id(finding.code))];
    if let Some(location) = &finding.location {
        let label = finding.code.rsplit('/').next().unwrap_or_default();
        let marker = (AnnotationKind::Primary, label.replace('-', " "));
        place(&mut groups, &level, location, files.line(location), marker);
    }
    for (location, label) in &finding.related {
        let marker = (AnnotationKind::Context, label.clone());
        place(&mut groups, &level, location, files.line(location), marker);
    }
    let help = Level::HELP.message(normalize_untrusted_str(&finding.next));
    add(&mut groups, help);
    groups
}

/// Adds a place: its name and, if it has a line, the line with a marker.
fn place<'a>(
    groups: &mut Vec<Group<'a>>,
    level: &Level<'a>,
    location: &'a Location,
    line: Option<&'a str>,
    (kind, label): (AnnotationKind, String),
) {
    let name = &location.source.name;
    let Some(line) = line else {
        add(groups, origin(location));
        return;
    };
    let column = location.column.saturating_sub(1);
    let is_long = line.chars().nth(LONG).is_some();
    let (shown, from) = if is_long {
        let from = column.saturating_sub(SHOWN.1);
        let shown: String = line.chars().skip(from).take(SHOWN.0).collect();
        (Cow::Owned(shown), from)
    } else {
        (Cow::Borrowed(line), 0)
    };
    let bytes = |characters| shown.chars().take(characters).map(char::len_utf8).sum();
    let start: usize = bytes(column - from);
    let end: usize = bytes((column - from).saturating_add(location.width));
    let marker = kind.span(start..end).label(label);
    let snippet = Snippet::<Annotation<'_>>::source(shown)
        .line_start(location.line)
        .annotation(marker);
    if is_long {
        // The renderer would count columns within what is shown, so it gets the place apart from
        // the line; only in a group of its own is a line without a place drawn as one.
        add(groups, origin(location));
        groups.push(Group::with_level(level.clone()).element(snippet));
    } else {
        add(groups, snippet.path(name));
    }
}

fn origin(location: &Location) -> Origin<'_> {
    let origin = Origin::path(&location.source.name);
    if location.line == 0 {
        return origin;
    }
    origin.line(location.line).char_column(location.column)
}

fn add<'a>(groups: &mut Vec<Group<'a>>, element: impl Into<Element<'a>>) {
    if let Some(last) = groups.pop() {
        groups.push(last.element(element));
    }
}

/// The lines of the files that findings point into, found once for each file.
#[derive(Default)]
struct Files<'a>(HashMap<*const Source, Vec<&'a str>>);

impl<'a> Files<'a> {
    fn line(&mut self, location: &'a Location) -> Option<&'a str> {
        let source = &location.source;
        if source.text.is_empty() {
            return None;
        }
        let all = self
            .0
            .entry(Arc::as_ptr(source))
            .or_insert_with(|| source.text.split('\n').collect());
        all.get(location.line.checked_sub(1)?).copied()
    }
}
