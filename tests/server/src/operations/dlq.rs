//! Messages that were given up.

use serde_json::Value;

use super::Call;
use crate::filter::{Filter, Kind, Paging, Subject as _, set_cursor, set_items};
use crate::options::Options;
use crate::refusal::{Outcome, Refusal};
use crate::state::{DeadLetter, State};
use crate::view::Object;
use crate::wire::Answer;

pub(super) fn list(state: &State, call: &Call) -> Outcome<Answer> {
    let shapes = call.at.shapes;
    let (page, cursor) = select(state, call)?;
    let messages = page
        .into_iter()
        .map(|letter| letter.to_json(shapes))
        .collect();
    let mut object = Object::new(shapes);
    set_items(&mut object, "messages", messages, shapes);
    set_cursor(&mut object, cursor, shapes);
    Ok(Answer::json(200, &object.into()))
}

pub(super) fn get(state: &State, call: &Call) -> Outcome<Answer> {
    let letter = find(state, call)?;
    Ok(Answer::json(200, &letter.to_json(call.at.shapes)))
}

pub(super) fn delete(state: &mut State, call: &Call) -> Outcome<Answer> {
    let number = find(state, call)?.number();
    state.dead_letters.remove(&number);
    state.note(call.route.operation, call.name());
    Ok(Answer::empty(200))
}

pub(super) fn delete_many(state: &mut State, call: &Call) -> Outcome<Answer> {
    let (numbers, cursor) = select_numbers(state, call)?;
    let mut deleted = 0;
    for number in numbers {
        if let Some(letter) = state.dead_letters.remove(&number) {
            state.note(call.route.operation, letter.id);
            deleted += 1;
        }
    }
    let mut object = Object::new(call.at.shapes);
    object.set("deleted", deleted);
    set_cursor(&mut object, cursor, call.at.shapes);
    Ok(Answer::json(200, &object.into()))
}

pub(super) fn retry(state: &mut State, call: &Call) -> Outcome<Answer> {
    let number = find(state, call)?.number();
    let overrides = Options::read(&call.headers)?;
    let retried = publish_again(state, call, number, overrides)
        .ok_or_else(|| Refusal::not_found("the message is gone"))?;
    Ok(Answer::json(201, &retried))
}

pub(super) fn retry_many(state: &mut State, call: &Call) -> Outcome<Answer> {
    let overrides = Options::read(&call.headers)?;
    let (numbers, cursor) = select_numbers(state, call)?;
    let responses = numbers
        .into_iter()
        .filter_map(|number| publish_again(state, call, number, overrides.clone()))
        .collect();
    let mut object = Object::new(call.at.shapes);
    set_items(&mut object, "responses", responses, call.at.shapes);
    set_cursor(&mut object, cursor, call.at.shapes);
    Ok(Answer::json(201, &object.into()))
}

/// Takes a message out of the DLQ and accepts it anew.
fn publish_again(state: &mut State, call: &Call, number: u64, overrides: Options) -> Option<Value> {
    let letter = state.dead_letters.remove(&number)?;
    let mut draft = std::sync::Arc::unwrap_or_clone(letter.message.draft);
    // The content type of a request without a body says nothing about the message.
    let mut overrides = overrides;
    if call.body.is_empty() && call.headers.get("Upstash-Forward-Content-Type").is_none() {
        overrides.forward = overrides.forward.without("Content-Type");
    }
    draft.options = draft.options.overridden_by(overrides);
    if draft.queue.is_some() {
        // A queue delivers in its own order and pace.
        draft.options.flow = None;
    }
    let accepted = state.accept(draft, call.now());
    state.note(call.route.operation, letter.id);
    Some(accepted.to_json())
}

type Page<'a> = (Vec<&'a DeadLetter>, Option<String>);

fn select<'a>(state: &'a State, call: &Call) -> Outcome<Page<'a>> {
    let selection = call.selection()?;
    let filter = Filter::read(&selection, Kind::Dlq)?;
    let paging = Paging::read(&selection, Paging::LIMIT)?;
    Ok(paging.cut(state.dead_letters.values().rev(), &filter))
}

fn select_numbers(state: &State, call: &Call) -> Outcome<(Vec<u64>, Option<String>)> {
    let (page, cursor) = select(state, call)?;
    Ok((
        page.into_iter().map(|letter| letter.number()).collect(),
        cursor,
    ))
}

fn find<'a>(state: &'a State, call: &Call) -> Outcome<&'a DeadLetter> {
    // An id ends with the number of its entry.
    let number = call.name().rsplit('-').next();
    number
        .and_then(|number| state.dead_letters.get(&number.parse().ok()?))
        .filter(|letter| letter.id == call.name())
        .ok_or_else(|| Refusal::not_found(format!("there is no DLQ message {}", call.name())))
}
