//! From the parser's events to a value and its places, without recursion.

use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::{Map, Value};

use super::anchors::{Anchors, NoCopy};
use super::cursor::Cursor;
use super::stack::{Collection, Slot, Stack};
use super::surrogates::Joined;
use super::{MAX_DEPTH, MAX_ERRORS, faults, scalar, syntax};
use crate::finding::{Finding, Findings, Location};
use crate::source::Source;
use crate::source::places::{Place, Places};

/// Loading cannot go on; why has been reported.
struct Stop;

/// The value of a text and the places of its parts; `None` where it ends too early to have one.
pub(super) fn build(
    source: &Arc<Source>,
    text: &Joined<'_>,
    findings: &mut Findings,
) -> Option<(Value, Places)> {
    let mut builder = Builder {
        source,
        cursor: Cursor::new(source, text),
        findings,
        errors: 0,
        stack: Stack::default(),
        anchors: Anchors::default(),
        documents: 0,
        blank: true,
    };
    for event in Parser::new_from_str(text.as_str()) {
        let outcome = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => builder.syntax_error(&error, text.as_str()),
        };
        if outcome.is_err() {
            return None;
        }
    }
    builder.finish()
}

struct Builder<'a> {
    source: &'a Arc<Source>,
    cursor: Cursor<'a>,
    findings: &'a mut Findings,
    errors: usize,
    stack: Stack,
    anchors: Anchors,
    documents: usize,
    /// Whether all there is so far is a value that was not written: nothing at all.
    blank: bool,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        match event {
            Event::DocumentStart(_) => self.document_start(span),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), span)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(Collection::Array(Vec::new()), anchor, tag.as_deref(), span)
            }
            Event::MappingStart(anchor, tag) => {
                let object = Collection::Object(Map::new(), Slot::Key);
                self.open(object, anchor, tag.as_deref(), span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn document_start(&mut self, span: Span) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let place = self.cursor.place(span);
        self.stop(&place, faults::several_documents())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), Stop> {
        let place = self.cursor.scalar(span, style);
        if self.stack.expects_key() {
            self.remember(anchor, &Value::from(text), &Places::leaf(place.clone()))?;
            return self.key(text.to_owned(), faults::key(text, style, tag), place);
        }
        self.blank &= text.is_empty() && style == ScalarStyle::Plain && tag.is_none();
        let value = match scalar::resolve(text, style, tag) {
            Ok(value) => value,
            Err(reason) => {
                self.report(&place, faults::no_value(text, tag, &reason))?;
                Value::Null
            }
        };
        let places = Places::leaf(place);
        self.remember(anchor, &value, &places)?;
        self.stack.put(value, places);
        Ok(())
    }

    /// Takes a key, or refuses it together with its value.
    fn key(&mut self, name: String, fault: Option<Finding>, place: Place) -> Result<(), Stop> {
        let repeated = || Some(faults::duplicate_key(&name, self.stack.member(&name)?));
        let slot = match fault.or_else(repeated) {
            None => Slot::Value(name, place.clone()),
            Some(fault) => {
                self.report(&place, fault)?;
                Slot::Refused
            }
        };
        self.stack.wait(slot, &place);
        Ok(())
    }

    fn open(
        &mut self,
        collection: Collection,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), Stop> {
        let place = self.cursor.place(span);
        if self.stack.depth() >= MAX_DEPTH {
            return self.stop(&place, faults::too_deep());
        }
        if self.stack.expects_key() {
            self.report(&place, faults::complex_key())?;
        }
        let name = match &collection {
            Collection::Array(_) => "seq",
            Collection::Object(..) => "map",
        };
        if let Some(fault) = tag.and_then(|tag| faults::tag_on_collection(tag, name)) {
            self.report(&place, fault)?;
        }
        self.stack.push(collection, place, anchor);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Stop> {
        if let Some(closed) = self.stack.pop() {
            self.remember(closed.anchor, &closed.value, &closed.places)?;
            self.stack.put(closed.value, closed.places);
        }
        Ok(())
    }

    /// Keeps a finished value for the aliases that name it.
    fn remember(&mut self, anchor: usize, value: &Value, places: &Places) -> Result<(), Stop> {
        if anchor == 0 {
            return Ok(());
        }
        match (self.anchors.remember(anchor, value, places), &places.place) {
            (Err(_), Some(place)) => self.stop(place, faults::alias_bomb()),
            _ => Ok(()),
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Stop> {
        let place = self.cursor.place(span);
        match self.anchors.copy(anchor, self.stack.depth()) {
            Ok((value, places)) => self.put_alias(value, places, place),
            Err(NoCopy::Recursive) => {
                self.report(&place, faults::recursive_alias())?;
                self.put_alias(Value::Null, Places::default(), place)
            }
            Err(NoCopy::TooMany) => self.stop(&place, faults::alias_bomb()),
            Err(NoCopy::TooDeep) => self.stop(&place, faults::too_deep()),
        }
    }

    /// Puts the value of an alias, which may stand in the place of a key.
    fn put_alias(&mut self, value: Value, mut places: Places, place: Place) -> Result<(), Stop> {
        if !self.stack.expects_key() {
            places.place = Some(place);
            self.stack.put(value, places);
            return Ok(());
        }
        let (name, fault) = match value {
            Value::String(name) => (name, None),
            Value::Number(number) => (number.to_string(), None),
            Value::Bool(value) => (value.to_string(), None),
            Value::Null => (String::new(), Some(faults::null_key())),
            Value::Array(_) | Value::Object(_) => (String::new(), Some(faults::complex_key())),
        };
        self.key(name, fault, place)
    }

    fn syntax_error(&mut self, error: &ScanError, text: &str) -> Result<(), Stop> {
        let marker = (error.marker().line(), error.marker().col());
        let place = self.cursor.at(syntax::within(text, marker), 1);
        self.stop(&place, syntax::finding(error, text, self.stack.innermost()))
    }

    /// Reports the finding that loading cannot go on after.
    fn stop(&mut self, place: &Place, finding: Finding) -> Result<(), Stop> {
        self.report(place, finding)?;
        Err(Stop)
    }

    fn report(&mut self, place: &Place, finding: Finding) -> Result<(), Stop> {
        self.errors += 1;
        self.findings.push(finding.at(Location::from(place)));
        if self.errors < MAX_ERRORS {
            return Ok(());
        }
        let whole_file = Location::whole_file(self.source);
        self.findings.push(faults::too_many_errors().at(whole_file));
        Err(Stop)
    }

    fn finish(self) -> Option<(Value, Places)> {
        let root = self.stack.into_root();
        let root = root.filter(|(value, _)| !(value.is_null() && self.blank));
        if root.is_none() {
            self.findings.push(faults::empty(self.source));
        }
        root
    }
}
