use qstash_dev_server::Operation;
use serde_json::json;

use super::*;

pub(super) fn cases() -> Vec<Case> {
    const ONE: Counts = [0, 0, 0, 1, 0, 0];
    vec![
        Case {
            operation: Operation::AddUrlGroupEndpoints,
            before: &[],
            counts_before: [0; 6],
            request: GROUP,
            status: 200,
            answer: empty,
            counts_after: ONE,
            after: |state| assert_eq!(state.url_groups[0]["endpoints"][0]["name"], "one"),
        },
        reads(
            Operation::ListUrlGroups,
            &[GROUP],
            ONE,
            "/v2/topics",
            |text| {
                assert_eq!(json(text)[0]["name"], "g");
            },
        ),
        reads(
            Operation::GetUrlGroup,
            &[GROUP],
            ONE,
            "/v2/topics/g",
            |text| {
                let endpoints = json!([
                    {"name": "one", "url": "http://127.0.0.1:9/1"},
                    {"url": "http://127.0.0.1:9/2"},
                ]);
                assert_eq!(json(text)["endpoints"], endpoints);
            },
        ),
        Case {
            operation: Operation::UpdateUrlGroup,
            before: &[GROUP],
            counts_before: ONE,
            request: (
                "PATCH",
                "/v2/topics/g",
                "",
                r#"{"headers":{"Upstash-Retries":"5","Upstash-Forward-X":["a","b"]}}"#,
            ),
            status: 200,
            answer: empty,
            counts_after: ONE,
            after: |state| {
                let headers = json!({"Upstash-Retries": ["5"], "Upstash-Forward-X": ["a", "b"]});
                assert_eq!(state.url_groups[0]["headers"], headers);
            },
        },
        Case {
            operation: Operation::DeleteUrlGroup,
            before: &[GROUP],
            counts_before: ONE,
            request: ("DELETE", "/v2/topics/g", "", ""),
            status: 200,
            answer: empty,
            counts_after: [0; 6],
            after: any,
        },
        Case {
            operation: Operation::RemoveUrlGroupEndpoints,
            before: &[GROUP],
            counts_before: ONE,
            request: (
                "DELETE",
                "/v2/topics/g/endpoints",
                "",
                r#"{"endpoints":[{"name":"one"}]}"#,
            ),
            status: 200,
            answer: empty,
            counts_after: ONE,
            after: |state| {
                assert_eq!(
                    state.url_groups[0]["endpoints"].as_array().unwrap().len(),
                    1
                );
            },
        },
    ]
}
