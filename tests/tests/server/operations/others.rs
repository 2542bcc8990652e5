use qstash_dev_server::Operation;

use super::*;

pub(super) fn cases() -> Vec<Case> {
    vec![
        reads(Operation::GetSigningKeys, &[], [0; 6], "/v2/keys", |text| {
            assert!(json(text)["current"].as_str().unwrap().starts_with("sig_"));
        }),
        Case {
            operation: Operation::RotateSigningKeys,
            before: &[],
            counts_before: [0; 6],
            request: ("POST", "/v2/keys/rotate", "", ""),
            status: 200,
            answer: |text| assert_ne!(json(text)["current"], json(text)["next"]),
            counts_after: [0; 6],
            after: any,
        },
        reads(
            Operation::ListLogs,
            &[LATER],
            [1, 0, 0, 0, 0, 0],
            "/v2/logs?state=CREATED",
            |text| {
                let entry = &json(text)["logs"][0];
                assert_eq!(entry["state"], "CREATED");
                assert_eq!(entry["body"], "aGVsbG8=");
            },
        ),
    ]
}
