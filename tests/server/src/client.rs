//! A client and a receiver that fit a server: its URL, its token, its keys and its clock.

use std::io;
use std::time::Duration;

use qstash_api::keys::{InvalidKey, KeyRing};
use qstash_api::receiver::{Clock as UnixClock, Receiver};
use qstash_api::{Client, ClientBuilder, Error, RetryPolicy, Timestamp};

use crate::clock::Clock;
use crate::server::QStash;
use crate::wire::Fault;

/// The time that a client waits for an answer in. On a machine that stands still for a minute it is not up, and a hang
/// ends in a timeout all the same.
const PATIENCE: Duration = Duration::from_secs(600);

impl QStash {
    /// Returns a client of this server.
    ///
    /// # Errors
    ///
    /// If the server was given a token that cannot stand in a header.
    pub fn client(&self) -> Result<Client, Error> {
        self.client_builder().build()
    }

    /// Returns a builder of a client of this server, to choose what else the client is like.
    ///
    /// It has the URL and the token, and knows no proxy. Ten minutes pass before it gives up waiting for an answer; what
    /// a shorter [`timeout`](ClientBuilder::timeout) does is tested with a [`Fault`] that holds the answer back.
    pub fn client_builder(&self) -> ClientBuilder {
        Client::builder()
            .base_url(self.url())
            .token(self.token())
            .timeout(PATIENCE)
            .attempt_timeout(PATIENCE)
            .http_client_builder(reqwest::Client::builder().no_proxy())
    }

    /// Returns a receiver of what this server delivers: with its signing keys of this moment, and by its clock.
    ///
    /// The clock is shared: after [`Self::advance`], the receiver takes what is delivered then, and refuses what was
    /// signed too long before. Keys are as in a program that reads them at its start: a rotation is followed through
    /// [`Receiver::rings`].
    ///
    /// # Errors
    ///
    /// If the server was given a key that is empty.
    pub fn receiver(&self) -> Result<Receiver, InvalidKey> {
        let keys = self.signing_keys();
        let ring = KeyRing::new(keys.current, keys.next)?;
        Ok(Receiver::new(ring).with_clock(UnixClock::from(self.clock())))
    }
}

impl From<&Clock> for Timestamp {
    fn from(clock: &Clock) -> Self {
        Self::from_unix_millis(i64::try_from(clock.now()).unwrap_or(i64::MAX))
    }
}

impl From<&Clock> for UnixClock {
    fn from(clock: &Clock) -> Self {
        let clock = clock.clone();
        Self::from_fn(move || Timestamp::from(&clock))
    }
}

/// Returns the error that a client makes of what goes wrong with a request: an [`Answer`](crate::Answer) or a [`Fault`].
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use qstash_dev_server::{Answer, Fault, error_of};
///
/// let error = error_of(Answer::error(412, "quota exceeded")).await?;
/// assert_eq!(error.status().map(|status| status.as_u16()), Some(412));
/// assert!(error_of(Fault::reset()).await?.status().is_none());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If no port can be bound, or if a client takes the answer for a success.
pub async fn error_of(fault: impl Into<Fault>) -> io::Result<Error> {
    let server = QStash::start().await?;
    server.faults().always(None, fault.into());
    let client = server.client_builder().retry(RetryPolicy::never()).build();
    let outcome = match client {
        Ok(client) => client.get_signing_keys().send().await.err(),
        Err(error) => Some(error),
    };
    outcome.ok_or_else(|| io::Error::other("a client takes this answer for a success"))
}
