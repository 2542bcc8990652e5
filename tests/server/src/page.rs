//! The page that shows a server, at `/`: messages, queues, schedules, URL Groups, the DLQ, keys and logs.
//!
//! It can look and change nothing, and is given to browsers that found the server by a loopback name alone: a page from
//! elsewhere whose name was made to lead here gets nothing.

use std::net::IpAddr;

use serde_json::Value;

use crate::record::RecordedRequest;
use crate::wire::Answer;

const HTML: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");

/// The path where the script of the page reads what there is to see.
const OVERVIEW: &str = "/dev/overview.json";

/// Returns whether a request is one of the page.
pub(crate) fn serves(request: &RecordedRequest) -> bool {
    let is_part = matches!(
        request.path(),
        "/" | "/dev/style.css" | "/dev/script.js" | OVERVIEW
    );
    request.method() == "GET" && is_part
}

/// Answers a request of the page.
pub(crate) fn answer(request: &RecordedRequest, overview: impl FnOnce() -> Value) -> Answer {
    if !request.header("Host").is_some_and(is_loopback) {
        return Answer::text(403, "this page is shown under a loopback name alone");
    }
    let (media_type, body) = match request.path() {
        "/" => ("text/html; charset=utf-8", HTML.to_owned()),
        "/dev/style.css" => ("text/css; charset=utf-8", STYLE.to_owned()),
        "/dev/script.js" => ("text/javascript; charset=utf-8", SCRIPT.to_owned()),
        _ => ("application/json", overview().to_string()),
    };
    Answer::empty(200)
        .with_header("Content-Type", media_type)
        .with_header("Cache-Control", "no-store")
        .with_header("X-Content-Type-Options", "nosniff")
        .with_header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'",
        )
        .with_body(body)
}

/// Returns whether a `Host` names the loopback interface.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn a_name_from_elsewhere_gets_nothing() {
        for host in [
            "127.0.0.1:8080",
            "localhost",
            "LOCALHOST:1",
            "[::1]:8080",
            "[::1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "example.com",
            "127.0.0.1.example.com:80",
            "10.0.0.1:8080",
            "",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
