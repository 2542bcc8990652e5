//! The one error of this crate.

mod answers;
mod excerpt;
mod kind;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

pub(crate) use self::answers::{check_success, is_quotable};
pub use self::kind::ErrorKind;
use crate::rate_limit::RateLimit;

/// The error of everything that can go wrong, from a variable that is not set to a service that is down.
///
/// Match on [`Error::kind`]; the other methods tell the rest. Neither `Display` nor `Debug` nor anything in the
/// chain of sources shows the token or a URL of a request.
///
/// Every operation returns it:
///
/// ```no_run
/// use qstash_api::{Client, Error, ErrorKind};
///
/// async fn cancel(client: &Client, id: &str) -> Result<(), Error> {
///     client.cancel_message().message_id(id).send().await?;
///     Ok(())
/// }
///
/// # async fn example(client: Client) {
/// match cancel(&client, "msg_1").await {
///     Ok(()) => {}
///     Err(error) if error.kind() == ErrorKind::NotFound => println!("delivered already"),
///     Err(error) if error.is_retryable() => println!("another time: {error}"),
///     Err(error) => println!("{error}"),
/// }
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    status: Option<StatusCode>,
    operation: Option<&'static str>,
    retry_after: Option<Duration>,
    wrong_region: bool,
    read_only: bool,
    done_before: bool,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            status: None,
            operation: None,
            retry_after: None,
            wrong_region: false,
            read_only: false,
            done_before: false,
            source: None,
        }))
    }

    /// An error in what a client is built from.
    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message)
    }

    /// An error in a request, found before it is sent.
    pub(crate) fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, message)
    }

    /// A fault of the service that no status tells of.
    pub(crate) fn service(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Service, message)
    }

    /// Says whether an attempt before the last one may have done what was asked for.
    pub(crate) fn done_before(mut self, done_before: bool) -> Self {
        self.0.done_before |= done_before;
        self
    }

    /// Names the operation that failed.
    pub(crate) fn with_operation(mut self, id: &'static str) -> Self {
        self.0.operation = Some(id);
        self
    }

    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Returns the kind of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the message of the service, where there is one, or that of this crate.
    ///
    /// Line breaks are spaces in it and it is cut where it is long, so that it fits into one line of a log.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the status of the service's answer, where there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the `operationId` of the operation that failed, an entry of
    /// [`OPERATIONS`](crate::operations::OPERATIONS); nothing where no operation was called, as for a client that
    /// cannot be built.
    #[must_use]
    pub fn operation_id(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Returns the limit that was hit, for an answer of 429.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        match self.0.kind {
            ErrorKind::RateLimit(limit) => Some(limit),
            _ => None,
        }
    }

    /// Returns the time that the service asked to wait, by its `Retry-After` header, counted from its answer.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns whether the same request may succeed at another time: after transport errors, timeouts, rate limits, and
    /// the statuses 408, 502, 503 and 504.
    ///
    /// That does not say that it is *safe* to send it again. Where the answer was lost, the service may have done
    /// what it was asked to; see [`Error::is_connect`].
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::Transport | ErrorKind::Timeout | ErrorKind::RateLimit(_) => true,
            _ => self.0.status.is_some_and(crate::retry::is_transient),
        }
    }

    /// Returns whether no connection was made, so that the service surely never saw the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        let source = self.0.source.as_ref();
        source
            .and_then(|source| source.downcast_ref::<reqwest::Error>())
            .is_some_and(reqwest::Error::is_connect)
            && !self.0.done_before
    }

    /// Returns whether the service may have done what it was asked to, although there is no answer that says so: after
    /// a request whose answer was lost, broke off or could not be read, and after a failure within the service. Where the
    /// call took several attempts, one of them is enough.
    #[must_use]
    pub fn may_have_been_done(&self) -> bool {
        match self.0.kind {
            _ if self.0.done_before => true,
            ErrorKind::Transport | ErrorKind::Timeout => !self.is_connect(),
            ErrorKind::Decode => true,
            ErrorKind::Service => self.0.status.is_none_or(|status| status.is_server_error()),
            _ => self.0.status == Some(StatusCode::REQUEST_TIMEOUT),
        }
    }

    /// Returns whether the token belongs to another region than the one that was asked.
    ///
    /// The service says that with a 404. It is of the kind [`ErrorKind::Credentials`] all the same, because
    /// nothing can be told about the thing that was asked for.
    #[must_use]
    pub fn is_wrong_region(&self) -> bool {
        self.0.wrong_region
    }

    /// Returns whether the token may read and not change anything, and the operation would have changed something.
    ///
    /// The vendor documents no status for it, so this is read off what the service says. It is of the kind
    /// [`ErrorKind::Credentials`], whatever the status is.
    #[must_use]
    pub fn is_read_only_token(&self) -> bool {
        self.0.read_only
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        if let Some(operation) = inner.operation {
            write!(f, "{operation}: ")?;
        }
        match inner.status {
            Some(status) => {
                write!(f, "the service answered {status}")?;
                if let ErrorKind::RateLimit(limit) = inner.kind {
                    write!(f, " ({limit})")?;
                }
                if inner.read_only {
                    f.write_str(" (the token is for reading only)")?;
                }
                if inner.wrong_region {
                    f.write_str(" (the token belongs to another region)")?;
                }
            }
            None => inner.kind.fmt(f)?,
        }
        if inner.message.is_empty() {
            return Ok(());
        }
        write!(f, ": {}", inner.message)
    }
}

/// The same sentence as `Display`, with those of the sources, for a `main` that returns an error. `{:#?}` shows the
/// parts.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        if f.alternate() {
            return f
                .debug_struct("Error")
                .field("kind", &inner.kind)
                .field("message", &inner.message)
                .field("status", &inner.status)
                .field("operation_id", &inner.operation)
                .field("retry_after", &inner.retry_after)
                .field("wrong_region", &inner.wrong_region)
                .field("read_only", &inner.read_only)
                .field("source", &inner.source)
                .finish();
        }
        let mut shown = self.to_string();
        f.write_str(&shown)?;
        let mut source = StdError::source(self);
        while let Some(error) = source {
            let text = error.to_string();
            // Many a sentence holds that of its source already.
            if !shown.contains(&text) {
                write!(f, "; caused by: {text}")?;
                shown = text;
            }
            source = error.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.source {
            Some(source) => Some(source.as_ref()),
            None => None,
        }
    }
}
