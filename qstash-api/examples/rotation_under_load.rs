//! Rotates the signing keys ten times while messages are being delivered, and counts what is refused.
//!
//! ```text
//! cargo run -p qstash-examples --example rotation_under_load
//! ```
//!
//! It needs no account: the service is played by a server on the loopback interface, which really signs and
//! delivers. Half of the answers to the rotations are lost on purpose.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use qstash_api::keys::KeyRing;
use qstash_api::keys::refresh::KeyRefresh;
use qstash_api::keys::rotation::{RotationOutcome, RotationPlan};
use qstash_api::receiver::Receiver;
use qstash_api::{Client, Message};
use qstash_dev_server::{Answer, Destination, Fault, Operation, QStash};

const ROTATIONS: usize = 10;
const MESSAGES: usize = 50;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let service = QStash::start().await?;
    let client = Client::builder()
        .token(service.token())
        .base_url(service.url())
        .build()?;

    // The receiver, in one process. Its task follows rotations that others make.
    let verifier = KeyRing::from_service(&client).await?;
    let refresh =
        KeyRefresh::new(client.clone(), &verifier).min_interval(Duration::from_millis(50));
    let _task = refresh.spawn();
    let receiver = Receiver::new(&verifier);
    let refused = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&refused);
    let endpoint = Destination::start_with(move |request| {
        match receiver.verify(request.header("Upstash-Signature"), request.body()) {
            Ok(_) => Answer::empty(200),
            Err(rejection) => {
                count.fetch_add(1, Ordering::SeqCst);
                eprintln!("refused: {rejection}");
                Answer::empty(rejection.status().as_u16())
            }
        }
    })
    .await?;

    // The operator, in another one, with a ring of its own.
    let operator = KeyRing::from_service(&client).await?;
    for number in 0..ROTATIONS {
        let url = endpoint.url();
        let messages = (0..MESSAGES).map(|n| Message::text(format!("{n}")).retries(0).to(&url));
        client.batch_messages().messages(messages).send().await?;

        // These messages are on their way now. Before the next rotation, every verifier must know the next key.
        let plan = RotationPlan::read(&client, &operator).await?;
        if !verifier.keys().is_pair(plan.pair()) {
            refresh.refresh().await?;
        }
        let rotation = plan.confirmed_by([("verifier", verifier.keys().is_pair(plan.pair()))])?;
        if number % 2 == 1 {
            let lost = Fault::reset().applied();
            service.faults().once(Operation::RotateSigningKeys, lost);
        }
        match rotation.execute().await? {
            outcome @ RotationOutcome::Rotated { .. } => println!("{number}: {outcome}"),
            outcome => return Err(outcome.to_string().into()),
        }
    }
    service.settle().await;
    let delivered = endpoint.requests().len();
    let refused = refused.load(Ordering::SeqCst);
    println!("{delivered} messages delivered, {ROTATIONS} rotations, {refused} deliveries refused");
    Ok(())
}
