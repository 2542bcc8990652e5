//! Keeping a ring as the service's keys are.
//!
//! A [`KeyRefresh`] ties a ring to a client: it reads the service's keys and has the ring
//! [adopt](KeyRing::adopt) them, so that a rotation made elsewhere, in the console or by another
//! process, is picked up, and the outgoing keys stay accepted for as long as a token signed with
//! them can live.
//!
//! It asks at three occasions:
//!
//! - **Every five minutes** ([`KeyRefresh::interval`]), while [`KeyRefresh::run`] is polled or the
//!   task of [`KeyRefresh::spawn`] lives.
//! - **When a signature that looks genuine matches no key**, if a
//!   [`RefreshingReceiver`](crate::receiver::RefreshingReceiver) verifies. The delivery waits for
//!   the keys and is verified again.
//! - **When a delivery was signed with the next key**, which proves that the service has rotated.
//!   The delivery is accepted at once; the task asks.
//!
//! ```no_run
//! use qstash_api::Client;
//! use qstash_api::keys::{KeyRing, refresh::KeyRefresh};
//! use qstash_api::receiver::RefreshingReceiver;
//!
//! # async fn example(signature: &str, body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! let refresh = KeyRefresh::new(Client::from_env()?, &KeyRing::from_env()?);
//! let task = refresh.spawn(); // Ends when it is dropped.
//!
//! let receiver = RefreshingReceiver::new(&refresh);
//! let verified = receiver.verify(signature, body).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What forgers can make it do
//!
//! Anybody can make a signature that looks genuine. All who need new keys at one time share one
//! request, and between the beginnings of two requests lies at least the minimum interval
//! ([`KeyRefresh::min_interval`], five seconds), whatever asks for them. So forged deliveries cost the
//! service one request in five seconds, and one forged delivery costs the receiver a connection
//! that waits for up to ten ([`KeyRefresh::max_delivery_wait`]). Of those, 256 wait at most; further ones
//! are refused at once.
//!
//! # When the service does not answer
//!
//! The ring keeps the keys that it has. A delivery that they verify is accepted as before; one that they do
//! not verify, and that might be genuine, is a fault of ours: see
//! [`RefreshingReceiver`](crate::receiver::RefreshingReceiver). [`KeyRefresh::status`] tells of the last success and the
//! last failure, [`KeyRefresh::on_result`] is told of each, and with the feature `tracing` a
//! failure is an event. The next key is known beforehand, so a verifier that learns nothing
//! accepts everything until the second rotation.

mod flight;
mod status;
mod task;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::WeakShared;
use tokio::sync::{Notify, Semaphore};
use tokio::time::Instant;

use super::PREVIOUS_KEY_LIFETIME;
use super::ring::KeyRing;
use super::set::Adoption;
use crate::client::Client;
use crate::clock::Clock;
use crate::error::Error;
use flight::{Flight, Flying};

pub use status::{RefreshFailure, RefreshStatus};
pub use task::RefreshGuard;

/// The default time between two requests of [`KeyRefresh::run`].
pub const DEFAULT_INTERVAL: Duration = Duration::from_secs(300);
/// The time between the beginnings of two requests, at least, if nothing is said.
pub const DEFAULT_MIN_INTERVAL: Duration = Duration::from_secs(5);
/// The default of the time that a delivery waits for keys.
pub const DEFAULT_MAX_DELIVERY_WAIT: Duration = Duration::from_secs(10);

/// So many deliveries wait for keys at once, at most.
const MAX_WAITING: usize = 256;

/// Reads the service's keys, and has a ring adopt them.
///
/// Clones are handles on the same ring, the same request under way and the same status.
#[derive(Clone)]
pub struct KeyRefresh {
    settings: Arc<Settings>,
    shared: Arc<Shared>,
}

/// The settings; a refresh that is told other ones later on shares the rest.
#[derive(Clone)]
struct Settings {
    client: Client,
    ring: KeyRing,
    clock: Clock,
    interval: Duration,
    min_interval: Duration,
    max_delivery_wait: Duration,
    lifetime: Duration,
    on_result: Option<OnResult>,
}

/// The callback for the result of each request.
type OnResult = Arc<dyn Fn(Result<Adoption, &Error>) + Send + Sync>;

struct Shared {
    sky: Mutex<Sky>,
    /// Told when there is reason to ask before the interval is over.
    reason: Notify,
    waiting: Semaphore,
}

/// The request under way, and what became of the ones before.
#[derive(Default)]
struct Sky {
    flight: Option<WeakShared<Flying>>,
    begun: Option<Instant>,
    status: RefreshStatus,
}

/// The end of a delivery's wait for keys.
pub(crate) enum Awaited {
    /// The ring has what the service had after the delivery came.
    Newest,
    /// The ring may have what the service had before; another request will tell.
    Older,
    /// The keys could not be read.
    Failed(Arc<Error>),
    /// The longest wait is over, or too many wait.
    Nothing,
}

