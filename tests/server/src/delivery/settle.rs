//! The consequences of the answer to an attempt.

use super::report::report;
use super::retry::{Verdict, judge};
use crate::clock::Millis;
use crate::event::Event;
use crate::state::{Response, State};

/// Lets the answer to an attempt take effect: delivered, tried again or given up.
///
/// A message that was cancelled meanwhile is gone, and its answer of no interest.
pub(crate) fn settle(
    state: &mut State,
    number: u64,
    response: Response,
    now: Millis,
) -> Option<Event> {
    state.in_flight = state.in_flight.saturating_sub(1);
    let message = state.messages.get(&number).cloned()?;
    let verdict = judge(&message, &response, now);
    if verdict != Verdict::Delivered {
        state
            .logs
            .add_with(now, "ERROR", &message, Some(response.clone()), None);
    }
    // A callback reports every answer of the destination, also those that lead to a retry.
    if response.status != 0 {
        report(
            state,
            message.draft.options.callback.as_ref(),
            &message,
            &response,
            None,
            now,
        );
    }
    let (message_id, url) = (message.id.clone(), message.draft.url.clone());
    let event = match verdict {
        Verdict::Delivered => {
            let status = response.status;
            state.remove(number);
            state
                .logs
                .add_with(now, "DELIVERED", &message, Some(response), None);
            state.report_to_schedule(&message, "SUCCESS");
            Event::Delivered {
                message_id,
                url,
                status,
            }
        }
        Verdict::Again(due) => {
            let problem = problem(&response);
            state
                .logs
                .add_with(now, "RETRY", &message, Some(response), Some(due));
            state.postpone(number, due);
            Event::Retry {
                message_id,
                url,
                problem,
                waits: due.saturating_sub(now),
            }
        }
        Verdict::GiveUp => {
            state.remove(number);
            let failure = message.draft.options.failure_callback.clone();
            let dlq_id = state.dead_letter(message.clone(), response.clone(), now);
            report(
                state,
                failure.as_ref(),
                &message,
                &response,
                Some(&dlq_id),
                now,
            );
            Event::GivenUp {
                message_id,
                url,
                problem: problem(&response),
                dlq_id,
            }
        }
    };
    Some(event)
}

/// Describes the failure of a delivery.
fn problem(response: &Response) -> String {
    match &response.error {
        Some(error) => error.clone(),
        None => format!("it answered {}", response.status),
    }
}
