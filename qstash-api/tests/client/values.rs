//! The traits of the crate's values, the same for all.

use std::error::Error as _;
use std::time::Duration;

use qstash_api::inbound::{CallbackPayload, Reply};
use qstash_api::keys::{KeyPair, KeyRing, SigningKey};
use qstash_api::receiver::{Delivery, Receiver, Rejection};
use qstash_api::types::LogState;
use qstash_api::{
    Callback, Client, Destination, Error, ErrorKind, Exposed, FlowControl, Region, Timestamp,
    Token, http,
};

#[test]
fn values_are_made_from_every_kind_of_text_and_from_json() {
    macro_rules! makes {
        ($type:ty, $good:expr, $bad:expr) => {
            let good = String::from($good);
            assert!(good.parse::<$type>().is_ok());
            assert!(<$type>::try_from(good.as_str()).is_ok());
            assert!(<$type>::try_from(&good).is_ok());
            assert!(<$type>::try_from(good.clone()).is_ok());
            let json = serde_json::to_string(&good).unwrap();
            assert!(serde_json::from_str::<$type>(&json).is_ok());
            assert!($bad.parse::<$type>().is_err());
            let bad = serde_json::to_string($bad).unwrap();
            let problem = serde_json::from_str::<$type>(&bad).unwrap_err().to_string();
            assert!(!problem.contains("s3cr3t"), "{problem}");
        };
    }
    makes!(Token, "eyJ", "Bearer s3cr3t");
    makes!(SigningKey, "sig_a", "s3cr3t\n");
    makes!(Destination, "https://example.com/a", "s3cr3t://x");
    makes!(Region, "us-east-1", "s3cr3t");
}

#[test]
fn values_that_are_no_secrets_are_written_as_they_are() {
    let destination = Destination::new("https://example.com/a").unwrap();
    assert_eq!(
        serde_json::to_string(&destination).unwrap(),
        "\"https://example.com/a\""
    );
    assert_eq!(
        format!("{destination} {}", AsRef::<str>::as_ref(&destination)).len(),
        43
    );
    assert_eq!(
        serde_json::to_string(&Region::UsEast1).unwrap(),
        "\"US-EAST-1\""
    );
    assert_eq!(
        Region::UsEast1.to_string(),
        AsRef::<str>::as_ref(&Region::UsEast1)
    );
}

