use qstash_dev_server::Operation;
use serde_json::json;

use super::*;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            operation: Operation::PublishMessage,
            before: &[],
            counts_before: [0; 6],
            request: LATER,
            status: 201,
            answer: |text| {
                assert!(
                    json(text)["messageId"]
                        .as_str()
                        .unwrap()
                        .starts_with("msg_")
                );
            },
            counts_after: [1, 0, 0, 0, 0, 0],
            after: |state| {
                let message = &state.messages[0];
                assert_eq!(message["body"], "hello");
                assert_eq!(message["labels"], json!(["blue", "green"]));
                assert_eq!(message["header"]["X-A"], json!(["1"]));
                assert_eq!(state.logs[0]["state"], "CREATED");
            },
        },
        Case {
            operation: Operation::EnqueueMessage,
            before: &[(
                "POST",
                "/v2/queues",
                "",
                r#"{"queueName":"q","paused":true}"#,
            )],
            counts_before: [0, 1, 0, 0, 0, 0],
            request: ("POST", "/v2/enqueue/q/http://127.0.0.1:9/a", "", "x"),
            status: 200,
            answer: |text| assert!(json(text)["messageId"].is_string()),
            counts_after: [1, 1, 0, 0, 0, 0],
            after: |state| {
                assert_eq!(state.messages[0]["queueName"], "q");
                assert_eq!(state.queues[0]["lag"], 1);
            },
        },
        Case {
            operation: Operation::BatchMessages,
            before: &[GROUP],
            counts_before: [0, 0, 0, 1, 0, 0],
            request: (
                "POST",
                "/v2/batch",
                "",
                r#"[{"destination":"http://127.0.0.1:9/b","headers":{"Upstash-Delay":"1m"},"body":"{\"a\":1}"},
                    {"destination":"g","headers":{"upstash-delay":"1m"}},
                    {"destination":"ftp://example.com"},
                    {"destination":"http://127.0.0.1:9/q","queue":"q","headers":{"Upstash-Delay":"1m"}}]"#,
            ),
            status: 200,
            answer: |text| {
                let answer = json(text);
                assert!(answer[0]["messageId"].is_string());
                assert_eq!(answer[1][1]["url"], "http://127.0.0.1:9/2");
                assert!(
                    answer[2]["error"]
                        .as_str()
                        .unwrap()
                        .contains("invalid scheme")
                );
                assert!(
                    answer[3]["error"]
                        .as_str()
                        .unwrap()
                        .contains("Upstash-Delay")
                );
            },
            counts_after: [3, 0, 0, 1, 0, 0],
            after: |state| {
                assert_eq!(state.messages[0]["body"], "{\"a\":1}");
                assert_eq!(state.messages[1]["topicName"], "g");
                assert_eq!(state.messages[1]["endpointName"], "one");
            },
        },
        reads(
            Operation::GetMessage,
            &[LATER],
            [1, 0, 0, 0, 0, 0],
            "/v2/messages/$message",
            |text| {
                let message = json(text);
                assert_eq!(message["url"], "http://127.0.0.1:9/a");
                assert_eq!(message["method"], "POST");
                assert_eq!(message["maxRetries"], 3);
                let wait =
                    message["notBefore"].as_u64().unwrap() - message["createdAt"].as_u64().unwrap();
                assert_eq!(wait, 3_600_000);
            },
        ),
        Case {
            operation: Operation::CancelMessage,
            before: &[LATER, FLOW],
            counts_before: [2, 0, 0, 0, 0, 1],
            request: ("DELETE", "/v2/messages/$message", "", ""),
            status: 202,
            answer: |text| assert_eq!(json(text), json!({"cancelled": 1})),
            counts_after: [1, 0, 0, 0, 0, 1],
            after: |state| assert_eq!(state.logs.last().unwrap()["state"], "CANCELED"),
        },
        Case {
            operation: Operation::RetryMessage,
            before: &[LATER],
            counts_before: [1, 0, 0, 0, 0, 0],
            request: ("POST", "/v2/messages/$message/retry", "", ""),
            status: 200,
            answer: empty,
            counts_after: [1, 0, 0, 0, 0, 0],
            after: |state| {
                // Nobody listens there, so the attempt fails at once and is retried.
                assert_eq!(state.logs.last().unwrap()["state"], "RETRY");
            },
        },
        Case {
            operation: Operation::CancelMessages,
            before: &[LATER, FLOW, LATER],
            counts_before: [3, 0, 0, 0, 0, 1],
            request: ("DELETE", "/v2/messages?label=red&label=blue", "", ""),
            status: 202,
            answer: |text| assert_eq!(json(text), json!({"cancelled": 2})),
            counts_after: [1, 0, 0, 0, 0, 1],
            after: |state| assert_eq!(state.messages[0]["flowControlKey"], "k"),
        },
    ]
}
