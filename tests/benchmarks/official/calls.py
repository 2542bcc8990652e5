"""The calls, made with the official Python client. Names and values are those of calls.rs."""

import json
import os
import urllib.error
import urllib.request

from qstash import QStash
from qstash.chat import custom, openai
from qstash.log import LogState

URL = os.environ["QSTASH_URL"]
GIVEN = json.loads(os.environ["GIVEN"])
CLIENT = QStash(os.environ["QSTASH_TOKEN"], base_url=URL)

DESTINATION = "https://example.com/hook?x=1"
BODY = {"order": 7}


def tell(what, name, text=""):
    """Sends a request that is no call; the server records it and answers that it knows nothing."""
    request = urllib.request.Request(f"{URL}/calls/{what}/{name}", method="PUT", data=text.encode())
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(request).close()
    except urllib.error.HTTPError as error:
        error.close()


def call(name, make, *arguments, **options):
    """Tells the server what comes next, makes the call, and tells the server if it fails."""
    tell("begin", name)
    try:
        make(*arguments, **options)
    except Exception as error:  # Whatever it is, it is what we want to know.
        tell("failed", name, repr(error))


message = CLIENT.message
call("publish_message", message.publish_json, url=DESTINATION, body=BODY)
call(
    "publish_message/options",
    message.publish_json,
    url=DESTINATION,
    body=BODY,
    method="PUT",
    delay=90,
    timeout=30,
    retries=2,
    retry_delay="pow(2, retried) * 1000",
    label="a,b c",
    deduplication_id="id-1",
    flow_control={"key": "shop", "parallelism": 5, "rate": 10, "period": 60},
    callback="https://example.com/done",
    callback_headers={"Retries": "1"},
    failure_callback="https://example.com/failed",
    headers={"X-Tenant": "9"},
    redact={"body": True, "header": ["X-Tenant"]},
)
call("publish_message/text", message.publish, url=DESTINATION, body="hi", content_type="text/plain; charset=utf-8")
call("publish_message/empty", message.publish, url=DESTINATION)
call(
    "publish_message/bytes",
    message.publish,
    url=DESTINATION,
    body=bytes([255, 0]),
    content_type="application/octet-stream",
)
call("publish_message/by-content", message.publish_json, url=DESTINATION, body=BODY, content_based_deduplication=True)
call("publish_message/not-before", message.publish_json, url=DESTINATION, body=BODY, not_before=1800000000)
call("publish_message/url-group", message.publish_json, url_group="group", body=BODY)
TOLD = {
    "Method": "PUT",
    "Timeout": "5s",
    "Retries": "1",
    "Retry-Delay": "1000",
    "Delay": "7s",
    "Forward-X-Told": "1",
}
TOLD_URL = "https://example.com/told?a=1&b=2"


def option(name, **options):
    """Publishes a message with these options."""
    call(f"publish_message/{name}", message.publish_json, url=DESTINATION, body=BODY, **options)


option(
    "callbacks",
    callback=TOLD_URL,
    callback_headers=TOLD,
    failure_callback=TOLD_URL,
    failure_callback_headers=TOLD,
)
option("durations", delay="1h", timeout="1m", flow_control={"key": "shop", "rate": 10, "period": "1h"})
option("parallelism", flow_control={"key": "shop", "parallelism": 1})
option("rate", flow_control={"key": "shop", "rate": 1})
option("redact-headers", redact={"header": True})
option("prefixed", headers={"Upstash-Forward-X-Tenant": "9"})
option("zeros", delay=0, retries=0)
option("two-deduplications", deduplication_id="id-2", content_based_deduplication=True)

CHAT = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}


def provider(name, of):
    """Publishes a chat completion to a provider."""
    api = {"name": "llm", "provider": of}
    callback = "https://example.com/done"
    call(f"publish_message/{name}", message.publish_json, api=api, body=CHAT, callback=callback)


provider("chat", openai("a-key"))
provider("custom", custom("https://llm.example.com/v1/chat/completions", "a-key"))

ELSEWHERE = {
    "body": BODY,
    "method": "PATCH",
    "timeout": 30,
    "retries": 2,
    "retry_delay": "1000",
    "label": "a,b c",
    "deduplication_id": "id-3",
    "callback": TOLD_URL,
    "callback_headers": TOLD,
    "failure_callback": "https://example.com/failed",
    "headers": {"X-Tenant": "9"},
    "redact": {"body": True},
}
call("enqueue_message/options", message.enqueue_json, queue="queue", url=DESTINATION, **ELSEWHERE)
call(
    "batch_messages/options",
    message.batch_json,
    [
        {"url": DESTINATION, "flow_control": {"key": "shop", "parallelism": 5}, "delay": 3600, **ELSEWHERE},
        {"url_group": "group", "queue": "queue", **ELSEWHERE},
    ],
)
call(
    "create_schedule/callbacks",
    CLIENT.schedule.create,
    destination="group",
    cron="@daily",
    schedule_id="told",
    body="hi",
    content_type="text/plain; charset=utf-8",
    callback=TOLD_URL,
    callback_headers=TOLD,
    delay=3600,
)
call("upsert_queue/paused", CLIENT.queue.upsert, "paused-queue", parallelism=3, paused=True)

