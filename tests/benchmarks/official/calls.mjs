// The calls, made with the official TypeScript client. Names and values are those of calls.rs.

import { Client, anthropic, custom, openai, resend } from "@upstash/qstash";

const url = process.env.QSTASH_URL;
const given = JSON.parse(process.env.GIVEN);
const client = new Client({ baseUrl: url, token: process.env.QSTASH_TOKEN });

const destination = "https://example.com/hook?x=1";
const body = { order: 7 };

/** Tells the server what comes next, makes the call, and tells the server if it fails. */
async function call(name, make) {
    await fetch(`${url}/calls/begin/${name}`, { method: "PUT" });
    try {
        await make();
    } catch (error) {
        await fetch(`${url}/calls/failed/${name}`, { method: "PUT", body: String(error) });
    }
}

const text = { "Content-Type": "text/plain; charset=utf-8" };
const callback = "https://example.com/done";
const chat = { model: "m", messages: [{ role: "user", content: "hi" }] };
const email = { from: "a@example.com", to: "b@example.com", subject: "s", text: "hi" };

const options = {
    url: destination,
    body,
    method: "PUT",
    delay: 90,
    timeout: 30,
    retries: 2,
    retryDelay: "pow(2, retried) * 1000",
    label: ["a", "b c"],
    deduplicationId: "id-1",
    flowControl: { key: "shop", parallelism: 5, rate: 10, period: 60 },
    callback: "https://example.com/done",
    failureCallback: "https://example.com/failed",
    headers: { "X-Tenant": "9", "Upstash-Callback-Retries": "1" },
    redact: { body: true, header: ["X-Tenant"] },
};

await call("publish_message", () => client.publishJSON({ url: destination, body }));
await call("publish_message/options", () => client.publishJSON(options));
await call("publish_message/text", () =>
    client.publish({ url: destination, body: "hi", headers: text }));
await call("publish_message/empty", () => client.publish({ url: destination }));
await call("publish_message/bytes", () =>
    client.publish({
        url: destination,
        body: new Uint8Array([255, 0]),
        headers: { "Content-Type": "application/octet-stream" },
    }));
await call("publish_message/by-content", () =>
    client.publishJSON({ url: destination, body, contentBasedDeduplication: true }));
await call("publish_message/not-before", () => client.publishJSON({ url: destination, body, notBefore: 1800000000 }));
await call("publish_message/url-group", () => client.publishJSON({ urlGroup: "group", body }));
await call("publish_message/older-url-group", () => client.publishJSON({ topic: "group", body }));
await call("publish_message/chat", () =>
    client.publishJSON({ api: { name: "llm", provider: openai({ token: "a-key" }) }, body: chat, callback }));
await call("publish_message/email", () =>
    client.publishJSON({ api: { name: "email", provider: resend({ token: "a-key" }) }, body: email }));
const told = {
    "Upstash-Callback-Method": "PUT",
    "Upstash-Callback-Timeout": "5s",
    "Upstash-Callback-Retries": "1",
    "Upstash-Callback-Retry-Delay": "1000",
    "Upstash-Callback-Delay": "7s",
    "Upstash-Callback-Forward-X-Told": "1",
};
const toldOfFailure = Object.fromEntries(
    Object.entries(told).map(([name, value]) => [name.replace("Callback", "Failure-Callback"), value]),
);
const toldUrl = "https://example.com/told?a=1&b=2";
const option = (name, options) =>
    call(`publish_message/${name}`, () => client.publishJSON({ url: destination, body, ...options }));
await option("callbacks", { callback: toldUrl, failureCallback: toldUrl, headers: { ...told, ...toldOfFailure } });
await option("durations", { delay: "1h", timeout: "1m", flowControl: { key: "shop", rate: 10, period: "1h" } });
await option("parallelism", { flowControl: { key: "shop", parallelism: 1 } });
await option("rate", { flowControl: { key: "shop", rate: 1 } });
await option("redact-headers", { redact: { header: true } });
await option("prefixed", { headers: { "Upstash-Forward-X-Tenant": "9" } });
await option("zeros", { delay: 0, retries: 0 });
await option("two-deduplications", { deduplicationId: "id-2", contentBasedDeduplication: true });

const provider = (name, api) =>
    call(`publish_message/${name}`, () => client.publishJSON({ api, body: chat, callback }));
await provider("anthropic", { name: "llm", provider: anthropic({ token: "a-key" }) });
await provider("organization", {
    name: "llm",
    provider: openai({ token: "a-key", organization: "an-organization" }),
});
await provider("custom", {
    name: "llm",
    provider: custom({ token: "a-key", baseUrl: "https://llm.example.com/v1/chat/completions" }),
});
await provider("helicone", {
    name: "llm",
    provider: openai({ token: "a-key" }),
    analytics: { name: "helicone", token: "another-key" },
});
await provider("emails", { name: "email", provider: resend({ token: "a-key", batch: true }) });

