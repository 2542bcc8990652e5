//! Proof that a verifier holds the keys, without sending them.
//!
//! Before a rotation, every verifier has to hold the service's pair of keys. Whoever rotates asks each of them with a
//! [`Challenge`], a random number, and each answers with a [`Proof`]: a MAC over the number under each key that it
//! holds. [`RotationPlan::proven_by`](super::rotation::RotationPlan::proven_by) takes the proofs. No key and nothing
//! that outlives the challenge goes over the wire.
//!
//! A verifier answers with [`answer`], or with a handler made by [`handler`], which axum takes as it is:
//!
//! ```
//! use axum::Router;
//! use axum::routing::post;
//! use qstash_api::keys::{KeyRing, challenge};
//!
//! let ring = KeyRing::new("sig_a", "sig_b")?;
//! let app: Router = Router::new().route("/signing-keys", post(challenge::handler(&ring)));
//! # Ok::<(), qstash_api::keys::InvalidKey>(())
//! ```
//!
//! # What it gives away
//!
//! Anybody may ask: without the keys, an answer is as good as random, and it fits one challenge alone. The text under
//! the MAC begins with words that no signature of a delivery begins with, so no answer can be made into one. As with a
//! delivery's signature, whoever sees an answer could try keys against it; the service's keys are far too long for
//! that.
//!
//! A proof holds for the process that made it. Behind a load balancer, ask each instance by its own address.

use std::fmt;
use std::future::{Ready, ready};
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};

use super::pair::KeyPair;
use super::rings::KeyRings;
use super::set::{KeyName, KeySet};
use super::signing_key::SigningKey;

/// The beginnings of a challenge and of a proof.
const CHALLENGE: &str = "qstash-challenge-1.";
const PROOF: &str = "qstash-proof-1";

/// A space is in it, so what is under this MAC is never what is under that of a delivery.
const CONTEXT: &[u8] = b"qstash-api proof of keys 1:";

/// The most rings that a proof tells of.
const MOST_RINGS: usize = 16;

/// A random number, for verifiers to prove with that they hold the keys.
///
/// Its text, by `Display` and `FromStr`, is what is sent to a verifier. It is no secret. Take a new one for each
/// plan: an answer to an old one may be an old answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge([u8; 32]);

impl Challenge {
    /// Creates a challenge with random bytes of the operating system.
    ///
    /// # Errors
    ///
    /// The operating system gives none.
    #[cfg(feature = "client")]
    #[cfg_attr(docsrs, doc(cfg(feature = "client")))]
    pub fn random() -> Result<Self, crate::Error> {
        let mut bytes = [0; 32];
        match getrandom::fill(&mut bytes) {
            Ok(()) => Ok(Self(bytes)),
            Err(error) => Err(crate::Error::configuration(
                "the operating system gave no random bytes for a challenge",
            )
            .with_source(error)),
        }
    }

    /// Creates a challenge with these bytes, which have to be random and used once.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The MAC over this challenge under `key`, as the key of this name.
    fn mac(&self, name: KeyName, key: &SigningKey) -> [u8; 32] {
        key.mac(&[CONTEXT, name.as_str().as_bytes(), b":", &self.0])
    }
}

impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{CHALLENGE}{}", URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl FromStr for Challenge {
    type Err = InvalidChallenge;

    fn from_str(text: &str) -> Result<Self, InvalidChallenge> {
        let number = text.trim().strip_prefix(CHALLENGE);
        number.and_then(bytes).map(Self).ok_or(InvalidChallenge)
    }
}

/// The error of a text that is no [`Challenge`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidChallenge;

impl fmt::Display for InvalidChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this is no challenge; send the text of a `Challenge`, which begins with `{CHALLENGE}`"
        )
    }
}

impl std::error::Error for InvalidChallenge {}

/// A verifier's answer to a [`Challenge`]: for each ring that it holds, a MAC under the current and one under the next
/// key.
///
/// Its text, by `Display` and `FromStr`, is what is sent back. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Proof(Vec<[[u8; 32]; 2]>);

