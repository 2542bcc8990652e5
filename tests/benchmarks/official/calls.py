"""The calls, made with the official Python client. Names and values are those of calls.rs."""

import json
import os
import urllib.error
import urllib.request

from qstash import QStash
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
call("reset_flow_control_rate", flow.reset_rate, "limits")
call("get_global_parallelism", flow.get_global_parallelism)

call("get_signing_keys", CLIENT.signing_key.get)
call("rotate_signing_keys", CLIENT.signing_key.rotate)

call("list_logs", CLIENT.log.list)
call("list_logs/filter", CLIENT.log.list, count=2, filter={"state": LogState.DELIVERED, "url": DESTINATION})
