//! Answers with members that the document lacks, and with values of another form than it says.

use qstash_api::Timestamp;
use qstash_api::types::{LogEntry, LogState};
use serde_json::json;

use crate::wire::recorder::Recorder;

async fn log(answer: &'static str) -> Vec<LogEntry> {
    let client = Recorder::answering(answer).client();
    client.list_logs().send().await.unwrap().into_inner().logs
}

#[tokio::test]
async fn an_older_log_is_read_with_times_as_texts_and_states_as_they_come() {
    let entries = log(
        r#"{"cursor":"1686652644442-12","events":[{"time":"1686652644442","messageId":"msg_123",
        "state":"delivered","url":"https://example.com","header":{"Content-Type":["text/plain"]},"body":"bWVy"}]}"#,
    );
    let entries = entries.await;
    let [entry] = &entries[..] else {
        panic!("{entries:?}");
    };
    assert_eq!(
        entry.time,
        Some(Timestamp::from_unix_millis(1_686_652_644_442))
    );
    assert_eq!(entry.message_id.as_deref(), Some("msg_123"));
    let state = entry.state.as_ref().unwrap();
    assert_ne!(*state, LogState::Delivered);
    assert_eq!(serde_json::to_value(state).unwrap(), "delivered");
}

#[tokio::test]
async fn every_member_of_a_log_entry_is_readable_under_either_of_its_names() {
    let entries = log(
        r#"{"events":[{"time":1719000000000,"messageId":"m","state":"ERROR","responseStatus":500,
        "responseHeader":{"Content-Type":["text/plain"]},"timeout":30000,"retryDelayExpr":"1000 * (1 + retried)",
        "flowControlKey":"partner","parallelism":2,"rate":10,"period":60,"label":"a","api":"llm","brandNew":[1]}]}"#,
    );
    let entries = entries.await;
    let entry = &entries[0];
    assert_eq!(entry.response_headers["Content-Type"], ["text/plain"]);
    assert_eq!(
        entry.retry_delay_expression.as_deref(),
        Some("1000 * (1 + retried)")
    );
    assert_eq!(entry.flow_control_key.as_deref(), Some("partner"));
    let limits = (entry.parallelism, entry.rate, entry.period);
    assert_eq!(limits, (Some(2), Some(10), Some(60)));
    assert_eq!(entry.api.as_deref(), Some("llm"));
    assert_eq!(entry.extra["brandNew"], json!([1]));
}

#[tokio::test]
async fn values_of_another_form_cost_neither_the_entry_nor_the_page() {
    let answer = r#"{"cursor":1686652644442,"messages":[
        {"dlqId":"d","header":{"A":"1","B":["2","3"],"C":null},"createdAt":"17","responseBody":7,"maxRetries":"",
         "failureCallbackInfo":{"state":"CALLBACK_FAIL"},"workflowRunId":"wfr_1","workflowUrl":"https://example.com",
         "workflowCreatedAt":1719000000000},
        {"dlqId":"e","header":null}]}"#;
    let client = Recorder::answering(answer).client();
    let page = client.list_dlq_messages().send().await.unwrap();
    assert_eq!(page.cursor.as_deref(), Some("1686652644442"));
    let [odd, plain] = &page.messages[..] else {
        panic!("{page:?}");
    };
    let values = ["A", "B", "C"].map(|name| odd.header[name].join(","));
    assert_eq!(values, ["1", "2,3", ""]);
    assert_eq!(
        (odd.created_at, odd.max_retries),
        (Some(Timestamp::from_unix_millis(17)), None)
    );
    assert_eq!(odd.response_body.as_deref(), Some("7"));
    assert_eq!(odd.failure_callback_info["state"], "CALLBACK_FAIL");
    assert_eq!(odd.workflow_run_id.as_deref(), Some("wfr_1"));
    let created_at = Timestamp::from_unix_millis(1_719_000_000_000);
    assert_eq!(odd.workflow_created_at, Some(created_at));
    assert!(plain.header.is_empty());
}

