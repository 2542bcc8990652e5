//! The calls, made with our client. Names and values are those of `calls.mjs` and `calls.py`.

use std::error::Error;
use std::fmt::Display;
use std::time::Duration;

use qstash_api::types::{
    AddUrlGroupEndpointsBody, Endpoint, HttpMethod, LogState, NewEndpoint,
    RemoveUrlGroupEndpointsBody, UpsertQueueBody,
};
use qstash_api::{Client, FlowControl, Message, Redact};
use serde_json::json;

use crate::filters::filters;
use crate::given::Given;
use crate::options::options;
use crate::recording::BEGIN;
use crate::sending::{messages, publish};

pub(crate) const DESTINATION: &str = "https://example.com/hook?x=1";

pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// The one that makes the calls, and tells the server which call comes next.
pub(crate) struct Caller<'a> {
    pub(crate) client: &'a Client,
    plain: &'a reqwest::Client,
}

impl Caller<'_> {
    /// Makes a call. A future does nothing before it is awaited, and so the server hears its name first.
    pub(crate) async fn call<T, E: Display>(
        &self,
        name: &str,
        call: impl Future<Output = Result<T, E>>,
    ) -> Outcome {
        self.begin(name).await?;
        match call.await {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("{name}: {error}").into()),
        }
    }

    /// Makes a call that the server refuses, since it does not know what is called.
    pub(crate) async fn attempt<T, E>(
        &self,
        name: &str,
        call: impl Future<Output = Result<T, E>>,
    ) -> Outcome {
        self.begin(name).await?;
        match call.await {
            Ok(_) => Err(format!("{name}: the server knows it").into()),
            Err(_) => Ok(()),
        }
    }

    async fn begin(&self, name: &str) -> Outcome {
        let begin = format!("{}{BEGIN}{name}", self.client.base_url());
        self.plain.put(begin).send().await?;
        Ok(())
    }
}

/// Makes every call, up to the first that fails.
pub(crate) async fn make(client: &Client, plain: &reqwest::Client, given: &Given) -> Outcome {
    let caller = Caller { client, plain };
    publish(&caller).await?;
    options(&caller).await?;
    filters(&caller, given).await?;
    messages(&caller, given).await?;
    queues(&caller).await?;
    schedules(&caller).await?;
    url_groups(&caller).await?;
    dlq(&caller, given).await?;
    flow_control(&caller).await?;
    keys_and_logs(&caller, given).await
}

pub(crate) fn order() -> Result<Message, Box<dyn Error>> {
    Ok(Message::json(&json!({ "order": 7 }))?)
}

async fn queues(caller: &Caller<'_>) -> Outcome {
    let (client, name) = (caller.client, "other-queue");
    let body = UpsertQueueBody::builder()
        .parallelism(2_u64)
        .queue_name(name);
    caller
        .call("upsert_queue", client.upsert_queue().body(body).send())
        .await?;
    caller
        .call("list_queues", client.list_queues().send())
        .await?;
    caller
        .call("get_queue", client.get_queue().queue_name(name).send())
        .await?;
    caller
        .call("pause_queue", client.pause_queue().queue_name(name).send())
        .await?;
    caller
        .call(
            "resume_queue",
            client.resume_queue().queue_name(name).send(),
        )
        .await?;
    caller
        .call(
            "delete_queue",
            client.delete_queue().queue_name(name).send(),
        )
        .await
}

async fn schedules(caller: &Caller<'_>) -> Outcome {
    let (client, id) = (caller.client, "weekly");
    let create = client
        .create_schedule()
        .destination(DESTINATION)
        .cron("CRON_TZ=Europe/Berlin 0 9 * * 1")
        .schedule_id(id)
        .message(order()?.retries(1));
    caller.call("create_schedule", create.send()).await?;
    let options = order()?
        .method(HttpMethod::Put)
        .delay(Duration::from_secs(90))
        .timeout(Duration::from_secs(30))
        .retries(2)
        .retry_delay("1000")
        .labels(["a", "b c"])
        .flow_control(
            FlowControl::new("shop")
                .parallelism(5)
                .rate(10)
                .period(Duration::from_secs(60)),
        )
        .callback("https://example.com/done")
        .failure_callback("https://example.com/failed")
        .forward("X-Tenant", "9")
        .redact(Redact::body());
    let create = client
        .create_schedule()
        .destination(DESTINATION)
        .cron("0 9 * * *")
        .schedule_id("daily")
        .message(options);
    caller
        .call("create_schedule/options", create.send())
        .await?;
    let create = client
        .create_schedule()
        .destination(DESTINATION)
        .cron("0 9 * * *")
        .schedule_id("queued")
        .queue("queue");
    caller.call("create_schedule/queue", create.send()).await?;
    caller
        .call("list_schedules", client.list_schedules().send())
        .await?;
    caller
        .call("get_schedule", client.get_schedule().schedule_id(id).send())
        .await?;
    caller
        .call(
            "pause_schedule",
            client.pause_schedule().schedule_id(id).send(),
        )
        .await?;
    caller
        .call(
            "resume_schedule",
            client.resume_schedule().schedule_id(id).send(),
        )
        .await?;
    caller
        .call(
            "delete_schedule",
            client.delete_schedule().schedule_id(id).send(),
        )
        .await
}

