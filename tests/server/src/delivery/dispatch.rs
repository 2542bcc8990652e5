//! What is due now, and when something will be next.

use super::Attempt;
use crate::clock::Millis;
use crate::operations::{Parcel, send};
use crate::state::{Message, State};

/// Starts everything that is due and may start: schedules first, then messages in order.
pub(crate) fn take_due(
    state: &mut State,
    now: Millis,
    parallelism: Option<u64>,
    region: &str,
) -> Vec<Attempt> {
    fire_schedules(state, now);
    if state.is_held {
        return Vec::new();
    }
    let due: Vec<u64> = state
        .waiting
        .range(..=(now, u64::MAX))
        .map(|(_, number)| *number)
        .collect();
    let mut attempts = Vec::new();
    for number in due {
        if parallelism.is_some_and(|places| state.in_flight >= places) {
            break;
        }
        let may_start = state
            .messages
            .get(&number)
            .is_some_and(|message| admits(state, message, now));
        if may_start && let Some(attempt) = Attempt::new(state, number, now, region) {
            state.in_flight += 1;
            attempts.push(attempt);
        }
    }
    attempts
}

fn admits(state: &State, message: &Message, now: Millis) -> bool {
    let queue = message
        .draft
        .queue
        .as_ref()
        .and_then(|name| state.queues.get(name));
    let key = message.flow_key().and_then(|key| state.flow_keys.get(key));
    queue.is_none_or(|queue| queue.admits(message.number)) && key.is_none_or(|key| key.admits(now))
}

/// Publishes what schedules ask for by now. Moments that were jumped over count once.
fn fire_schedules(state: &mut State, now: Millis) {
    let due: Vec<String> = state
        .schedules
        .values()
        .filter(|schedule| !schedule.is_paused && schedule.next.is_some_and(|next| next <= now))
        .map(|schedule| schedule.id.clone())
        .collect();
    for id in due {
        fire(state, &id, now);
    }
}

fn fire(state: &mut State, id: &str, now: Millis) {
    let Some(schedule) = state.schedules.get_mut(id) else {
        return;
    };
    schedule.last = Some(now);
    schedule.next = schedule.cron.after(now);
    let parcel = Parcel {
        destination: schedule.destination.clone(),
        options: schedule.options.clone(),
        body: schedule.body.clone(),
        queue: schedule.options.queue.clone(),
        schedule: Some(id.to_owned()),
        caller_ip: schedule.caller_ip.clone(),
    };
    // The URL Group of a schedule may be gone by now; then there is nobody to deliver to.
    let sent = send(state, parcel, now).ok();
    let states = sent
        .iter()
        .flat_map(|sent| sent.ids())
        .map(|id| (id.to_owned(), "IN_PROGRESS"));
    let states = states.collect();
    if let Some(schedule) = state.schedules.get_mut(id) {
        schedule.last_states = states;
    }
}

/// Returns the next moment after now at which something falls due.
pub(crate) fn next_wake(state: &State, now: Millis) -> Option<Millis> {
    let schedules = state
        .schedules
        .values()
        .filter(|schedule| !schedule.is_paused)
        .filter_map(|schedule| schedule.next);
    if state.is_held {
        return schedules.min();
    }
    let later = (now.saturating_add(1), 0);
    let message = state.waiting.range(later..).next().map(|(due, _)| *due);
    let windows = state
        .waiting
        .range(..later)
        .filter_map(|(_, number)| state.messages.get(number)?.flow_key())
        .filter_map(|key| state.flow_keys.get(key)?.reopens(now));
    schedules.chain(message).chain(windows).min()
}