const elsewhere = {
    body,
    method: "PATCH",
    timeout: 30,
    retries: 2,
    retryDelay: "1000",
    label: ["a", "b c"],
    deduplicationId: "id-3",
    callback: toldUrl,
    failureCallback: "https://example.com/failed",
    headers: { ...told, "X-Tenant": "9" },
    redact: { body: true },
};
await call("enqueue_message/options", () =>
    client.queue({ queueName: "queue" }).enqueueJSON({ url: destination, ...elsewhere }));
await call("batch_messages/options", () =>
    client.batchJSON([
        { url: destination, flowControl: { key: "shop", parallelism: 5 }, delay: 3600, ...elsewhere },
        { urlGroup: "group", queueName: "queue", ...elsewhere },
    ]));
await call("create_schedule/callbacks", () =>
    client.schedules.create({
        destination: "group",
        cron: "@daily",
        scheduleId: "told",
        body: "hi",
        headers: { ...text, ...told },
        callback: toldUrl,
        delay: 3600,
    }));
await call("upsert_queue/paused", () =>
    client.queue({ queueName: "paused-queue" }).upsert({ parallelism: 3, paused: true }));
await call("request/workflow", () => client.workflow.cancel("wfr_1"));

const dates = { fromDate: 1700000000000, toDate: 1900000000000 };
const others = {
    url: [destination, "https://example.com/2"],
    urlGroup: ["group", "no"],
    scheduleId: ["a", "b"],
    queueName: "none",
    label: ["none", "a b"],
};
await call("list_logs/filters", () =>
    client.logs({
        count: 3,
        filter: {
            ...others,
            ...dates,
            state: "ERROR",
            callerIp: "192.0.2.1",
            flowControlKey: ["k/1", "k"],
            host: "example.com",
            path: ["/hook", "/2"],
        },
    }));
const oneValue = { url: destination, urlGroup: "group", label: "a b", scheduleId: "a", queueName: "none" };
await call("list_logs/one-value", () =>
    client.logs({ count: 3, filter: { ...oneValue, ...dates, state: "CANCELED" } }));
await call("list_logs/id", () => client.logs({ filter: { messageId: given.messages[0] } }));
const inDlq = {
    ...others,
    ...dates,
    callerIp: ["192.0.2.1", "192.0.2.2"],
    flowControlKey: "k/1",
    responseStatus: [500, 503],
};
await call("list_dlq_messages/filters", () => client.dlq.listMessages({ filter: inDlq }));
await call("list_dlq_messages/one-value", () =>
    client.dlq.listMessages({
        count: 3,
        filter: { ...oneValue, ...dates, messageId: "msg_1", responseStatus: 500, callerIp: "192.0.2.1" },
    }));
await call("list_dlq_messages/ids", () => client.dlq.listMessages({ dlqIds: given.letters.slice(0, 2) }));
await call("retry_dlq_messages/filters", () => client.dlq.retry({ filter: inDlq, count: 3 }));
await call("delete_dlq_messages/filters", () => client.dlq.delete({ filter: inDlq, count: 3 }));
await call("cancel_messages/filters", () =>
    client.messages.cancel({
        count: 3,
        filter: {
            ...dates,
            url: others.url,
            urlGroup: ["none", "no"],
            scheduleId: "none",
            queueName: "none",
            label: others.label,
            callerIp: "192.0.2.1",
            flowControlKey: ["k/1", "k"],
            host: "example.com",
            path: ["/hook", "/2"],
        },
    }));

await call("enqueue_message", () => client.queue({ queueName: "queue" }).enqueueJSON({ url: destination, body }));
await call("enqueue_message/text", () =>
    client.queue({ queueName: "queue" }).enqueue({ url: destination, body: "hi", headers: text }));
await call("batch_messages/text", () => client.batch([{ url: destination, body: "hi", headers: text }]));
await call("batch_messages", () =>
    client.batchJSON([
        { url: destination, body, delay: 60, label: "a" },
        { urlGroup: "group", body, queueName: "queue", retryDelay: "1000" },
    ]));
await call("get_message", () => client.messages.get(given.messages[0]));
await call("cancel_message", () => client.messages.cancel(given.messages[0]));
await call("cancel_messages/ids", () => client.messages.cancel(given.messages.slice(1, 3)));
await call("cancel_messages/filter", () => client.messages.cancel({ filter: { label: "a b" } }));
await call("cancel_message/older", () => client.messages.delete(given.messages[3]));
await call("cancel_messages/older-ids", () => client.messages.deleteMany(given.messages.slice(1, 3)));
await call("cancel_messages/all", () => client.messages.cancel({ all: true }));
await call("cancel_messages/older-all", () => client.messages.deleteAll());

