//! Rotating the signing keys without refusing a delivery.
//!
//! Keys `A` (current) and `B` (next): a rotation makes `B` the current key, and a fresh `C` the
//! next. Verifiers that hold `A` and `B` accept what is signed with either, so **one** rotation
//! costs nothing, and a second one, before they have learnt of `C`, costs every delivery. A
//! second one is mostly an accident: a request that is sent again because its answer was
//! lost, or two people with the same plan. A [`RotationPlan`] guards against both.
//!
//! # A plan for a fleet
//!
//! 1. **Prepare.** Give every verifier a [`KeyRing`] with both keys and a
//!    [`KeyRefresh`](super::refresh::KeyRefresh) that runs. A verifier with the current key alone
//!    refuses everything from the next rotation on.
//! 2. **Plan.** [`RotationPlan::read`] reads the service's keys and refuses unless your ring holds
//!    just these. If it does not, somebody has rotated: refresh, find out who, decide.
//! 3. **Have every verifier prove** that it holds the [pair of the plan](RotationPlan::pair), so
//!    that it knows the key which the rotation puts to use. Send each a
//!    [`Challenge`], which it answers with a MAC under its keys; no key goes over the wire.
//!    [`RotationPlan::proven_by`] takes the answers and refuses while one of them is no proof. In
//!    this process `ring.keys().is_pair(plan.pair())` says the same, for
//!    [`RotationPlan::confirmed_by`].
//! 4. **Rotate.** [`Rotation::execute`] reads the keys once more, rotates, once, and says what
//!    became of it. Let it run to its end: whoever drops the future does not know what happened.
//! 5. **Distribute.** Write the pair of the outcome to where verifiers start from (the secret
//!    store, their environment). Those that run pick it up by their refresh; at the latest, the
//!    first delivery signed with `B` tells them.
//! 6. **Rotate again only when every verifier has confirmed the new pair.** That is step 2 and
//!    step 3, and it is what the guard is for.
//!
//! Nothing is lost on the way. Until step 4 the service signs with `A`, which all hold. After it,
//! it signs with `B`, which all hold as next. A delivery that was signed with `A` and is under way arrives at
//! verifiers that hold `A` as current, or, once they have adopted the new pair, as previous, for as
//! long as its token lives. A verifier that *starts* between step 4 and the end of that time does
//! not know `A` by itself: start it with the old pair and its refresh, or give it `A` with
//! [`KeyRing::add_previous`].
//!
//! # What to do with each outcome
//!
//! | | what has happened | what to do |
//! |---|---|---|
//! | [`Rotated`](RotationOutcome::Rotated) | one rotation; the ring has adopted it | distribute the pair |
//! | [`NotRotated`](RotationOutcome::NotRotated) | none | see why, and plan anew if you still want to |
//! | [`RotatedByOthersToo`](RotationOutcome::RotatedByOthersToo) | more than one, by several; the ring has adopted the pair that is valid now | distribute this pair at once, have the fleet refresh, stop the other one |
//! | [`Unknown`](RotationOutcome::Unknown) | none or one by this call | nothing is lost in either case; read the keys when the service answers again, by a new plan; never rotate before |
//! | [`RotationRefused`] | nothing was sent | as it says |
//!
//! An outcome of `NotRotated` after a lost answer was read from the service, twice, the second time
//! after [a while](Rotation::recheck_after). Should the lost request be stuck on the way for longer
//! and rotate after all, then that is the one rotation that every verifier has confirmed to be ready
//! for; a new plan notices it, unless it comes in the very moment between the plan's last look and
//! its own rotation. Then the outcome says that others have rotated too.
//!
//! # Two processes at once
//!
//! The service has no rotation on condition. Of two that rotate at once, mostly the second finds
//! other keys than it has planned with, and is refused before it sends anything. If both have
//! looked before either has rotated, both rotate, and at least one finds keys afterwards that one
//! rotation does not make: it is told `RotatedByOthersToo`, with the pair that is valid. Verifiers
//! with a [`RefreshingReceiver`](crate::receiver::RefreshingReceiver) lose nothing even then.
//!
//! # After a leak
//!
//! Whoever has a key can sign deliveries until no verifier accepts that key, as current, next or
//! previous. So a leak is another case than a routine rotation: the outgoing key must not live on.
//!
//! 1. **Which keys?** A verifier holds both, so a leaked environment means both. If only the current
//!    key `A` is known to others, one rotation replaces it; if the next key `B` is too, it takes two.
//! 2. **Rotate by the plan above**, confirmations and all. For a second rotation every verifier has to
//!    hold the pair of the first one: that is the only thing to wait for, and the refresh of a
//!    verifier brings it at once if it is [asked](super::refresh::KeyRefresh::refresh).
//! 3. **Write the new pair to where verifiers start from** before any of them starts again.
//! 4. **Call [`KeyRing::forget_previous`] in every verifier**, once it holds the last pair. Until then
//!    the leaked key is accepted, for up to
//!    [`PREVIOUS_KEY_LIFETIME`] after each rotation.
//!
//! This costs what is signed with the forgotten keys and has not arrived: it is refused, and the
//! service delivers it again, signed with the key that is current then. A message whose retries are
//! used up goes to the DLQ, from which [`retry_dlq_messages`](Client::retry_dlq_messages) brings it
//! back. Deliveries that were accepted before step 4 may have been forged; the claims of each
//! ([`Verified::jwt_id`](crate::receiver::Verified::jwt_id)) and the service's logs say which were not.
//!
//! # Several regions
//!
//! Regions share no keys, and a rotation is of one region. Make a plan for each, with a client and a
//! ring of that region; receivers with [`KeyRings`](super::KeyRings) hold them side by side, and a
//! rotation in one region changes nothing for deliveries from another.
//!
//! ```no_run
//! use qstash_api::keys::{KeyRings, Region, rotation::RotationPlan};
//! use qstash_api::{Client, Token};
//!
//! # async fn example(rings: KeyRings, token: impl Fn(Region) -> Token) -> Result<(), Box<dyn std::error::Error>> {
//! for (region, ring) in rings.iter() {
//!     let Some(region) = region else { continue };
//!     let client = Client::builder().region(region).token(token(region)).build()?;
//!     let plan = RotationPlan::read(&client, ring).await?;
//!     // Steps 3 to 5 for this region; then the next one.
//! #   drop(plan);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Example
//!
//! ```no_run
//! use qstash_api::Client;
//! use qstash_api::keys::{KeyRing, rotation::{RotationOutcome, RotationPlan}};
//!
//! # fn distribute(_: &qstash_api::keys::KeyPair) {}
//! # async fn example(fleet: Vec<(String, KeyRing)>) -> Result<(), Box<dyn std::error::Error>> {
//! let plan = RotationPlan::read(&Client::from_env()?, &KeyRing::from_env()?).await?;
//! let answers = fleet.iter().map(|(name, ring)| (name, ring.keys().is_pair(plan.pair())));
//! match plan.confirmed_by(answers)?.execute().await? {
//!     RotationOutcome::Rotated { pair, .. } => distribute(&pair),
//!     outcome => println!("{outcome}"),
//! }
//! # Ok(())
//! # }
//! ```

