//! JSONPath (RFC 9535): the targets of actions, and the nodes that they select.

use std::collections::BTreeSet;

use jsonpath_rfc9535::{Element, Error, JsonPath};
use serde_json::Value;

use crate::finding::Finding;
use crate::pointer::Pointer;
use crate::source::Location;

/// The depth to which brackets and parentheses may nest; the stack that parsing takes grows with each.
const MAX_NESTING: usize = 8;

/// The most descendant segments (`..`) of a query; each multiplies what it selects.
const MAX_DESCENTS: usize = 3;

/// A query, with the text it was written as.
pub(super) struct Query<'a> {
    path: JsonPath,
    /// The query once for each of the names or indices that its unions list, if there are any.
    branches: Vec<(String, JsonPath)>,
    pub(super) text: &'a str,
    /// Its place in the Overlay.
    pub(super) place: Location,
}

impl<'a> Query<'a> {
    /// Reads a query that stands at a place.
    pub(super) fn read(text: &'a str, place: Location) -> Result<Self, Box<Finding>> {
        let marks = marks(text);
        let descents = marks
            .windows(2)
            .filter(|it| matches!(it, [(one, '.', _), (other, '.', _)] if one + 1 == *other));
        if descents.count() > MAX_DESCENTS || marks.iter().any(|(.., depth)| *depth >= MAX_NESTING)
        {
            return Err(Box::new(Finding::error(
                "overlay/complex-jsonpath",
                format!(
                    "The JSONPath nests more than {MAX_NESTING} brackets or descends more than {MAX_DESCENTS} times."
                ),
                "Split the action into several with simpler targets.",
            )));
        }
        let path = JsonPath::parse(text).map_err(|error| invalid(text, &error))?;
        let branches = branches(text, &marks).into_iter();
        let branches = branches.filter_map(|text| Some((JsonPath::parse(&text).ok()?, text)));
        Ok(Self {
            path,
            branches: branches.map(|(path, text)| (text, path)).collect(),
            text,
            place,
        })
    }

    /// Returns the nodes that the query selects, each once.
    pub(super) fn select(&self, root: &Value) -> BTreeSet<Pointer> {
        select(&self.path, root)
    }

    /// Returns the selection of each of the names in unions, with the query for it alone; empty where there are no
    /// unions.
    pub(super) fn select_each(&self, root: &Value) -> Vec<(&str, BTreeSet<Pointer>)> {
        let branches = self.branches.iter();
        branches
            .map(|(text, path)| (text.as_str(), select(path, root)))
            .collect()
    }
}

fn select(path: &JsonPath, root: &Value) -> BTreeSet<Pointer> {
    let nodes = path.query(root);
    let pointers = nodes.paths().map(|path| {
        let elements = path.elements().into_iter();
        elements.fold(Pointer::root(), |pointer, element| match element {
            Element::Name(name) => pointer.join(name),
            Element::Index(index) => pointer.join(index),
        })
    });
    pointers.collect()
}

/// Returns the characters of a query that are not in quotes, each with its place in bytes and with how many brackets
/// are open around it; around a bracket itself, how many are open but for it.
fn marks(text: &str) -> Vec<(usize, char, usize)> {
    let (mut marks, mut depth, mut quote) = (Vec::new(), 0usize, None);
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => drop(characters.next()),
            (Some(open), _) if character == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '[' | '(') => {
                marks.push((at, character, depth));
                depth += 1;
            }
            (None, _) => {
                depth = depth.saturating_sub(usize::from(matches!(character, ']' | ')')));
                marks.push((at, character, depth));
            }
        }
    }
    marks
}

/// Returns a query once for each name or index that a union in it lists, with all other unions as they are.
fn branches(text: &str, marks: &[(usize, char, usize)]) -> Vec<String> {
    let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let is_plain = |it: &&str| {
        it.starts_with(['\'', '"', '-']) || it.starts_with(|c: char| c.is_ascii_digit())
    };
    let (mut branches, mut begins) = (Vec::new(), Vec::new());
    for (at, character, depth) in marks {
        match (character, depth) {
            ('[', 0) => begins = vec![at + 1],
            (',', 1) => begins.push(at + 1),
            (']', 0) => {
                let ends = begins.iter().skip(1).map(|next| next - 1).chain([*at]);
                let listed = begins
                    .iter()
                    .zip(ends)
                    .map(|(from, to)| slice(*from, to).trim());
                let listed: Vec<_> = listed.collect();
                if let (Some(open), 2.., true) =
                    (begins.first(), listed.len(), listed.iter().all(is_plain))
                {
                    let (before, after) = (slice(0, *open), slice(*at, text.len()));
                    branches.extend(listed.iter().map(|it| format!("{before}{it}{after}")));
                }
            }
            _ => {}
        }
    }
    branches
}

fn invalid(text: &str, error: &Error) -> Box<Finding> {
    let reason = match error {
        Error::Syntax { position, .. } => match text.get(*position..).unwrap_or_default() {
            "" => "it ends too early".to_owned(),
            rest => format!("it cannot be read from `{}` on", rest.escape_debug()),
        },
        other => other.to_string(),
    };
    Box::new(Finding::error(
        "overlay/invalid-jsonpath",
        format!("This is not a JSONPath of RFC 9535: {reason}."),
        "Begin at the root with `$`; names of other characters than letters, digits and `_` stand in brackets and quotes, such as `$.paths['/pets']`.",
    ))
}
