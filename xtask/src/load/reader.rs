//! From the parser's events to a value and the places of its parts.

use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{Event, Marker, Parser, Span, StrInput, Tag};
use serde_json::{Map, Value};

use super::{MAX_COPIES, MAX_DEPTH, MAX_ERRORS, measure, scalar, shown, syntax};
use crate::finding::{Finding, Findings};
use crate::source::{Location, Places, Source};

/// A value and the places of its parts.
type Node = (Value, Places);

/// Reading cannot go on; why has been reported.
pub(super) struct Stop;

/// Returns the value of a source; `None` where it ends too early to have one.
pub(super) fn read(source: &Arc<Source>, findings: &mut Findings) -> Option<Node> {
    let options = granit_parser::options! {
        // Keys in JSON are as long as they like.
        simple_key_max_lookahead: source.text.len(),
    };
    let reader = Reader {
        source,
        parser: Parser::new_from_str_with_options(&source.text, options),
        findings,
        errors: 0,
        anchors: HashMap::new(),
        copies: 0,
    };
    reader.document().ok()
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    parser: Parser<'a, StrInput<'a>>,
    findings: &'a mut Findings,
    errors: usize,
    /// The finished values that aliases may name.
    anchors: HashMap<usize, Node>,
    /// The number of values that have been copied for anchors and aliases.
    copies: usize,
}

