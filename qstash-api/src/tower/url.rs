//! The URL that a request was published to.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use http::Uri;
use http::request::Parts;

/// The URL that a request has to have been published to.
///
/// The service signs the URL that it was told to deliver to, and a server does not know its own
/// public URL: behind a proxy it sees another scheme, host or path, and whatever the `Host` header
/// says was chosen by the caller.
#[derive(Clone)]
pub struct ExpectedUrl(Kind);

type Derive = dyn Fn(&Parts) -> Option<String> + Send + Sync;

#[derive(Clone)]
enum Kind {
    Any,
    Under(Arc<str>),
    From(Arc<Derive>),
}

impl ExpectedUrl {
    /// Expects the URL that begins with `base` and goes on with the path and query of the request, byte
    /// for byte.
    ///
    /// `base` is what stands before the path in the URLs that you publish to, as they spell it:
    /// `https://example.com`, or `https://example.com/api` where a proxy takes `/api` off the
    /// path. For a request to `/`, a message published to `base` alone passes too.
    ///
    /// Whatever takes a prefix off the path before the layer sees it, such as axum's `nest`, has
    /// to be made up for in `base`; or put the layer around the outermost router.
    ///
    /// # Errors
    ///
    /// Refuses what does not begin with `http://` or `https://` and a host, or has a query, a
    /// fragment, white space or a slash at its end: no message would ever pass.
    pub fn under(base: impl Into<String>) -> Result<Self, InvalidExpectedUrl> {
        let base = base.into();
        check(&base).map_err(InvalidExpectedUrl)?;
        Ok(Self(Kind::Under(base.into())))
    }

    /// Expects the URL that `derive` makes of the request, for services with several names, or behind
    /// proxies that change paths. Where it makes none, the request is refused.
    ///
    /// Do not take the host from a header without comparing it with the ones that are yours: a
    /// forwarded request has the header that its sender chose.
    #[must_use]
    pub fn from_fn(derive: impl Fn(&Parts) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Kind::From(Arc::new(derive)))
    }

    /// Expects no certain URL.
    ///
    /// **Then each message that the service delivers anywhere for your account passes here**, to
    /// be sent on by whoever received it. Where users choose a destination, such as the URL of a
    /// webhook, that is any user. Right where the handler compares
    /// [`Claims::subject`](crate::receiver::Claims::subject) itself.
    #[must_use]
    pub fn unchecked() -> Self {
        Self(Kind::Any)
    }

    /// The URL for this request and, where one request has two, the other one; `None` for any.
    pub(super) fn of(&self, parts: &Parts) -> Option<(String, Option<String>)> {
        match &self.0 {
            Kind::Any => None,
            // No message has an empty destination, so an empty URL is one that nothing passes.
            Kind::From(derive) => Some((derive(parts).unwrap_or_default(), None)),
            Kind::Under(base) => {
                let target = target(&parts.uri);
                let without_slash = match target.strip_prefix('/') {
                    Some(rest) if rest.is_empty() || rest.starts_with('?') => {
                        Some(format!("{base}{rest}"))
                    }
                    _ => None,
                };
                Some((format!("{base}{target}"), without_slash))
            }
        }
    }
}

impl fmt::Debug for ExpectedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Any => f.write_str("ExpectedUrl::unchecked()"),
            Kind::Under(base) => write!(f, "ExpectedUrl::under({base:?})"),
            Kind::From(_) => f.write_str("ExpectedUrl::from_fn(..)"),
        }
    }
}

/// Path and query as they arrived. A URL without a path, as it may stand on the request line that
/// is meant for a proxy, asks for `/`.
fn target(uri: &Uri) -> Cow<'_, str> {
    let target = uri.path_and_query().map_or("", |target| target.as_str());
    if target.starts_with('/') {
        target.into()
    } else {
        format!("/{target}").into()
    }
}

fn check(base: &str) -> Result<(), &'static str> {
    let rest = base
        .strip_prefix("https://")
        .or_else(|| base.strip_prefix("http://"))
        .ok_or("does not begin with `https://` or `http://`")?;
    if rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) {
        Err("has no host")
    } else if base.contains(['?', '#']) {
        Err("has a query or a fragment")
    } else if base.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Err("has white space or a control character in it")
    } else if base.ends_with('/') {
        Err("ends with a slash, with which every path begins already; leave it out")
    } else {
        Ok(())
    }
}

/// A beginning of URLs that cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidExpectedUrl(&'static str);

impl fmt::Display for InvalidExpectedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the beginning of the expected URL {}; it looks like `https://example.com`",
            self.0
        )
    }
}

impl Error for InvalidExpectedUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(expected: &ExpectedUrl, uri: &str) -> Vec<String> {
        let (parts, ()) = http::Request::get(uri).body(()).unwrap().into_parts();
        let (url, other) = expected.of(&parts).unwrap();
        [url].into_iter().chain(other).collect()
    }

    #[test]
    fn the_url_is_the_base_and_what_was_asked_for() {
        let expected = ExpectedUrl::under("https://Example.com:8443/api").unwrap();
        for (uri, rest) in [
            ("/a%2fB//c/?x=%20&y", &["/a%2fB//c/?x=%20&y"][..]),
            ("/", &["/", ""]),
            ("/?x=/", &["/?x=/", "?x=/"]),
            ("//", &["//"]),
            ("http://10.0.0.1/a?b", &["/a?b"]),
            ("http://10.0.0.1?b", &["/?b", "?b"]),
            ("*", &["/*"]),
        ] {
            let expected_urls = rest
                .iter()
                .map(|rest| format!("https://Example.com:8443/api{rest}"));
            let expected_urls: Vec<String> = expected_urls.collect();
            assert_eq!(urls(&expected, uri), expected_urls, "{uri}");
        }
    }

    #[test]
    fn where_no_url_is_derived_nothing_passes() {
        let expected = ExpectedUrl::from_fn(|_| None);
        assert_eq!(urls(&expected, "/"), [""]);
        let (parts, ()) = http::Request::new(()).into_parts();
        assert_eq!(ExpectedUrl::unchecked().of(&parts), None);
    }

    #[test]
    fn a_base_that_nothing_could_begin_with_is_refused() {
        for base in [
            "",
            "example.com",
            "HTTPS://example.com",
            "ftp://example.com",
            "https://",
            "https:///a",
            "https://:80",
            "https://example.com/",
            "https://example.com/a/",
            "https://example.com?x",
            "https://example.com#x",
            "https://example.com ",
            "https://exa\nmple.com",
        ] {
            assert!(ExpectedUrl::under(base).is_err(), "{base:?}");
        }
        let error = ExpectedUrl::under("https://example.com/").unwrap_err();
        assert!(error.to_string().contains("ends with a slash"), "{error}");
    }
}
