//! Requests, and how a server answers them.

use std::sync::Arc;

use super::core::{Configuration, Core};
use crate::clock::Millis;
use crate::event::{Event, without_token};
use crate::operation::Operation;
use crate::operations::{Call, apply};
use crate::options::HeaderList;
use crate::page;
use crate::record::RecordedRequest;
use crate::refusal::{Outcome, Refusal};
use crate::route::{Route, route};
use crate::settings::Circumstances;
use crate::wire::{Answer, Fault, Reaction, Service};

impl Core {
    /// Checks the credentials, in the header or in the query.
    fn authorize(&self, request: &RecordedRequest, route: &Route) -> Outcome<()> {
        let header = request.header("Authorization");
        let token = match header.and_then(|header| header.strip_prefix("Bearer ")) {
            Some(token) => token,
            None => route.value("qstash_token").unwrap_or_default(),
        };
        if token == self.settings.token {
            return Ok(());
        }
        if self
            .settings
            .tokens_of_other_regions
            .iter()
            .any(|other| other == token)
        {
            let region = &self.settings.region;
            return Err(Refusal::not_found(format!(
                "user not found in this region ({region})"
            )));
        }
        Err(Refusal::unauthorized())
    }

    fn call(&self, request: &RecordedRequest) -> Outcome<Call> {
        let route = route(request.method(), request.target())?;
        self.authorize(request, &route)?;
        self.understood(request, route)
    }

    fn understood(&self, request: &RecordedRequest, route: Route) -> Outcome<Call> {
        let Configuration { limits, shapes } = self.configuration();
        let at = Circumstances {
            now: self.settings.clock.now(),
            shapes,
            limits,
            caller_ip: request.peer().ip().to_string(),
        };
        Ok(Call::new(
            route,
            headers(request)?,
            request.body().clone(),
            at,
        ))
    }
}

fn headers(request: &RecordedRequest) -> Outcome<HeaderList> {
    request
        .headers()
        .map(|(name, value)| match std::str::from_utf8(value) {
            Ok(value) => Ok((name.to_owned(), value.to_owned())),
            Err(_) => Err(Refusal::bad_request(format!(
                "the header {name} is not UTF-8"
            ))),
        })
        .collect()
}

fn request_event(request: &RecordedRequest, answer: &Answer) -> Event {
    let is_refused = answer.status() >= 400;
    Event::Request {
        method: request.method().to_owned(),
        target: without_token(request.target()),
        status: answer.status(),
        refusal: is_refused.then(|| answer.reason()),
    }
}

/// The service side of a shared core.
pub(super) struct Front(pub(super) Arc<Core>);

/// The page and the logs alone, which need no token: what the port for logs serves.
pub(super) struct Console(pub(super) Arc<Core>);

impl Service for Console {
    fn now(&self) -> Millis {
        self.0.settings.clock.now()
    }

    fn fault(&self, _: &RecordedRequest) -> Option<Fault> {
        None
    }

    fn record(&self, _: RecordedRequest) {}

    fn respond(&self, request: &RecordedRequest) -> Reaction {
        if page::serves(request) {
            return Reaction::Answer(self.0.page(request));
        }
        let logs = route(request.method(), request.target())
            .ok()
            .filter(|route| route.operation == Operation::ListLogs);
        let answer = match logs {
            Some(route) => {
                let call = self.0.understood(request, route);
                call.map_or_else(Answer::from, |call| apply(&mut self.0.state(), &call))
            }
            None => Answer::error(
                404,
                "this port shows logs alone: GET /v2/logs, or the page at /",
            ),
        };
        Reaction::Answer(answer)
    }
}

impl Service for Front {
    fn now(&self) -> Millis {
        self.0.settings.clock.now()
    }

    fn fault(&self, head: &RecordedRequest) -> Option<Fault> {
        if page::serves(head) {
            return None;
        }
        let route = route(head.method(), head.target());
        self.0.faults.take(route.ok().map(|route| route.operation))
    }

    fn record(&self, request: RecordedRequest) {
        if self.0.settings.keeps_requests && !page::serves(&request) {
            self.0.records.add(request);
        }
    }

    fn respond(&self, request: &RecordedRequest) -> Reaction {
        if page::serves(request) {
            return Reaction::Answer(self.0.page(request));
        }
        let answer = match self.0.call(request) {
            Ok(call) => apply(&mut self.0.state(), &call),
            Err(refusal) => Answer::from(refusal),
        };
        if self.0.settings.observer.is_some() {
            self.0.tell(request_event(request, &answer));
        }
        self.0.pump();
        Reaction::Answer(answer)
    }
}