#[tokio::test]
async fn what_a_schedule_and_a_url_group_may_lack_or_have_besides_is_read() {
    let answer = r#"[{"scheduleId":"scd_1","cron":"* * * * *","destination":"https://example.com",
        "lastScheduleStates":{"msg_1":"IN_PROGRESS"},"brandNew":true}]"#;
    let client = Recorder::answering(answer).client();
    let schedules = client.list_schedules().send().await.unwrap();
    let schedule = &schedules[0];
    assert_eq!(schedule.schedule_id, "scd_1");
    assert_eq!((schedule.created_at, schedule.is_paused), (None, None));
    assert_eq!(schedule.extra["brandNew"], true);

    let answer = r#"{"name":"hooks","endpoints":[{"url":"https://example.com"}],
        "headers":{"Upstash-Header-Forward":["true"],"Upstash-Retries":"3"}}"#;
    let client = Recorder::answering(answer).client();
    let group = client.get_url_group().url_group_name("hooks").send().await;
    let headers = group.unwrap().into_inner().headers;
    assert_eq!(headers["Upstash-Header-Forward"], ["true"]);
    assert_eq!(headers["Upstash-Retries"], ["3"]);

    let answer = r#"{"messageId":"m","api":"llm","url":"https://api.example.com/v1/chat"}"#;
    let client = Recorder::answering(answer).client();
    let message = client.get_message().message_id("m").send().await.unwrap();
    assert_eq!(message.api.as_deref(), Some("llm"));
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_is_kept_beside_the_others() {
    let answer = r#"{"logs":[{"messageId":"a"},7,{"messageId":"b","time":"yesterday"},{"messageId":"c"}],"x":1}"#;
    let client = Recorder::answering(answer).client();
    let page = client.list_logs().send().await.unwrap();
    let ids: Vec<_> = page
        .logs
        .iter()
        .map(|entry| entry.message_id.as_deref())
        .collect();
    assert_eq!(ids, [Some("a"), Some("c")]);
    let odd = json!([7, { "messageId": "b", "time": "yesterday" }]);
    assert_eq!((&page.extra["logs"], &page.extra["x"]), (&odd, &json!(1)));

    let answer =
        r#"{"cursor":2,"messages":[{"messageId":"without an id in the DLQ"},{"dlqId":"d"}]}"#;
    let client = Recorder::answering(answer).client();
    let page = client.list_dlq_messages().send().await.unwrap();
    assert_eq!(page.messages[0].dlq_id, "d");
    assert_eq!(
        page.extra["messages"][0]["messageId"],
        "without an id in the DLQ"
    );
}

/// Schedules, queues, URL Groups and Flow Control keys come as bare lists.
#[tokio::test]
async fn an_entry_of_a_bare_list_that_cannot_be_read_is_kept_beside_the_others() {
    let client = Recorder::answering(
        r#"[{"scheduleId":"a","cron":"* * * * *","destination":"https://example.com"},7,{"cron":3}]"#,
    )
    .client();
    let schedules = client.list_schedules().send().await.unwrap();
    assert_eq!((schedules.len(), &*schedules[0].schedule_id), (1, "a"));
    assert_eq!(schedules.unrecognized(), [json!(7), json!({ "cron": 3 })]);
    let shown = format!("{schedules:?}");
    assert!(shown.ends_with("unrecognized: 2 }"), "{shown}");

    let client = Recorder::answering(r#"[null,{"name":"q","parallelism":1}]"#).client();
    let queues = client.list_queues().send().await.unwrap();
    assert_eq!(
        (queues[0].name.as_deref(), queues.unrecognized()),
        (Some("q"), &[json!(null)][..])
    );

    let client = Recorder::answering(r#"[{"name":{}},{"name":"g"}]"#).client();
    let groups = client.list_url_groups().send().await.unwrap();
    assert_eq!((groups.len(), groups[0].name.as_deref()), (1, Some("g")));
    assert_eq!(groups.unrecognized(), [json!({ "name": {} })]);

    for answer in [
        r#"[{"flowControlKey":"k","waitListSize":2},"x"]"#,
        r#"{"flowControls":[{"flowControlKey":"k","waitListSize":2},"x"]}"#,
    ] {
        let client = Recorder::answering(answer).client();
        let keys = client.list_flow_control_keys().send().await.unwrap();
        assert_eq!(
            (keys[0].flow_control_key.as_deref(), keys[0].wait_list_size),
            (Some("k"), Some(2))
        );
        assert_eq!(keys.unrecognized(), [json!("x")]);
    }

    // What is no list at all is still an error, and no list of nothing.
    for answer in [r#"{"error":"boom"}"#, r#"{"flowControls":7}"#, "[{"] {
        let client = Recorder::answering(answer).client();
        let error = client.list_flow_control_keys().send().await.unwrap_err();
        assert_eq!(error.kind(), qstash_api::ErrorKind::Decode, "{answer}");
    }
}