mod execute;
mod outcome;
mod refused;

use std::str::FromStr as _;
use std::time::Duration;

use super::PREVIOUS_KEY_LIFETIME;
use super::challenge::{Challenge, Proof, Unproven};
use super::pair::KeyPair;
use super::ring::KeyRing;
use super::service;
use crate::client::Client;
use crate::clock::Clock;

pub use execute::Rotation;
pub use outcome::RotationOutcome;
pub use refused::RotationRefused;

/// The default time after a lost answer at which the keys are read for the second time.
pub const DEFAULT_RECHECK_AFTER: Duration = Duration::from_secs(10);

/// A rotation that may be possible: the service has the keys that the ring holds.
#[derive(Clone, Debug)]
pub struct RotationPlan {
    client: Client,
    ring: KeyRing,
    pair: KeyPair,
    clock: Clock,
    lifetime: Duration,
    recheck_after: Duration,
}

impl RotationPlan {
    /// Reads the service's keys, and makes a plan if they are the ones that `ring` holds.
    ///
    /// # Errors
    ///
    /// [`RotationRefused::OtherKeys`] when they are not, [`RotationRefused::Unreadable`] when they
    /// cannot be read.
    pub async fn read(client: &Client, ring: &KeyRing) -> Result<Self, RotationRefused> {
        Ok(Self {
            client: client.clone(),
            ring: ring.clone(),
            pair: held_by_both(client, ring).await?,
            clock: Clock::system(),
            lifetime: PREVIOUS_KEY_LIFETIME,
            recheck_after: DEFAULT_RECHECK_AFTER,
        })
    }

