//! Documents that are spread over several files.
//!
//! Codegen reads one file. Bundlers put the rest into it, and do so better than a second resolver would.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::finding::{Finding, Findings};
use crate::pointer::Pointer;
use crate::source::Document;

/// The number of references that the finding shows.
const SHOWN: usize = 3;

/// Members whose values are data, in which a `$ref` is no reference.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "value"];

/// Members whose own members have names that the document chooses, such as `default`.
const NAMED: [&str; 4] = ["$defs", "patternProperties", "properties", "schemas"];

/// The document, if all of it is in one file; one finding otherwise, however many references lead out of it.
pub fn in_one_file(document: Document, findings: &mut Findings) -> Option<Document> {
    let mut references = References::default();
    references.walk(&document.root, &Pointer::root(), false);
    let is_elsewhere = |target: &str| !references.identifiers.contains(file(target));
    let found: Vec<_> = references
        .found
        .iter()
        .filter(|(_, target)| is_elsewhere(target))
        .collect();
    let files: BTreeSet<_> = found.iter().map(|(_, target)| file(target)).collect();
    let Some(((at, target), rest)) = found.split_first() else {
        return Some(document);
    };
    let counted =
        |count, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let mut finding = Finding::error(
        "document/several-files",
        format!(
            "The document refers to {} in {}, `{}` first, and codegen reads one file.",
            counted(found.len(), "place"),
            counted(files.len(), "other file"),
            file(target),
        ),
        "Bundle it first, with `npx @redocly/cli bundle openapi.yaml --output bundled.yaml` for example, and name the result.",
    )
    .at(document.locate(at));
    for (at, target) in rest.iter().take(SHOWN - 1) {
        finding = finding.related(document.locate(at), format!("and `{target}` here"));
    }
    findings.push(finding);
    None
}

/// The file that a reference leads to.
fn file(target: &str) -> &str {
    target.split('#').next().unwrap_or_default()
}

#[derive(Default)]
struct References<'a> {
    /// The references that name a file or a URL, with their places.
    found: Vec<(Pointer, &'a str)>,
    /// The names that schemas of this document give themselves, which a reference may use too.
    identifiers: BTreeSet<&'a str>,
}

impl<'a> References<'a> {
    /// Collects what a value refers to; `named` says that its members have names that the document chooses.
    fn walk(&mut self, value: &'a Value, at: &Pointer, named: bool) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let is_data = DATA.contains(&name.as_str()) || name.starts_with("x-");
                    match (name.as_str(), member.as_str()) {
                        ("$ref", Some(target)) if !file(target).is_empty() => {
                            self.found.push((at.join(name), target));
                        }
                        ("$id", Some(identifier)) => {
                            self.identifiers.insert(file(identifier));
                        }
                        _ if is_data && !named => {}
                        (name, _) => {
                            let names = !named && NAMED.contains(&name);
                            self.walk(member, &at.join(name), names);
                        }
                    }
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.walk(element, &at.join(index), false);
                }
            }
            _ => {}
        }
    }
}
