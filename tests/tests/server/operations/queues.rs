use qstash_dev_server::Operation;
use serde_json::json;

use super::*;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            operation: Operation::UpsertQueue,
            before: &[],
            counts_before: [0; 6],
            request: QUEUE,
            status: 200,
            answer: empty,
            counts_after: [0, 1, 0, 0, 0, 0],
            after: |state| assert_eq!(state.queues[0]["parallelism"], 2),
        },
        reads(
            Operation::ListQueues,
            &[QUEUE],
            [0, 1, 0, 0, 0, 0],
            "/v2/queues",
            |text| {
                assert_eq!(json(text)[0]["name"], "q");
            },
        ),
        reads(
            Operation::GetQueue,
            &[QUEUE],
            [0, 1, 0, 0, 0, 0],
            "/v2/queues/q",
            |text| {
                let queue = json(text);
                assert_eq!(
                    (&queue["lag"], &queue["paused"]),
                    (&json!(0), &json!(false))
                );
            },
        ),
        Case {
            operation: Operation::DeleteQueue,
            before: &[QUEUE],
            counts_before: [0, 1, 0, 0, 0, 0],
            request: ("DELETE", "/v2/queues/q", "", ""),
            status: 200,
            answer: empty,
            counts_after: [0; 6],
            after: any,
        },
        Case {
            operation: Operation::PauseQueue,
            before: &[QUEUE],
            counts_before: [0, 1, 0, 0, 0, 0],
            request: ("POST", "/v2/queues/q/pause", "", ""),
            status: 200,
            answer: empty,
            counts_after: [0, 1, 0, 0, 0, 0],
            after: |state| assert_eq!(state.queues[0]["paused"], true),
        },
        Case {
            operation: Operation::ResumeQueue,
            before: &[QUEUE, ("POST", "/v2/queues/q/pause", "", "")],
            counts_before: [0, 1, 0, 0, 0, 0],
            request: ("POST", "/v2/queues/q/resume", "", ""),
            status: 200,
            answer: empty,
            counts_after: [0, 1, 0, 0, 0, 0],
            after: |state| assert_eq!(state.queues[0]["paused"], false),
        },
    ]
}
