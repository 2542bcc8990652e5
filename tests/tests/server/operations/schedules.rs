use qstash_dev_server::Operation;
use serde_json::json;

use super::*;

pub(super) fn cases() -> Vec<Case> {
    const ONE: Counts = [0, 0, 1, 0, 0, 0];
    let change = |operation, before, request, after| Case {
        operation,
        before,
        counts_before: ONE,
        request,
        status: 200,
        answer: empty,
        counts_after: ONE,
        after,
    };
    vec![
        Case {
            operation: Operation::CreateSchedule,
            before: &[],
            counts_before: [0; 6],
            request: SCHEDULE,
            status: 201,
            answer: |text| assert_eq!(json(text), json!({"scheduleId": "yearly"})),
            counts_after: ONE,
            after: |state| {
                assert_eq!(
                    state.schedules[0]["destination"],
                    "http://127.0.0.1:9/s?a=1"
                );
            },
        },
        reads(
            Operation::ListSchedules,
            &[SCHEDULE],
            ONE,
            "/v2/schedules",
            |text| {
                assert_eq!(json(text)[0]["cron"], "0 0 1 1 *");
            },
        ),
        reads(
            Operation::GetSchedule,
            &[SCHEDULE],
            ONE,
            "/v2/schedules/yearly",
            |text| {
                let schedule = json(text);
                assert_eq!(schedule["isPaused"], false);
                assert!(schedule["nextScheduleTime"].as_u64() > schedule["createdAt"].as_u64());
            },
        ),
        Case {
            operation: Operation::DeleteSchedule,
            before: &[SCHEDULE],
            counts_before: ONE,
            request: ("DELETE", "/v2/schedules/yearly", "", ""),
            status: 200,
            answer: empty,
            counts_after: [0; 6],
            after: any,
        },
        change(
            Operation::PauseSchedule,
            &[SCHEDULE],
            ("POST", "/v2/schedules/yearly/pause", "", ""),
            |state| assert_eq!(state.schedules[0]["isPaused"], true),
        ),
        change(
            Operation::ResumeSchedule,
            &[SCHEDULE, ("PATCH", "/v2/schedules/yearly/pause", "", "")],
            ("PATCH", "/v2/schedules/yearly/resume", "", ""),
            |state| assert_eq!(state.schedules[0]["isPaused"], false),
        ),
    ]
}
