//! The run time of generated operations, beyond what the operations of this API need of it.

use std::borrow::Cow;
use std::convert::Infallible;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use crate::generated::runtime::{
    Content, Error, Given, IntoList, Parts, Payload, Received, Response, Style, joined, pairs,
    segment, text,
};

const URL: &str = "https://example.com/a";

/// The request of parts with one body, or what is wrong with them.
fn request(parts: &Parts, body: Option<&Payload>) -> Result<reqwest::Request, String> {
    let mut parts = parts.clone();
    parts.complete(Some("application/json"))?;
    parts.into_request(Method::POST, URL, body.cloned().map(Into::into))
}

#[test]
fn lists_and_objects_go_into_a_query_by_their_style() {
    let object = json!({ "b": 1, "c": ["x", "y"], "d": null, "e": { "f": true } });
    for (style, value, expected) in [
        (Style::Exploded, json!(["x", 1]), "a=x a=1"),
        (Style::Exploded, json!("x"), "a=x"),
        (
            Style::Exploded,
            object.clone(),
            r#"b=1 c=x c=y e={"f":true}"#,
        ),
        (
            Style::Deep,
            object.clone(),
            "a[b]=1 a[c]=x a[c]=y a[e][f]=true",
        ),
        (Style::Joined(","), json!(["x", "y"]), "a=x,y"),
        (Style::Joined("|"), json!(["x", "y"]), "a=x|y"),
        (Style::Joined(","), json!({ "b": 1, "d": null }), "a=b,1"),
        (Style::Json, json!(["x"]), r#"a=["x"]"#),
        (Style::Json, json!([]), "a=[]"),
    ] {
        let pairs = pairs("a", style, &value).unwrap();
        let shown: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(shown.join(" "), expected, "{value}");
    }
    for style in [Style::Exploded, Style::Joined(","), Style::Deep] {
        let empty: [&str; 0] = [];
        assert!(
            pairs("a", style, &empty)
                .unwrap_err()
                .contains("`a` is an empty list")
        );
    }
}

#[test]
fn lists_and_objects_are_one_text_elsewhere() {
    for (style, value, expected) in [
        (Style::Joined(","), json!(["x", "y"]), "x,y"),
        (Style::Joined(","), json!({ "b": 1, "c": "x" }), "b,1,c,x"),
        (Style::Json, json!({ "b": 1 }), r#"{"b":1}"#),
        (Style::Joined(","), json!(true), "true"),
    ] {
        assert_eq!(joined("a", style, &value).unwrap(), expected);
    }
    assert_eq!(text("a", &1.5).unwrap(), "1.5");
    assert!(joined("a", Style::Joined(","), &json!([])).is_err());
}

#[test]
fn a_list_takes_one_value_or_several() {
    fn list<M>(values: impl IntoList<String, M>) -> Option<Vec<String>> {
        values.into_list()
    }
    let two = || Some(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(list("a"), Some(vec!["a".to_owned()]));
    assert_eq!(list("a".to_owned()), Some(vec!["a".to_owned()]));
    assert_eq!(list(["a", "b"]), two());
    assert_eq!(list(vec!["a".to_owned(), "b".to_owned()]), two());
    assert_eq!(list(["a", "b"].iter().copied()), two());
    let narrow: Option<Vec<u8>> = [1_i64, 300].into_list();
    assert_eq!(narrow, None, "a value that does not fit is not cut");
}

#[test]
fn what_is_set_last_counts_and_the_order_of_the_query_does_not_depend_on_the_calls() {
    let mut parts = Parts::default();
    parts.query("b", "b", Ok("2".to_owned()));
    parts.query("a", "a", Err("wrong".to_owned()));
    parts.pairs("a", Ok(vec![(Cow::Borrowed("a"), "1 &".to_owned())]));
    parts.query("b", "b", Ok("3".to_owned()));
    parts.add_query("c", "4");
    let made = request(&parts, None).unwrap();
    assert_eq!(made.url().query(), Some("a=1+%26&b=3&c=4"));
    parts.query("b", "b", Err("wrong".to_owned()));
    assert_eq!(request(&parts, None).unwrap_err(), "wrong");
}

#[test]
fn cookies_are_one_header() {
    let mut parts = Parts::default();
    parts.cookie("session", "session", Ok("old".to_owned()));
    parts.cookie("session", "session", Ok("a".to_owned()));
    parts.cookie("theme", "theme", Ok("b".to_owned()));
    let made = request(&parts, None).unwrap();
    assert_eq!(made.headers()["cookie"], "session=a; theme=b");
    assert!(made.headers()["cookie"].is_sensitive());
    parts.cookie("theme", "theme", Ok("b; admin=1".to_owned()));
    assert!(
        request(&parts, None)
            .unwrap_err()
            .contains("cookie `theme`")
    );
}

#[test]
fn what_must_be_given_is_named() {
    let mut parts = Parts::default();
    for missing in [
        Given::default().require("a").unwrap_err(),
        parts.require_query("a").unwrap_err(),
        parts.require_cookie("a", "A").unwrap_err(),
        parts.require("a", false).unwrap_err(),
    ] {
        assert_eq!(missing, "`a` is required and was not given");
    }
    parts.query("a", "A", Err("wrong".to_owned()));
    assert_eq!(
        parts.require_query("a"),
        Ok(()),
        "what is wrong is said instead"
    );
}

#[test]
fn a_form_is_written_as_urls_write_queries() {
    let form = json!({ "a": "x y&z", "b": [1, 2], "c": null });
    let body = Payload::form("application/x-www-form-urlencoded", &form).unwrap();
    let made = request(&Parts::default(), Some(&body)).unwrap();
    assert_eq!(
        made.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert_eq!(
        made.body().and_then(|body| body.as_bytes()),
        Some(&b"a=x+y%26z&b=1&b=2"[..])
    );
    assert!(Payload::form("", &json!("text")).is_err());
}

#[test]
fn a_segment_of_a_path_stays_one() {
    for (value, expected) in [
        ("a b", "a%20b"),
        ("a/b?c#d%e", "a%2Fb%3Fc%23d%25e"),
        ("a\\b", "a%5Cb"),
        ("é", "%C3%A9"),
        ("a:b@c;d=e,f!$&'()*+~-._", "a:b@c;d=e,f!$&'()*+~-._"),
    ] {
        assert_eq!(segment("a", value.to_owned()).unwrap(), expected);
    }
}

#[test]
fn debug_shows_no_value() {
    let mut parts = Parts::default();
    parts.query("a", "a", Ok("s3cr3t".to_owned()));
    parts.cookie("b", "b", Ok("s3cr3t".to_owned()));
    parts.add_header("X-A", "s3cr3t");
    parts.complete(None).unwrap();
    parts.secret_header("c", "X-C", Ok("s3cr3t".to_owned()));
    let mut given = Given::default();
    given.set(Ok("s3cr3t".to_owned()));
    let body = Payload::json("application/json", &"s3cr3t").unwrap();
    let error = Error::<Infallible>::Unexpected(Response::new(
        Bytes::from_static(b"s3cr3t"),
        StatusCode::OK,
        HeaderMap::new(),
    ));
    let shown = format!("{parts:?} {given:?} {body:?} {error:?} {error}");
    assert!(!shown.contains("s3cr3t"), "{shown}");
}

fn received(body: &'static str) -> Received {
    Received {
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        content: Content::Read(Bytes::from_static(body.as_bytes())),
        done_before: false,
    }
}

#[test]
fn an_answer_is_read_as_what_it_is_declared() {
    type Read<T> = Result<Response<T>, Error>;
    let value = |read: Read<Value>| read.ok().map(Response::into_inner);
    assert_eq!(value(received("[1]").json()), Some(json!([1])));
    assert_eq!(value(received("").json()), None);
    let optional = |body| {
        let read: Read<Option<Value>> = received(body).optional_json();
        read.ok().map(Response::into_inner)
    };
    assert_eq!(optional(" \n"), Some(None));
    assert_eq!(optional("1"), Some(Some(json!(1))));
    assert_eq!(optional("not JSON"), None);
    let list: Read<Vec<u8>> = received("null").collection();
    assert_eq!(list.unwrap().into_inner(), Vec::<u8>::new());
    let text: Read<String> = received("a").text();
    assert_eq!(text.unwrap().as_str(), "a");
}

#[tokio::test]
async fn a_body_that_is_left_to_the_caller_is_read_once() {
    let answer = || {
        let response = reqwest::Response::from(http::Response::new("ab"));
        let read: Result<_, Error> = Received::unread(response).stream();
        read.unwrap().into_inner()
    };
    assert_eq!(answer().bytes().await.unwrap(), "ab");
    let mut body = answer();
    assert_eq!(body.chunk().await.unwrap().as_deref(), Some(&b"ab"[..]));
    assert_eq!(body.chunk().await.unwrap(), None);
}

#[test]
fn an_error_of_another_form_keeps_its_status_and_body() {
    let error: Error<Vec<u8>> = received("[1]").error();
    assert!(matches!(error, Error::Service(response) if *response == [1]));
    for body in ["", "<html>", "{}"] {
        let error: Error<Vec<u8>> = received(body).error();
        let Error::Unexpected(response) = error else {
            panic!("{error:?}");
        };
        assert_eq!(response.into_inner(), body);
    }
    let error: Error<String> = received("no").text_error(|text| text);
    assert!(matches!(error, Error::Service(response) if *response == "no"));
}
