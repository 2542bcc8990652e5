//! Verification that asks the service for keys it does not know.

use futures_util::future::join_all;
use tokio::time::Instant;

use super::{Delivery, Receiver, Rejection, Verified, Verify, VerifyError, Verifying};
use crate::keys::refresh::{Awaited, KeyRefresh};
use crate::keys::{KeyName, KeyRings, Region};

/// A [`Receiver`] whose rings are kept up to date: when a signature that looks genuine matches no
/// key, the delivery waits for the keys that the service has now, and is verified again.
///
/// [`KeyRefresh`] says how often the service is asked at most. Such a delivery ends in one of these ways:
///
/// - The keys that the service had after its arrival verify it: it is accepted.
/// - They do not: it is refused, with [`Rejection::UnknownKey`].
/// - They could not be read: nobody knows whether it is genuine, which is an
///   [`VerifyError::Fault`], to be answered with 500.
/// - They do not come within the [patience](KeyRefresh::max_delivery_wait), or too many deliveries are
///   waiting already: it is refused, with [`Rejection::UnknownKey`]. Forgers can bring this about,
///   so it is no fault of ours.
///
/// The service tries again what was not accepted, whatever the answer was.
///
/// It asks on demand alone. Run [`KeyRefresh::spawn`] beside it, so that a rotation is noticed
/// before the second one. It is a [`Verify`], so it can stand in a tower layer:
///
/// ```
/// # #[cfg(feature = "tower")]
/// # fn example(client: qstash_api::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use qstash_api::keys::{KeyRing, refresh::KeyRefresh};
/// use qstash_api::receiver::RefreshingReceiver;
/// use qstash_api::tower::{ExpectedUrl, VerifyLayer};
///
/// let refresh = KeyRefresh::new(client, &KeyRing::from_env()?);
/// let task = refresh.spawn(); // Ends when it is dropped: keep it as long as the server runs.
/// let receiver = RefreshingReceiver::new(&refresh);
/// let layer = VerifyLayer::new(receiver, ExpectedUrl::under("https://example.com")?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct RefreshingReceiver {
    receiver: Receiver,
    refreshes: Vec<KeyRefresh>,
}

impl RefreshingReceiver {
    /// Creates a receiver with the ring of `refresh`.
    #[must_use]
    pub fn new(refresh: &KeyRefresh) -> Self {
        Self {
            receiver: Receiver::new(refresh.ring()),
            refreshes: vec![refresh.clone()],
        }
    }

    /// Creates a receiver with the ring of `refresh`, which is of this region. Add others with
    /// [`RefreshingReceiver::with_refresh`].
    #[must_use]
    pub fn for_region(region: Region, refresh: &KeyRefresh) -> Self {
        Self {
            receiver: Receiver::new(KeyRings::for_region(region, refresh.ring().clone())),
            refreshes: vec![refresh.clone()],
        }
    }

    /// This receiver, with one more ring.
    #[must_use]
    pub fn with_refresh(mut self, region: impl Into<Option<Region>>, refresh: &KeyRefresh) -> Self {
        self.receiver.rings = self
            .receiver
            .rings
            .with_ring(region, refresh.ring().clone());
        self.refreshes.push(refresh.clone());
        self
    }

    /// Configures the receiver, such as its leeway:
    /// `.map_receiver(|receiver| receiver.with_leeway(leeway))`.
    #[must_use]
    pub fn map_receiver(mut self, change: impl FnOnce(Receiver) -> Receiver) -> Self {
        self.receiver = change(self.receiver);
        self
    }

    /// Returns the receiver, which verifies with the keys at hand.
    #[must_use]
    pub fn receiver(&self) -> &Receiver {
        &self.receiver
    }

    /// Verifies a delivery whose body is there as a whole.
    ///
    /// # Errors
    ///
    /// Says why the delivery is not accepted, or that the keys to find out could not be read.
    pub async fn verify<'a>(
        &self,
        delivery: impl Into<Delivery<'a>>,
        body: &[u8],
    ) -> Result<Verified, VerifyError> {
        let mut verifying = self.begin(delivery).await?;
        verifying.update(body)?;
        Ok(verifying.finish()?)
    }

    /// Verifies a delivery whose body is still to be read; see [`Receiver::begin`].
    ///
    /// # Errors
    ///
    /// Says why the delivery will not be accepted whatever its body is, or that the keys to find
    /// out could not be read.
    pub async fn begin<'a>(
        &self,
        delivery: impl Into<Delivery<'a>>,
    ) -> Result<Verifying, VerifyError> {
        let delivery = delivery.into();
        let verifying = match self.receiver.begin(delivery) {
            Err(Rejection::UnknownKey) if self.receiver.is_valid_but_for_key(delivery) => {
                self.begin_with_new_keys(delivery).await?
            }
            begun => begun?,
        };
        if verifying.verified.key == KeyName::Next {
            self.nudge();
        }
        Ok(verifying)
    }

    /// Verifies again whenever there are new keys, until there are some that were read after the
    /// delivery came.
    async fn begin_with_new_keys(&self, delivery: Delivery<'_>) -> Result<Verifying, VerifyError> {
        let arrived = Instant::now();
        loop {
            let asking = self.refreshes.iter();
            let answers = join_all(asking.map(|refresh| refresh.await_keys(arrived))).await;
            let begun = self.receiver.begin(delivery);
            if !matches!(begun, Err(Rejection::UnknownKey)) {
                return Ok(begun?);
            }
            let mut is_pending = false;
            let mut failure = None;
            for answer in answers {
                match answer {
                    Awaited::Older => is_pending = true,
                    Awaited::Failed(error) => failure = Some(error),
                    Awaited::Newest | Awaited::Nothing => {}
                }
            }
            match failure {
                _ if is_pending => {}
                Some(error) => return Err(VerifyError::Fault(error)),
                None => return Ok(begun?),
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

impl Verify for RefreshingReceiver {
    fn begin(
        &self,
        delivery: Delivery<'_>,
    ) -> impl Future<Output = Result<Verifying, VerifyError>> + Send {
        Self::begin(self, delivery)
    }
}
