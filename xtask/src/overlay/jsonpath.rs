//! JSONPath (RFC 9535): the targets of actions, and the nodes that they select.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use crate::finding::{Finding, Location};
use crate::pointer::Pointer;
use crate::source::{Document, lines};

/// How deep brackets and parentheses may nest; the time that parsing takes doubles with each.
const MAX_NESTING: usize = 8;

/// How many descendant segments (`..`) a query may have; each multiplies what it selects.
const MAX_DESCENTS: usize = 3;

/// A query, with the text it was written as.
#[derive(Debug)]
pub(super) struct Query<'a> {
    path: JsonPath,
    /// The query once for each of the names or indices that its unions list, if there are any.
    branches: Vec<(String, JsonPath)>,
    pub(super) text: &'a str,
    overlay: &'a Document,
    pointer: Pointer,
}

/// One step of the way from the root to a node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Index(usize),
    Name(String),
}

/// The way from the root to a node.
pub(super) type Path = Vec<Step>;

impl<'a> Query<'a> {
    /// Reads the query that stands at `pointer` in an Overlay.
    pub(super) fn read(
        text: &'a str,
        overlay: &'a Document,
        pointer: Pointer,
    ) -> Result<Self, Box<Finding>> {
        if too_complex(text) {
            let finding = Finding::error(
                "overlay/complex-jsonpath",
                format!(
                    "The JSONPath nests more than {MAX_NESTING} brackets or descends more than {MAX_DESCENTS} times."
                ),
                "Split the action into several with simpler targets.",
            );
            return Err(Box::new(finding.at(locate(text, overlay, &pointer))));
        }
        match JsonPath::parse(text) {
            Ok(path) => Ok(Self {
                path,
                branches: branches(text)
                    .into_iter()
                    .filter_map(|text| Some((JsonPath::parse(&text).ok()?, text)))
                    .map(|(path, text)| (text, path))
                    .collect(),
                text,
                overlay,
                pointer,
            }),
            Err(error) => {
                let reason = error.message();
                let whole = locate(text, overlay, &pointer);
                let at = inside(&whole, text, error.position());
                Err(Box::new(invalid(text, reason).at(at)))
            }
        }
    }

    /// Where the text stands in the Overlay.
    pub(super) fn location(&self) -> Location {
        locate(self.text, self.overlay, &self.pointer)
    }

    /// Where the key stands that the text is the value of.
    pub(super) fn key(&self) -> Location {
        self.overlay.locate(&self.pointer)
    }

    /// The nodes that the query selects, each once.
    pub(super) fn select(&self, root: &Value) -> BTreeSet<Path> {
        select(&self.path, root)
    }

    /// What each of the names in unions selects, with the query for it alone; nothing where there are no unions.
    pub(super) fn select_each(&self, root: &Value) -> Vec<(&str, BTreeSet<Path>)> {
        let branches = self.branches.iter();
        branches
            .map(|(text, path)| (text.as_str(), select(path, root)))
            .collect()
    }
}

fn select(path: &JsonPath, root: &Value) -> BTreeSet<Path> {
    let step = |element: &PathElement<'_>| match element {
        PathElement::Name(name) => Step::Name((*name).to_owned()),
        PathElement::Index(index) => Step::Index(*index),
    };
    path.query_located(root)
        .locations()
        .map(|location| location.iter().map(step).collect())
        .collect()
}

/// A query once for each name or index that a union in it lists, with all other unions as they are.
fn branches(text: &str) -> Vec<String> {
    let is_plain = |it: &&str| {
        it.starts_with(['\'', '"', '-']) || it.starts_with(|c: char| c.is_ascii_digit())
    };
    let (mut branches, mut done, mut rest) = (Vec::new(), String::new(), text);
    while let Some((before, selectors, after)) = bracket(rest) {
        if selectors.len() > 1 && selectors.iter().all(&is_plain) {
            let each = selectors
                .iter()
                .map(|it| format!("{done}{before}[{it}]{after}"));
            branches.extend(each);
        }
        let passed = rest.len() - after.len();
        done.push_str(rest.get(..passed).unwrap_or_default());
        rest = after;
    }
    branches
}

