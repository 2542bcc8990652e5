//! Calls that are described once and made with each client.

use std::time::{Duration, SystemTime};

use qstash_api::{Callback, Client, FlowControl, Message, Redact};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A call of `data/cases.json`.
#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) name: String,
    #[serde(rename = "use")]
    used: String,
    #[serde(default)]
    destination: String,
    queue: Option<String>,
    cron: Option<String>,
    schedule_id: Option<String>,
    body: Option<Body>,
    #[serde(default)]
    options: Options,
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    destination: String,
    queue: Option<String>,
    body: Option<Body>,
    options: Options,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Body {
    Json(Value),
    Text(String),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Options {
    content_type: Option<String>,
    method: Option<String>,
    delay: Option<u64>,
    not_before: Option<u64>,
    timeout: Option<u64>,
    retries: Option<u32>,
    retry_delay: Option<String>,
    labels: Vec<String>,
    deduplication_id: Option<String>,
    content_based: bool,
    flow_control: Option<Limits>,
    callback: Option<Called>,
    failure_callback: Option<Called>,
    forward: Map<String, Value>,
    redact: Option<Redacted>,
}

#[derive(Deserialize)]
struct Limits {
    key: String,
    parallelism: Option<u32>,
    rate: Option<u32>,
    period: Option<u64>,
}

#[derive(Deserialize)]
struct Called {
    url: String,
    options: Map<String, Value>,
    forward: Map<String, Value>,
}

#[derive(Deserialize)]
struct Redacted {
    #[serde(default)]
    body: bool,
    headers: Value,
}

impl Case {
    /// Makes the call. What is answered does not matter.
    pub(crate) async fn call(&self, client: &Client) {
        let message = message(self.body.as_ref(), &self.options);
        let destination = self.destination.as_str();
        let queue = self.queue.as_deref().unwrap_or_default();
        match self.used.as_str() {
            "publish" => {
                let request = client.publish_message().destination(destination);
                request.message(message).send().await.map(drop).unwrap();
            }
            "enqueue" => {
                let request = client
                    .enqueue_message()
                    .queue(queue)
                    .destination(destination);
                request.message(message).send().await.map(drop).unwrap();
            }
            "schedule" => {
                let mut request = client.create_schedule().destination(destination);
                request = request.cron(self.cron.as_deref().unwrap());
                if let Some(id) = &self.schedule_id {
                    request = request.schedule_id(id);
                }
                if let Some(queue) = &self.queue {
                    request = request.queue(queue);
                }
                request.message(message).send().await.map(drop).unwrap();
            }
            "batch" => {
                let items = self.items.iter().map(|item| {
                    let message = message_of(item);
                    match &item.queue {
                        Some(queue) => message.queue(queue),
                        None => message,
                    }
                });
                client
                    .batch_messages()
                    .messages(items)
                    .send()
                    .await
                    .map(drop)
                    .unwrap();
            }
            other => panic!("unknown use {other}"),
        }
    }
}

fn message_of(item: &Item) -> qstash_api::BatchMessage {
    message(item.body.as_ref(), &item.options).to(&item.destination)
}

fn message(body: Option<&Body>, options: &Options) -> Message {
    let mut message = match body {
        Some(Body::Json(value)) => Message::json(value).unwrap(),
        Some(Body::Text(text)) => Message::text(text),
        None => Message::empty(),
    };
    /// Sets what is given.
    macro_rules! set {
        ($($option:ident($value:ident) => $given:expr),* $(,)?) => {
            $(if let Some($value) = &options.$option {
                message = message.$option($given);
            })*
        };
    }
    set! {
        content_type(value) => value,
        method(value) => value.as_str().try_into().unwrap(),
        delay(value) => Duration::from_secs(*value),
        not_before(value) => SystemTime::UNIX_EPOCH + Duration::from_secs(*value),
        timeout(value) => Duration::from_secs(*value),
        retries(value) => *value,
        retry_delay(value) => value,
        deduplication_id(value) => value,
        flow_control(value) => flow_control(value),
        callback(value) => callback(value),
        failure_callback(value) => callback(value),
        redact(value) => redact(value),
    }
    if options.content_based {
        message = message.deduplicate_by_content();
    }
    for (name, value) in &options.forward {
        message = message.forward(name, value.as_str().unwrap());
    }
    message.labels(options.labels.iter().cloned())
}

fn flow_control(limits: &Limits) -> FlowControl {
    let mut flow_control = FlowControl::new(&limits.key);
    if let Some(parallelism) = limits.parallelism {
        flow_control = flow_control.parallelism(parallelism);
    }
    if let Some(rate) = limits.rate {
        flow_control = flow_control.rate(rate);
    }
    if let Some(period) = limits.period {
        flow_control = flow_control.period(Duration::from_secs(period));
    }
    flow_control
}

fn callback(called: &Called) -> Callback {
    let seconds = |value: &str| Duration::from_secs(value.trim_end_matches('s').parse().unwrap());
    let mut callback = Callback::new(&called.url);
    for (name, value) in &called.options {
        let value = value.as_str().unwrap();
        callback = match name.as_str() {
            "Method" => callback.method(value.try_into().unwrap()),
            "Timeout" => callback.timeout(seconds(value)),
            "Retries" => callback.retries(value.parse().unwrap()),
            "Retry-Delay" => callback.retry_delay(value),
            "Delay" => callback.delay(seconds(value)),
            other => panic!("unknown option {other}"),
        };
    }
    for (name, value) in &called.forward {
        callback = callback.forward(name, value.as_str().unwrap());
    }
    callback
}

fn redact(redacted: &Redacted) -> Redact {
    let headers = match &redacted.headers {
        Value::Bool(true) => Redact::all_headers(),
        names => {
            let names: Vec<String> = serde_json::from_value(names.clone()).unwrap();
            Redact::headers(names)
        }
    };
    if redacted.body {
        Redact::body().and(headers)
    } else {
        headers
    }
}
