//! A delivery for another URL than the one that is expected.

use std::fmt;

/// As many characters of a URL as `Display` shows.
const LONGEST: usize = 300;

/// The URL that a delivery was signed for and the one that was expected, where they differ.
///
/// Both are known to whoever runs the receiver, and neither is for the sender of the request. The first one is
/// genuine: it was found in a token that one of the keys has signed.
///
/// `Display` shows both, without a user name or password, and what the difference usually comes from. `Debug` shows
/// them as `Display` does.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UrlMismatch {
    signed: String,
    expected: String,
}

impl UrlMismatch {
    pub(super) fn new(signed: &str, expected: &str) -> Self {
        Self {
            signed: signed.to_owned(),
            expected: expected.to_owned(),
        }
    }

    /// Returns the URL that the message was published to, byte for byte.
    #[must_use]
    pub fn signed(&self) -> &str {
        &self.signed
    }

    /// Returns the URL that was expected, by [`Delivery::with_url`](super::Delivery::with_url) or by the layer. It is empty
    /// where none could be told for the request.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// The usual cause of the difference, and what to do.
    fn cause(&self) -> &'static str {
        if self.expected.is_empty() {
            return "no URL is expected for this request; see where the expected URL is made";
        }
        let (Some(signed), Some(expected)) = (Parts::of(&self.signed), Parts::of(&self.expected))
        else {
            return "give the expected URL as it is published to, with its scheme";
        };
        if self.signed.eq_ignore_ascii_case(&self.expected) {
            "capital and small letters differ: expect them as they are published to"
        } else if (signed.scheme, expected.scheme) == ("https", "http") {
            "the schemes differ: a proxy has taken the TLS off, so expect the URL outside of it"
        } else if signed.scheme != expected.scheme {
            "the schemes differ: publish and expect it alike"
        } else if signed.host() != expected.host() {
            "the hosts differ: behind a proxy, expect the public one, as it is published to"
        } else if signed.authority != expected.authority {
            "the ports differ, or what stands before the host: expect them as they are published to"
        } else if signed.path.trim_end_matches('/') == expected.path.trim_end_matches('/')
            && signed.path != expected.path
        {
            "a slash at the end makes another URL: publish and expect it alike"
        } else if signed.path != expected.path {
            "the paths differ: a proxy or a router has changed the path, or the message is for another endpoint"
        } else {
            "the queries differ: expect the query as it is published, byte for byte"
        }
    }
}

/// The parts of a URL in which receivers and publishers usually differ.
struct Parts<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let path = rest.split(['?', '#']).next().unwrap_or(rest);
        Some(Self {
            scheme,
            authority,
            path,
        })
    }

    /// The host without user info and port.
    fn host(&self) -> &'a str {
        let (_, host) = self
            .authority
            .rsplit_once('@')
            .unwrap_or(("", self.authority));
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        }
    }
}

/// A URL for one line of a log: without credentials, and cut where it is long.
struct Shown<'a>(&'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user_info = Parts::of(self.0).and_then(|parts| {
            let (user_info, _) = parts.authority.rsplit_once('@')?;
            Some((parts.scheme, user_info))
        });
        let (begin, rest) = match user_info {
            Some((scheme, user_info)) => (
                format!("{scheme}://***"),
                self.0.get(scheme.len() + "://".len() + user_info.len()..),
            ),
            None => (String::new(), Some(self.0)),
        };
        let rest = rest.unwrap_or_default();
        let shown: String = rest.chars().take(LONGEST).collect();
        let dots = if shown.len() < rest.len() { "…" } else { "" };
        write!(f, "`{begin}{}{dots}`", shown.escape_debug())
    }
}

impl fmt::Display for UrlMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the message was sent to {}, and {} is expected here; {}",
            Shown(&self.signed),
            Shown(&self.expected),
            self.cause()
        )
    }
}

impl fmt::Debug for UrlMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlMismatch")
            .field("signed", &format_args!("{}", Shown(&self.signed)))
            .field("expected", &format_args!("{}", Shown(&self.expected)))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_urls_are_shown_with_the_usual_cause_of_their_difference() {
        let expected = "https://example.com/a?x=1";
        for (signed, cause) in [
            ("http://example.com/a?x=1", "the schemes differ: publish"),
            (
                "https://Example.com/a?x=1",
                "capital and small letters differ",
            ),
            ("https://10.0.0.1/a?x=1", "the hosts differ"),
            ("https://example.com:8443/a?x=1", "the ports differ"),
            ("https://example.com/a/?x=1", "a slash at the end"),
            ("https://example.com/api/a?x=1", "the paths differ"),
            ("https://example.com?x=1", "the paths differ"),
            ("https://example.com/a?x=2", "the queries differ"),
            ("https://example.com/a", "the queries differ"),
        ] {
            let shown = UrlMismatch::new(signed, expected).to_string();
            assert!(
                shown.contains(signed) && shown.contains(expected) && shown.contains(cause),
                "{shown}"
            );
        }
        let proxy = UrlMismatch::new(expected, "http://example.com/a?x=1");
        assert!(proxy.to_string().contains("taken the TLS off"), "{proxy}");
        let slash = UrlMismatch::new("https://example.com", "https://example.com/");
        assert!(slash.to_string().contains("a slash at the end"), "{slash}");
        let nowhere = UrlMismatch::new("https://example.com", "");
        assert!(
            nowhere.to_string().contains("no URL is expected"),
            "{nowhere}"
        );
        let path = UrlMismatch::new("https://example.com/a", "/a");
        assert!(path.to_string().contains("with its scheme"), "{path}");
    }

    #[test]
    fn what_is_shown_has_no_password_and_is_one_line_of_bounded_length() {
        let long = "x".repeat(LONGEST);
        let signed = format!("https://user:hush@example.com/\n{long}");
        let mismatch = UrlMismatch::new(&signed, "https://hush@example.com/");
        assert_eq!(mismatch.signed(), signed);
        for shown in [format!("{mismatch}"), format!("{mismatch:?}")] {
            assert!(
                !shown.contains("hush") && !shown.contains('\n') && !shown.contains(&long),
                "{shown}"
            );
            assert!(shown.contains("https://***@example.com/"), "{shown}");
        }
    }
}
