//! Bulk operations go on until nothing is left.

use crate::wire::recorder::Recorder;

/// A server that answers with these one after the other, and with the last one forever.
fn answering(answers: &[&str]) -> Recorder {
    let answers: Vec<String> = answers.iter().map(|answer| (*answer).to_owned()).collect();
    Recorder::start(move |n, _| answers[n.min(answers.len() - 1)].clone())
}

fn targets(recorder: &Recorder) -> Vec<String> {
    recorder
        .take()
        .into_iter()
        .map(|request| request.target)
        .collect()
}

#[tokio::test]
async fn messages_are_deleted_from_the_dlq_in_rounds() {
    let recorder = answering(&[
        r#"{"deleted":100,"cursor":"1"}"#,
        r#"{"deleted":0,"cursor":"2"}"#,
        r#"{"deleted":7,"cursor":""}"#,
    ]);
    let client = recorder.client();
    let mut rounds = client.delete_dlq_messages().label(["old"]).rounds();
    let mut deleted = Vec::new();
    while let Some(round) = rounds.next().await {
        deleted.push(round.unwrap().deleted);
    }
    assert_eq!(deleted, [Some(100), Some(0), Some(7)]);
    assert_eq!(
        targets(&recorder),
        [
            "/v2/dlq?label=old",
            "/v2/dlq?cursor=1&label=old",
            "/v2/dlq?cursor=2&label=old"
        ]
    );
}

#[tokio::test]
async fn messages_are_retried_from_the_dlq_in_rounds_with_their_overrides() {
    let recorder = answering(&[
        r#"{"responses":[{"messageId":"a"},{"messageId":"b"}],"cursor":"1"}"#,
        r#"{"responses":[{"messageId":"c"}]}"#,
    ]);
    let client = recorder.client();
    let overrides = qstash_api::Message::empty().retries(1);
    let mut rounds = client
        .retry_dlq_messages()
        .all()
        .overrides(overrides)
        .rounds();
    let mut retried = Vec::new();
    while let Some(round) = rounds.next().await {
        retried.push(round.unwrap().responses.len());
    }
    assert_eq!(retried, [2, 1]);
    let requests = recorder.take();
    assert_eq!(requests[1].target, "/v2/dlq/retry?cursor=1");
    for request in requests {
        assert_eq!(request.header("upstash-retries"), Some("1"));
    }
}

#[tokio::test]
async fn a_service_that_repeats_its_cursor_ends_in_an_error() {
    let recorder = answering(&[r#"{"deleted":1,"responses":[{"messageId":"a"}],"cursor":"1"}"#]);
    let client = recorder.client();
    let mut rounds = client.delete_dlq_messages().all().rounds();
    assert!(rounds.next().await.unwrap().is_ok());
    assert!(rounds.next().await.unwrap().is_ok());
    assert!(rounds.next().await.unwrap().is_err());
    assert!(rounds.next().await.is_none());
    assert_eq!(recorder.take().len(), 2);
    let mut rounds = client.retry_dlq_messages().all().rounds();
    assert!(rounds.next().await.unwrap().is_ok());
    assert!(rounds.next().await.unwrap().is_ok());
    assert!(rounds.next().await.unwrap().is_err());
    assert_eq!(recorder.take().len(), 2);
}

#[tokio::test]
async fn messages_are_cancelled_until_a_round_finds_none() {
    let ends = [r#"{"cancelled":0}"#, "{}", r#"{"cancelled":null}"#];
    for end in ends {
        let recorder = answering(&[r#"{"cancelled":100}"#, r#"{"cancelled":3}"#, end]);
        let client = recorder.client();
        let mut rounds = client.cancel_messages().queue_name(["q"]).rounds();
        let mut cancelled = Vec::new();
        while let Some(round) = rounds.next().await {
            cancelled.push(round.unwrap().cancelled.unwrap_or(0));
        }
        assert_eq!(cancelled, [100, 3, 0]);
        assert_eq!(targets(&recorder), ["/v2/messages?queueName=q"; 3]);
    }
}

#[tokio::test]
async fn named_messages_are_cancelled_once() {
    let recorder = answering(&[r#"{"cancelled":1}"#]);
    let client = recorder.client();
    let ids = ["a".to_owned(), "b".to_owned()];
    let mut rounds = client.cancel_messages().message_ids(ids).rounds();
    let mut count = 0;
    while let Some(round) = rounds.next().await {
        round.unwrap();
        count += 1;
    }
    assert_eq!(count, 2);
}

#[tokio::test]
async fn rounds_without_a_filter_are_refused() {
    let recorder = answering(&["{}"]);
    let client = recorder.client();
    let errors = [
        client
            .delete_dlq_messages()
            .rounds()
            .next()
            .await
            .unwrap()
            .map(drop),
        client
            .retry_dlq_messages()
            .cursor("1")
            .rounds()
            .next()
            .await
            .unwrap()
            .map(drop),
        client
            .cancel_messages()
            .rounds()
            .next()
            .await
            .unwrap()
            .map(drop),
        client
            .cancel_messages()
            .message_ids([""; 0])
            .rounds()
            .next()
            .await
            .unwrap()
            .map(drop),
    ];
    for error in errors {
        let error = error.unwrap_err().to_string();
        assert!(error.contains("filter"), "{error}");
    }
    assert_eq!(recorder.take(), []);
}
