//! The claims of a token: read strictly, and only once its MAC has been checked.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::jwt::{digest, segment};
use super::members::{Others, Strings, Text};
use super::rejection::Malformed;
use crate::timestamp::Timestamp;

/// The claims of a token: the delivery in the service's own words.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims {
    pub(super) issuer_is_service: bool,
    subject: String,
    jwt_id: String,
    pub(super) issued_at: i64,
    pub(super) expires_at: i64,
    pub(super) not_before: Option<i64>,
    pub(super) body: [u8; 32],
}

impl Claims {
    /// Returns the URL the message was sent to (`sub`), exactly as it was published.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Returns the id in the token (`jti`).
    #[must_use]
    pub fn jwt_id(&self) -> &str {
        &self.jwt_id
    }

    /// Returns the time the token was made (`iat`).
    #[must_use]
    pub fn issued_at(&self) -> Timestamp {
        Timestamp::from_unix_secs(self.issued_at)
    }

    /// Returns the time the token expires (`exp`).
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        Timestamp::from_unix_secs(self.expires_at)
    }

    /// Returns the time the token becomes valid (`nbf`). The service sends one in the year 1 for
    /// "always", and may send nothing.
    #[must_use]
    pub fn not_before(&self) -> Option<Timestamp> {
        self.not_before.map(Timestamp::from_unix_secs)
    }

    /// Reads the claims segment of a token.
    #[inline]
    pub(super) fn read(claims: &str) -> Result<Self, Malformed> {
        let json = segment(claims)?;
        let mut raw = Raw::default();
        let mut reader = serde_json::Deserializer::from_slice(&json);
        let read = Read(&mut raw).deserialize(&mut reader);
        if read.and_then(|()| reader.end()).is_err() {
            return Err(raw.reading.map_or(Malformed::Claims, Malformed::Claim));
        }
        raw.complete()
    }
}

/// Leaves out the hash of the body.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("subject", &self.subject)
            .field("jwt_id", &self.jwt_id)
            .field("issued_at", &self.issued_at)
            .field("expires_at", &self.expires_at)
            .field("not_before", &self.not_before)
            .finish_non_exhaustive()
    }
}

/// The claims as far as they have been read.
#[derive(Default)]
struct Raw<'a> {
    /// The claim that is being read, to blame when reading stops.
    reading: Option<&'static str>,
    aud: Option<Strings>,
    iss: Option<Text<'a>>,
    sub: Option<Text<'a>>,
    jti: Option<Text<'a>>,
    body: Option<Text<'a>>,
    iat: Option<i64>,
    exp: Option<i64>,
    nbf: Option<i64>,
}

impl Raw<'_> {
    fn complete(self) -> Result<Claims, Malformed> {
        let issuer = required("iss", self.iss)?;
        let body = required("body", self.body)?.0;
        // Padded as the service sends it, or not as its documentation has it.
        let unpadded = body.strip_suffix('=').unwrap_or(&body);
        Ok(Claims {
            issuer_is_service: issuer.0 == "Upstash",
            subject: required("sub", self.sub).map(owned)?,
            jwt_id: required("jti", self.jti).map(owned)?,
            issued_at: required("iat", self.iat)?,
            expires_at: required("exp", self.exp)?,
            not_before: self.nbf,
            body: digest(unpadded).ok_or(Malformed::Claim("body"))?,
        })
    }
}

fn required<T>(name: &'static str, claim: Option<T>) -> Result<T, Malformed> {
    claim.ok_or(Malformed::Claim(name))
}

fn owned(text: Text<'_>) -> String {
    Cow::into_owned(text.0)
}

struct Read<'r, 'a>(&'r mut Raw<'a>);

impl<'de> DeserializeSeed<'de> for Read<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Read<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Raw {
            reading,
            aud,
            iss,
            sub,
            jti,
            body,
            iat,
            exp,
            nbf,
        } = self.0;
        let mut others = Others::default();
        while let Some(name) = map.next_key::<Text<'de>>()? {
            match &*name.0 {
                "aud" => once("aud", reading, aud, &mut map)?,
                "iss" => once("iss", reading, iss, &mut map)?,
                "sub" => once("sub", reading, sub, &mut map)?,
                "jti" => once("jti", reading, jti, &mut map)?,
                "body" => once("body", reading, body, &mut map)?,
                "iat" => once("iat", reading, iat, &mut map)?,
                "exp" => once("exp", reading, exp, &mut map)?,
                "nbf" => once("nbf", reading, nbf, &mut map)?,
                _ => others.skip(name, &mut map)?,
            }
        }
        Ok(())
    }
}

/// Reads a claim that may be there once. Its type decides what is let through: an `i64` takes
/// integers that fit and nothing else, no fractions, no exponents, no strings, no null.
fn once<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    name: &'static str,
    reading: &mut Option<&'static str>,
    claim: &mut Option<T>,
    map: &mut A,
) -> Result<(), A::Error> {
    *reading = Some(name);
    if claim.is_some() {
        return Err(de::Error::custom("there twice"));
    }
    *claim = Some(map.next_value()?);
    *reading = None;
    Ok(())
}
