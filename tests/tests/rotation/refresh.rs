//! Keys that follow the service.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use qstash_api::ErrorKind;
use qstash_api::Timestamp;
use qstash_api::keys::refresh::KeyRefresh;
use qstash_api::keys::{Adoption, KeyName, KeyRing, Region};
use qstash_api::receiver::{Delivery, RefreshingReceiver, Rejection};
use qstash_dev_server::{Answer, Fault, Operation, QStash};
use tokio::sync::watch;

use crate::rotation::common::{BODY, client, clock, pair, readings, ring, sign};

const URL: &str = "https://example.com/hook";

#[tokio::test]
async fn a_rotation_made_elsewhere_is_picked_up() {
    let server = QStash::start().await.unwrap();
    let (before, now) = (pair(&server), Timestamp::from(server.clock()));
    let ring = KeyRing::from_service(&client(&server)).await.unwrap();
    assert!(ring.keys().is_pair(&before));
    let refresh = KeyRefresh::new(client(&server), &ring)
        .with_clock(clock(&server))
        .min_interval(Duration::ZERO);
    assert_eq!(refresh.refresh().await.unwrap(), Adoption::Unchanged);
    server.rotate_signing_keys();
    assert_eq!(refresh.refresh().await.unwrap(), Adoption::Rotated);
    let keys = ring.keys();
    assert!(keys.is_pair(&pair(&server)));
    let [previous] = keys.previous() else {
        panic!("{keys:?}");
    };
    assert_eq!(previous.key(), before.current());
    // As long as a token signed with it can live, with both clocks off by the leeway.
    assert_eq!(previous.until(), now + Duration::from_secs(420));
    let status = refresh.status();
    assert_eq!(status.succeeded_at(), Some(now));
    assert_eq!(status.adoption(), Some(Adoption::Rotated));
}

#[tokio::test]
async fn keys_stay_when_the_service_fails_and_the_failure_is_seen() {
    let server = QStash::start().await.unwrap();
    let own = ring(&server);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seen_by_observer = Arc::clone(&seen);
    let refresh = KeyRefresh::new(client(&server), &own)
        .min_interval(Duration::ZERO)
        .with_clock(clock(&server))
        .on_result(move |result| {
            let kind = result.map_err(|error| error.kind());
            seen_by_observer.lock().unwrap().push(kind);
        });
    let empty = serde_json::json!({"current": "", "next": "sig_b"});
    for (failures, fault, kind) in [
        (
            1,
            Fault::answer(Answer::error(500, "oh")),
            ErrorKind::Service,
        ),
        (
            2,
            Fault::answer(Answer::error(401, "no")),
            ErrorKind::Credentials,
        ),
        (
            3,
            Fault::answer(Answer::text(200, "garbage")),
            ErrorKind::Decode,
        ),
        (
            4,
            Fault::answer(Answer::json(200, &empty)),
            ErrorKind::Service,
        ),
    ] {
        server.faults().once(Operation::GetSigningKeys, fault);
        let error = refresh.refresh().await.unwrap_err();
        assert_eq!(error.kind(), kind);
        let status = refresh.status();
        assert_eq!(status.consecutive_failures(), failures);
        let failure = status.last_failure().unwrap();
        assert_eq!(failure.error().kind(), kind);
        assert_eq!(failure.at(), Timestamp::from(server.clock()));
        assert!(own.keys().is_pair(&pair(&server)), "the keys are kept");
        let shown = format!("{refresh:?} {error} {error:?}");
        assert!(!shown.contains(pair(&server).current().expose()));
    }
    assert!(refresh.refresh().await.is_ok());
    assert_eq!(refresh.status().consecutive_failures(), 0);
    assert!(refresh.status().last_failure().is_some());
    let seen = seen.lock().unwrap();
    assert_eq!((seen.len(), seen[4]), (5, Ok(Adoption::Unchanged)));
}

/// Nothing but a delivery tells the task: its interval is an hour.
#[tokio::test]
async fn a_delivery_signed_with_the_next_key_makes_the_task_ask() {
    let server = QStash::start().await.unwrap();
    let (told, mut adopted) = watch::channel(None);
    let refresh = KeyRefresh::new(client(&server), &ring(&server))
        .interval(Duration::from_secs(3600))
        .min_interval(Duration::ZERO)
        .on_result(move |result| {
            told.send_replace(result.ok());
        });
    let _task = refresh.spawn();
    let is = |wanted| move |adoption: &Option<Adoption>| *adoption == Some(wanted);
    adopted.wait_for(is(Adoption::Unchanged)).await.unwrap();
    server.rotate_signing_keys();
    let receiver = RefreshingReceiver::new(&refresh).map_receiver(|r| r.with_clock(clock(&server)));
    let now = server.clock().now_secs();
    let signature = sign(pair(&server).current().expose(), URL, BODY, now);
    let verified = receiver.verify(&signature, BODY).await.unwrap();
    assert_eq!(verified.key(), KeyName::Next, "accepted without waiting");
    adopted.wait_for(is(Adoption::Rotated)).await.unwrap();
    let verified = receiver.verify(&signature, BODY).await.unwrap();
    assert_eq!(verified.key(), KeyName::Current);
}

#[tokio::test]
async fn a_task_ends_when_it_is_dropped() {
    let server = QStash::start().await.unwrap();
    let alive = Arc::new(());
    let gone = Arc::downgrade(&alive);
    let (told, mut asked) = watch::channel(0);
    let refresh = KeyRefresh::new(client(&server), &ring(&server)).on_result(move |_| {
        let _ = &alive;
        told.send_modify(|asked| *asked += 1);
    });
    let task = refresh.spawn();
    drop(refresh);
    asked.wait_for(|asked| *asked == 1).await.unwrap();
    assert!(gone.upgrade().is_some() && !task.is_finished());
    drop(task);
    while gone.upgrade().is_some() {
        tokio::task::yield_now().await;
    }
}

/// Both regions are asked, whatever the hint in the request says.
#[tokio::test]
async fn each_region_has_a_refresh_of_its_own() {
    let [here, there] = [
        QStash::start().await.unwrap(),
        QStash::start().await.unwrap(),
    ];
    let [own, other] = [&here, &there]
        .map(|server| KeyRefresh::new(client(server), &ring(server)).min_interval(Duration::ZERO));
    let receiver = RefreshingReceiver::for_region(Region::EuCentral1, &own)
        .with_refresh(Region::UsEast1, &other)
        .map_receiver(|receiver| receiver.with_clock(clock(&here)));
    for _ in 0..2 {
        there.rotate_signing_keys();
    }
    let now = here.clock().now_secs();
    let signature = sign(pair(&there).current().expose(), URL, BODY, now);
    let delivery = Delivery::from(&signature).with_region(Some("EU-CENTRAL-1"));
    let verified = receiver.verify(delivery, BODY).await.unwrap();
    assert_eq!(verified.region(), Some(Region::UsEast1));
    assert_eq!((readings(&here), readings(&there)), (1, 1));
    let other_body = receiver.verify(delivery, b"another body").await;
    assert_eq!(
        other_body.unwrap_err().rejection(),
        Some(&Rejection::BodyMismatch)
    );
}
