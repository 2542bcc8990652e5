//! The page that shows a server, and the lines that tell what it does.

use std::sync::{Arc, Mutex};

use qstash_dev_server::{Answer, Destination, QStash};

use crate::server::common::{Caller, client};

#[tokio::test]
async fn the_page_shows_everything_that_there_is() {
    let caller = Caller::start().await;
    caller.server.hold_deliveries();
    let url = "http://127.0.0.1:9/nowhere";
    caller.publish(url, &["Upstash-Delay: 1h"], "a body").await;
    caller
        .send("POST", &format!("/v2/enqueue/q/{url}"), &[], "")
        .await;
    let cron = ["Upstash-Cron: @daily"];
    caller
        .send("POST", &format!("/v2/schedules/{url}"), &cron, "")
        .await;
    let overview = caller.get("/dev/overview.json").await.json();
    for (member, count) in [
        ("messages", 2),
        ("queues", 1),
        ("schedules", 1),
        ("urlGroups", 0),
        ("flowControlKeys", 0),
        ("dlq", 0),
        ("signingKeys", 2),
        ("logs", 2),
    ] {
        assert_eq!(overview[member]["count"], count, "{member}");
        let items = overview[member]["items"].as_array().unwrap();
        assert_eq!(items.len(), count, "{member}");
    }
    assert_eq!(overview["messages"]["items"][0]["body"], "a body");
    let current = caller.server.signing_keys().current;
    assert_eq!(overview["signingKeys"]["items"][0]["key"], current.as_str());
}

/// Every member of the data that the script reads is there, and it writes no text as HTML.
#[tokio::test]
async fn the_page_and_its_parts_are_served_without_a_token_and_leave_no_record() {
    let server = QStash::start().await.unwrap();
    let get = async |path: &str| {
        let sent = client().get(format!("{}{path}", server.url())).send().await;
        let reply = sent.unwrap();
        assert_eq!(reply.status(), 200, "{path}");
        let policy = reply.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        reply.text().await.unwrap()
    };
    let page = get("/").await;
    for part in ["/dev/style.css", "/dev/script.js"] {
        assert!(page.contains(part) && !get(part).await.is_empty(), "{part}");
    }
    let script = get("/dev/script.js").await;
    assert!(!script.contains("innerHTML"));
    let overview: serde_json::Value =
        serde_json::from_str(&get("/dev/overview.json").await).unwrap();
    let members = overview.as_object().unwrap().keys();
    for member in members.filter(|member| !["now", "region"].contains(&member.as_str())) {
        assert!(script.contains(&format!("[\"{member}\",")), "{member}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_page_from_elsewhere_sees_nothing() {
    let server = QStash::start().await.unwrap();
    for path in ["/", "/dev/overview.json"] {
        let request = client().get(format!("{}{path}", server.url()));
        let reply = request.header("Host", "rebound.example.com").send().await;
        let reply = reply.unwrap();
        assert_eq!(reply.status(), 403, "{path}");
        assert!(!reply.text().await.unwrap().contains("sig_"));
    }
}

#[tokio::test]
async fn the_port_for_logs_shows_logs_without_a_token_and_nothing_else() {
    let builder = QStash::builder().log_port(0);
    let caller = Caller::with(builder.start().await.unwrap());
    caller.server.hold_deliveries();
    caller.publish("http://127.0.0.1:9/", &[], "").await;
    let logs = caller.server.log_url().unwrap();
    let get = async |path: &str| client().get(format!("{logs}{path}")).send().await.unwrap();
    let reply: serde_json::Value = get("/v2/logs").await.json().await.unwrap();
    assert_eq!(reply["logs"][0]["state"], "CREATED");
    assert_eq!(get("/").await.status(), 200);
    assert_eq!(get("/v2/keys").await.status(), 404);
}

#[tokio::test]
async fn everything_that_happens_is_told_in_a_line() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&lines);
    let server = QStash::builder()
        .observe(move |event| told.lock().unwrap().push(event.to_string()))
        .start()
        .await
        .unwrap();
    let caller = Caller::with(server);
    let destination = Destination::start_with(|request| match request.path() {
        "/good" => Answer::empty(204),
        _ => Answer::empty(503),
    });
    let destination = destination.await.unwrap();
    let url = destination.url();
    let target = format!("/v2/keys?qstash_token={}", caller.server.token());
    caller.get(&target).await;
    caller.get("/v2/messages/msg_x").await;
    caller.publish(&format!("{url}/good"), &[], "").await;
    caller.server.settle().await;
    caller
        .publish(&format!("{url}/bad"), &["Upstash-Retries: 1"], "")
        .await;
    caller.server.settle().await;
    caller
        .server
        .advance(std::time::Duration::from_secs(60))
        .await;

    let lines = lines.lock().unwrap();
    let expected = [
        "200 GET /v2/keys?qstash_token=…",
        "404 GET /v2/messages/msg_x: there is no message msg_x",
        "201 POST /v2/publish/",
        "delivered msg_",
        "201 POST /v2/publish/",
        "retry of msg_",
        "gave up msg_",
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:?}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line} {expected}");
    }
    assert!(
        lines[5].ends_with("in 13 s: it answered 503"),
        "{}",
        lines[5]
    );
}
