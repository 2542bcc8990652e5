//! The answers of the operations of the client, by the types of their `send`.

use qstash_api::{Error, Response, builder};
use schemars::{JsonSchema, schema_for};
use serde_json::Value;

/// The answer of an operation.
pub(crate) struct Answers {
    pub(crate) operation: &'static str,
    /// The JSON Schema of the answer of success.
    pub(crate) answer: Value,
}

fn answers<B, S, T>(operation: &'static str, _send: impl FnOnce(B) -> S) -> Answers
where
    S: Future<Output = Result<Response<T>, Error>>,
    T: JsonSchema,
{
    Answers {
        operation,
        answer: schema_for!(T).to_value(),
    }
}

/// Every operation of the client.
pub(crate) fn all() -> Vec<Answers> {
    use builder::*;
    macro_rules! all {
        ($($operation:ident $builder:ident)+) => {
            vec![$(answers(stringify!($operation), $builder::send)),+]
        };
    }
    all![
        publish_message PublishMessage
        enqueue_message EnqueueMessage
        batch_messages BatchMessages
        get_message GetMessage
        cancel_message CancelMessage
        retry_message RetryMessage
        cancel_messages CancelMessages
        list_queues ListQueues
        upsert_queue UpsertQueue
        get_queue GetQueue
        delete_queue DeleteQueue
        pause_queue PauseQueue
        resume_queue ResumeQueue
        create_schedule CreateSchedule
        list_schedules ListSchedules
        get_schedule GetSchedule
        delete_schedule DeleteSchedule
        pause_schedule PauseSchedule
        resume_schedule ResumeSchedule
        list_url_groups ListUrlGroups
        get_url_group GetUrlGroup
        delete_url_group DeleteUrlGroup
        update_url_group UpdateUrlGroup
        add_url_group_endpoints AddUrlGroupEndpoints
        remove_url_group_endpoints RemoveUrlGroupEndpoints
        list_dlq_messages ListDlqMessages
        delete_dlq_messages DeleteDlqMessages
        get_dlq_message GetDlqMessage
        delete_dlq_message DeleteDlqMessage
        retry_dlq_message RetryDlqMessage
        retry_dlq_messages RetryDlqMessages
        list_flow_control_keys ListFlowControlKeys
        get_flow_control_key GetFlowControlKey
        pause_flow_control_key PauseFlowControlKey
        resume_flow_control_key ResumeFlowControlKey
        pin_flow_control_key PinFlowControlKey
        unpin_flow_control_key UnpinFlowControlKey
        reset_flow_control_rate ResetFlowControlRate
        get_global_parallelism GetGlobalParallelism
        get_signing_keys GetSigningKeys
        rotate_signing_keys RotateSigningKeys
        list_logs ListLogs
    ]
}
