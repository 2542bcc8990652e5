//! Flow-control keys.

use serde_json::{Value, json};

use super::Call;
use crate::refusal::{Outcome, Refusal};
use crate::state::{FlowKey, Lane, State};
use crate::wire::Answer;

/// The number of deliveries that may run at once if the plan does not say.
const DEFAULT_PARALLELISM: u64 = 1000;

pub(super) fn list(state: &State, call: &Call) -> Answer {
    let search = call.route.value("search").unwrap_or_default();
    let keys: Vec<Value> = state
        .flow_keys
        .iter()
        .filter(|(name, _)| name.contains(search))
        .map(|(name, key)| show(state, call, name, key))
        .collect();
    Answer::json(200, &Value::from(keys))
}

pub(super) fn get(state: &State, call: &Call) -> Outcome<Answer> {
    let key = state
        .flow_keys
        .get(call.name())
        .ok_or_else(|| missing(call))?;
    Ok(Answer::json(200, &show(state, call, call.name(), key)))
}

fn show(state: &State, call: &Call, name: &str, key: &FlowKey) -> Value {
    key.to_json(name, state.held_by_flow(name, call.now()), call.now())
}

/// Pauses a key, also one that no message has used yet.
pub(super) fn pause(state: &mut State, call: &Call) -> Answer {
    let key = state.flow_keys.entry(call.name().to_owned()).or_default();
    key.is_paused = true;
    done(state, call)
}

pub(super) fn resume(state: &mut State, call: &Call) -> Outcome<Answer> {
    known(state, call)?.is_paused = false;
    Ok(done(state, call))
}

/// Pins the limits of a key, also of one that no message has used yet.
pub(super) fn pin(state: &mut State, call: &Call) -> Outcome<Answer> {
    let parallelism = number(call, "parallelism")?;
    let rate = number(call, "rate")?;
    let period = number(call, "period")?;
    if parallelism.is_none() && rate.is_none() && period.is_none() {
        return Err(Refusal::bad_request(
            "pin needs a parallelism, a rate or a period",
        ));
    }
    let key = state.flow_keys.entry(call.name().to_owned()).or_default();
    key.pin(parallelism, rate, period);
    Ok(done(state, call))
}

pub(super) fn unpin(state: &mut State, call: &Call) -> Outcome<Answer> {
    let parallelism = boolean(call, "parallelism")?;
    let rate = boolean(call, "rate")?;
    known(state, call)?.unpin(parallelism, rate);
    Ok(done(state, call))
}

pub(super) fn reset_rate(state: &mut State, call: &Call) -> Outcome<Answer> {
    known(state, call)?.reset_rate(call.now());
    Ok(done(state, call))
}

pub(super) fn global(state: &State, call: &Call) -> Answer {
    let max = call.at.limits.parallelism.unwrap_or(DEFAULT_PARALLELISM);
    let answer = json!({ "parallelismMax": max, "parallelismCount": state.in_flight });
    Answer::json(200, &answer)
}

fn done(state: &mut State, call: &Call) -> Answer {
    state.waiting.touch(&Lane::Flow(call.name().to_owned()));
    state.note(call.route.operation, call.name());
    Answer::empty(200)
}

fn known<'a>(state: &'a mut State, call: &Call) -> Outcome<&'a mut FlowKey> {
    state
        .flow_keys
        .get_mut(call.name())
        .ok_or_else(|| missing(call))
}

fn missing(call: &Call) -> Refusal {
    Refusal::not_found(format!("there is no flow-control key {}", call.name()))
}

fn number(call: &Call, name: &str) -> Outcome<Option<u64>> {
    match call.route.value(name).map(|value| (value, value.parse())) {
        None => Ok(None),
        Some((_, Ok(number))) if number > 0 => Ok(Some(number)),
        Some((value, _)) => Err(Refusal::bad_request(format!("invalid {name} `{value}`"))),
    }
}

fn boolean(call: &Call, name: &str) -> Outcome<bool> {
    match call.route.value(name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(value) => Err(Refusal::bad_request(format!(
            "invalid {name} `{value}`: use true or false"
        ))),
    }
}
