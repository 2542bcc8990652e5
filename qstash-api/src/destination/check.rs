//! The destinations that arrive as they are written.

use percent_encoding::percent_decode_str;

use super::InvalidDestination;
use crate::generated::runtime::has_dot_segment;
use crate::receiver::MAX_DESTINATION_LEN;

/// Refuses a destination that the service would refuse, or that would not reach it unchanged.
pub(crate) fn check(destination: &str) -> Result<(), InvalidDestination> {
    if is_plain_url(destination) {
        return Ok(());
    }
    check_parts(destination)
}

/// The same, part by part, for what [`is_plain_url`] does not know.
fn check_parts(destination: &str) -> Result<(), InvalidDestination> {
    if destination.is_empty() {
        return Err(InvalidDestination::Empty);
    }
    if length_in_token(destination) > MAX_DESTINATION_LEN {
        return Err(InvalidDestination::TooLong);
    }
    if is_identifier(destination) {
        return Ok(());
    }
    if matches!(destination, "." | "..") {
        return Err(InvalidDestination::DotSegment);
    }
    let rest = after_scheme(destination).ok_or_else(|| no_scheme(destination))?;
    check_characters(rest)?;
    if host(rest).is_empty() {
        return Err(InvalidDestination::NoHost);
    }
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    if has_dot_segment(path) {
        return Err(InvalidDestination::DotSegment);
    }
    if query.is_empty() {
        return Ok(());
    }
    check_query(query)
}

/// Returns whether a destination is a URL that nothing can be wrong with, as nearly all are, found with one look at each byte.
fn is_plain_url(destination: &str) -> bool {
    let rest = destination
        .strip_prefix("https://")
        .or_else(|| destination.strip_prefix("http://"));
    let Some((first, rest)) = rest.and_then(|rest| rest.as_bytes().split_first()) else {
        return false;
    };
    let mut before = *first;
    let plain = |byte: &u8| {
        // A dot behind a slash may begin a segment that is folded.
        let plain = byte.is_ascii_alphanumeric()
            || matches!(byte, b'/' | b'-' | b'_')
            || (*byte == b'.' && before != b'/');
        before = *byte;
        plain
    };
    first.is_ascii_alphanumeric()
        && destination.len() <= MAX_DESTINATION_LEN
        && rest.iter().all(plain)
}

/// Returns whether this byte is percent-encoded on the way.
fn is_encoded(byte: u8) -> bool {
    !byte.is_ascii_graphic() || matches!(byte, b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'\'')
}

/// Returns the bytes that a URL takes in the signature of its delivery. A byte that is percent-encoded on the way has three for each
/// of its own, and an ampersand has the six of `\u0026`, as Go writes it into JSON.
pub(crate) fn length_in_token(url: &str) -> usize {
    let length = |byte| match byte {
        b'&' => 6,
        byte if is_encoded(byte) => 3,
        _ => 1,
    };
    url.bytes().map(length).sum()
}

/// Returns whether a header can carry this as the URL of a callback.
pub(crate) fn is_absolute_url(url: &str) -> bool {
    url.bytes().all(|byte| byte.is_ascii_graphic())
        && after_scheme(url).is_some_and(|rest| !host(rest).is_empty())
}

/// Returns all that logs and errors show of a destination: the scheme and host of a URL, or the name of a URL Group.
///
/// Path, query and user name may be secrets of the one who runs it, and what is no destination may be anything.
pub(crate) fn origin(destination: &str) -> String {
    match (destination.split_once("://"), after_scheme(destination)) {
        (Some((scheme, _)), Some(rest)) => {
            let authority = authority(rest);
            let host = authority
                .rsplit_once('@')
                .map_or(authority, |(_, host)| host);
            format!("{scheme}://{host}")
        }
        _ if is_identifier(destination) => destination.to_owned(),
        _ => "***".to_owned(),
    }
}

