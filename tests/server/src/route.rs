//! From a raw request target to an operation.
//!
//! Destinations stand raw in the path and are never decoded or normalised. Everything else is split into segments,
//! decoded, and freed from dot segments and from empty ends, as the service does it: an empty id reaches the
//! collection.

use percent_encoding::percent_decode_str;

use crate::operation::Operation;
use crate::refusal::{Outcome, Refusal};

/// The operation that a request asks for, and its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) operation: Operation,
    /// The one name in the path (an id, a queue, a key), decoded; empty if the path has none.
    pub(crate) name: String,
    /// The destination as it stands in the target, without the query keys that are configuration.
    pub(crate) destination: String,
    /// The pairs of the query, decoded, in order.
    pub(crate) query: Vec<(String, String)>,
    /// `true` if the path is the older spelling of the logs.
    pub(crate) is_events: bool,
}

/// Finds the operation of a request.
pub(crate) fn route(method: &str, target: &str) -> Outcome<Route> {
    let (path, query) = target
        .split_once('?')
        .map_or((target, None), |(p, q)| (p, Some(q)));
    let mut route = to_destination(method, path, query)
        .or_else(|| to_resource(method, path))
        .ok_or_else(|| Refusal::not_found(format!("there is no operation {method} {path}")))?;
    route.query = pairs(query.unwrap_or_default());
    Ok(route)
}

impl Route {
    fn to(operation: Operation, name: &str) -> Self {
        Self {
            operation,
            name: name.to_owned(),
            destination: String::new(),
            query: Vec::new(),
            is_events: false,
        }
    }

    /// Returns the first value of a query key.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        let found = self.query.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.as_str())
    }
}

/// Publish, enqueue and create schedule: the rest of the target is the destination.
fn to_destination(method: &str, path: &str, query: Option<&str>) -> Option<Route> {
    if method != "POST" {
        return None;
    }
    let (operation, name, destination) = if let Some(rest) = path.strip_prefix("/v2/publish/") {
        (Operation::PublishMessage, "", rest)
    } else if let Some(rest) = path.strip_prefix("/v2/enqueue/") {
        let (queue, destination) = rest.split_once('/')?;
        (Operation::EnqueueMessage, queue, destination)
    } else {
        let rest = path.strip_prefix("/v2/schedules/")?;
        let is_url = has_http_scheme(rest);
        if !is_url && (rest.ends_with("/pause") || rest.ends_with("/resume")) {
            return None;
        }
        (Operation::CreateSchedule, "", rest)
    };
    let mut route = Route::to(operation, &decode(name));
    route.destination = with_own_query(destination, query);
    Some(route)
}

/// Joins a destination with what of the query is its own.
fn with_own_query(destination: &str, query: Option<&str>) -> String {
    let Some(query) = query else {
        return destination.to_owned();
    };
    let own: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let key = pair.split_once('=').map_or(*pair, |(key, _)| key);
            !is_configuration(key)
        })
        .collect();
    if own.is_empty() && !query.is_empty() {
        return destination.to_owned();
    }
    format!("{destination}?{}", own.join("&"))
}

/// Returns whether a query key of a destination is read as configuration or as credentials.
pub(crate) fn is_configuration(key: &str) -> bool {
    key.starts_with("upstash-") || key == "qstash_token"
}

/// Returns whether a destination begins as a URL; only then is it taken for one.
pub(crate) fn has_http_scheme(destination: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        destination
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

fn to_resource(method: &str, path: &str) -> Option<Route> {
    let segments = segments(path);
    let mut parts = segments.iter().map(String::as_str);
    if parts.next() != Some("v2") {
        return None;
    }
    let rest: Vec<&str> = parts.collect();
    let (operation, name) = match_resource(method, &rest)?;
    let mut route = Route::to(operation, name);
    route.is_events = rest == ["events"];
    Some(route)
}

fn match_resource<'a>(method: &str, rest: &[&'a str]) -> Option<(Operation, &'a str)> {
    use Operation as Op;
    Some(match (method, rest) {
        ("POST", ["batch"]) => (Op::BatchMessages, ""),
        ("DELETE", ["messages"]) => (Op::CancelMessages, ""),
        ("GET", ["messages", id]) => (Op::GetMessage, *id),
        ("DELETE", ["messages", id]) => (Op::CancelMessage, *id),
        ("POST", ["messages", id, "retry"]) => (Op::RetryMessage, *id),
        ("POST", ["queues"]) => (Op::UpsertQueue, ""),
        ("GET", ["queues"]) => (Op::ListQueues, ""),
        ("GET", ["queues", name]) => (Op::GetQueue, *name),
        ("DELETE", ["queues", name]) => (Op::DeleteQueue, *name),
        ("POST", ["queues", name, "pause"]) => (Op::PauseQueue, *name),
        ("POST", ["queues", name, "resume"]) => (Op::ResumeQueue, *name),
        ("GET", ["schedules"]) => (Op::ListSchedules, ""),
        ("GET", ["schedules", id]) => (Op::GetSchedule, *id),
        ("DELETE", ["schedules", id]) => (Op::DeleteSchedule, *id),
        ("POST" | "PATCH", ["schedules", id, "pause"]) => (Op::PauseSchedule, *id),
        ("POST" | "PATCH", ["schedules", id, "resume"]) => (Op::ResumeSchedule, *id),
        ("GET", ["topics"]) => (Op::ListUrlGroups, ""),
        ("GET", ["topics", name]) => (Op::GetUrlGroup, *name),
        ("DELETE", ["topics", name]) => (Op::DeleteUrlGroup, *name),
        ("PATCH", ["topics", name]) => (Op::UpdateUrlGroup, *name),
        ("POST", ["topics", name, "endpoints"]) => (Op::AddUrlGroupEndpoints, *name),
        ("DELETE", ["topics", name, "endpoints"]) => (Op::RemoveUrlGroupEndpoints, *name),
        ("GET", ["dlq"]) => (Op::ListDlqMessages, ""),
        ("DELETE", ["dlq"]) => (Op::DeleteDlqMessages, ""),
        ("GET", ["dlq", id]) => (Op::GetDlqMessage, *id),
        ("DELETE", ["dlq", id]) => (Op::DeleteDlqMessage, *id),
        ("POST", ["dlq", "retry"]) => (Op::RetryDlqMessages, ""),
        ("POST", ["dlq", "retry", id]) => (Op::RetryDlqMessage, *id),
        ("GET", ["flowControl"]) => (Op::ListFlowControlKeys, ""),
        ("GET", ["flowControl", key]) => (Op::GetFlowControlKey, *key),
        ("POST", ["flowControl", key, "pause"]) => (Op::PauseFlowControlKey, *key),
        ("POST", ["flowControl", key, "resume"]) => (Op::ResumeFlowControlKey, *key),
        ("POST", ["flowControl", key, "pin"]) => (Op::PinFlowControlKey, *key),
        ("POST", ["flowControl", key, "unpin"]) => (Op::UnpinFlowControlKey, *key),
        ("POST", ["flowControl", key, "resetRate"]) => (Op::ResetFlowControlRate, *key),
        ("GET", ["globalParallelism"]) => (Op::GetGlobalParallelism, ""),
        ("GET", ["keys"]) => (Op::GetSigningKeys, ""),
        ("POST", ["keys", "rotate"]) => (Op::RotateSigningKeys, ""),
        ("GET", ["logs" | "events"]) => (Op::ListLogs, ""),
        _ => return None,
    })
}