impl Shared {
    fn sky(&self) -> MutexGuard<'_, Sky> {
        self.sky.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeyRefresh {
    /// Creates a refresh of this ring by this client. It does nothing by itself: see [`KeyRefresh::run`]
    /// and [`RefreshingReceiver`](crate::receiver::RefreshingReceiver).
    ///
    /// The client has to be one of the ring's region. Its timeouts and its retries hold for each
    /// request.
    #[must_use]
    pub fn new(client: Client, ring: &KeyRing) -> Self {
        let settings = Settings {
            client,
            ring: ring.clone(),
            clock: Clock::system(),
            interval: DEFAULT_INTERVAL,
            min_interval: DEFAULT_MIN_INTERVAL,
            max_delivery_wait: DEFAULT_MAX_DELIVERY_WAIT,
            lifetime: PREVIOUS_KEY_LIFETIME,
            on_result: None,
        };
        let shared = Shared {
            sky: Mutex::default(),
            reason: Notify::new(),
            waiting: Semaphore::new(MAX_WAITING),
        };
        Self {
            settings: Arc::new(settings),
            shared: Arc::new(shared),
        }
    }

    /// Asks this often, in [`KeyRefresh::run`]. Up to a tenth of it is left out at random, so that
    /// verifiers that were started together do not ask together.
    #[must_use]
    pub fn interval(self, interval: Duration) -> Self {
        self.set(|settings| settings.interval = interval)
    }

    /// Leaves at least this much time between the beginnings of two requests, whatever asks for
    /// them. With zero, forged signatures drive requests as fast as the service answers.
    #[must_use]
    pub fn min_interval(self, min_interval: Duration) -> Self {
        self.set(|settings| settings.min_interval = min_interval)
    }

    /// Has a delivery whose key is not known wait at most this long. With zero it is refused at
    /// once, and the keys are there when the service tries again: [`KeyRefresh::run`] asks for them.
    #[must_use]
    pub fn max_delivery_wait(self, max_delivery_wait: Duration) -> Self {
        self.set(|settings| settings.max_delivery_wait = max_delivery_wait)
    }

    /// Keeps outgoing keys this long; see [`KeyRing::adopt_with_lifetime`].
    #[must_use]
    pub fn previous_key_lifetime(self, lifetime: Duration) -> Self {
        self.set(|settings| settings.lifetime = lifetime)
    }

    /// Reads the time, from which outgoing keys count their lives, from `clock`. Pauses and
    /// waits are not measured by it.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        self.set(|settings| settings.clock = clock)
    }

    /// Calls `callback` with the result of each request. It is called where deliveries are
    /// waiting, so it should be quick, and must not panic.
    #[must_use]
    pub fn on_result(
        self,
        callback: impl Fn(Result<Adoption, &Error>) + Send + Sync + 'static,
    ) -> Self {
        self.set(|settings| settings.on_result = Some(Arc::new(callback)))
    }

    /// Returns the ring that is kept up to date.
    #[must_use]
    pub fn ring(&self) -> &KeyRing {
        &self.settings.ring
    }

    /// Returns the outcomes of the requests so far.
    #[must_use]
    pub fn status(&self) -> RefreshStatus {
        self.shared.sky().status.clone()
    }

    /// Has the ring adopt the keys that the service has now: what a request says that begins after
    /// this call. Waits for its turn where another request has begun less than the minimum interval ago.
    ///
    /// # Errors
    ///
    /// The keys could not be read. The ring is as it was.
    pub async fn refresh(&self) -> Result<Adoption, Arc<Error>> {
        let asked = Instant::now();
        loop {
            let landing = self.join().await;
            if landing.begun >= asked {
                return landing.outcome;
            }
        }
    }

    /// Asks now, and then at every interval and whenever a delivery gives reason to, for ever.
    ///
    /// Poll it in a task of your own, beside what else the program does, or have it spawned by
    /// [`KeyRefresh::spawn`]. Dropping the future ends it.
    pub async fn run(&self) -> std::convert::Infallible {
        loop {
            // A failure is in the status, and was told to the callback.
            let _ = self.join().await;
            let part = self.settings.interval.mul_f64(fastrand::f64() / 10.0);
            let pause = self.settings.interval.saturating_sub(part);
            let _ = tokio::time::timeout(pause, self.shared.reason.notified()).await;
        }
    }

    /// Spawns [`KeyRefresh::run`] on the runtime of the caller. It ends when the answer is dropped.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime, as [`tokio::spawn`] does.
    #[inline]
    pub fn spawn(&self) -> RefreshGuard {
        let refresh = self.clone();
        RefreshGuard::new(tokio::spawn(async move {
            refresh.run().await;
        }))
    }

    /// Gives [`KeyRefresh::run`] a reason to ask, if it runs.
    pub(crate) fn nudge(&self) {
        self.shared.reason.notify_one();
    }

    /// Waits for the next keys: the ones that a request under way brings, or else those of a new
    /// one.
    pub(crate) async fn await_keys(&self, arrived: Instant) -> Awaited {
        let left = self
            .settings
            .max_delivery_wait
            .saturating_sub(arrived.elapsed());
        if let Ok(_place) = self.shared.waiting.try_acquire()
            && let Ok(landing) = tokio::time::timeout(left, self.join()).await
        {
            return match landing.outcome {
                _ if landing.begun < arrived => Awaited::Older,
                Ok(_) => Awaited::Newest,
                Err(error) => Awaited::Failed(error),
            };
        }
        // Too late for this delivery, but not for the next attempt at it.
        self.nudge();
        Awaited::Nothing
    }

    /// The request under way, or a new one.
    #[inline]
    fn join(&self) -> Flight {
        let mut sky = self.shared.sky();
        let under_way = sky.flight.as_ref().and_then(WeakShared::upgrade);
        if let Some(flight) = under_way.filter(|flight| flight.peek().is_none()) {
            return flight;
        }
        let flying: Flying = Box::pin(flight::fly(self.clone()));
        let flight = flying.shared();
        // Whoever waits keeps it alive; when nobody does any more, it ends.
        sky.flight = flight.downgrade();
        flight
    }

    fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }
}

impl fmt::Debug for KeyRefresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRefresh")
            .field("ring", &self.settings.ring)
            .field("interval", &self.settings.interval)
            .field("min_interval", &self.settings.min_interval)
            .field("max_delivery_wait", &self.settings.max_delivery_wait)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}
