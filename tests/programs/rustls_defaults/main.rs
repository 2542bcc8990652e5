//! The crate with its default features, beside rustls and hyper-rustls with theirs, and `reqwest` for plain HTTP.

#[path = "../hello.rs"]
mod hello;

#[tokio::main]
async fn main() {
    // Panics where TLS is compiled in, and no cryptography for it.
    drop(reqwest::Client::new());
    // Panics where more than one provider of cryptography is compiled in, and none is chosen.
    let roots = rustls::RootCertStore::empty();
    let config = rustls::ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    assert!(!config.crypto_provider().cipher_suites.is_empty());
    let connector = hyper_rustls::HttpsConnectorBuilder::new()
        .with_webpki_roots()
        .https_only()
        .enable_http1()
        .build();
    drop(connector);
    hello::greets_with_tls().await;
}
