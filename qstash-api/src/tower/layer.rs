//! The layer: what is configured once.

use std::time::Duration;

use tower_layer::Layer;

use super::{ExpectedUrl, VerifyService};

/// The longest body that is taken into memory unless the layer is told otherwise: 16 MiB.
pub const DEFAULT_BODY_LIMIT: u64 = 16 * 1024 * 1024;

/// The time that a body may take to arrive unless the layer is told otherwise: 30 seconds.
pub const DEFAULT_BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Puts verification before a service.
///
/// See the [module](super) for what it does.
#[derive(Clone, Debug)]
pub struct VerifyLayer<V> {
    pub(super) verifier: V,
    pub(super) url: ExpectedUrl,
    pub(super) body_limit: u64,
    pub(super) body_timeout: Option<Duration>,
}

impl<V> VerifyLayer<V> {
    /// Verifies with `verifier`, which is a [`Receiver`](crate::receiver::Receiver), a
    /// [`RefreshingReceiver`](crate::receiver::RefreshingReceiver) or another
    /// [`Verify`](crate::receiver::Verify), that messages were published to `url`.
    #[must_use]
    pub fn new(verifier: V, url: ExpectedUrl) -> Self {
        Self {
            verifier,
            url,
            body_limit: DEFAULT_BODY_LIMIT,
            body_timeout: Some(DEFAULT_BODY_TIMEOUT),
        }
    }

    /// Refuses bodies of more than `bytes` bytes with 413; [`DEFAULT_BODY_LIMIT`] if not called.
    ///
    /// Each body is in memory as a whole while its request is under way. The limit of the
    /// receiver is in force too. Limits that a framework puts on its extractors come after this
    /// one and stay: axum's `Bytes` and `Json` take 2 MB unless a `DefaultBodyLimit` says more.
    #[must_use]
    pub fn with_body_limit(mut self, bytes: u64) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Refuses bodies that take longer than this to arrive with 408; [`DEFAULT_BODY_TIMEOUT`] if
    /// not called.
    ///
    /// The timer is that of tokio, which the feature `client` brings. Without the feature, and in
    /// other runtimes, a body may take as long as the server lets it, as with `None`.
    #[must_use]
    pub fn with_body_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.body_timeout = timeout.into();
        self
    }
}

impl<S, V: Clone> Layer<S> for VerifyLayer<V> {
    type Service = VerifyService<S, V>;

    fn layer(&self, inner: S) -> Self::Service {
        VerifyService {
            inner,
            layer: self.clone(),
        }
    }
}