impl<'a> Reader<'a> {
    fn document(mut self) -> Result<Node, Stop> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(..) if root.is_some() => {
                    let finding = Finding::error(
                        "load/several-documents",
                        "A second YAML document begins here, and a file holds one document.",
                        "Delete the marker `---`, or move what follows it into a file of its own.",
                    );
                    return self.stop(finding.at(self.place(span)));
                }
                // A document of which nothing is written.
                Event::Scalar(..) if span.is_empty() => {}
                event if event.is_node() => root = Some(self.node(event, span, 0)?),
                _ => {}
            }
        }
        root.ok_or_else(|| {
            let empty = Finding::error(
                "load/empty",
                "The file holds no document.",
                "Check that this is the right file; comments alone are no document.",
            );
            self.findings
                .push(empty.at(Location::whole_file(self.source)));
            Stop
        })
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Stop> {
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => self.stop(syntax::finding(&error, self.source)),
            None => Ok((Event::StreamEnd, Span::empty(Marker::new(0, 1, 0)))),
        }
    }

    /// Returns the value that begins with an event, inside of `depth` collections.
    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Stop> {
        let place = self.place(span);
        let anchor = event.anchor_id();
        let node = match event {
            Event::Alias(anchor) => return self.copy(anchor, place, depth),
            Event::Scalar(text, style, _, tag) => {
                let value = match scalar::resolve(&text, style, tag.as_deref()) {
                    Ok(value) => value,
                    Err(finding) => {
                        self.report(finding.at(self.start(span)))?;
                        Value::Null
                    }
                };
                (value, Places::new(place))
            }
            Event::SequenceStart(_, _, tag) => {
                self.enter(span, tag.as_deref(), "seq", depth)?;
                self.elements(place, depth + 1)?
            }
            Event::MappingStart(_, _, tag) => {
                self.enter(span, tag.as_deref(), "map", depth)?;
                self.members(place, span.is_empty(), depth + 1)?
            }
            // No other event begins a node.
            _ => (Value::Null, Places::new(place)),
        };
        if let Some(anchor) = anchor {
            self.charge(&node.0, &self.start(span))?;
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    /// Looks at the beginning of a collection.
    fn enter(
        &mut self,
        span: Span,
        tag: Option<&Tag>,
        name: &str,
        depth: usize,
    ) -> Result<(), Stop> {
        let place = self.start(span);
        if depth >= MAX_DEPTH {
            return self.stop(syntax::too_deep().at(place));
        }
        match tag.and_then(|tag| scalar::check_tag(tag, name)) {
            Some(finding) => self.report(finding.at(place)),
            None => Ok(()),
        }
    }

    fn elements(&mut self, place: Location, depth: usize) -> Result<Node, Stop> {
        let (mut elements, mut places) = (Vec::new(), Places::new(place));
        loop {
            match self.next()? {
                (Event::SequenceEnd | Event::StreamEnd, _) => break,
                (event, span) => {
                    let (value, inner) = self.node(event, span, depth)?;
                    places.insert(&elements.len().to_string(), inner);
                    elements.push(value);
                }
            }
        }
        Ok((Value::Array(elements), places))
    }

    /// Returns the members of an object, which begins with its first key where it has no braces.
    fn members(&mut self, place: Location, bare: bool, depth: usize) -> Result<Node, Stop> {
        let (mut members, mut places) = (Map::new(), Places::new(place));
        let mut first = bare;
        loop {
            let (event, span) = match self.next()? {
                (Event::MappingEnd | Event::StreamEnd, _) => break,
                key => key,
            };
            let place = self.place(span);
            if std::mem::take(&mut first) {
                places.place = place.clone();
            }
            let name = self.key(event, span, depth)?;
            let earlier = name.as_deref().and_then(|name| places.part(name));
            if let Some((name, earlier)) = name.as_deref().zip(earlier) {
                let finding = Finding::error(
                    "load/duplicate-key",
                    format!("The key `{}` stands twice in the same object.", shown(name)),
                    "Delete one of the two members, or merge them into one.",
                );
                let finding = finding.related(earlier.place.clone(), "it stands here first");
                self.report(finding.at(place.clone()))?;
            }
            let (event, span) = self.next()?;
            let (value, mut inner) = self.node(event, span, depth)?;
            if let Some(name) = name.filter(|name| !members.contains_key(name)) {
                inner.place = place;
                places.insert(&name, inner);
                members.insert(name, value);
            }
        }
        Ok((Value::Object(members), places))
    }

    /// Returns the name of a member; `None` where it has been refused.
    fn key(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Option<String>, Stop> {
        let place = self.start(span);
        let finding = match &event {
            Event::Scalar(text, style, anchor, tag) => {
                match scalar::check_key(text, *style, tag.as_deref()) {
                    None => {
                        let name = text.to_string();
                        if *anchor > 0 {
                            let node = (Value::from(&*name), Places::new(place));
                            self.anchors.insert(*anchor, node);
                        }
                        return Ok(Some(name));
                    }
                    Some(finding) => finding,
                }
            }
            Event::Alias(anchor) => match self.anchors.get(anchor).map(|(value, _)| value) {
                Some(Value::String(name)) => return Ok(Some(name.clone())),
                Some(Value::Number(number)) => return Ok(Some(number.to_string())),
                Some(Value::Bool(value)) => return Ok(Some(value.to_string())),
                Some(Value::Null) => scalar::null_key(),
                _ => complex_key(),
            },
            _ => complex_key(),
        };
        self.report(finding.at(place))?;
        // A collection in the place of a key is read to its end, and what is wrong in it is said too.
        if matches!(event, Event::SequenceStart(..) | Event::MappingStart(..)) {
            self.node(event, span, depth)?;
        }
        Ok(None)
    }

    /// Returns a copy of the value that an alias names.
    fn copy(&mut self, anchor: usize, place: Location, depth: usize) -> Result<Node, Stop> {
        let Some((value, mut places)) = self.anchors.get(&anchor).cloned() else {
            let finding = Finding::error(
                "load/recursive-alias",
                "This alias stands inside the value that it names.",
                "Write a recursive schema with `$ref` to a component.",
            );
            self.report(finding.at(place.clone()))?;
            return Ok((Value::Null, Places::new(place)));
        };
        self.charge(&value, &place)?;
        if depth + measure(&value).1 > MAX_DEPTH {
            return self.stop(syntax::too_deep().at(place));
        }
        places.place = place;
        Ok((value, places))
    }

    /// Counts a value that is copied, also one that is kept for aliases: collections with anchors inside one
    /// another are kept once for each.
    fn charge(&mut self, value: &Value, place: &Location) -> Result<(), Stop> {
        self.copies = self.copies.saturating_add(measure(value).0);
        if self.copies <= MAX_COPIES {
            return Ok(());
        }
        let finding = Finding::error(
            "load/alias-bomb",
            format!("Anchors and aliases up to this one copy more than {MAX_COPIES} values."),
            "Replace aliases of large values by `$ref` to a component.",
        );
        self.stop(finding.at(place.clone()))
    }

    /// Returns the place of a token, marked as far as its first line goes.
    fn place(&self, span: Span) -> Location {
        let token = span.slice(&self.source.text).unwrap_or_default();
        let line = token.split('\n').next().unwrap_or_default();
        Location {
            source: Arc::clone(self.source),
            line: span.start.line(),
            column: span.start.col() + 1,
            width: line.chars().count().max(1),
        }
    }

    /// Returns the place of a token from its tag on, if it has one.
    fn start(&self, span: Span) -> Location {
        self.place(span.tag_span().unwrap_or(span))
    }

    fn stop<T>(&mut self, finding: Finding) -> Result<T, Stop> {
        self.report(finding)?;
        Err(Stop)
    }

    fn report(&mut self, finding: Finding) -> Result<(), Stop> {
        self.errors += 1;
        self.findings.push(finding);
        if self.errors < MAX_ERRORS {
            Ok(())
        } else {
            Err(Stop)
        }
    }
}

fn complex_key() -> Finding {
    Finding::error(
        "load/complex-key",
        "The key of this member is a collection, and keys are strings.",
        "Put the key in quotes if its braces or brackets are meant as text, or write another key.",
    )
}
