//! The configuration of a client, as its requests show it, and clients that cannot be built.

use std::time::Duration;

use qstash_api::{Client, ClientBuilder, CredentialsIn, ErrorKind, Message, RetryPolicy};
use reqwest::redirect::Policy;

use crate::client::server::{Server, TOKEN, answer};

const KEYS: &str = r#"{"current":"sig_a","next":"sig_b"}"#;

/// The only request that the server was sent after `call`.
async fn sent<F: Future>(
    build: impl FnOnce(ClientBuilder) -> ClientBuilder,
    call: impl FnOnce(Client) -> F,
) -> String {
    let server = Server::start([answer(200, &[], KEYS)]).await;
    let client = build(server.builder()).build().unwrap();
    call(client).await;
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    requests.remove(0)
}

async fn keys(client: Client) {
    client.get_signing_keys().send().await.unwrap();
}

fn header<'r>(request: &'r str, name: &str) -> Option<&'r str> {
    request
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[tokio::test]
async fn the_token_goes_into_the_header() {
    let request = sent(|builder| builder, keys).await;
    assert!(
        request.starts_with("GET /v2/keys HTTP/1.1\r\n"),
        "{request}"
    );
    assert_eq!(
        header(&request, "authorization"),
        Some(format!("Bearer {TOKEN}").as_str())
    );
    let agent = concat!("qstash-api/", env!("CARGO_PKG_VERSION"));
    assert_eq!(header(&request, "user-agent"), Some(agent));
    assert_eq!(header(&request, "api-version"), None);
}

#[tokio::test]
async fn the_token_goes_into_the_query_and_leaves_the_destination_as_it_is() {
    let token = "qstash_token=eyJVc2VySUQi%2Bs3cr3t%2F0%3D";
    let query = |builder: ClientBuilder| builder.credentials(CredentialsIn::Query);
    let request = sent(query, keys).await;
    assert!(
        request.starts_with(&format!("GET /v2/keys?{token} HTTP")),
        "{request}"
    );
    assert_eq!(header(&request, "authorization"), None);
    for (destination, target) in [
        (
            "https://example.com/a?x=%2b1",
            format!("https://example.com/a?x=%2b1&{token}"),
        ),
        (
            "https://example.com",
            format!("https://example.com?{token}"),
        ),
        (
            "https://example.com/",
            format!("https://example.com/?{token}"),
        ),
    ] {
        let publish = async |client: Client| {
            let publish = client.publish_message().destination(destination);
            drop(publish.send().await);
        };
        let request = sent(query, publish).await;
        assert!(
            request.starts_with(&format!("POST /v2/publish/{target} HTTP")),
            "{request}"
        );
    }
}

