//! Publish, enqueue and batch.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Call;
use crate::operation::Operation;
use crate::options::{HeaderList, Options, is_plain_name};
use crate::refusal::{Outcome, Refusal};
use crate::route::{decode, has_http_scheme};
use crate::settings::{Shapes, UrlGroupAnswer};
use crate::state::{Accepted, Draft, Origin, State};
use crate::wire::Answer;

/// A message on its way to a URL or a URL Group.
pub(crate) struct Parcel {
    pub(crate) destination: String,
    pub(crate) options: Options,
    pub(crate) body: Bytes,
    pub(crate) queue: Option<String>,
    pub(crate) schedule: Option<String>,
    pub(crate) caller_ip: String,
}

/// The outcome of a parcel.
pub(crate) enum Sent {
    One(Accepted),
    Group(Vec<Accepted>),
}

/// Accepts a message for its URL, or one for each endpoint of its URL Group.
pub(crate) fn send(state: &mut State, parcel: Parcel, now: u64) -> Outcome<Sent> {
    let target = resolve(state, &parcel.destination)?;
    let draft = |url: String, origin: Option<Origin>| Draft {
        url,
        origin,
        body: parcel.body.clone(),
        options: parcel.options.clone(),
        queue: parcel.queue.clone(),
        schedule: parcel.schedule.clone(),
        caller_ip: parcel.caller_ip.clone(),
        is_report: false,
    };
    Ok(match target {
        Target::Url(url) => Sent::One(state.accept(draft(url, None), now)),
        Target::Group(endpoints) => Sent::Group(
            endpoints
                .into_iter()
                .map(|(url, origin)| state.accept(draft(url, Some(origin)), now))
                .collect(),
        ),
    })
}

enum Target {
    Url(String),
    Group(Vec<(String, Origin)>),
}

fn resolve(state: &State, destination: &str) -> Outcome<Target> {
    check_destination(destination)?;
    if has_http_scheme(destination) {
        return Ok(Target::Url(destination.to_owned()));
    }
    let name = decode(destination);
    let group = state
        .url_groups
        .get(&name)
        .ok_or_else(|| Refusal::not_found(format!("there is no URL Group {name}")))?;
    let endpoints = group.endpoints.iter().map(|endpoint| {
        let origin = Origin {
            group: name.clone(),
            endpoint: endpoint.name.clone(),
        };
        (endpoint.url.clone(), origin)
    });
    Ok(Target::Group(endpoints.collect()))
}

/// Refuses what is neither a URL as it stands nor a name.
pub(super) fn check_destination(destination: &str) -> Outcome<()> {
    const BAD_SCHEME: &str =
        "invalid destination url: endpoint has invalid scheme, add http:// or https://";
    if has_http_scheme(destination) {
        return match url::Url::parse(destination) {
            Ok(_) => Ok(()),
            Err(error) => Err(Refusal::bad_request(format!(
                "invalid destination url: {error}"
            ))),
        };
    }
    let name = decode(destination);
    if name.is_empty() || name.contains(['/', ':', '?']) {
        return Err(Refusal::bad_request(BAD_SCHEME));
    }
    Ok(())
}

pub(super) fn publish(state: &mut State, call: &Call) -> Outcome<Answer> {
    let sent = accept(state, call, None)?;
    let status = if sent.is_duplicate() { 202 } else { 201 };
    Ok(Answer::json(status, &sent.to_json(call.at.shapes)))
}

pub(super) fn enqueue(state: &mut State, call: &Call) -> Outcome<Answer> {
    let queue = queue_name(call.name())?;
    let sent = accept(state, call, Some(queue))?;
    let status = if sent.is_duplicate() { 202 } else { 200 };
    Ok(Answer::json(status, &sent.to_json(call.at.shapes)))
}

/// Checks the name of a queue.
pub(super) fn queue_name(name: &str) -> Outcome<String> {
    if is_plain_name(name) {
        return Ok(name.to_owned());
    }
    Err(Refusal::bad_request(format!(
        "invalid queue name `{name}`: only letters, digits and . _ - are allowed"
    )))
}

fn accept(state: &mut State, call: &Call, queue: Option<String>) -> Outcome<Sent> {
    let options = Options::read(&option_headers(state, call))?;
    let parcel = Parcel {
        destination: call.route.destination.clone(),
        options,
        body: call.body.clone(),
        queue,
        schedule: None,
        caller_ip: call.at.caller_ip.clone(),
    };
    sent(state, call, parcel)
}

