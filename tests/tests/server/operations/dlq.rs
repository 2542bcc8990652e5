use qstash_dev_server::Operation;
use serde_json::json;

use super::*;

pub(super) fn cases() -> Vec<Case> {
    const ONE: Counts = [0, 0, 0, 0, 1, 0];
    const TWO: Counts = [0, 0, 0, 0, 2, 0];
    let delayed = "Upstash-Delay: 1h | Upstash-Forward-X-B: 2";
    vec![
        reads(
            Operation::ListDlqMessages,
            &[DEAD],
            ONE,
            "/v2/dlq",
            |text| {
                let page = json(text);
                assert!(page["messages"][0]["dlqId"].is_string());
                assert_eq!(page.get("cursor"), None);
            },
        ),
        Case {
            operation: Operation::DeleteDlqMessages,
            before: &[DEAD, DEAD],
            counts_before: TWO,
            request: ("DELETE", "/v2/dlq?dlqIds=$dlq", "", ""),
            status: 200,
            answer: |text| assert_eq!(json(text), json!({"deleted": 1})),
            counts_after: ONE,
            after: any,
        },
        reads(
            Operation::GetDlqMessage,
            &[DEAD],
            ONE,
            "/v2/dlq/$dlq",
            |text| {
                let message = json(text);
                assert_eq!(
                    (&message["body"], &message["responseStatus"]),
                    (&json!("dead"), &json!(0))
                );
            },
        ),
        Case {
            operation: Operation::DeleteDlqMessage,
            before: &[DEAD],
            counts_before: ONE,
            request: ("DELETE", "/v2/dlq/$dlq", "", ""),
            status: 200,
            answer: empty,
            counts_after: [0; 6],
            after: any,
        },
        Case {
            operation: Operation::RetryDlqMessage,
            before: &[DEAD],
            counts_before: ONE,
            request: ("POST", "/v2/dlq/retry/$dlq", delayed, ""),
            status: 201,
            answer: |text| assert!(json(text)["messageId"].is_string()),
            counts_after: [1, 0, 0, 0, 0, 0],
            after: |state| {
                assert_eq!(state.messages[0]["body"], "dead");
                assert_eq!(state.messages[0]["maxRetries"], 0);
                assert_eq!(state.messages[0]["header"]["X-B"], json!(["2"]));
            },
        },
        Case {
            operation: Operation::RetryDlqMessages,
            before: &[DEAD, DEAD],
            counts_before: TWO,
            request: ("POST", "/v2/dlq/retry?responseStatus=0", delayed, ""),
            status: 201,
            answer: |text| assert_eq!(json(text)["responses"].as_array().unwrap().len(), 2),
            counts_after: [2, 0, 0, 0, 0, 0],
            after: any,
        },
    ]
}