    /// Returns the pair that the service and the ring have now, and that every verifier must hold.
    #[must_use]
    pub fn pair(&self) -> &KeyPair {
        &self.pair
    }

    /// Takes each verifier's name, and whether it holds the [pair](RotationPlan::pair).
    ///
    /// This is as good as the answers are: a verifier that is left out is not protected.
    ///
    /// # Errors
    ///
    /// [`RotationRefused::NotAdopted`] with the names of those that do not hold it, and
    /// [`RotationRefused::NobodyConfirmed`] when there is no answer at all.
    pub fn confirmed_by<N: Into<String>>(
        &self,
        answers: impl IntoIterator<Item = (N, bool)>,
    ) -> Result<Rotation, RotationRefused> {
        let mut answers = answers.into_iter().peekable();
        if answers.peek().is_none() {
            return Err(RotationRefused::NobodyConfirmed);
        }
        let without: Vec<String> = answers
            .filter(|(_, holds_pair)| !holds_pair)
            .map(|(name, _)| name.into())
            .collect();
        if without.is_empty() {
            Ok(self.for_this_ring_alone())
        } else {
            Err(RotationRefused::NotAdopted { verifiers: without })
        }
    }

    /// Takes each verifier's name, and the text that it answered the challenge with; see
    /// [`challenge`](super::challenge).
    ///
    /// ```no_run
    /// use qstash_api::keys::challenge::Challenge;
    /// use qstash_api::keys::rotation::RotationPlan;
    ///
    /// # async fn post(_: &str, _: String) -> String { String::new() }
    /// # async fn example(plan: RotationPlan) -> Result<(), Box<dyn std::error::Error>> {
    /// let challenge = Challenge::random()?;
    /// let mut answers = Vec::new();
    /// for verifier in ["http://10.0.0.1/signing-keys", "http://10.0.0.2/signing-keys"] {
    ///     answers.push((verifier, post(verifier, challenge.to_string()).await));
    /// }
    /// let outcome = plan.proven_by(&challenge, answers)?.execute().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// This is as good as the list is: a verifier that is left out is not protected. Where one gives no answer, its
    /// text is empty.
    ///
    /// # Errors
    ///
    /// [`RotationRefused::NotProven`] with the names of those that have not proven that they hold the pair, and
    /// [`RotationRefused::NobodyConfirmed`] when there is no answer at all.
    pub fn proven_by<N: Into<String>, P: AsRef<str>>(
        &self,
        challenge: &Challenge,
        answers: impl IntoIterator<Item = (N, P)>,
    ) -> Result<Rotation, RotationRefused> {
        let mut answers = answers.into_iter().peekable();
        if answers.peek().is_none() {
            return Err(RotationRefused::NobodyConfirmed);
        }
        let check = |answer: &str| Proof::from_str(answer)?.check(challenge, &self.pair);
        let unproven: Vec<(String, Unproven)> = answers
            .filter_map(|(name, answer)| Some((name.into(), check(answer.as_ref()).err()?)))
            .collect();
        if unproven.is_empty() {
            Ok(self.for_this_ring_alone())
        } else {
            Err(RotationRefused::NotProven {
                verifiers: unproven,
            })
        }
    }

    /// Says that nobody verifies deliveries but with clones of the plan's own ring.
    pub fn for_this_ring_alone(&self) -> Rotation {
        Rotation::of(self.clone())
    }

    /// Reads the time, from which outgoing keys count their lives, from `clock`.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Keeps the outgoing key this long; see [`KeyRing::adopt_with_lifetime`].
    #[must_use]
    pub fn previous_key_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }
}

/// Reads the service's keys, and compares them with the ring's.
async fn held_by_both(client: &Client, ring: &KeyRing) -> Result<KeyPair, RotationRefused> {
    let pair = service::read(client)
        .await
        .map_err(RotationRefused::Unreadable)?;
    if ring.keys().is_pair(&pair) {
        Ok(pair)
    } else {
        Err(RotationRefused::OtherKeys { service: pair })
    }
}
