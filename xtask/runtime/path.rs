//! Values that go into the path of a request.
//!
//! A URL parser folds `.` and `..`, drops what follows a `#`, and takes a backslash for a slash. A value that
//! came from outside could so turn one operation into another. Such a value is an error before anything is
//! sent.

use std::fmt::Write as _;

/// The value of the path parameter `name`, percent-encoded to be one segment of the path.
pub(crate) fn segment(name: &str, value: String) -> Result<String, String> {
    match value.as_str() {
        "" => Err(empty(name)),
        "." | ".." => Err(format!(
            "`{name}` is `{value}`, which would address another resource; give the name or id of what is meant"
        )),
        _ => Ok(encode(value)),
    }
}

/// The value percent-encoded, but for what may stand in a segment; a backslash is taken for a slash by URL parsers.
fn encode(value: String) -> String {
    let stays = |byte: &u8| byte.is_ascii_graphic() && !br#""\#<>?`{}/%"#.contains(byte);
    if value.as_bytes().iter().all(stays) {
        return value;
    }
    let mut encoded = String::with_capacity(value.len() * 3);
    for byte in value.bytes() {
        if stays(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The value of the path parameter `name`, to go into the path as it is, but for spaces: a URL parser would
/// drop one at the end.
pub(crate) fn raw_path(name: &str, value: String) -> Result<String, String> {
    if value.is_empty() {
        return Err(empty(name));
    }
    let rewritten = [
        (
            '#',
            "a `#`, and what follows it would never be sent; remove it, or write `%23` where it is data",
        ),
        (
            '\\',
            "a backslash, which would be sent as a slash; write `%5C` where it is data",
        ),
    ];
    for (character, consequence) in rewritten {
        if value.contains(character) {
            return Err(format!("`{name}` holds {consequence}"));
        }
    }
    if value.contains(|c: char| c.is_control()) {
        return Err(format!(
            "`{name}` holds a control character such as a line break; remove it"
        ));
    }
    let path = value.split_once('?').map_or(value.as_str(), |(path, _)| path);
    if has_dot_segment(path) {
        return Err(format!(
            "`{name}` holds a `.` or `..` segment, which would address another resource; write the path without it"
        ));
    }
    Ok(encode_spaces(value))
}

/// The value with its spaces percent-encoded, as a URL parser would write them, but for one at the end, which it
/// would drop.
pub(crate) fn encode_spaces(value: String) -> String {
    if value.contains(' ') {
        return value.replace(' ', "%20");
    }
    value
}

/// Returns whether a URL parser folds a segment of this path: `.` or `..`, also percent-encoded.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    path.as_bytes()
        .split(|byte| *byte == b'/')
        .any(is_dot_segment)
}

fn is_dot_segment(segment: &[u8]) -> bool {
    if segment.len() > "%2e%2e".len() {
        return false;
    }
    let (mut rest, mut dots) = (segment, 0);
    while let Some(after) = [".", "%2e", "%2E"]
        .iter()
        .find_map(|dot| rest.strip_prefix(dot.as_bytes()))
    {
        (rest, dots) = (after, dots + 1);
    }
    rest.is_empty() && (dots == 1 || dots == 2)
}

fn empty(name: &str) -> String {
    format!(
        "`{name}` is empty, and without it the request would address the whole collection; give the name or id of one"
    )
}
