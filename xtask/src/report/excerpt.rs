//! As much of a source line as is worth drawing.

use std::borrow::Cow;
use std::ops::Range;

/// The number of characters up to which a line is left to the renderer, which cuts it to what it can show,
/// but needs seconds for a file of megabytes in one line.
const LONG: usize = 10_000;

/// The number of characters that an excerpt has of a longer line, marks of omission aside.
const SHOWN: usize = 110;

/// The number of those that stand before the marker.
const BEFORE: usize = 40;

/// The mark of the part of a line that is left out.
const OMITTED: &str = "...";

/// A line, or a part of it, and what of it is marked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt<'a> {
    pub(super) text: Cow<'a, str>,
    /// In bytes of the text.
    pub(super) marked: Range<usize>,
    /// `true` if the text is the whole line, so that columns of one are columns of the other.
    pub(super) is_whole: bool,
}

impl<'a> Excerpt<'a> {
    /// The part of `line` around `width` characters from `column` on, which counts from 1.
    ///
    /// A marker that leaves the line ends with it.
    pub(super) fn new(line: &'a str, column: usize, width: usize) -> Self {
        let column = column.saturating_sub(1);
        if line.chars().nth(LONG).is_none() {
            return Self {
                text: Cow::Borrowed(line),
                marked: bytes(line, column, width),
                is_whole: true,
            };
        }
        let from = column.saturating_sub(BEFORE);
        let shown: String = line.chars().skip(from).take(SHOWN).collect();
        let marked = bytes(&shown, column - from, width);
        let shift = OMITTED.len();
        Self {
            text: Cow::Owned(format!("{OMITTED}{shown}{OMITTED}")),
            marked: marked.start + shift..marked.end + shift,
            is_whole: false,
        }
    }
}

/// The bytes of `width` characters from `column` on, which counts from 0.
fn bytes(line: &str, column: usize, width: usize) -> Range<usize> {
    let mut ends = line
        .char_indices()
        .map(|(index, _)| index)
        .chain([line.len()]);
    let start = ends.nth(column).unwrap_or(line.len());
    let end = match width.checked_sub(1) {
        Some(more) => ends.nth(more).unwrap_or(line.len()),
        None => start,
    };
    start..end
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, OMITTED, SHOWN};

    #[test]
    fn a_line_is_marked_in_characters_and_not_beyond_its_end() {
        let table = [
            ("key: value", 1, 3, "key"),
            ("é: ü ö", 4, 1, "ü"),
            ("名前: 値", 5, 1, "値"),
            ("\tkey: x", 2, 3, "key"),
            ("key", 2, 100, "ey"),
            ("key", 4, 1, ""),
            ("key", 100, usize::MAX, ""),
            ("", 1, 1, ""),
            ("key", 0, 1, "k"),
            ("key", 2, 0, ""),
        ];
        for (line, column, width, marked) in table {
            let excerpt = Excerpt::new(line, column, width);
            assert_eq!(excerpt.text, line);
            assert_eq!(excerpt.text.get(excerpt.marked), Some(marked), "{line}");
        }
    }

    #[test]
    fn a_very_long_line_is_cut_to_what_stands_around_the_marker() {
        let line: String = (0..10_000).map(|index| format!("é{index} ")).collect();
        let length = line.chars().count();
        for column in [
            1,
            41,
            42,
            5_000,
            length - 10,
            length,
            length + 1,
            length + 500,
        ] {
            let excerpt = Excerpt::new(&line, column, 5);
            assert!(!excerpt.is_whole);
            assert!(excerpt.text.chars().count() <= SHOWN + 2 * OMITTED.len());
            let marked: String = line.chars().skip(column - 1).take(5).collect();
            assert_eq!(excerpt.text.get(excerpt.marked), Some(&*marked), "{column}");
        }
    }
}
