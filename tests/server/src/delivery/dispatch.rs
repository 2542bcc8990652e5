//! Dispatch of what is due now, and the time at which something will be next.

use super::Attempt;
use crate::clock::Millis;
use crate::operations::{Parcel, send};
use crate::state::{Lane, State};

/// The most attempts that run at once: each has two sockets of a process that has a destination too.
const MOST_AT_ONCE: u64 = 256;

/// Starts everything that is due and may start: schedules first, then messages in order.
pub(crate) fn take_due(
    state: &mut State,
    now: Millis,
    parallelism: Option<u64>,
    region: &str,
) -> Vec<Attempt> {
    fire_schedules(state, now);
    state.waiting.ripen(&state.messages, now);
    if state.is_held {
        return Vec::new();
    }
    let places = parallelism.unwrap_or(MOST_AT_ONCE).min(MOST_AT_ONCE);
    let mut attempts = Vec::new();
    while state.in_flight < places {
        let Some((lane, number)) = state.waiting.next_open() else {
            break;
        };
        if !admits(state, &lane, number, now) {
            continue;
        }
        if let Some(attempt) = Attempt::new(state, number, now, region) {
            state.in_flight += 1;
            attempts.push(attempt);
        }
        state.waiting.touch(&lane);
    }
    attempts
}

/// Returns whether the first message of a lane may start. If a rate forbids it, the lane is looked at again in time.
fn admits(state: &mut State, lane: &Lane, number: u64, now: Millis) -> bool {
    match lane {
        Lane::Free => true,
        Lane::Queue(name) => {
            let queue = state.queues.get(name);
            queue.is_none_or(|queue| queue.admits(number))
        }
        Lane::Flow(name) => {
            let Some(key) = state.flow_keys.get(name) else {
                return true;
            };
            if let Some(moment) = key.reopens(now) {
                state.waiting.touch_at(moment, lane.clone());
            }
            key.admits(now)
        }
    }
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
    schedules.chain(state.waiting.next_moment(now)).min()
}
