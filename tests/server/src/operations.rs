//! The effect of each operation on the state, and its answer.

mod dlq;
mod flow_control;
mod limits;
mod logs;
mod messages;
mod queues;
mod schedules;
mod send;
mod signing_keys;
mod url_groups;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::operation::Operation;
use crate::options::HeaderList;
use crate::refusal::{Outcome, Refusal};
use crate::route::{Route, is_configuration};
use crate::settings::Circumstances;
use crate::state::State;
use crate::wire::Answer;

pub(crate) use send::{Parcel, send};

/// One request, understood.
pub(crate) struct Call {
    pub(crate) route: Route,
    pub(crate) headers: HeaderList,
    pub(crate) body: Bytes,
    pub(crate) at: Circumstances,
}

impl Call {
    /// Joins what a request brings. Configuration in the query of a destination counts like headers.
    pub(crate) fn new(
        route: Route,
        mut headers: HeaderList,
        body: Bytes,
        at: Circumstances,
    ) -> Self {
        if !route.destination.is_empty() {
            for (key, value) in route.query.iter().filter(|(key, _)| is_configuration(key)) {
                headers.push(key, value);
            }
        }
        Self {
            route,
            headers,
            body,
            at,
        }
    }

    fn now(&self) -> u64 {
        self.at.now
    }

    fn name(&self) -> &str {
        &self.route.name
    }

    /// Returns the pairs of the query, and those of a JSON body where official clients send the selection in one.
    fn selection(&self) -> Outcome<Vec<(String, String)>> {
        let mut pairs = self.route.query.clone();
        if self.body.is_empty() {
            return Ok(pairs);
        }
        let body: Value = self.json()?;
        for (key, value) in body.as_object().into_iter().flatten() {
            let values = match value {
                Value::Array(values) => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            pairs.extend(values.iter().map(|value| (key.clone(), plain(value))));
        }
        Ok(pairs)
    }

    fn json<T: DeserializeOwned>(&self) -> Outcome<T> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Refusal::bad_request(format!("invalid JSON body: {error}")))
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Lets a request take effect.
pub(crate) fn apply(state: &mut State, call: &Call) -> Answer {
    match limits::check(state, call) {
        Ok(headers) => dispatch(state, call)
            .unwrap_or_else(Answer::from)
            .with_headers(headers),
        Err(exceeded) => exceeded,
    }
}

fn dispatch(state: &mut State, call: &Call) -> Outcome<Answer> {
    use Operation as Op;
    match call.route.operation {
        Op::PublishMessage => send::publish(state, call),
        Op::EnqueueMessage => send::enqueue(state, call),
        Op::BatchMessages => send::batch(state, call),
        Op::GetMessage => messages::get(state, call),
        Op::CancelMessage => messages::cancel(state, call),
        Op::RetryMessage => messages::retry(state, call),
        Op::CancelMessages => messages::cancel_many(state, call),
        Op::UpsertQueue => queues::upsert(state, call),
        Op::ListQueues => Ok(queues::list(state)),
        Op::GetQueue => queues::get(state, call),
        Op::DeleteQueue => queues::delete(state, call),
        Op::PauseQueue => queues::pause(state, call, true),
        Op::ResumeQueue => queues::pause(state, call, false),
        Op::CreateSchedule => schedules::create(state, call),
        Op::ListSchedules => Ok(schedules::list(state, call)),
        Op::GetSchedule => schedules::get(state, call),
        Op::DeleteSchedule => Ok(schedules::delete(state, call)),
        Op::PauseSchedule => schedules::pause(state, call, true),
        Op::ResumeSchedule => schedules::pause(state, call, false),
        Op::ListUrlGroups => Ok(url_groups::list(state, call)),
        Op::GetUrlGroup => url_groups::get(state, call),
        Op::DeleteUrlGroup => Ok(url_groups::delete(state, call)),
        Op::UpdateUrlGroup => url_groups::update(state, call),
        Op::AddUrlGroupEndpoints => url_groups::add_endpoints(state, call),
        Op::RemoveUrlGroupEndpoints => url_groups::remove_endpoints(state, call),
        Op::ListDlqMessages => dlq::list(state, call),
        Op::DeleteDlqMessages => dlq::delete_many(state, call),
        Op::GetDlqMessage => dlq::get(state, call),
        Op::DeleteDlqMessage => dlq::delete(state, call),
        Op::RetryDlqMessage => dlq::retry(state, call),
        Op::RetryDlqMessages => dlq::retry_many(state, call),
        Op::ListFlowControlKeys => Ok(flow_control::list(state, call)),
        Op::GetFlowControlKey => flow_control::get(state, call),
        Op::PauseFlowControlKey => Ok(flow_control::pause(state, call)),
        Op::ResumeFlowControlKey => flow_control::resume(state, call),
        Op::PinFlowControlKey => flow_control::pin(state, call),
        Op::UnpinFlowControlKey => flow_control::unpin(state, call),
        Op::ResetFlowControlRate => flow_control::reset_rate(state, call),
        Op::GetGlobalParallelism => Ok(flow_control::global(state, call)),
        Op::GetSigningKeys => Ok(signing_keys::get(state)),
        Op::RotateSigningKeys => Ok(signing_keys::rotate(state, call)),
        Op::ListLogs => logs::list(state, call),
    }
}