const queue = client.queue({ queueName: "other-queue" });
await call("upsert_queue", () => queue.upsert({ parallelism: 2 }));
await call("list_queues", () => queue.list());
await call("get_queue", () => queue.get());
await call("pause_queue", () => queue.pause());
await call("resume_queue", () => queue.resume());
await call("delete_queue", () => queue.delete());

await call("create_schedule", () =>
    client.schedules.create({
        destination,
        cron: "CRON_TZ=Europe/Berlin 0 9 * * 1",
        scheduleId: "weekly",
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json" },
        retries: 1,
    }));
await call("create_schedule/options", () =>
    client.schedules.create({
        destination,
        cron: "0 9 * * *",
        scheduleId: "daily",
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json", "X-Tenant": "9" },
        method: "PUT",
        delay: 90,
        timeout: 30,
        retries: 2,
        retryDelay: "1000",
        label: ["a", "b c"],
        flowControl: { key: "shop", parallelism: 5, rate: 10, period: 60 },
        callback: "https://example.com/done",
        failureCallback: "https://example.com/failed",
        redact: { body: true },
    }));
await call("create_schedule/queue", () =>
    client.schedules.create({ destination, cron: "0 9 * * *", scheduleId: "queued", queueName: "queue" }));
await call("list_schedules", () => client.schedules.list());
await call("get_schedule", () => client.schedules.get("weekly"));
await call("pause_schedule", () => client.schedules.pause({ schedule: "weekly" }));
await call("resume_schedule", () => client.schedules.resume({ schedule: "weekly" }));
await call("delete_schedule", () => client.schedules.delete("weekly"));

await call("add_url_group_endpoints", () =>
    client.urlGroups.addEndpoints({
        name: "other-group",
        endpoints: [{ url: "https://example.com/1", name: "one" }, { url: "https://example.com/2" }],
    }));
await call("list_url_groups", () => client.urlGroups.list());
await call("get_url_group", () => client.urlGroups.get("other-group"));
await call("remove_url_group_endpoints", () =>
    client.urlGroups.removeEndpoints({ name: "other-group", endpoints: [{ name: "one" }] }));
await call("remove_url_group_endpoints/url", () =>
    client.urlGroups.removeEndpoints({ name: "other-group", endpoints: [{ url: "https://example.com/2" }] }));
await call("delete_url_group", () => client.urlGroups.delete("other-group"));

await call("list_dlq_messages", () => client.dlq.listMessages());
await call("list_dlq_messages/filter", () =>
    client.dlq.listMessages({ count: 2, filter: { queueName: "queue", responseStatus: 500 } }));
await call("retry_dlq_message", () => client.dlq.retry(given.letters[0]));
await call("retry_dlq_messages/ids", () => client.dlq.retry(given.letters.slice(1, 3)));
await call("retry_dlq_messages/filter", () => client.dlq.retry({ filter: { label: "none" } }));
await call("retry_dlq_messages/all", () => client.dlq.retry({ all: true, count: 1 }));
await call("delete_dlq_message", () => client.dlq.delete(given.letters[3]));
await call("delete_dlq_messages/ids", () => client.dlq.delete(given.letters.slice(4, 6)));
await call("delete_dlq_messages/filter", () => client.dlq.delete({ filter: { responseStatus: 500 } }));
await call("delete_dlq_messages/older-ids", () => client.dlq.deleteMany({ dlqIds: given.letters.slice(6, 8) }));
await call("delete_dlq_messages/all", () => client.dlq.delete({ all: true }));

await call("get_flow_control_key", () => client.flowControl.get("limits"));
await call("get_flow_control_key/slash", () => client.flowControl.get("limits/1"));
await call("pause_flow_control_key", () => client.flowControl.pause("limits"));
await call("resume_flow_control_key", () => client.flowControl.resume("limits"));
await call("pin_flow_control_key", () =>
    client.flowControl.pin("limits", { parallelism: 3, rate: 20, period: 120 }));
await call("unpin_flow_control_key", () => client.flowControl.unpin("limits", { parallelism: true, rate: false }));
await call("pin_flow_control_key/rate", () => client.flowControl.pin("limits", { rate: 20, period: 60 }));
await call("unpin_flow_control_key/rate", () => client.flowControl.unpin("limits", { rate: true }));
await call("reset_flow_control_rate", () => client.flowControl.resetRate("limits"));
await call("get_global_parallelism", () => client.flowControl.getGlobalParallelism());

await call("list_logs", () => client.logs());
await call("list_logs/filter", () => client.logs({ count: 2, filter: { state: "DELIVERED", url: destination } }));
await call("list_logs/older", () => client.events({ count: 2 }));
await call("list_logs/ids", () => client.logs({ filter: { messageIds: given.messages } }));
