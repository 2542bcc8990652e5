//! Text of others, made fit for one line of a log.

/// As many characters of somebody else's text as an error carries.
const LONGEST: usize = 500;

/// The beginning of `text` in one line: every run of white space and control characters is one space.
pub(super) fn excerpt(text: &[u8]) -> String {
    // Four bytes are the longest character, and white space at the beginning may fall away.
    let text = text.get(..LONGEST * 8).unwrap_or(text);
    let mut line = String::new();
    let mut length = 0;
    for character in String::from_utf8_lossy(text).chars() {
        let blank = character.is_whitespace() || character.is_control();
        if blank && (line.is_empty() || line.ends_with(' ')) {
            continue;
        }
        if length == LONGEST {
            line.push('…');
            break;
        }
        line.push(if blank { ' ' } else { character });
        length += 1;
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_one_line_of_bounded_length() {
        let long = "é".repeat(LONGEST);
        for (text, line) in [
            ("", String::new()),
            (" \r\n ", String::new()),
            ("as it is", "as it is".to_owned()),
            (
                "<html>\n\t<title>502</title>\n",
                "<html> <title>502</title>".to_owned(),
            ),
            ("a\u{1b}[31m\0b", "a [31m b".to_owned()),
            (long.as_str(), long.clone()),
            (format!("{long}x").as_str(), format!("{long}…")),
        ] {
            assert_eq!(excerpt(text.as_bytes()), line, "{text:?}");
        }
        assert_eq!(excerpt(b"\xff\xfe"), "\u{fffd}\u{fffd}");
        assert_eq!(excerpt(&vec![b'x'; 1 << 20]).chars().count(), LONGEST + 1);
    }
}