async fn url_groups(caller: &Caller<'_>) -> Outcome {
    let (client, name) = (caller.client, "other-group");
    let endpoint = |path: &str| NewEndpoint::builder().url(format!("https://example.com/{path}"));
    let endpoints = vec![endpoint("1").name("one").build()?, endpoint("2").build()?];
    let add = client
        .add_url_group_endpoints()
        .url_group_name(name)
        .body(AddUrlGroupEndpointsBody::builder().endpoints(endpoints));
    caller.call("add_url_group_endpoints", add.send()).await?;
    caller
        .call("list_url_groups", client.list_url_groups().send())
        .await?;
    caller
        .call(
            "get_url_group",
            client.get_url_group().url_group_name(name).send(),
        )
        .await?;
    let one: Endpoint = Endpoint::builder().name("one".to_owned()).try_into()?;
    let remove = client
        .remove_url_group_endpoints()
        .url_group_name(name)
        .body(RemoveUrlGroupEndpointsBody::builder().endpoints([one]));
    caller
        .call("remove_url_group_endpoints", remove.send())
        .await?;
    let remove = client
        .remove_url_group_endpoints()
        .url_group_name(name)
        .endpoints(["https://example.com/2"]);
    caller
        .call("remove_url_group_endpoints/url", remove.send())
        .await?;
    caller
        .call(
            "delete_url_group",
            client.delete_url_group().url_group_name(name).send(),
        )
        .await
}

async fn dlq(caller: &Caller<'_>, given: &Given) -> Outcome {
    let client = caller.client;
    let letters = |from: usize, count: usize| -> Vec<String> {
        given
            .letters
            .iter()
            .skip(from)
            .take(count)
            .cloned()
            .collect()
    };
    caller
        .call("list_dlq_messages", client.list_dlq_messages().send())
        .await?;
    let filtered = client
        .list_dlq_messages()
        .count(2)
        .queue_name(["queue"])
        .response_status([500]);
    caller
        .call("list_dlq_messages/filter", filtered.send())
        .await?;
    let [first, fourth] = [letters(0, 1).concat(), letters(3, 1).concat()];
    caller
        .call(
            "get_dlq_message",
            client.get_dlq_message().dlq_id(&fourth).send(),
        )
        .await?;
    caller
        .call(
            "retry_dlq_message",
            client.retry_dlq_message().dlq_id(first).send(),
        )
        .await?;
    let retry = client.retry_dlq_messages().dlq_ids(letters(1, 2));
    caller.call("retry_dlq_messages/ids", retry.send()).await?;
    let retry = client.retry_dlq_messages().label("none");
    caller
        .call("retry_dlq_messages/filter", retry.send())
        .await?;
    let retry = client.retry_dlq_messages().all().count(1);
    caller.call("retry_dlq_messages/all", retry.send()).await?;
    caller
        .call(
            "delete_dlq_message",
            client.delete_dlq_message().dlq_id(fourth).send(),
        )
        .await?;
    let delete = client.delete_dlq_messages().dlq_ids(letters(4, 2));
    caller
        .call("delete_dlq_messages/ids", delete.send())
        .await?;
    let delete = client.delete_dlq_messages().response_status(500);
    caller
        .call("delete_dlq_messages/filter", delete.send())
        .await?;
    let delete = client.delete_dlq_messages().dlq_ids(letters(6, 2));
    caller
        .call("delete_dlq_messages/older-ids", delete.send())
        .await?;
    let all = client.delete_dlq_messages().all();
    caller.call("delete_dlq_messages/all", all.send()).await
}

async fn flow_control(caller: &Caller<'_>) -> Outcome {
    let (client, key) = (caller.client, "limits");
    let get = client.get_flow_control_key().flow_control_key(key);
    caller.call("get_flow_control_key", get.send()).await?;
    let get = client.get_flow_control_key().flow_control_key("limits/1");
    caller
        .call("get_flow_control_key/slash", get.send())
        .await?;
    let pause = client.pause_flow_control_key().flow_control_key(key);
    caller.call("pause_flow_control_key", pause.send()).await?;
    let resume = client.resume_flow_control_key().flow_control_key(key);
    caller
        .call("resume_flow_control_key", resume.send())
        .await?;
    let pin = client.pin_flow_control_key().flow_control_key(key);
    let pin = pin.parallelism(3).rate(20).period(120);
    caller.call("pin_flow_control_key", pin.send()).await?;
    let unpin = client.unpin_flow_control_key().flow_control_key(key);
    let unpin = unpin.parallelism(true).rate(false);
    caller.call("unpin_flow_control_key", unpin.send()).await?;
    let pin = client.pin_flow_control_key().flow_control_key(key);
    caller
        .call("pin_flow_control_key/rate", pin.rate(20).period(60).send())
        .await?;
    let unpin = client.unpin_flow_control_key().flow_control_key(key);
    caller
        .call("unpin_flow_control_key/rate", unpin.rate(true).send())
        .await?;
    let reset = client.reset_flow_control_rate().flow_control_key(key);
    caller.call("reset_flow_control_rate", reset.send()).await?;
    caller
        .call(
            "list_flow_control_keys",
            client.list_flow_control_keys().send(),
        )
        .await?;
    caller
        .call(
            "get_global_parallelism",
            client.get_global_parallelism().send(),
        )
        .await
}

async fn keys_and_logs(caller: &Caller<'_>, given: &Given) -> Outcome {
    let client = caller.client;
    caller
        .call("get_signing_keys", client.get_signing_keys().send())
        .await?;
    caller
        .call("rotate_signing_keys", client.rotate_signing_keys().send())
        .await?;
    caller.call("list_logs", client.list_logs().send()).await?;
    let filtered = client
        .list_logs()
        .count(2)
        .state(LogState::Delivered)
        .url([DESTINATION]);
    caller.call("list_logs/filter", filtered.send()).await?;
    let older = client.list_logs().count(2);
    caller.call("list_logs/older", older.send()).await?;
    let ids = client.list_logs().message_ids(&given.messages);
    caller.call("list_logs/ids", ids.send()).await
}
