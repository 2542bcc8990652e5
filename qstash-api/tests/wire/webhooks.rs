//! Third parties publish through URLs that they are given.

use std::collections::BTreeMap;

use qstash_api::types::{AddUrlGroupEndpointsBody, NewEndpoint, UpdateUrlGroupBody};
use qstash_api::{Client, Message};
use qstash_dev_server::{Destination, QStash};

fn client(service: &QStash) -> Client {
    service.client().unwrap()
}

/// Calls the URL as a third party that it was given to.
async fn post(url: &str, body: &'static str) -> u16 {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.post(url).header("Content-Type", "text/x-hook");
    let request = request.header("X-Hook", "h").body(body);
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn what_a_third_party_posts_is_delivered_with_the_options_of_the_url() {
    let service = QStash::start().await.unwrap();
    let receiver = Destination::start().await.unwrap();
    let client = client(&service);
    let options = Message::empty()
        .forward("X-From", "the shop & co")
        .label("hooks")
        .callback(format!("{}/done?a=1", receiver.url()));
    let destination = format!("{}/hook?x=1&y=%20", receiver.url());
    let webhook = client.webhook_url(&destination, &options).unwrap();
    assert_eq!(post(webhook.expose(), "it happened").await, 201);
    service.settle().await;
    let requests = receiver.take_requests();
    let [delivery, callback] = &requests[..] else {
        panic!("{requests:?}");
    };
    assert_eq!(delivery.target(), "/hook?x=1&y=%20");
    assert_eq!(delivery.body().as_ref(), b"it happened");
    assert_eq!(delivery.header("X-From"), Some("the shop & co"));
    assert_eq!(delivery.header("Content-Type"), Some("text/x-hook"));
    assert_eq!(delivery.header("X-Hook"), None);
    assert_eq!(callback.target(), "/done?a=1");
    let logs = client.list_logs().label(["hooks"]).send().await.unwrap();
    assert!(!logs.logs.is_empty());

    let all = Message::empty().forward_request_headers();
    let webhook = client.webhook_url(&destination, &all).unwrap();
    assert_eq!(post(webhook.expose(), "again").await, 201);
    service.settle().await;
    assert_eq!(receiver.requests()[0].header("X-Hook"), Some("h"));
}

#[tokio::test]
async fn every_message_to_a_url_group_gets_the_headers_of_the_group() {
    let service = QStash::start().await.unwrap();
    let receiver = Destination::start().await.unwrap();
    let client = client(&service);
    let endpoint = NewEndpoint::builder().url(receiver.url());
    let endpoints = vec![endpoint.try_into().unwrap()];
    let body: AddUrlGroupEndpointsBody = AddUrlGroupEndpointsBody::builder()
        .endpoints(endpoints)
        .try_into()
        .unwrap();
    let request = client.add_url_group_endpoints().url_group_name("hooks");
    request.body(body).send().await.unwrap();

    let headers = [
        ("Upstash-Header-Forward", "true"),
        ("Upstash-Forward-X-Group", "g"),
    ];
    let headers: BTreeMap<_, _> = headers
        .map(|(name, value)| (name.to_owned(), vec![value.to_owned()]))
        .into();
    let body: UpdateUrlGroupBody = UpdateUrlGroupBody::builder()
        .headers(headers.clone())
        .try_into()
        .unwrap();
    let request = client.update_url_group().url_group_name("hooks");
    request.body(body).send().await.unwrap();
    let request = client.get_url_group().url_group_name("hooks");
    assert_eq!(request.send().await.unwrap().headers, headers);

    let webhook = client.webhook_url("hooks", &Message::empty()).unwrap();
    assert_eq!(post(webhook.expose(), "x").await, 201);
    service.settle().await;
    let [delivery] = &receiver.requests()[..] else {
        panic!("one delivery");
    };
    assert_eq!(delivery.header("X-Group"), Some("g"));
    assert_eq!(delivery.header("X-Hook"), Some("h"));
}

#[test]
fn a_webhook_url_is_a_secret_and_says_what_cannot_be_in_it() {
    let client = Client::new("a+secret/token=").unwrap();
    let url = "https://user:hush@example.com/hush?hush=1";
    let webhook = client.webhook_url(url, &Message::empty()).unwrap();
    assert_eq!(
        webhook.expose(),
        "https://qstash.upstash.io/v2/publish/https://user:hush@example.com/hush?hush=1\
         &qstash_token=a%2Bsecret%2Ftoken%3D"
    );
    let debug = format!("{webhook:?}");
    assert_eq!(
        debug,
        "WebhookUrl(https://qstash.upstash.io/v2/publish/https://example.com?***)"
    );
    let url = "https://example.com";
    for (destination, options, expected) in [
        (
            url,
            Message::text("x"),
            "the sender of a webhook brings the body",
        ),
        (url, Message::empty().content_type("a/b"), "brings the body"),
        (url, Message::empty().label("a,b"), "holds a comma"),
        (
            "https://example.com/../x",
            Message::empty(),
            "segment `.` or `..`",
        ),
        (
            url,
            Message::empty().forward("X", "x".repeat(8000)),
            "longer than 8000 bytes",
        ),
    ] {
        let error = client.webhook_url(destination, &options).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
}
