//! A plain HTTP client for the server, with no code of the QStash client.

use std::time::Duration;

use qstash_dev_server::QStash;
use serde_json::Value;

/// A destination that nobody listens on: the discard port.
pub(crate) const NOWHERE: &str = "http://127.0.0.1:9/nowhere";

pub(crate) struct Caller {
    pub(crate) server: QStash,
    pub(crate) client: reqwest::Client,
}

/// An answer: status, headers and the body as text.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) fn client() -> reqwest::Client {
    crate::client::http()
        .redirect(reqwest::redirect::Policy::none())
        // Only what hangs takes so long.
        .timeout(Duration::from_secs(600))
        .build()
        .unwrap()
}

impl Caller {
    pub(crate) async fn start() -> Self {
        Self::with(QStash::start().await.unwrap())
    }

    pub(crate) fn with(server: QStash) -> Self {
        Self {
            server,
            client: client(),
        }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().unwrap();
        let url = format!("{}{path}", self.server.url());
        self.client
            .request(method, url)
            .bearer_auth(self.server.token())
    }

    /// Sends a request; headers come as lines such as `Upstash-Delay: 10s`.
    pub(crate) async fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[&str],
        body: &str,
    ) -> reqwest::Result<Reply> {
        let mut request = self.request(method, path);
        for header in headers {
            let (name, value) = header.split_once(": ").unwrap();
            request = request.header(name, value);
        }
        if !body.is_empty() {
            request = request.body(body.to_owned());
        }
        let response = request.send().await?;
        Ok(Reply {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await?,
        })
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[&str],
        body: &str,
    ) -> Reply {
        let sent = self.try_send(method, path, headers, body).await;
        sent.unwrap_or_else(|error| panic!("{method} {path}: {error:?}"))
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "").await
    }

    /// Publishes to a URL and returns the id.
    pub(crate) async fn publish(&self, url: &str, headers: &[&str], body: &str) -> String {
        let reply = self
            .send("POST", &format!("/v2/publish/{url}"), headers, body)
            .await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json()["messageId"].as_str().unwrap().to_owned()
    }

    /// Leaves a message in the DLQ and returns its DLQ id.
    pub(crate) async fn dead_letter(&self, headers: &[&str], body: &str) -> String {
        let mut all = vec!["Upstash-Retries: 0"];
        all.extend(headers);
        self.publish(NOWHERE, &all, body).await;
        self.server.settle().await;
        let dlq = self.server.snapshot().dlq;
        dlq.last().unwrap()["dlqId"].as_str().unwrap().to_owned()
    }
}
