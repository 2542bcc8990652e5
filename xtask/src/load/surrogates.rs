//! JSON writes a character beyond U+FFFF as two escapes (`\ud83d\ude00`); YAML knows only one
//! escape for it (`\U0001f600`). Where a file is JSON, the two are joined before it is parsed.

use std::borrow::Cow;

use serde::de::IgnoredAny;

/// How much shorter a joined escape is than the two it stands for.
const SHORTER: usize = 2;

/// A text whose pairs of escapes are joined, and where that was done.
pub(super) struct Joined<'a> {
    text: Cow<'a, str>,
    /// Line (from 1) and column (from 0) of the end of each joined escape, in order.
    ends: Vec<(usize, usize)>,
}

impl Joined<'_> {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// By how many columns a character stood further right before pairs were joined.
    pub(super) fn shift(&self, line: usize, column: usize) -> usize {
        if self.ends.is_empty() {
            return 0;
        }
        let upto = self.ends.partition_point(|end| *end <= (line, column));
        let from = self.ends.partition_point(|end| *end < (line, 0));
        upto.saturating_sub(from) * SHORTER
    }
}

/// Joins the pairs of a JSON text; any other text stays as it is, because there the same
/// characters may stand outside double quotes and mean themselves.
pub(super) fn join(text: &str) -> Joined<'_> {
    let mut joined = Joined {
        text: Cow::Borrowed(text),
        ends: Vec::new(),
    };
    if next_pair(text).is_none() || serde_json::from_str::<IgnoredAny>(text).is_err() {
        return joined;
    }
    let mut result = String::with_capacity(text.len());
    let (mut line, mut column) = (1, 0);
    let mut rest = text;
    while let Some((before, character, after)) = next_pair(rest) {
        result.push_str(before);
        result.push_str(&format!("\\U{:08x}", u32::from(character)));
        match before.rsplit_once('\n') {
            Some((lines, last)) => {
                line += lines.matches('\n').count() + 1;
                column = last.chars().count();
            }
            None => column += before.chars().count(),
        }
        column += 10;
        joined.ends.push((line, column));
        rest = after;
    }
    result.push_str(rest);
    joined.text = Cow::Owned(result);
    joined
}

/// What stands before the first pair, the character that the pair means, and what follows it.
fn next_pair(text: &str) -> Option<(&str, char, &str)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find('\\')?;
        let tail = text.get(at..)?;
        if let Some(character) = pair(tail) {
            return Some((text.get(..at)?, character, tail.get(12..)?));
        }
        // Skips the escaped character too, so that `\\u` is no escape of a character.
        from = at + 1 + tail.chars().nth(1).map_or(0, char::len_utf8);
    }
}

/// The character that two escapes at the start of a text mean together.
fn pair(text: &str) -> Option<char> {
    let unit = |text: &str| u16::from_str_radix(text.get(2..6)?, 16).ok();
    let second = text.get(6..12)?;
    if !text.starts_with("\\u") || !second.starts_with("\\u") {
        return None;
    }
    let units = [unit(text)?, unit(second)?];
    let mut characters = char::decode_utf16(units);
    match (characters.next(), characters.next()) {
        (Some(Ok(character)), None) => Some(character),
        _ => None,
    }
}
