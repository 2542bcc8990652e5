//! Rotates the signing keys of a fleet: three verifiers, each a process of its own, prove before each rotation that
//! they hold the keys, without sending them.
//!
//! ```text
//! cargo run -p qstash-tests --example fleet_rotation
//! ```
//!
//! It needs no account: the service is played by a server on the loopback interface, which really signs and
//! delivers.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use qstash_api::keys::challenge::{self, Challenge};
use qstash_api::keys::refresh::KeyRefresh;
use qstash_api::keys::rotation::{RotationOutcome, RotationPlan, RotationRefused};
use qstash_api::keys::{KeyPair, KeyRing};
use qstash_api::receiver::Receiver;
use qstash_api::{Client, Message};
use qstash_dev_server::QStash;

const MESSAGES: usize = 20;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("verifier") => verifier().await,
        _ => operator().await,
    }
}

/// A service that gets messages. It has the keys of its start from the environment.
async fn verifier() -> Result<(), Box<dyn Error>> {
    let ring = KeyRing::from_env()?;
    let refresh = KeyRefresh::new(Client::from_env()?, &ring);
    let receiver = Receiver::new(&ring);
    let order = |headers: HeaderMap, body: Bytes| async move {
        match receiver.verify(headers.get("upstash-signature"), &body) {
            Ok(_) => StatusCode::OK,
            Err(rejection) => rejection.status(),
        }
    };
    let refresh = || async move {
        match refresh.refresh().await {
            Ok(_) => StatusCode::OK,
            Err(_) => StatusCode::BAD_GATEWAY,
        }
    };
    let app = Router::new()
        .route("/orders", post(order))
        // For those who rotate alone, and so not at the address that messages come to.
        .route("/signing-keys", post(challenge::handler(&ring)))
        .route("/refresh", post(refresh));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

/// The one who rotates.
async fn operator() -> Result<(), Box<dyn Error>> {
    let service = QStash::start().await?;
    let client = Client::builder()
        .token(service.token())
        .base_url(service.url())
        .build()?;
    let ring = KeyRing::from_service(&client).await?;
    let pair = KeyPair::try_from(&*client.get_signing_keys().send().await?)?;
    let verifiers = ["billing", "shipping", "statistics"]
        .map(|name| Verifier::start(name, &service, &pair))
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;

    for rotation in 1..=2 {
        publish(&client, &verifiers).await?;
        loop {
            // Ten lines: read the keys, have each verifier prove that it holds them, rotate.
            let plan = RotationPlan::read(&client, &ring).await?;
            let challenge = Challenge::random()?;
            let mut answers = Vec::new();
            for verifier in &verifiers {
                let answer = verifier
                    .post("/signing-keys", challenge.to_string())
                    .await?;
                answers.push((verifier.name, answer));
            }
            match plan.proven_by(&challenge, answers) {
                Ok(ready) => match ready.execute().await? {
                    outcome @ RotationOutcome::Rotated { .. } => {
                        println!("Rotation {rotation}: {outcome}");
                        break;
                    }
                    outcome => return Err(outcome.to_string().into()),
                },
                Err(refused @ RotationRefused::NotProven { .. }) => {
                    println!("Not rotated: {refused}");
                    for verifier in &verifiers {
                        verifier.post("/refresh", String::new()).await?;
                    }
                }
                Err(refused) => return Err(refused.into()),
            }
        }
        publish(&client, &verifiers).await?;
    }
    service.settle().await;
    let logs = client.list_logs().count(100).send().await?;
    let refused = logs
        .logs
        .iter()
        .filter(|entry| entry.error.is_some())
        .count();
    println!("{refused} deliveries refused");
    Ok(())
}

/// Messages that are under way while the keys are rotated.
async fn publish(client: &Client, verifiers: &[Verifier]) -> Result<(), Box<dyn Error>> {
    let urls = verifiers
        .iter()
        .map(|verifier| format!("{}/orders", verifier.url));
    let messages = urls.cycle().take(MESSAGES).enumerate();
    let messages = messages.map(|(number, url)| Message::text(format!("order {number}")).to(url));
    client.batch_messages().messages(messages).send().await?;
    Ok(())
}

/// A process with a verifier in it, which ends with this one.
struct Verifier {
    name: &'static str,
    url: String,
    process: Child,
}

impl Verifier {
    fn start(name: &'static str, service: &QStash, pair: &KeyPair) -> Result<Self, Box<dyn Error>> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg("verifier")
            .env("QSTASH_URL", service.url())
            .env("QSTASH_TOKEN", service.token())
            .env("QSTASH_CURRENT_SIGNING_KEY", pair.current().expose())
            .env("QSTASH_NEXT_SIGNING_KEY", pair.next().expose())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut url = String::new();
        let output = process.stdout.take().ok_or("no output")?;
        BufReader::new(output).read_line(&mut url)?;
        println!("{name} is process {}", process.id());
        Ok(Self {
            name,
            url: url.trim().to_owned(),
            process,
        })
    }

    async fn post(&self, path: &str, body: String) -> reqwest::Result<String> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        let url = format!("{}{path}", self.url);
        let answer = client.post(url).body(body).send().await?;
        answer.text().await
    }
}

impl Drop for Verifier {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
