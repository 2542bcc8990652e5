//! Logs.

use super::Call;
use crate::filter::{Filter, Kind, Paging, set_cursor, set_items};
use crate::refusal::Outcome;
use crate::settings::LogMember;
use crate::state::State;
use crate::view::Object;
use crate::wire::Answer;

/// The older spelling has larger pages.
const EVENTS_LIMIT: usize = 1000;

pub(super) fn list(state: &State, call: &Call) -> Outcome<Answer> {
    let shapes = call.at.shapes;
    let query = &call.route.query;
    let filter = Filter::read(query, Kind::Logs)?;
    let is_event = call.route.is_events;
    let limit = if is_event {
        EVENTS_LIMIT
    } else {
        Paging::LIMIT
    };
    let (page, cursor) = Paging::read(query, limit)?.cut(state.logs.newest_first(), &filter);
    let entries = page
        .into_iter()
        .map(|entry| entry.to_json(shapes, is_event))
        .collect();
    let member = match shapes.log_member {
        LogMember::Logs if !is_event => "logs",
        _ => "events",
    };
    let mut object = Object::new(shapes);
    set_items(&mut object, member, entries, shapes);
    set_cursor(&mut object, cursor, shapes);
    Ok(Answer::json(200, &object.into()))
}
