//! The answer to an operation.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The answer to an operation: its content, to which it dereferences, with its status and headers.
#[derive(Clone)]
pub struct Response<T> {
    content: T,
    status: StatusCode,
    headers: HeaderMap,
    unread: Vec<Value>,
}

/// Shows how many entries are unrecognized and not what they say, which may be secret.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("content", &self.content)
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("unrecognized", &self.unread.len())
            .finish()
    }
}

impl<T> Response<T> {
    /// Makes an answer, as a test of one's own may need it.
    #[must_use]
    pub fn new(content: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            content,
            status,
            headers,
            unread: Vec::new(),
        }
    }

    pub(super) fn with_unread(mut self, unread: Vec<Value>) -> Self {
        self.unread = unread;
        self
    }

    /// Returns the content alone.
    pub fn into_inner(self) -> T {
        self.content
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns what is in the answer and not in the content, as it came: the entries of a list that could not be read,
    /// where the others could, and what an answer says where nothing is expected of it, such as a count.
    #[must_use]
    pub fn unrecognized(&self) -> &[Value] {
        &self.unread
    }

    /// Changes the content, and keeps the rest.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            content: change(self.content),
            status: self.status,
            headers: self.headers,
            unread: self.unread,
        }
    }
}

impl Response<Bytes> {
    /// Reads the content as JSON.
    ///
    /// # Errors
    ///
    /// The content is not JSON, or not of this form.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.content)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.content
    }
}

/// A body that is read as it comes.
pub struct ByteStream(Source);

enum Source {
    Read(Bytes),
    Unread(reqwest::Response),
}

impl ByteStream {
    pub(super) fn read(bytes: Bytes) -> Self {
        Self(Source::Read(bytes))
    }

    pub(super) fn unread(response: reqwest::Response) -> Self {
        Self(Source::Unread(response))
    }

    /// Returns the next bytes, or nothing at the end.
    ///
    /// # Errors
    ///
    /// The body breaks off.
    #[cfg(not(target_arch = "wasm32"))]
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, reqwest::Error> {
        match &mut self.0 {
            Source::Read(bytes) if bytes.is_empty() => Ok(None),
            Source::Read(bytes) => Ok(Some(std::mem::take(bytes))),
            Source::Unread(response) => response.chunk().await.map_err(reqwest::Error::without_url),
        }
    }

    /// Returns all bytes that are left.
    ///
    /// # Errors
    ///
    /// The body breaks off.
    pub async fn bytes(self) -> Result<Bytes, reqwest::Error> {
        match self.0 {
            Source::Read(bytes) => Ok(bytes),
            Source::Unread(response) => response.bytes().await.map_err(reqwest::Error::without_url),
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}
