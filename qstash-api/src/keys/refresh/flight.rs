//! One request for keys, which everybody waits for who needs them.

use std::pin::Pin;
use std::sync::Arc;

use futures_util::future::Shared;
use tokio::time::Instant;

use super::super::service;
use super::{KeyRefresh, RefreshFailure};
use crate::error::Error;
use crate::keys::Adoption;
use crate::timestamp::Timestamp;

pub(super) type Flying = Pin<Box<dyn Future<Output = Landing> + Send>>;
pub(super) type Flight = Shared<Flying>;

/// The end of a request.
#[derive(Clone)]
pub(super) struct Landing {
    /// The time at which it was sent: its answer is at least as new.
    pub(super) begun: Instant,
    pub(super) outcome: Result<Adoption, Arc<Error>>,
}

/// Waits until a request may begin, reads the keys, and has the ring adopt them.
pub(super) async fn fly(refresh: KeyRefresh) -> Landing {
    let settings = &refresh.settings;
    let before = refresh.shared.sky().begun;
    if let Some(earliest) = before.and_then(|before| before.checked_add(settings.min_interval)) {
        tokio::time::sleep_until(earliest).await;
    }
    let begun = Instant::now();
    refresh.shared.sky().begun = Some(begun);
    let read = service::read(&settings.client).await.map_err(Arc::new);
    let now = settings.clock.now();
    let outcome = read.map(|pair| {
        settings
            .ring
            .adopt_with_lifetime(&pair, now, settings.lifetime)
    });
    note(&refresh, now, &outcome);
    Landing { begun, outcome }
}

/// Tells whoever wants to know how a request ended.
fn note(refresh: &KeyRefresh, now: Timestamp, outcome: &Result<Adoption, Arc<Error>>) {
    {
        let status = &mut refresh.shared.sky().status;
        match outcome {
            Ok(adoption) => status.succeeded(now, *adoption),
            Err(error) => status.failed(RefreshFailure::new(now, error)),
        }
    }
    #[cfg(feature = "tracing")]
    trace(outcome);
    if let Some(on_result) = &refresh.settings.on_result {
        on_result(outcome.as_ref().copied().map_err(AsRef::as_ref));
    }
}

/// An event for signing keys that the ring did not have before, and for those that could not be read. Of a failure it has
/// what is sure to hold nothing secret.
#[cfg(feature = "tracing")]
fn trace(outcome: &Result<Adoption, Arc<Error>>) {
    match outcome {
        Ok(Adoption::Unchanged) => {}
        Ok(adoption) => tracing::info!(?adoption, "the signing keys were refreshed"),
        Err(error) => {
            let status = error.status().map(|status| status.as_u16());
            tracing::warn!(
                error = error.kind().word(),
                status,
                "the signing keys could not be refreshed"
            );
        }
    }
}
