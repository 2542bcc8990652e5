//! Our requests beside those of the official clients.
//!
//! `data/cases.json` describes calls. The files beside it hold what an official client sent for them, and every
//! difference to what ours sends, with its reason. A difference that is not listed fails, and so does one that
//! is listed and is none.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use crate::wire::cases::Case;
use crate::wire::recorder::{Recorded, Recorder};

/// The requests of one official client.
#[derive(Deserialize)]
struct Official {
    from: String,
    differences: Vec<Differences>,
    requests: BTreeMap<String, Request>,
}

/// The places in which our requests differ from theirs for one reason.
#[derive(Deserialize)]
struct Differences {
    because: String,
    at: Vec<Difference>,
}

/// One value in one request.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Difference {
    case: String,
    /// `target`, `body`, or the name of a header, in a batch after the number of the message.
    what: String,
    theirs: Option<String>,
    ours: Option<String>,
}

#[derive(Deserialize)]
struct Request {
    target: String,
    headers: BTreeMap<String, String>,
    body: String,
}

impl Request {
    fn of(recorded: Recorded) -> Self {
        let headers = recorded.message_headers().into_iter();
        let headers = headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Self {
            target: recorded.target,
            headers,
            body: String::from_utf8(recorded.body).unwrap(),
        }
    }

    /// All that is compared, by name.
    fn values(&self) -> BTreeMap<String, String> {
        let mut values = self.headers.clone();
        values.insert("target".to_owned(), self.target.clone());
        match serde_json::from_str(&self.body) {
            Ok(Value::Array(messages)) if self.target == "/v2/batch" => {
                for (index, message) in messages.iter().enumerate() {
                    values.extend(batch_values(index, message));
                }
            }
            Ok(json) => drop(values.insert("body".to_owned(), json.to_string())),
            Err(_) => drop(values.insert("body".to_owned(), self.body.clone())),
        }
        values
    }
}

/// The members and headers of a message in a batch. JSON in its body is compared as JSON.
fn batch_values(index: usize, message: &Value) -> impl Iterator<Item = (String, String)> {
    let text = |value: &Value| match value.as_str().map(serde_json::from_str::<Value>) {
        Some(Ok(json)) if !json.is_number() => json.to_string(),
        _ => value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned),
    };
    let headers = message["headers"].as_object().unwrap();
    let headers = headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), text(value)));
    let members = message
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| *name != "headers");
    let members = members.map(|(name, value)| (name.clone(), text(value)));
    let values: Vec<_> = headers.chain(members).collect();
    values
        .into_iter()
        .map(move |(name, value)| (format!("{index} {name}"), value))
}

async fn differences(official: &Official) -> BTreeSet<Difference> {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../data/cases.json")).unwrap();
    let recorder = Recorder::start(|_, request| {
        let batch = request.target == "/v2/batch";
        let answer = if batch {
            "[]"
        } else {
            r#"{"messageId":"m","scheduleId":"s"}"#
        };
        answer.to_owned()
    });
    let client = recorder.client();
    let mut differences = BTreeSet::new();
    for case in &cases {
        case.call(&client).await;
        let ours = Request::of(recorder.only()).values();
        let theirs = official.requests[&case.name].values();
        let names: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
        for name in names {
            let (theirs, ours) = (theirs.get(name), ours.get(name));
            if theirs != ours {
                differences.insert(Difference {
                    case: case.name.clone(),
                    what: name.clone(),
                    theirs: theirs.cloned(),
                    ours: ours.cloned(),
                });
            }
        }
    }
    differences
}

async fn assert_differs_only_as_listed(official: &str) {
    let official: Official = serde_json::from_str(official).unwrap();
    let mut listed = BTreeSet::new();
    for differences in &official.differences {
        assert!(!differences.because.is_empty());
        listed.extend(differences.at.iter().cloned());
    }
    let found = differences(&official).await;
    let unlisted: Vec<_> = found.difference(&listed).collect();
    assert!(
        unlisted.is_empty(),
        "{} sends something else: {unlisted:#?}",
        official.from
    );
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(
        gone.is_empty(),
        "{} sends the same now: {gone:#?}",
        official.from
    );
}

#[tokio::test]
async fn requests_are_those_of_the_official_typescript_client() {
    assert_differs_only_as_listed(include_str!("../data/official-typescript.json")).await;
}

#[tokio::test]
async fn requests_are_those_of_the_official_python_client() {
    assert_differs_only_as_listed(include_str!("../data/official-python.json")).await;
}
