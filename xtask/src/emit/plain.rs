//! Recognises texts that need no quotes.
//!
//! They have to be texts for a reader of YAML 1.1 too, to which `no` is a boolean and `12:30` a number:
//! other tools read the document as well.

use crate::load;

/// The characters that mean something at the beginning of a plain text.
const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`";

/// Words beyond those of YAML 1.2 that are no texts to a reader of YAML 1.1.
const OLDER_WORDS: [&str; 10] = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "=",
];

/// Returns whether a text on one line may stand without quotes, as a key or a value outside of brackets.
pub(super) fn may_be_plain(text: &str) -> bool {
    let trimmed = text.trim() == text && !text.is_empty();
    let marked = text.starts_with(|first| INDICATORS.contains(first)) || text.starts_with("...");
    let ends = text.contains(": ") || text.ends_with(':') || text.contains(" #");
    trimmed
        && !marked
        && !ends
        && text.chars().all(is_seen)
        && load::is_plain_text(text)
        && !is_older_word(text)
        && !looks_like_a_number(text)
}

/// Returns whether a character shows in an editor as what it is, and YAML allows it as it is.
pub(super) fn is_seen(c: char) -> bool {
    let invisible = matches!(
        c,
        '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    );
    let noncharacter = u32::from(c) & 0xfffe == 0xfffe;
    !c.is_control() && !invisible && !noncharacter
}

fn is_older_word(text: &str) -> bool {
    OLDER_WORDS.contains(&text.to_ascii_lowercase().as_str()) || text == "<<"
}

/// An older reader may take a text for a number or a point in time: `0b11`, `1_000`, `12:30`, `2024-01-02`. Some texts
/// that no reader does are among them; a version such as `3.1.0` is not.
fn looks_like_a_number(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']);
    unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && unsigned.matches('.').count() < 2
        && unsigned
            .chars()
            .all(|c| c.is_ascii_hexdigit() || "_:.+-oxXtTzZ \t".contains(c))
}
