//! An answer as it comes, and reading it so that errors keep what is useful and drop what is secret.

use std::mem;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::varied::entries_of_answer;
use super::{ByteStream, Error, Response};

/// An answer.
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) content: Content,
    /// It is of an attempt after one that may have done what was asked for.
    pub(crate) done_before: bool,
}

/// The body of an answer.
pub(crate) enum Content {
    /// All of it.
    Read(Bytes),
    /// The reason that it could not be read, which matters only to those who need it.
    Broken(reqwest::Error),
    /// A body that is still to be read.
    Unread(reqwest::Response),
}

impl Received {
    /// An answer whose body is still to be read.
    pub(crate) fn unread(mut response: reqwest::Response) -> Self {
        Self {
            status: response.status(),
            headers: mem::take(response.headers_mut()),
            content: Content::Unread(response),
            done_before: false,
        }
    }

    /// Reads the body, unless that has been done already.
    pub(super) async fn whole(self) -> Self {
        let content = match self.content {
            Content::Unread(response) => match response.bytes().await {
                Ok(bytes) => Content::Read(bytes),
                Err(error) => Content::Broken(error),
            },
            content => content,
        };
        Self { content, ..self }
    }

    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// A success without anything to read. What the answer says all the same is kept.
    pub(crate) fn empty(self) -> Response<()> {
        let said = match &self.content {
            Content::Read(body) => serde_json::from_slice(body).ok(),
            Content::Broken(_) | Content::Unread(_) => None,
        };
        let said = said.filter(|said| *said != Value::Null);
        Response::new((), self.status, self.headers).with_unread(said.into_iter().collect())
    }

    /// The content of a success.
    pub(crate) fn json<T: DeserializeOwned, E>(self) -> Result<Response<T>, Error<E>> {
        let whole = self.bytes()?;
        match serde_json::from_slice(&whole) {
            Ok(value) => Ok(whole.map(|_| value)),
            Err(error) => Err(Error::undecodable(whole, &error)),
        }
    }

    /// The content of a success that is a collection; an empty one for `null`.
    pub(crate) fn collection<T, E>(self) -> Result<Response<T>, Error<E>>
    where
        T: DeserializeOwned + Default,
    {
        self.json()
            .map(|response: Response<Option<T>>| response.map(Option::unwrap_or_default))
    }

    /// The content of a success that is a list, which may be a member with one of these names instead. Entries that
    /// cannot be read are kept beside the others.
    pub(crate) fn list<T, E>(self, members: &[&str]) -> Result<Response<Vec<T>>, Error<E>>
    where
        T: DeserializeOwned,
    {
        let whole = self.bytes()?;
        match serde_json::from_slice::<Option<Vec<T>>>(&whole) {
            Ok(list) => Ok(whole.map(|_| list.unwrap_or_default())),
            Err(error) => match entries_of_answer(&whole, members) {
                Some((read, unread)) => Ok(whole.map(|_| read).with_unread(unread)),
                None => Err(Error::undecodable(whole, &error)),
            },
        }
    }

    /// The content of a success that may be empty.
    pub(crate) fn optional_json<T, E>(self) -> Result<Response<Option<T>>, Error<E>>
    where
        T: DeserializeOwned,
    {
        let whole = self.bytes()?;
        if whole.trim_ascii().is_empty() {
            return Ok(whole.map(|_| None));
        }
        match serde_json::from_slice(&whole) {
            Ok(value) => Ok(whole.map(|_| Some(value))),
            Err(error) => Err(Error::undecodable(whole, &error)),
        }
    }

    /// The text of an answer.
    pub(crate) fn text<E>(self) -> Result<Response<String>, Error<E>> {
        let whole = self.bytes()?;
        Ok(whole.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The bytes of an answer.
    pub(crate) fn bytes<E>(self) -> Result<Response<Bytes>, Error<E>> {
        match self.content {
            Content::Read(bytes) => Ok(Response::new(bytes, self.status, self.headers)),
            Content::Broken(error) => Err(error.into()),
            // Whoever leaves a body unread calls `stream`.
            Content::Unread(_) => Ok(Response::new(Bytes::new(), self.status, self.headers)),
        }
    }

    /// The body of an answer, to be read as it comes.
    pub(crate) fn stream<E>(self) -> Result<Response<ByteStream>, Error<E>> {
        let body = match self.content {
            Content::Read(bytes) => ByteStream::read(bytes),
            Content::Broken(error) => return Err(error.into()),
            Content::Unread(response) => ByteStream::unread(response),
        };
        Ok(Response::new(body, self.status, self.headers))
    }

    /// The error that the body tells of.
    ///
    /// A body of another form (HTML of a proxy, plain text, nothing) does not hide the status: it is then an
    /// unexpected answer, with its status, headers and body.
    pub(crate) fn error<E: DeserializeOwned>(self) -> Error<E> {
        self.error_as(|value| value)
    }

    /// The same for one of several forms.
    pub(crate) fn error_as<T: DeserializeOwned, E>(self, form: fn(T) -> E) -> Error<E> {
        match self.bytes() {
            Ok(whole) => match serde_json::from_slice(&whole) {
                Ok(value) => Error::Service(whole.map(|_| form(value))),
                Err(_) => Error::Unexpected(whole),
            },
            Err(error) => error,
        }
    }

    /// An error whose text is all that there is to it.
    pub(crate) fn text_error<E>(self, form: fn(String) -> E) -> Error<E> {
        self.text()
            .map_or_else(|error| error, |text| Error::Service(text.map(form)))
    }

    /// An error whose bytes are all that there is to it.
    pub(crate) fn bytes_error<E>(self, form: fn(Bytes) -> E) -> Error<E> {
        self.bytes()
            .map_or_else(|error| error, |bytes| Error::Service(bytes.map(form)))
    }

    /// An answer that the description does not have.
    pub(crate) fn unexpected<E>(self) -> Error<E> {
        let body = match self.content {
            Content::Read(bytes) => bytes,
            Content::Broken(_) | Content::Unread(_) => Bytes::new(),
        };
        Error::Unexpected(Response::new(body, self.status, self.headers))
    }
}
