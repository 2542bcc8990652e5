//! Verification that asks the service for keys it does not know.

use futures_util::future::join_all;
use tokio::time::Instant;

use super::{Delivery, Receiver, Rejection, Verified, Verifying};
use crate::keys::refresh::KeyRefresh;
use crate::keys::{KeyName, KeyRings, Region};

/// A [`Receiver`] whose rings are kept up to date: when a signature that looks genuine matches no
/// key, the delivery waits for the keys that the service has now, and is verified again.
///
/// [`KeyRefresh`] says how often the service is asked at most. A delivery is refused when the keys
/// that the service has after its arrival do not verify it, when they cannot be had within the
/// [patience](KeyRefresh::with_patience), and when too many are waiting already.
///
/// It asks on demand alone. Run [`KeyRefresh::spawn`] beside it, so that a rotation is noticed
/// before the second one.
#[derive(Clone, Debug)]
pub struct RefreshingReceiver {
    receiver: Receiver,
    refreshes: Vec<KeyRefresh>,
}

impl RefreshingReceiver {
    /// A receiver with the ring of `refresh`.
    #[must_use]
    pub fn new(refresh: &KeyRefresh) -> Self {
        Self {
            receiver: Receiver::new(refresh.ring()),
            refreshes: vec![refresh.clone()],
        }
    }

    /// A receiver with the ring of `refresh`, which is of this region. Add others with
    /// [`RefreshingReceiver::and`].
    #[must_use]
    pub fn of(region: Region, refresh: &KeyRefresh) -> Self {
        Self {
            receiver: Receiver::new(KeyRings::of(region, refresh.ring().clone())),
            refreshes: vec![refresh.clone()],
        }
    }

    /// This receiver, with one more ring.
    #[must_use]
    pub fn and(mut self, region: impl Into<Option<Region>>, refresh: &KeyRefresh) -> Self {
        self.receiver.rings = self.receiver.rings.and(region, refresh.ring().clone());
        self.refreshes.push(refresh.clone());
        self
    }

    /// Says more of the receiver, such as its leeway:
    /// `.with(|receiver| receiver.with_leeway(leeway))`.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(Receiver) -> Receiver) -> Self {
        self.receiver = change(self.receiver);
        self
    }

    /// The receiver, which verifies with the keys at hand.
    #[must_use]
    pub fn receiver(&self) -> &Receiver {
        &self.receiver
    }

    /// Verifies a delivery whose body is there as a whole.
    ///
    /// # Errors
    ///
    /// Says why the delivery is not accepted.
    pub async fn verify<'a>(
        &self,
        delivery: impl Into<Delivery<'a>>,
        body: &[u8],
    ) -> Result<Verified, Rejection> {
        let mut verifying = self.begin(delivery).await?;
        verifying.update(body)?;
        verifying.finish()
    }

    /// Verifies a delivery whose body is still to be read; see [`Receiver::begin`].
    ///
    /// # Errors
    ///
    /// Says why the delivery will not be accepted whatever its body is.
    pub async fn begin<'a>(
        &self,
        delivery: impl Into<Delivery<'a>>,
    ) -> Result<Verifying, Rejection> {
        let delivery = delivery.into();
        let begun = self.receiver.begin(delivery);
        let begun = match begun {
            Err(Rejection::UnknownKey) if self.receiver.is_plausible(delivery) => {
                self.begin_with_new_keys(delivery).await
            }
            begun => begun,
        };
        if let Ok(verifying) = &begun
            && verifying.verified.key == KeyName::Next
        {
            self.nudge();
        }
        begun
    }

    /// Verifies again whenever there are new keys, until there are some that were read after the
    /// delivery came.
    async fn begin_with_new_keys(&self, delivery: Delivery<'_>) -> Result<Verifying, Rejection> {
        let arrived = Instant::now();
        loop {
            let asking = self.refreshes.iter();
            let answers = join_all(asking.map(|refresh| refresh.await_keys(arrived))).await;
            let begun = self.receiver.begin(delivery);
            let is_unknown = matches!(begun, Err(Rejection::UnknownKey));
            let is_pending = answers.contains(&Some(false));
            if !is_unknown || !is_pending {
                return begun;
            }
        }
    }

    /// A delivery was signed with the next key, so some service has rotated.
    fn nudge(&self) {
        for refresh in &self.refreshes {
            refresh.nudge();
        }
    }
}
