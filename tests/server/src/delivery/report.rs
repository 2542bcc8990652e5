//! Callbacks and failure callbacks: messages that report on a message.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::clock::Millis;
use crate::options::{Callback, Options};
use crate::state::{Draft, Message, Response, State};

/// Accepts a report on an attempt, if the message asks for one of its kind.
pub(super) fn report(
    state: &mut State,
    callback: Option<&Callback>,
    message: &Message,
    response: &Response,
    dlq_id: Option<&str>,
    now: Millis,
) {
    let Some(callback) = callback.filter(|_| !message.draft.is_report) else {
        return;
    };
    let body = describe(message, response, dlq_id).to_string();
    let draft = Draft {
        url: callback.url.clone(),
        origin: None,
        body: body.into(),
        options: options(callback),
        queue: None,
        schedule: None,
        caller_ip: message.draft.caller_ip.clone(),
        is_report: true,
    };
    state.accept(draft, now);
}

fn options(callback: &Callback) -> Options {
    let mut forward = callback.forward.clone();
    if forward.get("Content-Type").is_none() {
        forward.push("Content-Type", "application/json");
    }
    Options {
        method: callback.method.clone(),
        delay: callback.delay,
        timeout: callback.timeout,
        retries: callback.retries,
        retry_delay: callback.retry_delay.clone(),
        forward,
        ..Options::default()
    }
}

/// Writes what happened: bodies in base64, moments as strings.
fn describe(message: &Message, response: &Response, dlq_id: Option<&str>) -> Value {
    let draft = &message.draft;
    let origin = draft.origin.as_ref();
    let mut body = json!({
        "status": response.status,
        "header": response.headers.to_json(),
        "body": STANDARD.encode(&response.body),
        "retried": message.retried,
        "maxRetries": message.retries(),
        "sourceMessageId": message.id,
        "url": draft.url,
        "method": message.method(),
        "sourceHeader": draft.options.forward.to_json(),
        "sourceBody": STANDARD.encode(&draft.body),
        "notBefore": message.not_before.to_string(),
        "createdAt": message.created_at.to_string(),
        "callerIP": draft.caller_ip,
    });
    let optional = [
        ("topicName", origin.map(|origin| origin.group.as_str())),
        (
            "endpointName",
            origin.and_then(|origin| origin.endpoint.as_deref()),
        ),
        ("scheduleId", draft.schedule.as_deref()),
        ("queueName", draft.queue.as_deref()),
        ("dlqId", dlq_id),
    ];
    if let Value::Object(body) = &mut body {
        let given = optional
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        body.extend(given.map(|(name, value)| (name.to_owned(), Value::from(value))));
    }
    body
}
