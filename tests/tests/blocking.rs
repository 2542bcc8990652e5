//! Calls in programs that have no asynchronous runtime.

use qstash_api::http::Method;
use qstash_api::{ErrorKind, Message, SendBlocking as _};
use qstash_dev_server::QStash;

/// A server that runs for as long as the process, in a thread of its own.
fn server() -> QStash {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            send.send(QStash::start().await.unwrap()).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receive.recv().unwrap()
}

#[test]
fn calls_of_several_threads_share_connections_and_streams_are_iterators() {
    let server = server();
    let client = server.client().unwrap();
    std::thread::scope(|scope| {
        for number in 0..4 {
            let client = client.clone();
            scope.spawn(move || {
                let message = Message::text(number.to_string()).label("sync");
                let publish = client.publish_message().destination("http://127.0.0.1:1/");
                let published = publish.message(message).send_blocking().unwrap();
                assert!(published.message_id().is_some());
            });
        }
    });
    let logs = client.list_logs().label("sync").stream().into_blocking();
    let entries = logs.collect::<Result<Vec<_>, _>>().unwrap();
    assert!(entries.len() >= 4, "{entries:?}");
    let messages = (0..3).map(|number| Message::text(number.to_string()).to("http://127.0.0.1:1/"));
    let results = client.publish_all(messages).send().into_blocking();
    assert!(
        results
            .map(Result::unwrap)
            .all(|result| result.outcome.is_ok())
    );
    let raw = client
        .request(Method::GET, "/v2/keys")
        .send_blocking()
        .unwrap();
    assert_eq!(raw.status(), 200);
}

#[tokio::test]
async fn a_call_within_a_runtime_says_so_and_sends_nothing() {
    let server = QStash::start().await.unwrap();
    let client = server.client().unwrap();
    let error = client.list_queues().send_blocking().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("use `send().await`"), "{error}");
    let mut logs = client.list_logs().stream().into_blocking();
    assert!(logs.next().unwrap().is_err());
    let messages = [Message::text("a").to("http://127.0.0.1:1/")];
    let mut results = client.publish_all(messages).send().into_blocking();
    assert!(results.next().unwrap().is_err());
    assert!(server.requests().is_empty());
}