#[test]
fn secrets_are_written_by_their_wrapper_alone() {
    let pair: KeyPair = serde_json::from_str(r#"{"current":"a","next":"b","x":"c"}"#).unwrap();
    assert_eq!(pair, KeyPair::new("a", "b").unwrap());
    let stored = serde_json::to_string(&Exposed(&pair)).unwrap();
    assert_eq!(stored, r#"{"current":"a","next":"b"}"#);
    let token = Token::new("eyJ").unwrap();
    assert_eq!(serde_json::to_string(&Exposed(&token)).unwrap(), "\"eyJ\"");
    assert_eq!(
        serde_json::to_string(&Exposed(pair.current())).unwrap(),
        "\"a\""
    );
    for wrong in [r#"{"current":"a"}"#, r#"{"current":"a","next":"a"}"#] {
        assert!(serde_json::from_str::<KeyPair>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_delivery_is_read_from_headers() {
    let mut headers = http::HeaderMap::new();
    for name in ["upstash-signature", "upstash-region", "upstash-message-id"] {
        headers.insert(name, "us-east-1".parse().unwrap());
    }
    let shown = format!("{:?}", Delivery::from_headers(&headers));
    assert!(shown.contains("signed: true"), "{shown}");
    assert_eq!(shown.matches("us-east-1").count(), 2, "{shown}");
}

#[test]
fn a_main_that_fails_prints_sentences() {
    let error = Error::from(Rejection::Expired);
    assert_eq!(error.kind(), ErrorKind::Delivery);
    assert!(error.source().is_some());
    let shown = format!("{error:?}");
    assert_eq!(shown, error.to_string(), "the source says the same");
    assert!(!shown.contains("Error {"), "{shown}");
    let error = Error::from("soon".parse::<Timestamp>().unwrap_err());
    assert!(
        format!("{error:#?}").starts_with("Error {"),
        "the parts are there when asked for"
    );
}

#[test]
fn options_of_messages_and_payloads_of_callbacks_survive_storage() {
    let minute = Duration::from_secs(60);
    let flow = FlowControl::new("partner").rate(10).period(minute);
    let json = r#"{"key":"partner","rate":10,"period":60}"#;
    assert_eq!(serde_json::to_string(&flow).unwrap(), json);
    assert_eq!(serde_json::from_str::<FlowControl>(json).unwrap(), flow);
    let callback = Callback::new("https://example.com/done")
        .timeout(Duration::from_millis(1500))
        .forward("X-A", "1");
    let json = r#"{"url":"https://example.com/done","timeout":2,"forward":{"X-A":"1"}}"#;
    assert_eq!(serde_json::to_string(&callback).unwrap(), json);
    let whole = callback.timeout(Duration::from_secs(2));
    assert_eq!(serde_json::from_str::<Callback>(json).unwrap(), whole);
    assert!(serde_json::from_str::<Callback>(r#"{"url":"u","retires":1}"#).is_err());
    let payload = br#"{
        "sourceMessageId": "m", "status": "200", "createdAt": 17, "body": "aGk=", "dlqId": "d",
        "header": {"X-A": ["1", "2"], "X-B": "3"}, "topicName": "g"
    }"#;
    let payload = CallbackPayload::from_json(payload).unwrap();
    let stored = serde_json::to_vec(&payload).unwrap();
    assert_eq!(CallbackPayload::from_json(&stored), Ok(payload.clone()));
    assert_eq!(
        serde_json::from_slice::<CallbackPayload>(&stored).unwrap(),
        payload
    );
    assert!(serde_json::from_str::<CallbackPayload>("[]").is_err());
}

/// In axum, `?` answers with what went wrong.
#[tokio::test]
async fn refusals_and_errors_are_answers_of_handlers() {
    use axum::body::Body;
    use axum::response::IntoResponse as _;
    use http::Response;

    async fn handler(signature: &'static str) -> Result<Response<Body>, Response<Body>> {
        let receiver = Receiver::new(KeyRing::new("sig_a", "sig_b").map_err(Error::from)?);
        let verified = receiver.verify(signature, b"")?;
        Ok(Reply::delivered().with_reason(verified.jwt_id()).into())
    }
    // It is a handler of a router.
    let _: axum::Router = axum::Router::new().route("/", axum::routing::get(|| handler("a")));
    let refused = handler("").await.into_response();
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.headers()["www-authenticate"], "Upstash-Signature");
    let body = axum::body::to_bytes(refused.into_body(), 100)
        .await
        .unwrap();
    assert_eq!(body, "missing");

    let rejected: Response<String> = Error::from(Rejection::BodyTooLong).into();
    assert_eq!(
        (rejected.status().as_u16(), rejected.body().as_str()),
        (413, "body-too-long")
    );
    let wrong = Client::new("").unwrap_err();
    let kind = wrong.kind().to_string();
    let failed: Response<String> = wrong.into();
    assert_eq!((failed.status().as_u16(), failed.body()), (500, &kind));
}

/// An answer may hold a state that no release names; a request may not, unless that is said.
#[tokio::test]
async fn a_misspelt_state_in_a_filter_is_an_error() {
    let client = Client::new("a-token").unwrap();
    let misspelt = client.list_logs().state("DELIVRED").send().await;
    let error = misspelt.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("`state`"), "{error}");
    let state: LogState = serde_json::from_str("\"NOVEL\"").unwrap();
    assert_eq!(state.as_str(), "NOVEL");
    assert_eq!(
        "DELIVERED".parse::<LogState>().unwrap(),
        LogState::Delivered
    );
}
