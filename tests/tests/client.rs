//! Clients of the loopback server: the one place where the tests of what speaks to a service make one.

use qstash_api::ClientBuilder;
use qstash_dev_server::QStash;

/// A builder of HTTP clients that ask no proxy, and know no certificate: reading those takes longer than a test.
pub(crate) fn http() -> reqwest::ClientBuilder {
    reqwest::Client::builder().no_proxy().tls_certs_only([])
}

/// A builder of clients of a server, whose patience only a hang outlasts.
pub(crate) fn builder(server: &QStash) -> ClientBuilder {
    server.client_builder().http_client_builder(http())
}
