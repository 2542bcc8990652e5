//! Schedules.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Call;
use super::send::check_destination;
use crate::cron::Cron;
use crate::options::Options;
use crate::refusal::{Outcome, Refusal};
use crate::state::{Schedule, State};
use crate::wire::Answer;

pub(super) fn create(state: &mut State, call: &Call) -> Outcome<Answer> {
    let options = Options::read(&call.headers)?;
    let destination = call.route.destination.clone();
    check_destination(&destination)?;
    let cron = read_cron(&options)?;
    let (limits, body) = (&call.at.limits, call.body.len());
    super::limits::check_message(limits, &options, body, call.now())?;
    if options.queue.is_some() {
        options.check_for_queue()?;
    }
    let given = options.schedule_id.clone();
    let known = given.as_ref().and_then(|id| state.schedules.get(id));
    match call.at.limits.schedules {
        Some(limit) if known.is_none() && state.schedules.len() >= limit => {
            return Err(Refusal::plan_limit("schedules", limit));
        }
        _ => {}
    }
    let (created_at, is_paused) = known.map_or((call.now(), false), |known| {
        (known.created_at, known.is_paused)
    });
    let id = given.unwrap_or_else(|| state.ids.schedule());
    let schedule = Schedule {
        id: id.clone(),
        next: cron.after(call.now()),
        cron,
        destination,
        body: call.body.clone(),
        options,
        caller_ip: call.at.caller_ip.clone(),
        created_at,
        is_paused,
        last: None,
        last_states: BTreeMap::new(),
    };
    state.schedules.insert(id.clone(), schedule);
    state.note(call.route.operation, id.as_str());
    Ok(Answer::json(201, &json!({ "scheduleId": id })))
}

fn read_cron(options: &Options) -> Outcome<Cron> {
    let text = options
        .cron
        .as_deref()
        .ok_or_else(|| Refusal::bad_request("the header Upstash-Cron is missing"))?;
    Cron::parse(text).map_err(|why| Refusal::bad_request(format!("invalid cron `{text}`: {why}")))
}

pub(super) fn list(state: &State, call: &Call) -> Answer {
    let schedules = state.schedules.values();
    let schedules: Vec<Value> = schedules
        .map(|schedule| schedule.to_json(call.at.shapes))
        .collect();
    Answer::json(200, &Value::from(schedules))
}

pub(super) fn get(state: &State, call: &Call) -> Outcome<Answer> {
    let schedule = state
        .schedules
        .get(call.name())
        .ok_or_else(|| missing(call))?;
    Ok(Answer::json(200, &schedule.to_json(call.at.shapes)))
}

/// Deletes a schedule; one that is not there is deleted already.
pub(super) fn delete(state: &mut State, call: &Call) -> Answer {
    if state.schedules.remove(call.name()).is_some() {
        state.note(call.route.operation, call.name());
    }
    Answer::empty(200)
}

pub(super) fn pause(state: &mut State, call: &Call, is_paused: bool) -> Outcome<Answer> {
    let schedule = state
        .schedules
        .get_mut(call.name())
        .ok_or_else(|| missing(call))?;
    schedule.is_paused = is_paused;
    // What was missed in the meantime is not made up for.
    schedule.next = schedule.cron.after(call.now());
    state.note(call.route.operation, call.name());
    Ok(Answer::empty(200))
}

fn missing(call: &Call) -> Refusal {
    Refusal::not_found(format!("there is no schedule {}", call.name()))
}