/// Headers, then options in the query, then what a URL Group gives each of its messages; the first counts.
fn option_headers(state: &State, call: &Call) -> HeaderList {
    let mut headers = call.headers.clone();
    for (key, value) in &call.route.query {
        if key.starts_with("upstash-") {
            headers.push(key, value);
        }
    }
    if let Some(group) = state.url_groups.get(&decode(&call.route.destination)) {
        for (name, values) in &group.headers {
            values.iter().for_each(|value| headers.push(name, value));
        }
    }
    headers
}

/// Sends a parcel for a request, within its limits, and notes what that changed.
fn sent(state: &mut State, call: &Call, parcel: Parcel) -> Outcome<Sent> {
    let (limits, body) = (&call.at.limits, parcel.body.len());
    super::limits::check_message(limits, &parcel.options, body, call.now())?;
    if let Some(queue) = &parcel.queue {
        parcel.options.check_for_queue()?;
        super::limits::check_queue(state, call, queue)?;
    }
    let sent = send(state, parcel, call.now())?;
    sent.note(state, call.route.operation);
    Ok(sent)
}

#[derive(Deserialize)]
struct Item {
    destination: String,
    #[serde(default)]
    headers: Option<Map<String, Value>>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    queue: Option<String>,
}

pub(super) fn batch(state: &mut State, call: &Call) -> Outcome<Answer> {
    let items: Vec<Item> = call.json()?;
    let parcels: Vec<Outcome<Parcel>> = items
        .into_iter()
        .map(|item| read_item(call, item))
        .collect();
    // One item over a limit of the plan, and nothing of the batch is accepted.
    for parcel in parcels.iter().flatten() {
        let (limits, body) = (&call.at.limits, parcel.body.len());
        super::limits::check_message(limits, &parcel.options, body, call.now())?;
    }
    let results = parcels.into_iter().map(|parcel| {
        let result = parcel.and_then(|parcel| sent(state, call, parcel));
        match result {
            Ok(sent) => sent.to_json(Shapes::default()),
            Err(refusal) => json!({ "error": refusal.message }),
        }
    });
    let results: Vec<Value> = results.collect();
    Ok(Answer::json(200, &Value::from(results)))
}

fn read_item(call: &Call, item: Item) -> Outcome<Parcel> {
    let mut headers = HeaderList::default();
    for (name, value) in item.headers.unwrap_or_default() {
        let value = value
            .as_str()
            .ok_or_else(|| Refusal::bad_request(format!("the header {name} is not a string")))?;
        headers.push(name, value);
    }
    Ok(Parcel {
        destination: item.destination,
        options: Options::read(&headers)?,
        body: item.body.unwrap_or_default().into(),
        queue: item.queue.as_deref().map(queue_name).transpose()?,
        schedule: None,
        caller_ip: call.at.caller_ip.clone(),
    })
}

impl Sent {
    fn all(&self) -> &[Accepted] {
        match self {
            Sent::One(one) => std::slice::from_ref(one),
            Sent::Group(all) => all,
        }
    }

    fn is_duplicate(&self) -> bool {
        !self.all().is_empty() && self.all().iter().all(|accepted| accepted.deduplicated)
    }

    /// Returns the ids of the messages.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.all().iter().map(|accepted| accepted.id.as_str())
    }

    fn note(&self, state: &mut State, operation: Operation) {
        for accepted in self.all().iter().filter(|accepted| !accepted.deduplicated) {
            state.note(operation, accepted.id.as_str());
        }
    }

    fn to_json(&self, shapes: Shapes) -> Value {
        match self {
            Sent::One(one) => answer(one, false),
            Sent::Group(all) => {
                let all: Vec<Value> = all.iter().map(|accepted| answer(accepted, true)).collect();
                match shapes.url_group_answer {
                    UrlGroupAnswer::Array => Value::from(all),
                    UrlGroupAnswer::Messages => json!({ "messages": all }),
                }
            }
        }
    }
}

fn answer(accepted: &Accepted, with_url: bool) -> Value {
    let mut answer = accepted.to_json();
    if let (Value::Object(members), true) = (&mut answer, with_url) {
        members.insert("url".to_owned(), Value::from(accepted.url.as_str()));
    }
    answer
}
