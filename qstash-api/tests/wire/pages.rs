//! Collections are read over all their pages.

use std::pin::pin;

use futures_core::Stream;
use qstash_api::types::LogState;

use crate::wire::recorder::{Recorded, Recorder};

fn cursor(request: &Recorded) -> Option<String> {
    let url = reqwest::Url::parse(&format!("http://x{}", request.target)).unwrap();
    let mut cursors = url.query_pairs().filter(|(name, _)| name == "cursor");
    let cursor = cursors.next().map(|(_, value)| value.into_owned());
    assert_eq!(cursors.next(), None, "{}", request.target);
    cursor
}

fn targets(requests: &[Recorded]) -> Vec<&str> {
    requests
        .iter()
        .map(|request| request.target.as_str())
        .collect()
}

/// A server that answers with these one after the other, and with an empty last page afterwards.
fn answering(answers: &[&str]) -> Recorder {
    let answers: Vec<String> = answers.iter().map(|answer| (*answer).to_owned()).collect();
    Recorder::start(move |n, _| answers.get(n).cloned().unwrap_or_else(|| "{}".to_owned()))
}

#[tokio::test]
async fn logs_are_read_to_the_end_whatever_marks_it() {
    let ends = [
        r#"{"logs":[{"messageId":"c"}]}"#,
        r#"{"logs":[{"messageId":"c"}],"cursor":null}"#,
        r#"{"events":[{"messageId":"c"}],"cursor":""}"#,
    ];
    for end in ends {
        let recorder = answering(&[
            r#"{"logs":[{"messageId":"a"},{"messageId":"b","state":"NEW_STATE"}],"cursor":"1 &=/"}"#,
            r#"{"logs":null,"cursor":"2"}"#,
            end,
        ]);
        let client = recorder.client();
        let mut entries = client
            .list_logs()
            .label(["x"])
            .state(LogState::Error)
            .stream();
        let mut ids = Vec::new();
        while let Some(entry) = entries.next().await {
            ids.push(entry.unwrap().message_id.unwrap_or_default());
        }
        assert_eq!(ids, ["a", "b", "c"]);
        assert!(entries.next().await.is_none());
        let requests = recorder.take();
        let cursors: Vec<_> = requests.iter().map(cursor).collect();
        assert_eq!(
            cursors,
            [None, Some("1 &=/".to_owned()), Some("2".to_owned())]
        );
        for request in &requests {
            assert!(request.target.contains("label=x&") && request.target.contains("state=ERROR"));
        }
    }
}

#[tokio::test]
async fn a_page_is_fetched_when_it_is_asked_for() {
    let recorder = answering(&[r#"{"logs":[{},{}],"cursor":"1"}"#, r#"{"logs":[{}]}"#]);
    let client = recorder.client();
    let mut entries = client.list_logs().stream();
    assert_eq!(recorder.take(), []);
    entries.next().await.unwrap().unwrap();
    entries.next().await.unwrap().unwrap();
    assert_eq!(recorder.take().len(), 1);
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error_after_its_page() {
    let faulty: [&[&str]; 3] = [
        &[
            r#"{"messages":[{"dlqId":"a"}],"cursor":"1"}"#,
            r#"{"messages":[{"dlqId":"b"}],"cursor":"1"}"#,
        ],
        &[
            r#"{"messages":[{"dlqId":"a"}],"cursor":"1"}"#,
            r#"{"cursor":"2"}"#,
            r#"{"messages":[{"dlqId":"b"}],"cursor":"1"}"#,
        ],
        &[r#"{"messages":[{"dlqId":"a"},{"dlqId":"b"}],"cursor":"begin"}"#],
    ];
    for answers in faulty {
        let recorder = answering(answers);
        let client = recorder.client();
        let mut messages = client.list_dlq_messages().cursor("begin").stream();
        for expected in ["a", "b"] {
            assert_eq!(messages.next().await.unwrap().unwrap().dlq_id, expected);
        }
        let error = messages.next().await.unwrap().unwrap_err().to_string();
        assert!(error.contains("a cursor that it gave before"), "{error}");
        assert!(messages.next().await.is_none());
        assert_eq!(recorder.take().len(), answers.len());
    }
}

#[tokio::test]
async fn a_service_that_never_ends_is_an_error() {
    let recorder = Recorder::start(|n, _| format!(r#"{{"cursor":"{n}"}}"#));
    let client = recorder.client();
    let error = client
        .list_logs()
        .stream()
        .next()
        .await
        .unwrap()
        .unwrap_err()
        .to_string();
    assert!(error.contains("100 empty answers in a row"), "{error}");
    assert_eq!(recorder.take().len(), 100);
}

#[tokio::test]
async fn an_error_of_a_page_ends_the_stream() {
    let recorder = answering(&[r#"{"logs":[{}],"cursor":"1"}"#, "not JSON"]);
    let client = recorder.client();
    let mut entries = client.list_logs().stream();
    assert!(entries.next().await.unwrap().is_ok());
    assert!(entries.next().await.unwrap().is_err());
    assert!(entries.next().await.is_none());
    assert_eq!(recorder.take().len(), 2);
}

#[tokio::test]
async fn pages_give_the_cursor_to_go_on_with() {
    let recorder = answering(&[
        r#"{"messages":[{"dlqId":"a"}],"cursor":"1"}"#,
        r#"{"messages":[]}"#,
    ]);
    let client = recorder.client();
    let mut pages = client.list_dlq_messages().count(1).pages();
    assert_eq!(
        pages.next().await.unwrap().unwrap().cursor.as_deref(),
        Some("1")
    );
    assert_eq!(pages.next().await.unwrap().unwrap().cursor, None);
    assert!(pages.next().await.is_none());
    assert_eq!(
        targets(&recorder.take()),
        ["/v2/dlq?count=1", "/v2/dlq?count=1&cursor=1"]
    );
}

#[tokio::test]
async fn a_stream_can_be_sent_to_another_thread() {
    fn assert_stream<T>(stream: impl Stream<Item = T> + Send + Unpin) -> impl Stream<Item = T> {
        stream
    }
    let recorder = answering(&[r#"{"logs":[{}]}"#]);
    let client = recorder.client();
    let stream = assert_stream(client.list_logs().stream());
    let mut stream = pin!(stream);
    let next = std::future::poll_fn(|context| stream.as_mut().poll_next(context));
    assert!(next.await.unwrap().is_ok());
}
