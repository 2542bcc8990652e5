//! A client and a receiver that fit a server: its URL, its token, its keys and its clock.

use qstash_api::keys::{KeyError, KeyRing};
use qstash_api::receiver::{Clock as UnixClock, Receiver};
use qstash_api::{Client, ClientBuilder, Error};

use crate::clock::Clock;
use crate::server::QStash;

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
    /// It has the URL and the token, and knows no proxy.
    pub fn client_builder(&self) -> ClientBuilder {
        Client::builder()
            .base_url(self.url())
            .token(self.token())
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
    pub fn receiver(&self) -> Result<Receiver, KeyError> {
        let keys = self.signing_keys();
        let ring = KeyRing::new(keys.current, keys.next)?;
        Ok(Receiver::new(ring).with_clock(UnixClock::from(self.clock())))
    }
}

impl From<&Clock> for UnixClock {
    fn from(clock: &Clock) -> Self {
        let clock = clock.clone();
        Self::from_fn(move || i64::try_from(clock.now_secs()).unwrap_or(i64::MAX))
    }
}
