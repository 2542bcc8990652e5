//! Messages that are not yet delivered.

use serde_json::json;

use super::Call;
use crate::filter::{Filter, Kind};
use crate::operation::Operation;
use crate::refusal::{Outcome, Refusal};
use crate::state::State;
use crate::wire::Answer;

pub(super) fn get(state: &State, call: &Call) -> Outcome<Answer> {
    let message = state.message(call.name()).ok_or_else(|| missing(call))?;
    Ok(Answer::json(200, &message.to_json(call.at.shapes)))
}

pub(super) fn cancel(state: &mut State, call: &Call) -> Outcome<Answer> {
    let number = state
        .message(call.name())
        .ok_or_else(|| missing(call))?
        .number;
    cancel_all(state, call, &[number]);
    if call.at.shapes.cancel_without_body {
        return Ok(Answer::empty(202));
    }
    Ok(Answer::json(202, &json!({ "cancelled": 1 })))
}

pub(super) fn cancel_many(state: &mut State, call: &Call) -> Outcome<Answer> {
    let selection = call.selection()?;
    // A count is ignored: all that are selected are cancelled.
    let filter = Filter::read(&selection, Kind::Messages)?;
    let numbers: Vec<u64> = state
        .messages
        .values()
        .filter(|message| filter.selects(*message))
        .map(|message| message.number)
        .collect();
    cancel_all(state, call, &numbers);
    Ok(Answer::json(202, &json!({ "cancelled": numbers.len() })))
}

fn cancel_all(state: &mut State, call: &Call, numbers: &[u64]) {
    for number in numbers {
        if let Some(id) = state.cancel(*number, call.now()) {
            state.note(call.route.operation, id);
        }
    }
}

pub(super) fn retry(state: &mut State, call: &Call) -> Outcome<Answer> {
    let message = state.message(call.name()).ok_or_else(|| missing(call))?;
    let (number, id) = (message.number, message.id.clone());
    if let Some(queue) = &message.draft.queue {
        let why = format!("message {id} is in the queue {queue}, which delivers in its own order");
        return Err(Refusal::bad_request(why));
    }
    if message.due <= call.now() || !state.release(number, call.now()) {
        return Err(Refusal::not_found(format!("message {id} is not waiting")));
    }
    state.note(Operation::RetryMessage, id);
    Ok(Answer::empty(200))
}

fn missing(call: &Call) -> Refusal {
    Refusal::not_found(format!("there is no message {}", call.name()))
}
