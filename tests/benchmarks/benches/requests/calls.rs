//! The same requests by the client, and written straight on `reqwest`.

use std::time::Duration;

use qstash_api::types::{LogPage, PublishResult, SigningKeys};
use qstash_api::{Client, Message};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use reqwest::{RequestBuilder, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::server::Server;

const TOKEN: &str = "eyJVc2VySUQiOiI1ZGM5Ni00ZjQ3IiwiUGFzc3dvcmQiOiI0NzUwIn0=";
const DESTINATION: &str = "https://example.com/orders/incoming";

/// The published body: 1 KiB of JSON.
#[derive(Serialize)]
struct Order {
    order: u32,
    note: String,
}

/// The client.
#[derive(Clone)]
pub(crate) struct Ours(Client);

/// Its baseline, with an HTTP client that has the limits of time and the redirects of the client's own. Of retries it
/// has those of `reqwest`, where the client has its own in their place.
#[derive(Clone)]
pub(crate) struct Bare {
    http: reqwest::Client,
    url: String,
    authorization: HeaderValue,
}

/// Both, and the message that they publish.
pub(crate) struct Calls {
    pub(crate) ours: Ours,
    pub(crate) bare: Bare,
    order: Order,
}

impl Calls {
    pub(crate) async fn new(server: &Server) -> Self {
        let ours = Client::builder().token(TOKEN).base_url(&server.url);
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .redirect(redirect::Policy::none())
            .referer(false)
            .user_agent(concat!("qstash-api/", env!("CARGO_PKG_VERSION")));
        let mut authorization = HeaderValue::from_str(&format!("Bearer {TOKEN}")).unwrap();
        authorization.set_sensitive(true);
        let calls = Self {
            ours: Ours(ours.build().unwrap()),
            bare: Bare {
                http: http.build().unwrap(),
                url: server.url.clone(),
                authorization,
            },
            order: Order {
                order: 7,
                note: "a".repeat(1024 - r#"{"order":7,"note":""}"#.len()),
            },
        };
        calls.check(server).await;
        calls
    }

    /// Both sides of a comparison have to be the same on the wire, and right.
    async fn check(&self, server: &Server) {
        let ours = self.ours.keys().await;
        let sent = server.last();
        let bare = self.bare.keys().await;
        assert_eq!(sent, server.last());
        assert_eq!(ours.current.expose(), bare.current.expose());

        let ours = self.publish().await;
        let sent = server.last();
        assert_eq!(sent.2.len(), 1024);
        let bare = self.bare_publish().await;
        assert_eq!(sent, server.last());
        assert!(ours.message_id().is_some());
        assert_eq!(ours.message_id(), bare.message_id());

        let ours = self.ours.page().await;
        let sent = server.last();
        let bare = self.bare.page().await;
        assert_eq!(sent, server.last());
        assert_eq!((ours.logs.len(), bare.logs.len()), (100, 100));
    }

    pub(crate) async fn publish(&self) -> PublishResult {
        let message = Message::json(&self.order).unwrap();
        let call = self.ours.0.publish_message().destination(DESTINATION);
        call.message(message).send().await.unwrap().into_inner()
    }

    pub(crate) async fn bare_publish(&self) -> PublishResult {
        let bare = &self.bare;
        let url = format!("{}/v2/publish/{DESTINATION}", bare.url);
        bare.send(bare.http.post(url).json(&self.order)).await
    }
}

impl Ours {
    pub(crate) async fn keys(&self) -> SigningKeys {
        self.0.get_signing_keys().send().await.unwrap().into_inner()
    }

    pub(crate) async fn page(&self) -> LogPage {
        self.0.list_logs().send().await.unwrap().into_inner()
    }
}

impl Bare {
    pub(crate) async fn keys(&self) -> SigningKeys {
        self.send(self.http.get(format!("{}/v2/keys", self.url)))
            .await
    }

    pub(crate) async fn page(&self) -> LogPage {
        self.send(self.http.get(format!("{}/v2/logs", self.url)))
            .await
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> T {
        let request = request
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(AUTHORIZATION, self.authorization.clone());
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }
}
