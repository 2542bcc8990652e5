//! From the parser's lines and columns to the places that findings name.

use std::sync::Arc;

use saphyr_parser::{Marker, ScalarStyle, Span};

use super::surrogates::Joined;
use crate::source::Source;
use crate::source::places::Place;

/// Follows the parser through the text, and measures the tokens that it reports.
pub(super) struct Cursor<'a> {
    source: &'a Arc<Source>,
    text: &'a Joined<'a>,
    /// The text from the column `column` of line `line` on.
    rest: &'a str,
    line: usize,
    column: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(source: &'a Arc<Source>, text: &'a Joined<'a>) -> Self {
        Self {
            source,
            text,
            rest: text.as_str(),
            line: 1,
            column: 0,
        }
    }

    /// The place of a token that is no quoted scalar.
    pub(super) fn place(&self, span: Span) -> Place {
        let width = if span.start.line() == span.end.line() {
            span.end.col().saturating_sub(span.start.col())
        } else {
            1
        };
        self.at(position(span.start), width)
    }

    /// The place of a scalar.
    ///
    /// The parser counts what follows a closing quote to its token, so quoted ones are measured here.
    pub(super) fn scalar(&mut self, span: Span, style: ScalarStyle) -> Place {
        match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let width = self
                    .text_from(span.start)
                    .map_or(1, |token| quoted_width(token, style));
                self.at(position(span.start), width)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => self.at(position(span.start), 1),
            ScalarStyle::Plain => self.place(span),
        }
    }

    /// The place of `width` characters from a line (from 1) and column (from 0) on.
    pub(super) fn at(&self, (line, column): (usize, usize), width: usize) -> Place {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let column = column + self.text.shift(line, column);
        Place {
            source: Arc::clone(self.source),
            line: small(line),
            column: small(column + 1),
            width: small(width.max(1)),
        }
    }

    /// The text from a marker on; markers must come in the order of the text.
    fn text_from(&mut self, mark: Marker) -> Option<&'a str> {
        while self.line < mark.line() {
            self.rest = after_line(self.rest)?;
            self.line += 1;
            self.column = 0;
        }
        let skip = mark.col().checked_sub(self.column)?;
        if self.line != mark.line() {
            return None;
        }
        let mut characters = self.rest.chars();
        if skip > 0 {
            characters.nth(skip - 1)?;
        }
        self.rest = characters.as_str();
        self.column = mark.col();
        Some(self.rest)
    }
}

/// The line (from 1) and column (from 0) of a marker.
pub(super) fn position(marker: Marker) -> (usize, usize) {
    (marker.line(), marker.col())
}

/// What follows the first line of a text.
fn after_line(text: &str) -> Option<&str> {
    let end = text.find(['\n', '\r'])?;
    let rest = text.get(end..)?;
    rest.strip_prefix("\r\n").or_else(|| rest.get(1..))
}

/// How many characters a text that begins with a quoted scalar takes up to the closing quote,
/// or to the end of the line.
fn quoted_width(text: &str, style: ScalarStyle) -> usize {
    // A tag or an anchor may come first.
    let quote = if style == ScalarStyle::SingleQuoted {
        '\''
    } else {
        '"'
    };
    let mut width = 0;
    let mut inside = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if matches!(character, '\n' | '\r') {
            break;
        }
        width += 1;
        if !inside {
            inside = character == quote;
        } else if character == '\\' && quote == '"' {
            width += usize::from(characters.next().is_some());
        } else if character == quote {
            if quote == '\'' && characters.peek() == Some(&quote) {
                characters.next();
                width += 1;
            } else {
                break;
            }
        }
    }
    width
}
