//! The 42 operations of the service, by the names that the client gives them.

use std::fmt;

/// Defines the operations with their names, so that neither list can miss one.
macro_rules! operations {
    ($($variant:ident $name:literal $does:literal,)*) => {
        /// One operation of the service.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation {
            $(#[doc = $does] $variant,)*
        }

        impl Operation {
            /// Every operation, in the order of the service's document.
            pub const ALL: &[Operation] = &[$(Operation::$variant,)*];

            /// Returns the name in snake case, such as `publish_message`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Operation::$variant => $name,)*
                }
            }
        }
    };
}

operations! {
    PublishMessage "publish_message" "Publishes a message to a URL or a URL Group.",
    EnqueueMessage "enqueue_message" "Puts a message into a queue.",
    BatchMessages "batch_messages" "Publishes or enqueues several messages.",
    GetMessage "get_message" "Returns a message that is not yet delivered.",
    CancelMessage "cancel_message" "Cancels a message.",
    RetryMessage "retry_message" "Delivers a waiting message now.",
    CancelMessages "cancel_messages" "Cancels the messages that a filter selects.",
    UpsertQueue "upsert_queue" "Creates or changes a queue.",
    ListQueues "list_queues" "Lists the queues.",
    GetQueue "get_queue" "Returns a queue.",
    DeleteQueue "delete_queue" "Deletes a queue.",
    PauseQueue "pause_queue" "Pauses a queue.",
    ResumeQueue "resume_queue" "Resumes a queue.",
    CreateSchedule "create_schedule" "Creates or replaces a schedule.",
    ListSchedules "list_schedules" "Lists the schedules.",
    GetSchedule "get_schedule" "Returns a schedule.",
    DeleteSchedule "delete_schedule" "Deletes a schedule.",
    PauseSchedule "pause_schedule" "Pauses a schedule.",
    ResumeSchedule "resume_schedule" "Resumes a schedule.",
    ListUrlGroups "list_url_groups" "Lists the URL Groups.",
    GetUrlGroup "get_url_group" "Returns a URL Group.",
    DeleteUrlGroup "delete_url_group" "Deletes a URL Group.",
    UpdateUrlGroup "update_url_group" "Sets the headers of a URL Group.",
    AddUrlGroupEndpoints "add_url_group_endpoints" "Adds endpoints to a URL Group.",
    RemoveUrlGroupEndpoints "remove_url_group_endpoints" "Removes endpoints from a URL Group.",
    ListDlqMessages "list_dlq_messages" "Lists the messages in the DLQ.",
    DeleteDlqMessages "delete_dlq_messages" "Deletes the DLQ messages that a filter selects.",
    GetDlqMessage "get_dlq_message" "Returns a message in the DLQ.",
    DeleteDlqMessage "delete_dlq_message" "Deletes a message from the DLQ.",
    RetryDlqMessage "retry_dlq_message" "Publishes a message from the DLQ again.",
    RetryDlqMessages "retry_dlq_messages" "Publishes the DLQ messages that a filter selects again.",
    ListFlowControlKeys "list_flow_control_keys" "Lists the flow-control keys.",
    GetFlowControlKey "get_flow_control_key" "Returns a flow-control key.",
    PauseFlowControlKey "pause_flow_control_key" "Pauses a flow-control key.",
    ResumeFlowControlKey "resume_flow_control_key" "Resumes a flow-control key.",
    PinFlowControlKey "pin_flow_control_key" "Pins the limits of a flow-control key.",
    UnpinFlowControlKey "unpin_flow_control_key" "Unpins the limits of a flow-control key.",
    ResetFlowControlRate "reset_flow_control_rate" "Starts a new window of a flow-control key.",
    GetGlobalParallelism "get_global_parallelism" "Returns how many deliveries run and may run.",
    GetSigningKeys "get_signing_keys" "Returns the signing keys.",
    RotateSigningKeys "rotate_signing_keys" "Makes the next signing key the current one.",
    ListLogs "list_logs" "Lists what happened to messages.",
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
