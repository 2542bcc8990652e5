//! The requests that a client sent for each call.

use std::collections::BTreeMap;

use qstash_dev_server::RecordedRequest;
use serde_json::Value;

/// Requests to this are no calls: they say which call comes next, and which has failed.
pub(crate) const BEGIN: &str = "/calls/begin/";
const FAILED: &str = "/calls/failed/";

/// Headers that say how a request travels and not what it asks for.
const OF_THE_CONNECTION: [&str; 4] = ["connection", "content-length", "host", "transfer-encoding"];

/// Everything that a client sent.
pub(crate) struct Recording {
    pub(crate) client: &'static str,
    /// The calls in their order.
    pub(crate) calls: Vec<Call>,
}

/// The requests that a client sent for one call.
#[derive(Default)]
pub(crate) struct Call {
    pub(crate) name: String,
    /// Each part of each request by its name, such as `method` or `header content-type`.
    pub(crate) parts: BTreeMap<String, String>,
    /// The number of requests.
    requests: usize,
    /// The message of the client's failure.
    pub(crate) failure: Option<String>,
}

impl Recording {
    pub(crate) fn new(client: &'static str, requests: &[RecordedRequest]) -> Self {
        let mut calls: Vec<Call> = Vec::new();
        for request in requests {
            if let Some(name) = request.path().strip_prefix(BEGIN) {
                calls.push(Call {
                    name: name.to_owned(),
                    ..Call::default()
                });
            } else if let Some(call) = calls.last_mut() {
                if request.path().starts_with(FAILED) {
                    call.failure = Some(String::from_utf8_lossy(request.body()).into_owned());
                } else {
                    call.add(request);
                }
            }
        }
        Self { client, calls }
    }

    pub(crate) fn call(&self, name: &str) -> Option<&Call> {
        self.calls.iter().find(|call| call.name == name)
    }
}

impl Call {
    fn add(&mut self, request: &RecordedRequest) {
        self.requests += 1;
        let prefix = match self.requests {
            1 => String::new(),
            number => format!("request {number}: "),
        };
        let mut add = |name: &str, value: String| {
            self.parts.insert(format!("{prefix}{name}"), value);
        };
        add("method", request.method().to_owned());
        add("path", request.path().to_owned());
        let mut query = BTreeMap::<String, Vec<String>>::new();
        for pair in request.query().unwrap_or_default().split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            query
                .entry(name.to_owned())
                .or_default()
                .push(value.to_owned());
        }
        query.retain(|name, _| !name.is_empty());
        for (name, values) in query {
            add(&format!("query {name}"), values.join("&"));
        }
        for (name, value) in request.headers() {
            let name = name.to_ascii_lowercase();
            if !OF_THE_CONNECTION.contains(&name.as_str()) {
                let value = String::from_utf8_lossy(value).into_owned();
                add(&format!("header {name}"), value);
            }
        }
        match serde_json::from_slice(request.body()) {
            Ok(json) => leaves("body", &json, &mut add),
            Err(_) if request.body().is_empty() => {}
            Err(_) => add("body", format!("{:?}", request.body())),
        }
    }
}

/// Every leaf of JSON by where it is, so that order and white space make no difference. Names of headers in a batch go
/// in lower case, and text that holds JSON counts as that.
fn leaves(at: &str, json: &Value, add: &mut impl FnMut(&str, String)) {
    match json {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let name = match at.ends_with("/headers") {
                    true => name.to_ascii_lowercase(),
                    false => name.clone(),
                };
                leaves(&format!("{at}/{name}"), value, add);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                leaves(&format!("{at}/{index}"), item, add);
            }
        }
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner @ (Value::Object(_) | Value::Array(_))) => add(at, format!("text {inner}")),
            _ => add(at, json.to_string()),
        },
        leaf => add(at, leaf.to_string()),
    }
}