/// The first brackets of a query: what is before them, what they list, and what is after them.
fn bracket(text: &str) -> Option<(&str, Vec<&str>, &str)> {
    let (mut depth, mut quote, mut begins, mut parts) = (0usize, None, 0, Vec::new());
    let start = text.find('[')?;
    let mut characters = text.char_indices().skip_while(|(at, _)| *at < start);
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => drop(characters.next()),
            (Some(open), _) if character == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '[' | '(') => {
                depth += 1;
                begins = if depth == 1 { at + 1 } else { begins };
            }
            (None, ',') if depth == 1 => {
                parts.push(text.get(begins..at)?.trim());
                begins = at + 1;
            }
            (None, ']' | ')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    parts.push(text.get(begins..at)?.trim());
                    return Some((text.get(..start)?, parts, text.get(at + 1..)?));
                }
            }
            _ => {}
        }
    }
    None
}

/// The JSON Pointer to the node at the end of a path.
pub(super) fn pointer(path: &[Step]) -> Pointer {
    path.iter()
        .fold(Pointer::root(), |pointer, step| match step {
            Step::Index(index) => pointer.join(index),
            Step::Name(name) => pointer.join(name),
        })
}

/// The node at the end of a path.
pub(super) fn resolve<'v>(root: &'v Value, path: &[Step]) -> Option<&'v Value> {
    path.iter().try_fold(root, |value, step| match step {
        Step::Index(index) => value.get(index),
        Step::Name(name) => value.get(name),
    })
}

/// The node at the end of a path, to be changed.
pub(super) fn resolve_mut<'v>(root: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(root, |value, step| match step {
        Step::Index(index) => value.get_mut(index),
        Step::Name(name) => value.get_mut(name),
    })
}

fn invalid(text: &str, reason: &str) -> Finding {
    let next = if text.starts_with('/') {
        "Write a JSONPath instead of a JSON Pointer: `$.paths['/pets']` instead of `/paths/~1pets`."
    } else if !text.starts_with('$') {
        "Begin the JSONPath with `$`, the root of the document."
    } else {
        "Correct the JSONPath; names of other characters than letters, digits and `_` stand in brackets and quotes, such as `$.paths['/pets']`."
    };
    let reason = match reason.trim_end() {
        "parser error" => String::new(),
        reason if reason.contains("must start with") => ": a name has to stand here".to_owned(),
        reason => format!(": {reason}"),
    };
    Finding::error(
        "overlay/invalid-jsonpath",
        format!("This is not a JSONPath of RFC 9535{reason}."),
        next,
    )
}

/// Whether a query could take the parser or the evaluation exponential time.
fn too_complex(text: &str) -> bool {
    let (mut depth, mut deepest, mut quote) = (0usize, 0usize, None);
    let mut descents = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(open), _) if character == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '[' | '(') => depth += 1,
            (None, ']' | ')') => depth = depth.saturating_sub(1),
            (None, '.') if characters.peek() == Some(&'.') => descents += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest > MAX_NESTING || descents > MAX_DESCENTS
}

/// The place of a text that is the value of the member at `pointer`: the place of the text itself
/// where it stands as it is behind its key or on the next line, and of the key otherwise.
fn locate(text: &str, overlay: &Document, pointer: &Pointer) -> Location {
    let key = overlay.locate(pointer);
    let mut after_key = (key.column + key.width).saturating_sub(1);
    let nearby = lines(&key.source.text)
        .enumerate()
        .skip(key.line.saturating_sub(1))
        .take(2);
    for (index, line) in nearby {
        let skipped: usize = line.chars().take(after_key).map(char::len_utf8).sum();
        let rest = line.get(skipped..).unwrap_or_default();
        if let Some((before, _)) = rest.split_once(text).filter(|_| !text.is_empty()) {
            return Location {
                line: index + 1,
                column: after_key + before.chars().count() + 1,
                width: text.chars().count(),
                source: Arc::clone(&key.source),
            };
        }
        after_key = 0;
    }
    key
}

/// The place of one character of a text at a place, counted in bytes.
fn inside(location: &Location, text: &str, offset: usize) -> Location {
    let width = text.chars().count();
    if location.width != width {
        return location.clone();
    }
    let before = text
        .get(..offset)
        .map_or(0, |before| before.chars().count());
    Location {
        column: location.column + before,
        width: 1,
        ..location.clone()
    }
}
