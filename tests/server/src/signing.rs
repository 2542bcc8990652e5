//! Signatures of deliveries that do not take place, right and wrong in every way.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use crate::clock::Clock;
use crate::delivery::{Claims, sign};
use crate::server::QStash;
use crate::state::SigningKeys;

/// Signs deliveries for unit tests of handlers, without a server.
///
/// ```
/// use qstash_dev_server::Signer;
///
/// let signer = Signer::new("sig_current", "sig_next");
/// let genuine = signer.sign("https://example.com/orders", "a body");
/// let forged = genuine.clone().by_key("sig_other");
/// assert_ne!(genuine.to_string(), forged.to_string());
/// ```
#[derive(Clone)]
pub struct Signer {
    keys: SigningKeys,
    clock: Clock,
}

impl Signer {
    /// Returns a signer with these keys and the system's clock.
    pub fn new(current: impl Into<String>, next: impl Into<String>) -> Self {
        let (current, next) = (current.into(), next.into());
        Self {
            keys: SigningKeys { current, next },
            clock: Clock::system(),
        }
    }

    /// Signs by this clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Signs a delivery to a URL as the service does: with the current key, from now on for five minutes.
    pub fn sign(&self, url: impl Into<String>, body: impl Into<Bytes>) -> Signature {
        Signature {
            key: self.keys.current.clone(),
            next: self.keys.next.clone(),
            url: url.into(),
            body: body.into(),
            now: self.clock.now_secs(),
            claims: Claims::at(self.clock.now_secs(), "jwt_test"),
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").finish_non_exhaustive()
    }
}

/// The signature of a delivery, as text the value of the header `Upstash-Signature`.
///
/// Its methods make it wrong, each in one way.
#[derive(Clone)]
#[must_use = "a signature is nothing until it is written as text"]
pub struct Signature {
    key: String,
    next: String,
    url: String,
    body: Bytes,
    now: u64,
    claims: Claims,
}

impl Signature {
    /// The name of the header that holds it.
    pub const HEADER: &str = "Upstash-Signature";

    /// Was made an hour ago, and good for five minutes.
    pub fn expired(self) -> Self {
        self.made_before(Duration::from_secs(3600))
    }

    /// Was made so long ago.
    pub fn made_before(mut self, age: Duration) -> Self {
        self.claims = Claims::at(self.now.saturating_sub(age.as_secs()), self.claims.id);
        self
    }

    /// Is good from an hour ahead on.
    pub fn not_yet_valid(mut self) -> Self {
        let later = self.now.saturating_add(3600);
        self.claims = Claims::at(later, self.claims.id);
        self.claims.not_before = i64::try_from(later).unwrap_or(i64::MAX);
        self
    }

    /// Is made with the next key, as after a rotation: a receiver takes it.
    pub fn by_next_key(mut self) -> Self {
        self.key.clone_from(&self.next);
        self
    }

    /// Is made with another key.
    pub fn by_key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// Is made for another URL.
    pub fn for_url(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }

    /// Is made for another body.
    pub fn for_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Names another issuer.
    pub fn from_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.claims.issuer = issuer.into();
        self
    }

    /// Has another id than `jwt_test`, for receivers that look for deliveries that come twice.
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.claims.id = id.into();
        self
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sign(&self.key, &self.url, &self.body, &self.claims))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signature")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl From<Signature> for String {
    fn from(signature: Signature) -> Self {
        signature.to_string()
    }
}

impl QStash {
    /// Returns a signer with the keys of this moment and the clock of this server.
    pub fn signer(&self) -> Signer {
        Signer {
            keys: self.signing_keys(),
            clock: self.clock().clone(),
        }
    }

    /// Signs a delivery that does not take place, with the keys of this moment and by the clock of this server.
    pub fn sign(&self, url: impl Into<String>, body: impl Into<Bytes>) -> Signature {
        self.signer().sign(url, body)
    }
}
