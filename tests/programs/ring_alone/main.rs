//! The crate in a program whose cryptography is `ring` alone.

#[path = "../hello.rs"]
mod hello;

#[tokio::main]
async fn main() {
    // Panics where more than one provider of cryptography is compiled in, and none is chosen.
    let roots = rustls::RootCertStore::empty();
    let config = rustls::ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    drop(config);
    // The choice of the process has been made by now; another program would make it itself.
    let chosen = rustls::crypto::CryptoProvider::get_default().unwrap();
    let ring = rustls::crypto::ring::default_provider();
    assert_eq!(chosen.cipher_suites, ring.cipher_suites);
    hello::greets_with_tls().await;
}
