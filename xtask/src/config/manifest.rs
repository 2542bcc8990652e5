//! A Cargo manifest as TOML in which every key and value knows its place.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::{Finding, Findings, Location};
use crate::source::Source;

/// A table of a manifest, with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    source: &'a Arc<Source>,
    /// The name of the table, for people: `workspace.metadata.codegen`.
    name: &'static str,
    table: &'a DeTable<'a>,
    /// The place of the header of the table.
    place: (usize, usize),
}

/// Parses a manifest; every syntax error is a finding.
pub(super) fn parse<'a>(source: &'a Arc<Source>, findings: &mut Findings) -> Option<DeTable<'a>> {
    let before = findings.count(crate::finding::Severity::Error);
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    for error in errors {
        let finding = Finding::error(
            "config/invalid-toml",
            format!(
                "`{}` is not valid TOML: {}.",
                source.name,
                sentence(error.message())
            ),
            "Correct the line.",
        );
        let location = match error.span() {
            Some(span) => locate(source, &span),
            None => Location::whole_file(source),
        };
        findings.push(finding.at(location));
    }
    findings.unless_errors_since(before, table.into_inner())
}

/// The table at the dotted name, if it is there; on the way, what is no table is a finding.
pub(super) fn section<'a>(
    source: &'a Arc<Source>,
    root: &'a DeTable<'a>,
    name: &'static str,
    findings: &mut Findings,
) -> Option<Section<'a>> {
    let mut table = root;
    let mut place = (0, 0);
    for key in name.split('.') {
        let (key, value) = table.get_key_value(key)?;
        place = (key.span().start, key.span().end);
        match value.get_ref().as_table() {
            Some(inner) => table = inner,
            None => {
                let message = format!("`{}` in `{name}` must be a table.", key.get_ref());
                let next = format!("Write a section `[{name}]`.");
                let finding = Finding::error("config/wrong-type", message, next);
                findings.push(finding.at(locate(source, &key.span())));
                return None;
            }
        }
    }
    Some(Section {
        source,
        name,
        table,
        place,
    })
}

impl Section<'_> {
    /// The place of the section as a whole.
    pub(super) fn location(&self) -> Location {
        locate(self.source, &(self.place.0..self.place.1))
    }

    /// The string at `key`, which must not be empty; `None` where it is missing or wrong, and the
    /// latter is a finding.
    pub(super) fn text(&self, key: &str, findings: &mut Findings) -> Option<(String, Location)> {
        let (_, value) = self.table.get_key_value(key)?;
        let location = locate(self.source, &value.span());
        match string(value) {
            Some(text) if !text.trim().is_empty() => return Some((text.to_owned(), location)),
            Some(_) => findings.push(
                Finding::error(
                    "config/empty-value",
                    format!("`{key}` in `[{}]` is empty.", self.name),
                    "Give it a value, or remove the line.",
                )
                .at(location),
            ),
            None => findings.push(
                Finding::error(
                    "config/wrong-type",
                    format!(
                        "`{key}` in `[{}]` must be a string, and is {}.",
                        self.name,
                        with_article(value.get_ref().type_str())
                    ),
                    "Write the value as a string in quotation marks.",
                )
                .at(location),
            ),
        }
        None
    }

    /// Reports every key that is none of `known`.
    pub(super) fn refuse_others(&self, known: &[&str], findings: &mut Findings) {
        let unknown = self
            .table
            .keys()
            .filter(|key| !known.contains(&key.get_ref().as_ref()));
        let mut unknown: Vec<_> = unknown.collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            findings.push(
                Finding::error(
                    "config/unknown-key",
                    format!("`[{}]` has no key `{}`.", self.name, key.get_ref()),
                    format!("Remove it, or use one of: `{}`.", known.join("`, `")),
                )
                .at(locate(self.source, &key.span())),
            );
        }
    }
}

fn string<'a>(value: &'a Spanned<DeValue<'a>>) -> Option<&'a str> {
    value.get_ref().as_str()
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

/// A message of the TOML parser as the middle of a sentence.
fn sentence(message: &str) -> String {
    message.trim_end_matches('.').replace('\n', ", ")
}

/// The place of a range of bytes.
fn locate(source: &Arc<Source>, span: &Range<usize>) -> Location {
    let text = &source.text;
    let before = text.get(..span.start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_so_far = before.get(line_start..).unwrap_or_default();
    let covered = text.get(span.clone()).unwrap_or_default();
    let covered = covered.lines().next().unwrap_or_default();
    Location {
        source: Arc::clone(source),
        line: before.matches('\n').count() + 1,
        column: line_so_far.chars().count() + 1,
        width: covered.chars().count().max(1),
    }
}
