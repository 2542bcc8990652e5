//! TLS by rustls with `ring`, without touching what the process has chosen for itself.
//!
//! `reqwest` is built without a provider of cryptography here, because the one that it would bring, `aws-lc-rs`, takes
//! longer to compile than all else together. Without a provider it panics, so it never gets to build a client before
//! one of these functions has seen its builder.

use rustls::crypto::{CryptoProvider, ring};

/// Gives a builder that is ours the TLS that `reqwest` would give it.
///
/// The default provider of the process is used if it has one. If not, it has none afterwards: other clients in the
/// process keep the choice that is theirs.
#[cfg(not(feature = "native-tls"))]
pub(super) fn of_our_own(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, rustls::Error> {
    use std::sync::Arc;

    use rustls::ClientConfig;
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(ring::default_provider()));
    let mut tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(builder.tls_backend_preconfigured(tls))
}

/// Makes sure that a builder from outside can be built.
///
/// Its own certificates and versions would be lost if it was given TLS from here, and a provider alone cannot be given
/// to it. So the process gets a default one if it has none, as rustls itself does where only one is compiled in.
pub(super) fn of_others() {
    if CryptoProvider::get_default().is_none() {
        // An error says that another thread was first, and then there is one.
        let _ = ring::default_provider().install_default();
    }
}
