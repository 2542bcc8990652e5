//! Credentials, in the header and in the query.

use qstash_dev_server::QStash;
use serde_json::json;

use crate::server::common::client;

#[tokio::test]
async fn credentials_are_checked_in_both_forms() {
    let builder = QStash::builder()
        .token("mine")
        .token_of_another_region("theirs");
    let server = builder.region("us-east-1").start().await.unwrap();
    let keys = format!("{}/v2/keys", server.url());
    let unknown = json!({"error": "user not found in this region (us-east-1)"}).to_string();
    for (header, query, status) in [
        (Some("Bearer mine"), "", 200),
        (None, "?qstash_token=mine", 200),
        (Some("Bearer mine"), "?qstash_token=other", 200),
        (None, "", 401),
        (Some("mine"), "", 401),
        (Some("Bearer other"), "?qstash_token=mine", 401),
        (None, "?qstash_token=", 401),
        (Some("Bearer theirs"), "", 404),
        (None, "?qstash_token=theirs", 404),
    ] {
        let mut request = client().get(format!("{keys}{query}"));
        if let Some(header) = header {
            request = request.header("Authorization", header);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{header:?} {query}");
        if status == 404 {
            assert_eq!(response.text().await.unwrap(), unknown);
        }
    }
    // In the query of a destination, the token is the caller's and not the destination's.
    server.hold_deliveries();
    let url = format!(
        "{}/v2/publish/http://127.0.0.1:9/?a=1&qstash_token=mine&upstash-delay=1m",
        server.url()
    );
    assert_eq!(client().post(url).send().await.unwrap().status(), 201);
    let message = &server.snapshot().messages[0];
    assert_eq!(message["url"], "http://127.0.0.1:9/?a=1");
    let wait = message["notBefore"].as_u64().unwrap() - message["createdAt"].as_u64().unwrap();
    assert_eq!(wait, 60_000);
}