impl Proof {
    /// Creates the proof that these rings hold their keys. A ring without a next key proves the current one alone.
    #[must_use]
    pub fn new(challenge: &Challenge, rings: impl Into<KeyRings>) -> Self {
        let rings = rings.into();
        let of_ring = |keys: &KeySet| {
            let next = keys.next();
            [
                challenge.mac(KeyName::Current, keys.current()),
                next.map_or([0; 32], |next| challenge.mac(KeyName::Next, next)),
            ]
        };
        Self(
            rings
                .iter()
                .take(MOST_RINGS)
                .map(|(_, ring)| of_ring(&ring.keys()))
                .collect(),
        )
    }

    /// Checks that one of the verifier's rings holds this pair.
    ///
    /// # Errors
    ///
    /// Says which of the keys the verifier does not hold.
    pub fn check(&self, challenge: &Challenge, pair: &KeyPair) -> Result<(), Unproven> {
        let holds = |name, key: &SigningKey, tag| {
            key.verifies_all(
                &[
                    CONTEXT,
                    KeyName::as_str(name).as_bytes(),
                    b":",
                    &challenge.0,
                ],
                tag,
            )
        };
        let mut unproven = Unproven::NeitherKey;
        for [current, next] in &self.0 {
            let current = holds(KeyName::Current, pair.current(), current);
            if holds(KeyName::Next, pair.current(), next) {
                unproven = Unproven::Behind;
                continue;
            }
            match (current, holds(KeyName::Next, pair.next(), next)) {
                (true, true) => return Ok(()),
                (true, false) => unproven = Unproven::OtherNextKey,
                (false, true) => unproven = Unproven::OtherCurrentKey,
                (false, false) => {}
            }
        }
        Err(unproven)
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PROOF)?;
        for [current, next] in &self.0 {
            let [current, next] = [current, next].map(|tag| URL_SAFE_NO_PAD.encode(tag));
            write!(f, " {current}.{next}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proof")
            .field("rings", &self.0.len())
            .finish_non_exhaustive()
    }
}

impl FromStr for Proof {
    type Err = Unproven;

    fn from_str(text: &str) -> Result<Self, Unproven> {
        let mut words = text.split_ascii_whitespace();
        if words.next() != Some(PROOF) {
            return Err(Unproven::Unreadable);
        }
        let ring = |word: &str| {
            let (current, next) = word.split_once('.')?;
            Some([bytes(current)?, bytes(next)?])
        };
        let rings: Option<Vec<_>> = words.take(MOST_RINGS + 1).map(ring).collect();
        rings
            .filter(|rings| (1..=MOST_RINGS).contains(&rings.len()))
            .map(Self)
            .ok_or(Unproven::Unreadable)
    }
}

/// The reason that a verifier has not proven that it holds a pair of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unproven {
    /// The answer is no proof.
    Unreadable,
    /// It holds neither key, or has answered another challenge.
    NeitherKey,
    /// Its next key is the service's current one: it has not learnt of the last rotation.
    Behind,
    /// It holds the next key, and another current one.
    OtherCurrentKey,
    /// It holds the current key, and another next one or none. After a rotation it would refuse every delivery.
    OtherNextKey,
}

impl fmt::Display for Unproven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "its answer is no proof",
            Self::NeitherKey => "it holds neither key, or answered another challenge",
            Self::Behind => "it has not learnt of the last rotation",
            Self::OtherCurrentKey => "it holds another current key",
            Self::OtherNextKey => "it holds another next key, or none",
        })
    }
}

impl std::error::Error for Unproven {}

