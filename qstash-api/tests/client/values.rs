//! The traits of the crate's values, the same for all.

use std::error::Error as _;

use qstash_api::keys::{KeyPair, SigningKey};
use qstash_api::receiver::{Delivery, Rejection};
use qstash_api::{Destination, Error, ErrorKind, Exposed, Region, Timestamp, Token};

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
