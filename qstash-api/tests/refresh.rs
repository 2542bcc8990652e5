//! The pauses of a refresh, by a clock that the test moves.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use qstash_api::Client;
use qstash_api::keys::KeyRing;
use qstash_api::keys::refresh::KeyRefresh;
use qstash_dev_server::QStash;
use tokio::sync::watch;
use tokio::time::Instant;

const DAY: Duration = Duration::from_secs(86_400);

/// A refresh that notes when it was answered. Nothing but its pauses takes time: the client has no
/// timeouts, and a clock that stands still moves when nothing else is to be done.
async fn noting(server: &QStash) -> (KeyRefresh, watch::Receiver<usize>, Arc<Mutex<Vec<Instant>>>) {
    let client = Client::builder()
        .token(server.token())
        .base_url(server.url())
        .http_client(
            reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .pool_max_idle_per_host(0)
                .build()
                .unwrap(),
        )
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .build()
        .unwrap();
    let ring = KeyRing::from_service(&client).await.unwrap();
    let (told, count) = watch::channel(0);
    let times = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&times);
    let refresh = KeyRefresh::new(client, &ring).on_result(move |result| {
        assert!(result.is_ok());
        noted.lock().unwrap().push(Instant::now());
        told.send_modify(|count| *count += 1);
    });
    (refresh, count, times)
}

fn pauses(times: &Mutex<Vec<Instant>>) -> Vec<Duration> {
    let times = times.lock().unwrap();
    times.windows(2).map(|two| two[1] - two[0]).collect()
}

#[tokio::test(start_paused = true)]
async fn a_task_asks_once_in_an_interval_and_up_to_a_tenth_sooner() {
    let server = QStash::start().await.unwrap();
    let (refresh, mut count, times) = noting(&server).await;
    let _task = refresh.interval(DAY).spawn();
    count.wait_for(|count| *count == 6).await.unwrap();
    let pauses = pauses(&times);
    assert_eq!(pauses.len(), 5);
    let expected = DAY.mul_f64(0.9)..=DAY + Duration::from_secs(1);
    assert!(
        pauses.iter().all(|pause| expected.contains(pause)),
        "{pauses:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn between_two_requests_lies_the_spacing_whoever_asks() {
    let server = QStash::start().await.unwrap();
    let (refresh, mut count, times) = noting(&server).await;
    let refresh = refresh.interval(Duration::from_secs(1)).min_interval(DAY);
    let _task = refresh.spawn();
    for asked in 2..6 {
        refresh.refresh().await.unwrap();
        count.wait_for(|count| *count >= asked).await.unwrap();
    }
    let pauses = pauses(&times);
    assert!(pauses.len() >= 4);
    let expected = DAY..=DAY + Duration::from_secs(1);
    assert!(
        pauses.iter().all(|pause| expected.contains(pause)),
        "{pauses:?}"
    );
}
