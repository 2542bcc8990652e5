//! The calls with every filter that the clients have.

use qstash_api::types::LogState;
use qstash_api::{DlqFilter, Timestamp};

use crate::calls::{Caller, DESTINATION, Outcome};
use crate::given::Given;

const FROM: Timestamp = Timestamp::from_unix_millis(1_700_000_000_000);
const TO: Timestamp = Timestamp::from_unix_millis(1_900_000_000_000);

/// Everything that takes filters.
pub(crate) async fn filters(caller: &Caller<'_>, given: &Given) -> Outcome {
    logs(caller, given).await?;
    dlq(caller, given).await?;
    let cancel = caller.client.cancel_messages();
    let cancel = cancel.label(["none", "a b"]).queue_name("none");
    let cancel = cancel.url([DESTINATION, "https://example.com/2"]);
    let cancel = cancel.url_group(["none", "no"]).schedule_id("none");
    let cancel = cancel.caller_ip("192.0.2.1").flow_control_key(["k/1", "k"]);
    let cancel = cancel.host("example.com").path(["/hook", "/2"]);
    let cancel = cancel.from_date(FROM).to_date(TO).count(3);
    caller.call("cancel_messages/filters", cancel.send()).await
}

async fn logs(caller: &Caller<'_>, given: &Given) -> Outcome {
    let client = caller.client;
    let list = client.list_logs().state(LogState::Error);
    let list = list.url([DESTINATION, "https://example.com/2"]);
    let list = list.url_group(["group", "no"]).schedule_id(["a", "b"]);
    let list = list.queue_name("none").caller_ip("192.0.2.1");
    let list = list.label(["none", "a b"]).flow_control_key(["k/1", "k"]);
    let list = list.host("example.com").path(["/hook", "/2"]);
    let list = list.from_date(FROM).to_date(TO).count(3);
    caller.call("list_logs/filters", list.send()).await?;
    let list = client.list_logs().state(LogState::Canceled);
    let list = list.url(DESTINATION).url_group("group").label("a b");
    let list = list.schedule_id("a").queue_name("none");
    let list = list.from_date(FROM).to_date(TO).count(3);
    caller.call("list_logs/one-value", list.send()).await?;
    let id = given.messages.first().ok_or("there are messages")?;
    let list = client.list_logs().message_id(id);
    caller.call("list_logs/id", list.send()).await
}

async fn dlq(caller: &Caller<'_>, given: &Given) -> Outcome {
    let client = caller.client;
    let several = DlqFilter::new()
        .url([DESTINATION, "https://example.com/2"])
        .url_group(["group", "no"])
        .schedule_id(["a", "b"])
        .queue_name("none")
        .caller_ip(["192.0.2.1", "192.0.2.2"])
        .label(["none", "a b"])
        .flow_control_key("k/1")
        .response_status([500, 503])
        .from_date(FROM)
        .to_date(TO);
    let list = client.list_dlq_messages().filter(&several);
    caller
        .call("list_dlq_messages/filters", list.send())
        .await?;
    let one = DlqFilter::new()
        .message_id("msg_1")
        .url(DESTINATION)
        .url_group("group")
        .queue_name("none")
        .schedule_id("a")
        .from_date(FROM)
        .to_date(TO)
        .response_status(500)
        .caller_ip("192.0.2.1")
        .label("a b");
    let list = client.list_dlq_messages().filter(&one).count(3);
    caller
        .call("list_dlq_messages/one-value", list.send())
        .await?;
    let ids: Vec<_> = given.letters.iter().take(2).cloned().collect();
    let list = client.list_dlq_messages().dlq_ids(ids);
    caller.call("list_dlq_messages/ids", list.send()).await?;
    let retry = client.retry_dlq_messages().filter(&several).count(3);
    caller
        .call("retry_dlq_messages/filters", retry.send())
        .await?;
    let delete = client.delete_dlq_messages().filter(&several).count(3);
    caller
        .call("delete_dlq_messages/filters", delete.send())
        .await
}