/// Answers the body of a request with a challenge in it: 200 and the proof, or 400 and what is wrong.
#[must_use]
pub fn answer(rings: impl Into<KeyRings>, body: &str) -> Response<String> {
    let (status, text) = match body.parse() {
        Ok(challenge) => (StatusCode::OK, Proof::new(&challenge, rings).to_string()),
        Err(error) => (StatusCode::BAD_REQUEST, InvalidChallenge::to_string(&error)),
    };
    let mut response = Response::new(text);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    headers.insert(CONTENT_TYPE, plain);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Creates a handler that [answers](answer) challenges, for `axum::routing::post`, or for whatever else calls a
/// function with a body.
///
/// It stands outside of a layer that verifies deliveries: a challenge is none.
pub fn handler(
    rings: impl Into<KeyRings>,
) -> impl Fn(String) -> Ready<Response<String>> + Clone + Send + Sync + 'static {
    let rings = rings.into();
    move |body| ready(answer(rings.clone(), &body))
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::KeyRing;
    use crate::region::Region;

    fn pair(current: &str, next: &str) -> KeyPair {
        KeyPair::new(current, next).unwrap()
    }

    #[test]
    fn a_proof_says_which_keys_a_verifier_holds() {
        let challenge = Challenge::from_bytes([7; 32]);
        let proof = |current, next| Proof::new(&challenge, KeyRing::from(pair(current, next)));
        for (proof, answer) in [
            (proof("sig_a", "sig_b"), Ok(())),
            (proof("sig_b", "sig_c"), Err(Unproven::NeitherKey)),
            (proof("sig_z", "sig_a"), Err(Unproven::Behind)),
            (proof("sig_a", "sig_c"), Err(Unproven::OtherNextKey)),
            (proof("sig_z", "sig_b"), Err(Unproven::OtherCurrentKey)),
        ] {
            let sent: Proof = proof.to_string().parse().unwrap();
            assert_eq!(sent, proof);
            assert_eq!(sent.check(&challenge, &pair("sig_a", "sig_b")), answer);
        }
        let alone = KeyRing::from_current(SigningKey::new("sig_a").unwrap());
        let alone = Proof::new(&challenge, alone);
        assert_eq!(
            alone.check(&challenge, &pair("sig_a", "sig_b")),
            Err(Unproven::OtherNextKey)
        );
    }

    #[test]
    fn one_ring_of_several_is_enough_and_another_challenge_is_not() {
        let challenge = Challenge::from_bytes([7; 32]);
        let rings = KeyRings::from(KeyRing::from(pair("sig_x", "sig_y")))
            .with_ring(Region::UsEast1, KeyRing::from(pair("sig_a", "sig_b")));
        let proof = Proof::new(&challenge, rings);
        assert_eq!(proof.check(&challenge, &pair("sig_a", "sig_b")), Ok(()));
        assert_eq!(proof.check(&challenge, &pair("sig_x", "sig_y")), Ok(()));
        assert_eq!(
            proof.check(&challenge, &pair("sig_a", "sig_y")),
            Err(Unproven::OtherNextKey)
        );
        let other = Challenge::from_bytes([8; 32]);
        assert_eq!(
            proof.check(&other, &pair("sig_a", "sig_b")),
            Err(Unproven::NeitherKey)
        );
    }

    #[test]
    fn what_is_no_challenge_or_no_proof_is_refused() {
        let challenge = Challenge::from_bytes([7; 32]).to_string();
        assert_eq!(challenge.parse(), Ok(Challenge::from_bytes([7; 32])));
        assert_eq!(
            format!("{challenge}\n").parse(),
            Ok(Challenge::from_bytes([7; 32]))
        );
        for text in [
            "",
            "eyJhbGciOiJIUzI1NiJ9.e30",
            challenge.trim_end_matches(char::is_alphanumeric),
            &format!("{challenge}AA"),
        ] {
            assert_eq!(text.parse::<Challenge>(), Err(InvalidChallenge), "{text}");
        }
        let tag = "A".repeat(43);
        for text in [
            "".to_owned(),
            "<html>".to_owned(),
            PROOF.to_owned(),
            format!("{PROOF} {tag}"),
            format!("{PROOF} {tag}.{tag}A"),
            format!("{PROOF}{}", format!(" {tag}.{tag}").repeat(17)),
        ] {
            assert_eq!(text.parse::<Proof>(), Err(Unproven::Unreadable), "{text}");
        }
    }

    #[test]
    fn an_answer_holds_the_proof_and_neither_a_key_nor_a_signature() {
        let ring = KeyRing::from(pair("sig_a", "sig_b"));
        let challenge = Challenge::from_bytes([7; 32]);
        let response = answer(&ring, &challenge.to_string());
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["cache-control"], "no-store");
        let proof: Proof = response.body().parse().unwrap();
        assert_eq!(proof.check(&challenge, &pair("sig_a", "sig_b")), Ok(()));
        assert!(!response.body().contains("sig_"));
        assert_eq!(format!("{proof:?}"), "Proof { rings: 1, .. }");
        // The MAC of a delivery's token over the same bytes is another one.
        let key = SigningKey::new("sig_a").unwrap();
        assert!(!key.verifies(&[7; 32], &proof.0[0][0]));
        assert_eq!(answer(&ring, "hello").status(), 400);
    }
}
