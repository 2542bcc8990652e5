//! The reasons that a delivery is not accepted.

use std::error::Error;
use std::fmt;

use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};

use super::UrlMismatch;

/// The reason that a delivery is not accepted.
///
/// Neither its `Debug` nor its `Display` form holds a key, a MAC or any of the body, nor a claim but
/// the URL of [`Rejection::UrlMismatch`], so it may be logged. Do not send its text to the caller; [`Rejection::status`] and, at most,
/// [`Rejection::code`] are for that, as in the [`http::Response`] that it turns into: with `?` in a handler of axum that
/// returns `Result<_, http::Response<axum::body::Body>>`.
///
/// A reason that comes after [`Rejection::UnknownKey`] in this list was found in a token that one
/// of the keys has signed: such a delivery comes from the service and is late, misdirected or
/// damaged. The ones before it say nothing about who sent the delivery.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rejection {
    /// There is no signature, or an empty one.
    Missing,
    /// The signature is not a token as the service makes them.
    Malformed(Malformed),
    /// No key of the ring has signed the token.
    UnknownKey,
    /// The token has expired, even with the leeway.
    Expired,
    /// The token is from the future, even with the leeway: by `nbf` or by `iat`.
    NotYetValid,
    /// The token was not issued by the service.
    Issuer,
    /// The message was sent to another URL: to which one, and which one was expected.
    UrlMismatch(Box<UrlMismatch>),
    /// The body is not the one that was signed.
    BodyMismatch,
    /// The body is longer than the receiver reads.
    BodyTooLong,
}

impl Rejection {
    /// Returns the status to answer with: 401, or 413 for [`Rejection::BodyTooLong`].
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BodyTooLong => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::UNAUTHORIZED,
        }
    }

    /// Returns a short name of the reason for logs and metrics, which does not change between versions.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed(_) => "malformed",
            Self::UnknownKey => "unknown-key",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::Issuer => "issuer",
            Self::UrlMismatch(_) => "url-mismatch",
            Self::BodyMismatch => "body-mismatch",
            Self::BodyTooLong => "body-too-long",
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "the request has no `Upstash-Signature` header, or an empty one",
            Self::Malformed(fault) => {
                return write!(f, "the signature is not a token of the service: {fault}");
            }
            Self::UnknownKey => {
                "the signature was made with none of the signing keys held; if the service sent it, the ring has the \
                 keys of another account or region, or of before a rotation"
            }
            Self::Expired => {
                "the signature has expired; it was under way for too long, sent again by somebody, or the clock is fast"
            }
            Self::NotYetValid => "the signature is not valid yet; is the clock slow?",
            Self::Issuer => {
                "the signature was not issued by Upstash, though with one of the keys held; who else has them?"
            }
            Self::UrlMismatch(mismatch) => return mismatch.fmt(f),
            Self::BodyMismatch => {
                "the body is not the one that was signed; verify the raw bytes as they arrived"
            }
            Self::BodyTooLong => {
                "the body is longer than the receiver's limit; raise it with `with_body_limit` if such bodies are to come"
            }
        })
    }
}

impl Error for Rejection {}

/// The answer to a delivery that is not accepted: the status, and the code as its body.
impl<B: From<&'static str>> From<Rejection> for Response<B> {
    fn from(rejection: Rejection) -> Self {
        refused(rejection.status(), B::from(rejection.code()))
    }
}

/// The answer to a request that is refused, with a code as its body.
pub(crate) fn refused<B>(status: StatusCode, code: B) -> Response<B> {
    let mut response = Response::new(code);
    *response.status_mut() = status;
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, plain);
    if status == StatusCode::UNAUTHORIZED {
        // RFC 9110 wants a 401 to say what is missing.
        let scheme = HeaderValue::from_static("Upstash-Signature");
        response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
    }
    response
}

impl From<Malformed> for Rejection {
    fn from(fault: Malformed) -> Self {
        Self::Malformed(fault)
    }
}

/// A fault of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Malformed {
    /// The token or one of its segments is longer than the limit.
    TooLong,
    /// An authentication scheme, `Bearer`, stands before the token.
    Scheme,
    /// The token has more or fewer than three segments.
    Segments,
    /// A segment is not base64url: without padding, with no bits left over, nothing around it.
    Base64,
    /// The last segment is not as long as an HMAC-SHA-256.
    SignatureLength,
    /// The token's header is not a JSON object that has each member once.
    Header,
    /// The token's header names no algorithm, or another one than `HS256`.
    Algorithm,
    /// The token's header names another type than `JWT`.
    Type,
    /// The token's header demands an extension.
    Critical,
    /// The claims are not a JSON object that has each member once.
    Claims,
    /// The claim of this name is missing, there twice, or not of its type.
    Claim(&'static str),
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "it is too long",
            Self::Scheme => {
                "`Bearer` stands before it; give the value of `Upstash-Signature` as it is, not an `Authorization`"
            }
            Self::Segments => "it does not have three segments",
            Self::Base64 => "it is not strictly base64url",
            Self::SignatureLength => "its MAC does not have 32 bytes",
            Self::Header => "its header is not a JSON object that has each member once",
            Self::Algorithm => "its algorithm is not HS256",
            Self::Type => "its type is not JWT",
            Self::Critical => "its header demands an extension",
            Self::Claims => "its claims are not a JSON object that has each member once",
            Self::Claim(name) => {
                return write!(
                    f,
                    "its claim `{name}` is missing, there twice, or not of its type"
                );
            }
        })
    }
}

impl Error for Malformed {}
