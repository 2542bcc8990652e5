//! The rotation itself: one request, and the truth about it.

use std::time::Duration;

use http::StatusCode;

use super::{RotationOutcome, RotationPlan, RotationRefused, held_by_both};
use crate::RetryPolicy;
use crate::error::{Error, ErrorKind};
use crate::keys::pair::KeyPair;
use crate::keys::service;

/// A rotation that every verifier is ready for. [`Rotation::execute`] carries it out.
#[derive(Debug)]
#[must_use = "nothing is rotated before `execute`"]
pub struct Rotation(RotationPlan);

/// The rotations between one pair and another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// None has taken place.
    None,
    /// One: the next key has become the current one.
    One,
    /// More than one, or something else.
    Other,
}

impl Rotation {
    pub(super) fn of(plan: RotationPlan) -> Self {
        Self(plan)
    }

    /// Reads the keys again after this while, ten seconds if nothing is said, when an answer was
    /// lost and the service seems not to have rotated: the request may still be on its way.
    pub fn recheck_after(mut self, recheck_after: Duration) -> Self {
        self.0.recheck_after = recheck_after;
        self
    }

    /// Rotates, once, and returns the outcome. The ring adopts the new pair.
    ///
    /// The keys are read before, once more, because they may have changed since the plan was made.
    /// The request to rotate is never sent again. When its answer is lost, cannot be read, or makes
    /// no sense, the service's keys are read to find out; that is retried, whatever the client's
    /// policy is.
    ///
    /// Dropping the future may leave you without knowing whether the service has rotated.
    ///
    /// # Errors
    ///
    /// [`RotationRefused::OtherKeys`] and [`RotationRefused::Unreadable`]. Nothing was rotated by
    /// this call then.
    pub async fn execute(self) -> Result<RotationOutcome, RotationRefused> {
        let Self(plan) = &self;
        let service = held_by_both(&plan.client, &plan.ring).await?;
        if service != plan.pair {
            // Somebody has rotated, and the ring has adopted it; the confirmations are of before.
            return Err(RotationRefused::OtherKeys { service });
        }
        let lost = match service::rotate(&plan.client).await {
            Ok(pair) if step(&plan.pair, &pair) != Step::None => return Ok(self.end(pair)),
            Ok(_) => Error::service("the answer has the keys of before the rotation")
                .with_operation("rotate_signing_keys"),
            Err(error) if is_refusal(&error) => {
                return Ok(RotationOutcome::NotRotated { error });
            }
            Err(error) => error,
        };
        Ok(self.find_out(lost).await)
    }

    /// Reads what the service has after an answer that says nothing.
    async fn find_out(&self, lost: Error) -> RotationOutcome {
        let client = self.0.client.with_retry(RetryPolicy::default());
        let mut settled = false;
        loop {
            match service::read(&client).await {
                Ok(pair) if step(&self.0.pair, &pair) != Step::None => return self.end(pair),
                Ok(_) if settled => return RotationOutcome::NotRotated { error: lost },
                Ok(_) => tokio::time::sleep(self.0.recheck_after).await,
                Err(reading) => return RotationOutcome::Unknown { lost, reading },
            }
            settled = true;
        }
    }

    /// The service has other keys now.
    #[inline]
    fn end(&self, pair: KeyPair) -> RotationOutcome {
        let RotationPlan {
            ring,
            clock,
            lifetime,
            ..
        } = &self.0;
        ring.adopt_with_lifetime(&pair, clock.now(), *lifetime);
        match step(&self.0.pair, &pair) {
            Step::One => RotationOutcome::Rotated { pair },
            Step::None | Step::Other => RotationOutcome::RotatedByOthersToo { pair },
        }
    }
}

fn step(before: &KeyPair, after: &KeyPair) -> Step {
    if before == after {
        Step::None
    } else if before.next() == after.current() {
        Step::One
    } else {
        Step::Other
    }
}

/// Returns whether a failure says by itself that nothing was rotated: the request was never sent or never
/// reached the service, or the service has refused it.
fn is_refusal(error: &Error) -> bool {
    let refuses =
        |status: StatusCode| status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT;
    match error.status() {
        Some(status) => refuses(status),
        None => {
            let unsent = [ErrorKind::Configuration, ErrorKind::InvalidRequest];
            error.is_connect() || unsent.contains(&error.kind())
        }
    }
}
