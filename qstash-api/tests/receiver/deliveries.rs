//! Deliveries that other libraries have signed, and what they and the official receivers make of
//! them.

use crate::receiver::mint::secs;
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qstash_api::keys::{KeyRing, SigningKey};
use qstash_api::receiver::{Delivery, Receiver, Rejection};
use serde::Deserialize;

#[derive(Deserialize)]
struct Data {
    keys: BTreeMap<String, String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    minted_by: String,
    expect: String,
    upstash_js: Option<String>,
    upstash_py: Option<String>,
    url: Option<String>,
    now: i64,
    body: Option<String>,
    body_base64: Option<String>,
    token: String,
}

impl Case {
    fn body(&self) -> Vec<u8> {
        match (&self.body, &self.body_base64) {
            (Some(text), None) => text.clone().into_bytes(),
            (None, Some(bytes)) => STANDARD.decode(bytes).unwrap(),
            _ => panic!("{} has no body, or two", self.name),
        }
    }

    fn is_accepted(&self) -> bool {
        matches!(&*self.expect, "current" | "next" | "previous")
    }
}

fn data() -> Data {
    serde_json::from_str(include_str!("../data/deliveries.json")).unwrap()
}

fn receiver(data: &Data) -> Receiver {
    let ring = KeyRing::new(&data.keys["current"], &data.keys["next"]).unwrap();
    ring.add_previous(
        &SigningKey::new(&data.keys["previous"]).unwrap(),
        secs(0),
        secs(i64::MAX),
    );
    Receiver::new(ring)
}

#[test]
fn every_delivery_gets_the_answer_that_the_data_says() {
    let data = data();
    let receiver = receiver(&data);
    let mut wrong = Vec::new();
    for case in &data.cases {
        let mut delivery = Delivery::from(&case.token).at(secs(case.now));
        if let Some(url) = &case.url {
            delivery = delivery.with_url(url);
        }
        let answer = match receiver.verify(delivery, &case.body()) {
            Ok(verified) => verified.key().to_string(),
            Err(Rejection::UrlMismatch(_)) => "UrlMismatch".to_owned(),
            Err(rejection) => format!("{rejection:?}"),
        };
        if answer != case.expect {
            wrong.push(format!("{} ({}): {answer}", case.name, case.minted_by));
        }
    }
    assert!(data.cases.len() > 200);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// We may refuse what an official receiver lets through. What both of them let through, and we
/// refuse, is listed here, because it must never be a token of the service.
#[test]
fn we_are_stricter_than_both_official_receivers_in_known_ways_only() {
    let accepts = |verdict: &Option<String>| verdict.as_deref() == Some("accepts");
    let ours: Vec<String> = data()
        .cases
        .iter()
        .filter(|case| !case.is_accepted() && case.minted_by != "jose")
        .filter(|case| accepts(&case.upstash_js) && accepts(&case.upstash_py))
        .map(|case| format!("{}: {}", case.name, case.expect))
        .collect();
    let known = include_str!("../data/stricter.txt");
    assert_eq!(ours.join("\n"), known.trim_end());
}

/// And what we accept and one of them refuses is a previous key, or a deviation of the Python
/// receiver from the tokens of the service and from its own tolerance.
#[test]
fn what_we_accept_and_the_official_receivers_refuse_is_explained() {
    let refuses = |verdict: &Option<String>| verdict.as_deref() == Some("rejects");
    for case in data().cases.iter().filter(|case| case.is_accepted()) {
        let explained = match &*case.name {
            "signed with the previous key" => true,
            // It demands `nbf`, refuses an audience it was not told of, and drops its tolerance.
            "nbf is absent" | "aud is somebody" | "aud is a list" => !refuses(&case.upstash_js),
            name if name.ends_with("within the leeway") => !refuses(&case.upstash_js),
            _ => !refuses(&case.upstash_js) && !refuses(&case.upstash_py),
        };
        assert!(explained, "{}", case.name);
    }
}
