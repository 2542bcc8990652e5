//! The Rust types that stand for schemas of the document.

use qstash_api::types;
use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A Rust type that stands for a schema.
pub(crate) struct Type {
    /// The name of the component, or `operation answer` or `operation body`.
    pub(crate) name: &'static str,
    /// Its JSON Schema.
    pub(crate) schema: Value,
    /// Reads a value, and writes what was read.
    pub(crate) reread: fn(&str) -> Result<Value, serde_json::Error>,
}

impl Type {
    fn of<T: JsonSchema + Serialize + DeserializeOwned>(name: &'static str) -> Self {
        Self {
            name,
            schema: schema_for!(T).to_value(),
            reread: |text| serde_json::from_str::<T>(text).and_then(serde_json::to_value),
        }
    }
}

/// A type for each schema that has one: components, and those that stand in an operation itself.
pub(crate) fn table() -> Vec<Type> {
    vec![
        Type::of::<types::BatchEntry>("BatchEntry"),
        Type::of::<types::BatchItem>("BatchItem"),
        Type::of::<types::BatchResult>("BatchResult"),
        Type::of::<types::DlqMessage>("DLQMessage"),
        Type::of::<types::DlqPage>("DlqPage"),
        Type::of::<types::Endpoint>("Endpoint"),
        Type::of::<types::Error>("Error"),
        Type::of::<types::FlowControlKey>("FlowControlKey"),
        Type::of::<types::HttpMethod>("HttpMethod"),
        Type::of::<types::LogEntry>("LogEntry"),
        Type::of::<types::LogPage>("LogPage"),
        Type::of::<types::LogState>("LogState"),
        Type::of::<types::Message>("Message"),
        Type::of::<types::NewEndpoint>("NewEndpoint"),
        Type::of::<types::PublishResponse>("PublishResponse"),
        Type::of::<types::PublishResult>("PublishResult"),
        Type::of::<types::PublishToUrlGroupResponse>("PublishToUrlGroupResponse"),
        Type::of::<types::Queue>("Queue"),
        Type::of::<types::Schedule>("Schedule"),
        Type::of::<types::SigningKeys>("SigningKeys"),
        Type::of::<types::UrlGroup>("URLGroup"),
        Type::of::<types::AddUrlGroupEndpointsBody>("add_url_group_endpoints body"),
        Type::of::<Vec<types::BatchItem>>("batch_messages body"),
        Type::of::<types::RemoveUrlGroupEndpointsBody>("remove_url_group_endpoints body"),
        Type::of::<types::UpdateUrlGroupBody>("update_url_group body"),
        Type::of::<types::UpsertQueueBody>("upsert_queue body"),
        Type::of::<types::CancelMessagesResponse>("cancel_messages answer"),
        Type::of::<types::CreateScheduleResponse>("create_schedule answer"),
        Type::of::<types::DeleteDlqMessagesResponse>("delete_dlq_messages answer"),
        Type::of::<types::GetGlobalParallelismResponse>("get_global_parallelism answer"),
        Type::of::<Vec<types::FlowControlKey>>("list_flow_control_keys answer"),
        Type::of::<Vec<types::Queue>>("list_queues answer"),
        Type::of::<Vec<types::Schedule>>("list_schedules answer"),
        Type::of::<Vec<types::UrlGroup>>("list_url_groups answer"),
        Type::of::<types::RetryDlqMessagesResponse>("retry_dlq_messages answer"),
    ]
}
