//! URL Groups.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::Call;
use crate::refusal::{Outcome, Refusal};
use crate::route::has_http_scheme;
use crate::state::{Endpoint, State, UrlGroup};
use crate::wire::Answer;

#[derive(Deserialize)]
struct Wanted {
    endpoints: Vec<WantedEndpoint>,
}

#[derive(Deserialize)]
struct WantedEndpoint {
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    name: Option<String>,
}

pub(super) fn add_endpoints(state: &mut State, call: &Call) -> Outcome<Answer> {
    let wanted: Wanted = call.json()?;
    let endpoints: Vec<Endpoint> = wanted
        .endpoints
        .into_iter()
        .map(checked)
        .collect::<Outcome<_>>()?;
    if endpoints.is_empty() {
        return Err(Refusal::bad_request(
            "endpoints is empty: name at least one",
        ));
    }
    check_name(call.name())?;
    match call.at.limits.url_groups {
        Some(limit)
            if state.url_groups.len() >= limit && !state.url_groups.contains_key(call.name()) =>
        {
            return Err(Refusal::plan_limit("URL Groups", limit));
        }
        _ => {}
    }
    let group = state
        .url_groups
        .entry(call.name().to_owned())
        .or_insert_with(|| UrlGroup::new(call.name(), call.now()));
    for endpoint in endpoints {
        group.add(endpoint);
    }
    group.updated_at = call.now();
    state.note(call.route.operation, call.name());
    Ok(Answer::empty(200))
}

fn checked(endpoint: WantedEndpoint) -> Outcome<Endpoint> {
    let url = endpoint.url.unwrap_or_default();
    if !has_http_scheme(&url) || url::Url::parse(&url).is_err() {
        return Err(Refusal::bad_request(format!(
            "invalid endpoint url `{url}`: add http:// or https://"
        )));
    }
    let name = endpoint.name.filter(|name| !name.is_empty());
    Ok(Endpoint { name, url })
}

/// A name that could not stand as a destination is none.
fn check_name(name: &str) -> Outcome<()> {
    if name.contains(['/', ':', '?']) {
        return Err(Refusal::bad_request(format!(
            "invalid URL Group name `{name}`"
        )));
    }
    Ok(())
}

/// Removes endpoints; a group without endpoints goes with its last one.
pub(super) fn remove_endpoints(state: &mut State, call: &Call) -> Outcome<Answer> {
    let wanted: Wanted = call.json()?;
    let group = state
        .url_groups
        .get_mut(call.name())
        .ok_or_else(|| missing(call))?;
    let mut removed = 0;
    for endpoint in &wanted.endpoints {
        removed += group.remove(endpoint.name.as_deref(), endpoint.url.as_deref());
    }
    group.updated_at = call.now();
    if group.endpoints.is_empty() {
        state.url_groups.remove(call.name());
    }
    if removed > 0 {
        state.note(call.route.operation, call.name());
    }
    Ok(Answer::empty(200))
}

#[derive(Deserialize)]
struct Update {
    headers: BTreeMap<String, Values>,
}

/// One value of a header, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    One(String),
    Several(Vec<String>),
}

/// Sets the headers that every message to the group gets.
pub(super) fn update(state: &mut State, call: &Call) -> Outcome<Answer> {
    let update: Update = call.json()?;
    let group = state
        .url_groups
        .get_mut(call.name())
        .ok_or_else(|| missing(call))?;
    let several = |values| match values {
        Values::One(value) => vec![value],
        Values::Several(values) => values,
    };
    let headers = update.headers.into_iter();
    group.headers = headers
        .map(|(name, values)| (name, several(values)))
        .collect();
    group.updated_at = call.now();
    state.note(call.route.operation, call.name());
    Ok(Answer::empty(200))
}

pub(super) fn list(state: &State, call: &Call) -> Answer {
    let groups = state.url_groups.values();
    let groups: Vec<Value> = groups.map(|group| group.to_json(call.at.shapes)).collect();
    Answer::json(200, &Value::from(groups))
}

pub(super) fn get(state: &State, call: &Call) -> Outcome<Answer> {
    let group = state
        .url_groups
        .get(call.name())
        .ok_or_else(|| missing(call))?;
    Ok(Answer::json(200, &group.to_json(call.at.shapes)))
}

/// Deletes a URL Group; one that is not there is deleted already.
pub(super) fn delete(state: &mut State, call: &Call) -> Answer {
    if state.url_groups.remove(call.name()).is_some() {
        state.note(call.route.operation, call.name());
    }
    Answer::empty(200)
}

fn missing(call: &Call) -> Refusal {
    Refusal::not_found(format!("there is no URL Group {}", call.name()))
}
