use qstash_dev_server::Operation;
use serde_json::json;

use super::*;

pub(super) fn cases() -> Vec<Case> {
    const ONE: Counts = [1, 0, 0, 0, 0, 1];
    let change = |operation, before, path, after| Case {
        operation,
        before,
        counts_before: ONE,
        request: ("POST", path, "", ""),
        status: 200,
        answer: empty,
        counts_after: ONE,
        after,
    };
    vec![
        reads(
            Operation::ListFlowControlKeys,
            &[FLOW],
            ONE,
            "/v2/flowControl?search=k",
            |text| {
                assert_eq!(json(text)[0]["flowControlKey"], "k");
            },
        ),
        reads(
            Operation::GetFlowControlKey,
            &[FLOW],
            ONE,
            "/v2/flowControl/k",
            |text| {
                let key = json(text);
                let limits = ["parallelismMax", "rateMax", "ratePeriod"]
                    .map(|name| key[name].as_u64().unwrap());
                assert_eq!(limits, [5, 10, 60]);
            },
        ),
        change(
            Operation::PauseFlowControlKey,
            &[FLOW],
            "/v2/flowControl/k/pause",
            |state| {
                assert_eq!(state.flow_control_keys[0]["isPaused"], true);
            },
        ),
        change(
            Operation::ResumeFlowControlKey,
            &[FLOW, ("POST", "/v2/flowControl/k/pause", "", "")],
            "/v2/flowControl/k/resume",
            |state| assert_eq!(state.flow_control_keys[0]["isPaused"], false),
        ),
        change(Operation::PinFlowControlKey, &[FLOW], PINNED.1, |state| {
            let key = &state.flow_control_keys[0];
            assert_eq!(
                (&key["rateMax"], &key["isPinnedRate"]),
                (&json!(20), &json!(true))
            );
        }),
        change(
            Operation::UnpinFlowControlKey,
            &[FLOW, PINNED],
            "/v2/flowControl/k/unpin?parallelism=true&rate=false",
            |state| {
                let key = &state.flow_control_keys[0];
                assert_eq!(key["isPinnedParallelism"], false);
                assert_eq!(key["isPinnedRate"], true);
            },
        ),
        change(
            Operation::ResetFlowControlRate,
            &[FLOW, ("POST", "/v2/messages/$message/retry", "", "")],
            "/v2/flowControl/k/resetRate",
            |state| assert_eq!(state.flow_control_keys[0]["rateCount"], 0),
        ),
        reads(
            Operation::GetGlobalParallelism,
            &[FLOW],
            ONE,
            "/v2/globalParallelism",
            |text| {
                assert_eq!(json(text)["parallelismCount"], 0);
            },
        ),
    ]
}