/// Returns whether this is a name of the service, as URL Groups, queues and schedules have: `[A-Za-z0-9._-]+`, and neither `.` nor `..`, which paths fold.
pub(crate) fn is_identifier(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// Returns the part after `http://` or `https://`, in any case.
fn after_scheme(url: &str) -> Option<&str> {
    ["https://", "http://"].into_iter().find_map(|scheme| {
        let (head, rest) = url.split_at_checked(scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then_some(rest)
    })
}

fn no_scheme(destination: &str) -> InvalidDestination {
    let lower = destination.to_ascii_lowercase();
    if lower.starts_with("http%3a")
        || lower.starts_with("https%3a")
        || lower.starts_with("https:%2f")
        || lower.starts_with("http:%2f")
    {
        return InvalidDestination::Encoded;
    }
    match destination.split_once("://") {
        Some((scheme, _)) if is_identifier(scheme) => InvalidDestination::Scheme,
        _ => InvalidDestination::NoScheme,
    }
}

fn check_characters(rest: &str) -> Result<(), InvalidDestination> {
    // Most destinations are plain, and a look at bytes is quicker than one at characters.
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'#' && byte != b'\\';
    if rest.bytes().all(is_plain) {
        return Ok(());
    }
    let problem = rest.chars().find_map(|character| match character {
        '#' => Some(InvalidDestination::Fragment),
        '\\' => Some(InvalidDestination::Backslash),
        character if character.is_control() => Some(InvalidDestination::Control),
        _ => None,
    });
    problem.map_or(Ok(()), Err)
}

fn authority(rest: &str) -> &str {
    let end = rest.bytes().position(|byte| b"/?#".contains(&byte));
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}

/// The host, without user info and port.
fn host(rest: &str) -> &str {
    let authority = authority(rest);
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    match host.split_once(']') {
        Some((address, _)) => address.trim_start_matches('['),
        None => host.split(':').next().unwrap_or(host),
    }
}

/// Refuses query keys that the service reads for itself, in whatever way they are written.
fn check_query(query: &str) -> Result<(), InvalidDestination> {
    for pair in query.split('&') {
        let key = pair.split('=').next().unwrap_or(pair).replace('+', " ");
        let key = percent_decode_str(&key)
            .decode_utf8_lossy()
            .to_ascii_lowercase();
        if key == "qstash_token" {
            return Err(InvalidDestination::Credentials);
        }
        if key.starts_with("upstash-") {
            return Err(InvalidDestination::Configuration { key });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn destinations_that_arrive_unchanged_are_taken() {
        let taken = [
            "https://example.com",
            "https://example.com/",
            "HTTPS://Example.COM:443/A//b",
            "http://user:secret@example.com:80/a?x=1&y",
            "https://[::1]:8080/a",
            "https://example.com/a%2Fb%20c;@[]|^",
            "https://example.com/...",
            "https://example.com/a.b/..c/%2e%2e%2e",
            "https://example.com/?next=/../a",
            "https://example.com/?x-upstash-delay=1&token=2&my_qstash_token=3",
            "https://exämple.com/ö?ü=é",
            "https://example.com/a b",
            "group",
            "my.group_1-x",
            "...",
        ];
        for destination in taken {
            assert_eq!(check(destination), Ok(()), "{destination}");
        }
    }

    #[test]
    fn destinations_that_would_be_refused_or_changed_are_errors() {
        use InvalidDestination as Invalid;
        let configuration = |key: &str| Invalid::Configuration { key: key.into() };
        let cases = [
            ("", Invalid::Empty),
            (".", Invalid::DotSegment),
            ("..", Invalid::DotSegment),
            ("example.com/a", Invalid::NoScheme),
            ("//example.com", Invalid::NoScheme),
            ("https:/example.com", Invalid::NoScheme),
            (" https://example.com", Invalid::NoScheme),
            ("my group", Invalid::NoScheme),
            ("größe", Invalid::NoScheme),
            ("https%3A%2F%2Fexample.com", Invalid::Encoded),
            ("https:%2F%2Fexample.com", Invalid::Encoded),
            ("ftp://example.com", Invalid::Scheme),
            ("https://", Invalid::NoHost),
            ("https:///a", Invalid::NoHost),
            ("https://?a", Invalid::NoHost),
            ("https://user@/a", Invalid::NoHost),
            ("https://:80/a", Invalid::NoHost),
            ("https://example.com/#a", Invalid::Fragment),
            ("https://example.com/?a#b", Invalid::Fragment),
            ("https://example.com\\a", Invalid::Backslash),
            ("https://example.com/\n", Invalid::Control),
            ("https://example.com/\t", Invalid::Control),
            ("https://x/../../../../v2/keys/rotate", Invalid::DotSegment),
            ("https://example.com/./a", Invalid::DotSegment),
            ("https://example.com/a/.", Invalid::DotSegment),
            ("https://example.com/%2e%2E/a", Invalid::DotSegment),
            ("https://example.com/.%2e", Invalid::DotSegment),
            ("https://../a", Invalid::DotSegment),
            ("https://example.com/?qstash_token=a", Invalid::Credentials),
            ("https://example.com?a&%71stash_token", Invalid::Credentials),
            (
                "https://example.com/?a=1&upstash-delay=1s",
                configuration("upstash-delay"),
            ),
            (
                "https://example.com/?Upstash-Cron=a",
                configuration("upstash-cron"),
            ),
            (
                "https://example.com/?upstash%2Dcron=a",
                configuration("upstash-cron"),
            ),
        ];
        for (destination, expected) in cases {
            assert_eq!(check(destination), Err(expected), "{destination}");
        }
    }

    #[test]
    fn a_url_that_is_plain_is_one_that_nothing_is_wrong_with() {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let pieces = "(https?://)?([a-z0-9]|[./:%?#@_-]|%2e|\\\\){0,8}";
        runner
            .run(&pieces, |url| {
                prop_assert!(!is_plain_url(&url) || check_parts(&url).is_ok(), "{url}");
                Ok(())
            })
            .unwrap();
        for url in [
            "https://example.com/orders_2/in-coming",
            "http://a",
            "http://a/b.",
        ] {
            assert!(is_plain_url(url), "{url}");
        }
    }

    #[test]
    fn a_destination_is_as_long_as_one_that_can_be_verified() {
        let begin = "https://a/?";
        for (piece, length) in [("a", 1), ("&", 6), ("ö", 6), ("%20", 3), (" ", 3)] {
            let longest =
                begin.to_owned() + &piece.repeat((MAX_DESTINATION_LEN - begin.len()) / length);
            assert_eq!(check(&longest), Ok(()), "{piece}");
            let longer = longest + &piece.repeat(6);
            assert_eq!(check(&longer), Err(InvalidDestination::TooLong), "{piece}");
        }
    }

    #[test]
    fn an_origin_has_no_secrets() {
        let cases = [
            (
                "https://user:secret@example.com:1/path?token=1",
                "https://example.com:1",
            ),
            ("https://example.com?token=1", "https://example.com"),
            ("group", "group"),
            ("example.com/token", "***"),
            ("https%3A%2F%2Ftoken", "***"),
        ];
        for (destination, expected) in cases {
            assert_eq!(origin(destination), expected);
        }
    }

    #[test]
    fn a_callback_goes_to_an_absolute_url() {
        for url in ["https://example.com", "HTTP://a/b?c#d", "https://[::1]/"] {
            assert!(is_absolute_url(url), "{url}");
        }
        for url in [
            "",
            "group",
            "/a",
            "ftp://a",
            "https://",
            "https://a/ b",
            "https://ä",
            "https://a\n",
        ] {
            assert!(!is_absolute_url(url), "{url}");
        }
    }
}
