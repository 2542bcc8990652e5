//! The one gate that every request goes through: credentials, retries and traces.

mod alone;
mod answer;
mod attempt;
mod evident;
mod prepare;
mod replayable;

use reqwest::Request;

use self::evident::Asked;
use crate::Error;
use crate::client::State;
use crate::error;
use crate::generated::runtime::{Operation, Received};

/// The interface that generated operations call.
impl State {
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Sends a request of an operation with credentials, and again where that is safe and helps.
    pub(crate) fn execute(
        &self,
        mut request: Request,
        operation: &'static Operation,
    ) -> impl Future<Output = Result<Received, Error>> {
        let prepared = prepare::prepare(self, &mut request, operation);
        let asked = Asked::of(&request, operation);
        let sent = prepared.map(|()| attempt::send(self, request, operation));
        async {
            let mut answer = match sent {
                Ok(sent) => sent.await?,
                Err(problem) => return Err(Error::invalid_request(problem)),
            };
            // Of a request that no operation is for, nobody knows what its answer looks like.
            if !operation.path.is_empty() {
                error::check_success(&answer)?;
            }
            if let Some(asked) = asked {
                asked.complete(&mut answer);
            }
            Ok(answer)
        }
    }
}