DATES = {"from_time": 1700000000000, "to_time": 1900000000000}
ONE_VALUE = {"url": DESTINATION, "url_group": "group", "queue": "none", "schedule_id": "a", "label": "a b", **DATES}
call("list_logs/one-value", CLIENT.log.list, count=3, filter={"state": LogState.CANCELED, **ONE_VALUE})
call("list_logs/id", CLIENT.log.list, filter={"message_id": GIVEN["messages"][0]})
call("list_logs/ids", CLIENT.log.list, filter={"message_ids": GIVEN["messages"]})
call(
    "list_dlq_messages/one-value",
    CLIENT.dlq.list,
    count=3,
    filter={"message_id": "msg_1", "response_status": 500, "caller_ip": "192.0.2.1", **ONE_VALUE},
)

call("enqueue_message", message.enqueue_json, queue="queue", url=DESTINATION, body=BODY)
call(
    "enqueue_message/text",
    message.enqueue,
    queue="queue",
    url=DESTINATION,
    body="hi",
    content_type="text/plain; charset=utf-8",
)
call(
    "batch_messages/text",
    message.batch,
    [{"url": DESTINATION, "body": "hi", "content_type": "text/plain; charset=utf-8"}],
)
call(
    "batch_messages",
    message.batch_json,
    [
        {"url": DESTINATION, "body": BODY, "delay": 60, "label": "a"},
        {"url_group": "group", "body": BODY, "queue": "queue", "retry_delay": "1000"},
    ],
)
call("get_message", message.get, GIVEN["messages"][0])
call("cancel_message", message.cancel, GIVEN["messages"][0])
call("cancel_messages/ids", message.cancel_many, GIVEN["messages"][1:3])
call("cancel_messages/all", message.cancel_all)

queue = CLIENT.queue
call("upsert_queue", queue.upsert, "other-queue", parallelism=2)
call("list_queues", queue.list)
call("get_queue", queue.get, "other-queue")
call("pause_queue", queue.pause, "other-queue")
call("resume_queue", queue.resume, "other-queue")
call("delete_queue", queue.delete, "other-queue")

schedule = CLIENT.schedule
call(
    "create_schedule",
    schedule.create,
    destination=DESTINATION,
    cron="CRON_TZ=Europe/Berlin 0 9 * * 1",
    schedule_id="weekly",
    body=json.dumps(BODY),
    content_type="application/json",
    retries=1,
)
call(
    "create_schedule/options",
    schedule.create_json,
    destination=DESTINATION,
    cron="0 9 * * *",
    schedule_id="daily",
    body=BODY,
    headers={"X-Tenant": "9"},
    method="PUT",
    delay=90,
    timeout=30,
    retries=2,
    retry_delay="1000",
    label="a,b c",
    flow_control={"key": "shop", "parallelism": 5, "rate": 10, "period": 60},
    callback="https://example.com/done",
    failure_callback="https://example.com/failed",
    redact={"body": True},
)
call(
    "create_schedule/queue",
    schedule.create,
    destination=DESTINATION,
    cron="0 9 * * *",
    schedule_id="queued",
    queue="queue",
)
call("list_schedules", schedule.list)
call("get_schedule", schedule.get, "weekly")
call("pause_schedule", schedule.pause, "weekly")
call("resume_schedule", schedule.resume, "weekly")
call("delete_schedule", schedule.delete, "weekly")

group = CLIENT.url_group
call(
    "add_url_group_endpoints",
    group.upsert_endpoints,
    "other-group",
    [{"url": "https://example.com/1", "name": "one"}, {"url": "https://example.com/2"}],
)
call("list_url_groups", group.list)
call("get_url_group", group.get, "other-group")
call("remove_url_group_endpoints", group.remove_endpoints, "other-group", [{"name": "one"}])
call("remove_url_group_endpoints/url", group.remove_endpoints, "other-group", [{"url": "https://example.com/2"}])
call("delete_url_group", group.delete, "other-group")

dlq = CLIENT.dlq
call("list_dlq_messages", dlq.list)
call("list_dlq_messages/filter", dlq.list, count=2, filter={"queue": "queue", "response_status": 500})
call("get_dlq_message", dlq.get, GIVEN["letters"][3])
call("delete_dlq_message", dlq.delete, GIVEN["letters"][3])
call("delete_dlq_messages/ids", dlq.delete_many, GIVEN["letters"][4:6])

flow = CLIENT.flow_control
call("get_flow_control_key", flow.get, "limits")
call("get_flow_control_key/slash", flow.get, "limits/1")
call("pause_flow_control_key", flow.pause, "limits")
call("resume_flow_control_key", flow.resume, "limits")
call("pin_flow_control_key", flow.pin, "limits", {"parallelism": 3, "rate": 20, "period": 120})
call("unpin_flow_control_key", flow.unpin, "limits", {"parallelism": True, "rate": False})
call("pin_flow_control_key/rate", flow.pin, "limits", {"rate": 20, "period": 60})
call("unpin_flow_control_key/rate", flow.unpin, "limits", {"rate": True})
call("reset_flow_control_rate", flow.reset_rate, "limits")
call("get_global_parallelism", flow.get_global_parallelism)

call("get_signing_keys", CLIENT.signing_key.get)
call("rotate_signing_keys", CLIENT.signing_key.rotate)

call("list_logs", CLIENT.log.list)
call("list_logs/filter", CLIENT.log.list, count=2, filter={"state": LogState.DELIVERED, "url": DESTINATION})
