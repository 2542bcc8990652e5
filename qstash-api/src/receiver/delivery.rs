//! A delivered request, without its body.

use std::fmt;

use http::HeaderMap;

use super::UrlMismatch;
use crate::timestamp::Timestamp;

/// The signature of a delivered request, and what it is to be checked against.
///
/// A header value converts into one, so where there is nothing to add, none need be made:
/// `receiver.verify(headers.get("upstash-signature"), body)`.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    pub(super) signature: Option<&'a [u8]>,
    pub(super) url: Option<&'a str>,
    pub(super) other_url: Option<&'a str>,
    pub(super) region: Option<&'a str>,
    pub(super) message_id: Option<&'a str>,
    pub(super) now: Option<Timestamp>,
}

impl<'a> Delivery<'a> {
    /// Creates a delivery with this value of the `Upstash-Signature` header; `None` where there was no
    /// such header.
    #[must_use]
    pub fn new<T: AsRef<[u8]> + ?Sized>(signature: Option<&'a T>) -> Self {
        Self {
            signature: signature.map(AsRef::as_ref),
            url: None,
            other_url: None,
            region: None,
            message_id: None,
            now: None,
        }
    }

    /// Reads the signature, the region and the id of the message from the headers of a request.
    ///
    /// The URL is still missing: see [`Delivery::with_url`].
    #[must_use]
    pub fn from_headers(headers: &'a HeaderMap) -> Self {
        Self::new(headers.get("upstash-signature"))
            .with_region(headers.get("upstash-region"))
            .with_message_id(headers.get("upstash-message-id"))
    }

    /// Requires that the message was sent to exactly this URL.
    ///
    /// The URL is the one that was given to publish, and is compared byte for byte: the service
    /// signs `https://example.com` and `https://example.com/` as the different strings they are,
    /// and so do upper and lower case and escapes differ. Behind a proxy, or where the same
    /// service is reached under several names, the URL that the server sees is not the one that
    /// was published to: give the public one. In a receiver for messages to a URL Group it is the
    /// URL of the endpoint.
    ///
    /// Without it a delivery meant for one endpoint passes at every other endpoint with the same
    /// keys, for as long as its token lives.
    #[must_use]
    pub fn with_url(mut self, url: &'a str) -> Self {
        self.url = Some(url);
        self
    }

    /// Lets a second URL pass besides the one given to [`Delivery::with_url`], and nothing else.
    ///
    /// Some pairs of URLs are one request: `https://example.com` and `https://example.com/` are
    /// signed as different URLs and arrive with the same path.
    #[must_use]
    pub fn or_url(mut self, url: &'a str) -> Self {
        self.other_url = Some(url);
        self
    }

    /// Sets the value of the `upstash-region` header, in any spelling. It is not signed, so all it does
    /// is to choose the ring that is asked first; one that is unknown is ignored.
    #[must_use]
    pub fn with_region<T: AsRef<[u8]> + ?Sized>(mut self, region: Option<&'a T>) -> Self {
        self.region = region.and_then(|region| std::str::from_utf8(region.as_ref()).ok());
        self
    }

    /// Sets the value of the `Upstash-Message-Id` header, for [`Verified::message_id`] to give back. It
    /// is not signed and nothing is checked against it; one that is empty or no text is ignored.
    ///
    /// [`Verified::message_id`]: super::Verified::message_id
    #[must_use]
    pub fn with_message_id<T: AsRef<[u8]> + ?Sized>(mut self, message_id: Option<&'a T>) -> Self {
        self.message_id = message_id
            .and_then(|id| std::str::from_utf8(id.as_ref()).ok())
            .map(str::trim)
            .filter(|id| !id.is_empty());
        self
    }

    /// Sets the time at which to verify, in place of the receiver's clock.
    #[must_use]
    pub fn at(mut self, time: impl Into<Timestamp>) -> Self {
        self.now = Some(time.into());
        self
    }

    /// Returns the mismatch of a message to this URL, if it does not belong here.
    pub(super) fn mismatch(&self, subject: &str) -> Option<UrlMismatch> {
        let expected = self.url.or(self.other_url)?;
        let is_expected = expected == subject || self.other_url == Some(subject);
        (!is_expected).then(|| UrlMismatch::new(subject, expected))
    }
}

impl<'a, T: AsRef<[u8]> + ?Sized> From<&'a T> for Delivery<'a> {
    fn from(signature: &'a T) -> Self {
        Self::new(Some(signature))
    }
}

impl<'a, T: AsRef<[u8]> + ?Sized> From<Option<&'a T>> for Delivery<'a> {
    fn from(signature: Option<&'a T>) -> Self {
        Self::new(signature)
    }
}

/// Shows whether there is a signature, and not the signature: whoever has it can deliver the same
/// message again while its token lives.
impl fmt::Debug for Delivery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("signed", &self.signature.is_some())
            .field("url", &self.url)
            .field("other_url", &self.other_url)
            .field("region", &self.region)
            .field("message_id", &self.message_id)
            .field("now", &self.now)
            .finish()
    }
}