#[tokio::test]
async fn a_destination_with_a_token_of_its_own_is_refused() {
    let server = Server::start([answer(200, &[], KEYS)]).await;
    for credentials in [CredentialsIn::Header, CredentialsIn::Query] {
        let client = server.builder().credentials(credentials).build().unwrap();
        for query in ["qstash_token=other", "a=1&qstash%5ftoken=other"] {
            let destination = format!("https://example.com/?{query}");
            let error = client
                .publish_message()
                .destination(destination)
                .send()
                .await
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            assert!(!format!("{error:?}").contains("other"), "{error:?}");
        }
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn headers_of_the_client_go_with_every_request_unless_it_has_its_own() {
    let headers = |builder: ClientBuilder| {
        builder
            .header("X-Tenant", "one")
            .header("Upstash-Retries", "9")
    };
    let request = sent(headers, keys).await;
    assert_eq!(header(&request, "x-tenant"), Some("one"));
    let publish = |client: Client| async move {
        drop(
            client
                .publish_message()
                .destination("https://example.com")
                .message(Message::empty().retries(1))
                .send()
                .await,
        );
    };
    let request = sent(headers, publish).await;
    assert_eq!(header(&request, "upstash-retries"), Some("1"));
    assert_eq!(request.matches("upstash-retries").count(), 1);
    let request = sent(|builder| builder.user_agent("mine/1"), keys).await;
    assert_eq!(header(&request, "user-agent"), Some("mine/1"));
    let own = reqwest::Client::builder()
        .user_agent("its/1")
        .redirect(Policy::none())
        .build()
        .unwrap();
    let request = sent(|builder| builder.http_client(own), keys).await;
    assert!(
        header(&request, "user-agent")
            .unwrap()
            .starts_with("qstash-api/")
    );
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    for credentials in [CredentialsIn::Header, CredentialsIn::Query] {
        let elsewhere = Server::start([answer(200, &[], KEYS)]).await;
        let location = format!("location: {}/v2/keys", elsewhere.url());
        let server = Server::start([answer(307, &[&location], "")]).await;
        let follows = reqwest::Client::builder().redirect(Policy::limited(5));
        for builder in [
            server.builder(),
            server.builder().http_client_builder(follows),
        ] {
            let client = builder.credentials(credentials).build().unwrap();
            let error = client.get_signing_keys().send().await.unwrap_err();
            assert_eq!(error.status().unwrap(), 307);
        }
        assert_eq!((server.connections(), elsewhere.connections()), (2, 0));
    }
}

#[tokio::test]
async fn an_http_client_that_follows_a_redirect_all_the_same_gives_no_answer() {
    let elsewhere = Server::start([answer(200, &[], KEYS)]).await;
    // Another host, as far as credentials are concerned.
    let location = format!(
        "location: http://localhost:{}/v2/keys",
        elsewhere.address.port()
    );
    let server = Server::start([answer(307, &[&location], "")]).await;
    let client = server
        .builder()
        .http_client(reqwest::Client::new())
        .build()
        .unwrap();
    let error = client.get_signing_keys().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.message().contains("followed a redirect"), "{error}");
    assert!(!elsewhere.requests().concat().contains(TOKEN));
}

#[test]
fn what_cannot_work_is_not_built() {
    let client = reqwest::Client::new;
    let builder = || Client::builder().token(TOKEN);
    for (builder, problem) in [
        (Client::builder(), "no token"),
        (Client::builder().token("s3cr3t\n"), "white space"),
        (
            Client::builder().token(String::new()).token(TOKEN),
            "is empty",
        ),
        (
            builder().base_url("https://qstash.upstash.io/v2/publish"),
            "has the path `/v2/publish`",
        ),
        (builder().base_url("http://10.0.0.1"), "plain `http`"),
        (builder().base_url(""), "the base URL is empty"),
        (
            builder().header("Authorization", "Bearer s3cr3t"),
            "`Authorization` takes the token",
        ),
        (builder().header("Host", "s3cr3t"), "HTTP's own"),
        (
            builder().header("X Y", "s3cr3t"),
            "`X Y` is not the name of a header",
        ),
        (
            builder().header("X-Y", "s3cr3t\r\nA: b"),
            "control character",
        ),
        (builder().user_agent("s3cr3t\n"), "control character"),
        (builder().timeout(Duration::ZERO), "the timeout is zero"),
        (
            builder().attempt_timeout(Duration::ZERO),
            "the attempt timeout is zero",
        ),
        (
            builder().connect_timeout(Duration::ZERO),
            "the connect timeout is zero",
        ),
        (
            builder()
                .http_client(client())
                .connect_timeout(Duration::from_secs(1)),
            "built already",
        ),
        (
            builder()
                .http_client(client())
                .credentials(CredentialsIn::Query),
            "follows a redirect",
        ),
    ] {
        let shown = format!("{builder:?}");
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.message().contains(problem), "{problem}: {error}");
        assert!(
            !format!("{shown} {error} {error:?}").contains("s3cr3t"),
            "{shown} {error:?}"
        );
    }
}

#[test]
fn a_client_for_another_machine_without_tls_has_to_be_allowed() {
    let builder = Client::builder()
        .token(TOKEN)
        .base_url("http://qstash:8080/");
    assert_eq!(
        builder.allow_http().build().unwrap().base_url(),
        "http://qstash:8080"
    );
}

#[test]
fn clients_are_cheap_to_make_different() {
    let client = Client::new(TOKEN).unwrap();
    assert_eq!(client.base_url(), "https://qstash.upstash.io");
    let other = client
        .with_retry(RetryPolicy::never())
        .with_timeout(Duration::from_secs(1));
    assert_eq!(other.base_url(), client.base_url());
}

/// A compile-time test: what is shared between tasks can be, and what is spawned is `Send`.
#[test]
fn clients_are_shared_and_requests_are_spawned() {
    fn shared<T: Send + Sync + 'static>() {}
    fn spawned<T: Send>(_: T) {}
    shared::<Client>();
    spawned(Client::builder());
    shared::<Message>();
    shared::<qstash_api::BatchMessage>();
    shared::<qstash_api::Destination>();
    shared::<qstash_api::Token>();
    shared::<qstash_api::types::LogPage>();
    let client = Client::new("token").unwrap();
    spawned(client.publish_message().send());
    spawned(client.list_logs().stream());
    spawned(client.cancel_messages().rounds());
}