/// Splits a path into decoded segments; dot segments are resolved and empty ends dropped.
fn segments(path: &str) -> Vec<String> {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        let segment = decode(segment);
        match segment.as_str() {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    segments
}

pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_stay_byte_for_byte() {
        for (target, destination) in [
            (
                "/v2/publish/https://example.com/a//b?x=1",
                "https://example.com/a//b?x=1",
            ),
            (
                "/v2/publish/https://example.com/./%2e/../a",
                "https://example.com/./%2e/../a",
            ),
            ("/v2/publish/https://example.com", "https://example.com"),
            ("/v2/publish/https://example.com/", "https://example.com/"),
            (
                "/v2/publish/https://e/?a=1&upstash-delay=1s&b=%20",
                "https://e/?a=1&b=%20",
            ),
            ("/v2/publish/https://e/?qstash_token=t", "https://e/"),
            (
                "/v2/publish/https://e/?Upstash-Delay=1s",
                "https://e/?Upstash-Delay=1s",
            ),
            ("/v2/publish/https://e/?", "https://e/?"),
            ("/v2/enqueue/q%20r/https://e/a", "https://e/a"),
            ("/v2/schedules/https://e/pause", "https://e/pause"),
            ("/v2/publish/https:%2F%2Fe", "https:%2F%2Fe"),
        ] {
            let route = route("POST", target).expect(target);
            assert_eq!(route.destination, destination, "{target}");
        }
    }

    #[test]
    fn an_empty_or_dot_id_reaches_the_collection() {
        for target in [
            "/v2/messages/",
            "/v2/messages/.",
            "/v2/messages/%2E",
            "/v2/messages/x/..",
        ] {
            let route = route("DELETE", target).expect(target);
            assert_eq!(route.operation, Operation::CancelMessages, "{target}");
        }
        let route = route("DELETE", "/v2/dlq/").expect("the DLQ");
        assert_eq!(route.operation, Operation::DeleteDlqMessages);
    }

    #[test]
    fn every_operation_has_a_route() {
        let methods = ["GET", "POST", "PATCH", "DELETE"];
        let paths = [
            "publish/https://e",
            "enqueue/q/https://e",
            "batch",
            "messages",
            "messages/x",
            "messages/x/retry",
            "queues",
            "queues/x",
            "queues/x/pause",
            "queues/x/resume",
            "schedules",
            "schedules/x",
            "schedules/https://e",
            "schedules/x/pause",
            "schedules/x/resume",
            "topics",
            "topics/x",
            "topics/x/endpoints",
            "dlq",
            "dlq/x",
            "dlq/retry",
            "dlq/retry/x",
            "flowControl",
            "flowControl/x",
            "flowControl/x/pause",
            "flowControl/x/resume",
            "flowControl/x/pin",
            "flowControl/x/unpin",
            "flowControl/x/resetRate",
            "globalParallelism",
            "keys",
            "keys/rotate",
            "logs",
        ];
        let mut reached: Vec<Operation> = methods
            .iter()
            .flat_map(|method| paths.iter().map(move |path| (method, path)))
            .filter_map(|(method, path)| route(method, &format!("/v2/{path}")).ok())
            .map(|route| route.operation)
            .collect();
        reached.sort_unstable();
        reached.dedup();
        let mut all = Operation::ALL.to_vec();
        all.sort_unstable();
        assert_eq!(reached, all);
        assert_eq!(all.len(), 42);
    }
}
