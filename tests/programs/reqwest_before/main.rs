//! The crate with its default features, beside the version of `reqwest` before the one that it uses.

#[path = "../hello.rs"]
mod hello;

#[tokio::main]
async fn main() {
    drop(reqwest_before::Client::new());
    hello::greets_with_tls().await;
    drop(reqwest_before::Client::new());
}
