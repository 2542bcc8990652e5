//! The state before the calls: the same for every client, down to the ids.

use std::error::Error;

use qstash_dev_server::{Clock, QStash};
use serde_json::{Value, json};

/// The time of the calls, by the clock of the server: 2027-01-01, in milliseconds.
const NOW: u64 = 1_798_761_600_000;

/// The token of every client, so that its header is the same where it is sent in the same way.
const TOKEN: &str = "a-token";

/// The ids of what is there.
#[derive(Default)]
pub(crate) struct Given {
    /// Messages that wait.
    pub(crate) messages: Vec<String>,
    /// Messages in the DLQ.
    pub(crate) letters: Vec<String>,
}

impl Given {
    pub(crate) fn to_json(&self) -> String {
        json!({ "messages": self.messages, "letters": self.letters }).to_string()
    }
}

/// An HTTP client that is nobody's QStash client.
pub(crate) fn plain() -> Result<reqwest::Client, Box<dyn Error>> {
    Ok(reqwest::Client::builder().no_proxy().build()?)
}

/// Starts a server with messages that wait, messages in the DLQ and a URL Group. It delivers nothing from now on.
pub(crate) async fn start() -> Result<(QStash, Given), Box<dyn Error>> {
    let server = QStash::builder()
        .seed(7)
        .token(TOKEN)
        .clock(Clock::standing_at(NOW))
        .start()
        .await?;
    let client = plain()?;
    let mut given = Given::default();

    // Nobody listens at port 1.
    let dead = format!("{}/v2/publish/http://127.0.0.1:1/dead", server.url());
    for _ in 0..8 {
        let request = client.post(&dead).header("Upstash-Retries", "0");
        request.bearer_auth(server.token()).send().await?;
        // One after the other, so that each client finds the same ids.
        server.settle().await;
    }
    server.hold_deliveries();
    let ids = server.snapshot().dlq;
    given.letters = ids
        .iter()
        .filter_map(|letter| text(letter, "dlqId"))
        .collect();

    let later = format!("{}/v2/publish/https://example.com/later", server.url());
    for _ in 0..4 {
        let request = client.post(&later).header("Upstash-Delay", "1h");
        let answer = request.bearer_auth(server.token()).send().await?;
        given
            .messages
            .extend(text(&answer.json().await?, "messageId"));
    }

    let group = format!("{}/v2/topics/group/endpoints", server.url());
    let endpoints = json!({ "endpoints": [{ "url": "https://example.com/group" }] });
    let request = client.post(group).json(&endpoints);
    request.bearer_auth(server.token()).send().await?;

    let limits = format!("{}/v2/publish/https://example.com/limits", server.url());
    for key in ["limits", "limits/1"] {
        let request = client
            .post(&limits)
            .header("Upstash-Flow-Control-Key", key)
            .header("Upstash-Flow-Control-Value", "parallelism=1");
        request.bearer_auth(server.token()).send().await?;
    }

    if given.letters.len() != 8 || given.messages.len() != 4 {
        return Err("the server did not take what is to be there".into());
    }
    server.take_requests();
    Ok((server, given))
}

fn text(value: &Value, member: &str) -> Option<String> {
    Some(value.get(member)?.as_str()?.to_owned())
}
