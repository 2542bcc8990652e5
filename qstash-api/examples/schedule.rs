//! Publishes a message again and again, on a schedule.
//!
//! ```text
//! cargo run -p qstash-tests --example schedule
//! ```
//!
//! It talks to a QStash server that it starts on the loopback interface, and to nothing else, whatever the environment
//! names.

use std::error::Error;
use std::time::Duration;

use qstash_api::{Client, Message};
use qstash_dev_server::{Clock, Destination, QStash};

/// A Monday, 2025-01-06 at 08:50 in Berlin, in milliseconds.
const MONDAY: u64 = 1_736_149_800_000;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = QStash::builder()
        .clock(Clock::standing_at(MONDAY))
        .start()
        .await?;
    let destination = Destination::start().await?;
    let client = Client::builder()
        .base_url(server.url())
        .token(server.token())
        .build()?;

    // With an id, creating it again changes the schedule instead of adding one.
    let created = client
        .create_schedule()
        .destination(format!("{}/report", destination.url()))
        .schedule_id("weekday-report")
        .cron("CRON_TZ=Europe/Berlin 0 9 * * 1-5")
        .message(Message::text("write the report").retries(2))
        .send()
        .await?;
    let id = &created.schedule_id;
    let schedule = client.get_schedule().schedule_id(id).send().await?;
    println!("Created {id}: {}", schedule.cron);

    // The clock is moved, so that a week takes no time.
    server.advance(7 * DAY).await;
    println!(
        "Deliveries in a week: {}",
        destination.take_requests().len()
    );

    client.pause_schedule().schedule_id(id).send().await?;
    server.advance(7 * DAY).await;
    println!(
        "Deliveries in a week of pause: {}",
        destination.take_requests().len()
    );

    client.resume_schedule().schedule_id(id).send().await?;
    server.advance(DAY).await;
    println!(
        "Deliveries in a day after the pause: {}",
        destination.take_requests().len()
    );

    client.delete_schedule().schedule_id(id).send().await?;
    let left = client.list_schedules().send().await?.len();
    println!("Deleted; schedules left: {left}");
    Ok(())
}
