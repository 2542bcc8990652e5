//! Queues.

use serde::Deserialize;
use serde_json::Value;

use super::Call;
use super::limits::check_queue;
use super::send::queue_name;
use crate::refusal::{Outcome, Refusal};
use crate::state::{Lane, Queue, State};
use crate::wire::Answer;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Upsert {
    queue_name: String,
    #[serde(default)]
    parallelism: Option<u64>,
    #[serde(default)]
    paused: Option<bool>,
}

pub(super) fn upsert(state: &mut State, call: &Call) -> Outcome<Answer> {
    let wanted: Upsert = call.json()?;
    let name = queue_name(&wanted.queue_name)?;
    if wanted.parallelism == Some(0) {
        return Err(Refusal::bad_request(
            "invalid parallelism 0: use at least 1",
        ));
    }
    check_queue(state, call, &name)?;
    let queue = state
        .queues
        .entry(name.clone())
        .or_insert_with(|| Queue::new(&name, call.now()));
    queue.parallelism = wanted.parallelism.unwrap_or(1);
    queue.is_paused = wanted.paused.unwrap_or(queue.is_paused);
    queue.updated_at = call.now();
    state.waiting.touch(&Lane::Queue(name.clone()));
    state.note(call.route.operation, name);
    Ok(Answer::empty(200))
}

pub(super) fn list(state: &State) -> Answer {
    let queues = state.queues.values();
    let queues: Vec<Value> = queues.map(Queue::to_json).collect();
    Answer::json(200, &Value::from(queues))
}

pub(super) fn get(state: &State, call: &Call) -> Outcome<Answer> {
    let name = queue_name(call.name())?;
    let queue = state.queues.get(&name).ok_or_else(|| missing(call))?;
    Ok(Answer::json(200, &queue.to_json()))
}

/// Deletes a queue with its messages; one that is not there is deleted already.
pub(super) fn delete(state: &mut State, call: &Call) -> Outcome<Answer> {
    let name = queue_name(call.name())?;
    let in_queue = state
        .messages
        .values()
        .filter(|message| message.draft.queue.as_ref() == Some(&name));
    let numbers: Vec<u64> = in_queue.map(|message| message.number).collect();
    for number in numbers {
        state.cancel(number, call.now());
    }
    if state.queues.remove(&name).is_some() {
        state.note(call.route.operation, name);
    }
    Ok(Answer::empty(200))
}

pub(super) fn pause(state: &mut State, call: &Call, is_paused: bool) -> Outcome<Answer> {
    let name = queue_name(call.name())?;
    let queue = state.queues.get_mut(&name).ok_or_else(|| missing(call))?;
    queue.is_paused = is_paused;
    queue.updated_at = call.now();
    state.waiting.touch(&Lane::Queue(name.clone()));
    state.note(call.route.operation, name);
    Ok(Answer::empty(200))
}

fn missing(call: &Call) -> Refusal {
    Refusal::not_found(format!("there is no queue {}", call.name()))
}
