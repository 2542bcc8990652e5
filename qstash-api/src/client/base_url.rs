//! Base URLs: a scheme, a host, perhaps a port, and nothing else.

use std::net::IpAddr;

use reqwest::Url;

/// The base URL that a client talks to when nothing says otherwise.
pub(crate) const DEFAULT: &str = "https://qstash.upstash.io";

/// The base URL in the form that paths are appended to, or what is wrong with it, as the end of a sentence.
///
/// One slash at the end is taken off: the URL means the same with it. Plain HTTP to another machine shows the token
/// to everybody on the way and is refused unless `allow_http` says that it is meant.
///
/// A problem is told without repeating more than a path: people paste tokens into the wrong variable.
pub(crate) fn parse(text: &str, allow_http: bool) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err(format!("is empty; it looks like `{DEFAULT}`"));
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err("has white space or a control character in it; remove it".to_owned());
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err(format!(
            "does not begin with `https://`; a base URL looks like `{DEFAULT}`"
        ));
    };
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "https" | "http") {
        return Err("has a scheme other than `https` or `http`; use `https`".to_owned());
    }
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (authority, tail) = rest.split_at(rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err(
            "has a user name or password in it; leave them out, the token is the only credential"
                .to_owned(),
        );
    }
    let url = Url::parse(&format!("{scheme}://{authority}"))
        .map_err(|error| format!("is not a URL: {error}; it looks like `{DEFAULT}`"))?;
    let origin = url.origin().ascii_serialization();
    if let Some(problem) = after_authority(tail, &origin) {
        return Err(problem);
    }
    if scheme == "http" && !allow_http && !is_loopback(&url) {
        return Err(
            "is plain `http` to another machine, which shows the token to everybody on the way; use `https`, or \
             say `allow_http()` on the builder if the network can be trusted"
                .to_owned(),
        );
    }
    Ok(origin)
}

/// Returns the problem with the part of a URL that follows its authority.
fn after_authority(tail: &str, origin: &str) -> Option<String> {
    match tail.chars().next()? {
        '?' => Some("has a query; end it with its host or port".to_owned()),
        '#' => Some("has a fragment; end it with its host or port".to_owned()),
        _ => {
            let path = tail.split(['?', '#']).next().unwrap_or_default();
            let path: String = path.chars().take(40).collect();
            Some(format!(
                "has the path `{path}`, which each operation adds by itself; use `{origin}`"
            ))
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<IpAddr>();
    match address {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_an_origin_and_nothing_else() {
        for (text, result) in [
            ("https://qstash.upstash.io", Ok("https://qstash.upstash.io")),
            (
                "https://qstash.upstash.io/",
                Ok("https://qstash.upstash.io"),
            ),
            (
                "HTTPS://QStash.Upstash.io:443",
                Ok("https://qstash.upstash.io"),
            ),
            (
                "https://[2001:db8::1]:8443",
                Ok("https://[2001:db8::1]:8443"),
            ),
            ("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080")),
            ("http://[::1]:8080", Ok("http://[::1]:8080")),
            ("http://localhost", Ok("http://localhost")),
            ("http://qstash.localhost:1", Ok("http://qstash.localhost:1")),
            ("https://qstash.upstash.io//", Err("has the path `/`")),
            (
                "https://qstash.upstash.io/v2/publish",
                Err(
                    "has the path `/v2/publish`, which each operation adds by itself; use `https://qstash.upstash.io`",
                ),
            ),
            (
                "https://gateway.example.com/qstash",
                Err("has the path `/qstash`"),
            ),
            (
                "https://qstash.upstash.io/v2/publish/",
                Err("has the path `/v2/publish`"),
            ),
            (
                "https://qstash.upstash.io/v2?qstash_token=s3cr3t",
                Err("has the path `/v2`"),
            ),
            ("https://qstash.upstash.io\\v2", Err("has the path `\\v2`")),
            (
                "https://qstash.upstash.io?qstash_token=s3cr3t",
                Err("has a query"),
            ),
            (
                "https://qstash.upstash.io/?qstash_token=s3cr3t",
                Err("has the path `/`"),
            ),
            ("https://qstash.upstash.io#s3cr3t", Err("has a fragment")),
            ("https://u:s3cr3t@qstash.upstash.io", Err("has a user name")),
            ("", Err("is empty")),
            (" ", Err("is empty")),
            ("https://qstash.upstash.io\n", Err("white space")),
            ("qstash.upstash.io", Err("does not begin with `https://`")),
            ("localhost:8080", Err("does not begin with `https://`")),
            ("s3cr3t", Err("does not begin with `https://`")),
            ("ftp://qstash.upstash.io", Err("a scheme other than")),
            ("https://", Err("is not a URL")),
            ("https://qstash.upstash.io:99999", Err("is not a URL")),
            ("http://qstash.upstash.io", Err("plain `http`")),
            ("http://10.0.0.1:8080", Err("plain `http`")),
            ("http://localhost.example.com", Err("plain `http`")),
        ] {
            match (parse(text, false), result) {
                (Ok(url), Ok(expected)) => assert_eq!(url, expected, "{text:?}"),
                (Err(problem), Err(expected)) => {
                    assert!(problem.contains(expected), "{text:?}: {problem}");
                    assert!(!problem.contains("s3cr3t"), "{text:?}: {problem}");
                }
                (parsed, _) => panic!("{text:?}: {parsed:?}"),
            }
        }
        assert_eq!(
            parse("http://qstash:8080", true),
            Ok("http://qstash:8080".to_owned())
        );
    }
}
