"use strict";

const time = (millis) => millis ? new Date(Number(millis)).toISOString().replace("T", " ").slice(0, 19) : "";
const text = (value) => value == null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
const yes = (value) => value ? "yes" : "";
const state = (entry) => ({
  text: entry.state,
  class: /ERROR|FAILED/.test(entry.state) ? "bad" : entry.state === "DELIVERED" ? "good" : "",
});

// Each section: its member of the overview, its title, and its columns.
const SECTIONS = [
  ["messages", "Messages", {
    Id: (it) => it.messageId, Destination: (it) => it.url, Method: (it) => it.method, Due: (it) => time(it.notBefore),
    Queue: (it) => it.queueName, "Flow control": (it) => it.flowControlKey, Body: (it) => it.body ?? it.bodyBase64,
  }],
  ["queues", "Queues", {
    Name: (it) => it.name, Waiting: (it) => it.lag, Parallelism: (it) => it.parallelism, Paused: (it) => yes(it.paused),
  }],
  ["schedules", "Schedules", {
    Id: (it) => it.scheduleId, Cron: (it) => it.cron, Destination: (it) => it.destination,
    Last: (it) => time(it.lastScheduleTime), Next: (it) => time(it.nextScheduleTime), Paused: (it) => yes(it.isPaused),
  }],
  ["urlGroups", "URL Groups", {
    Name: (it) => it.name, Endpoints: (it) => it.endpoints.map((end) => end.url).join(" "),
  }],
  ["flowControlKeys", "Flow control", {
    Key: (it) => it.flowControlKey, Waiting: (it) => it.waitListSize, Running: (it) => it.parallelismCount,
    Started: (it) => it.rateCount, Paused: (it) => yes(it.isPaused),
  }],
  ["dlq", "DLQ", {
    Id: (it) => it.dlqId, Message: (it) => it.messageId, Destination: (it) => it.url,
    Status: (it) => it.responseStatus || "no answer", Answer: (it) => it.responseBody ?? it.responseBodyBase64,
  }],
  ["signingKeys", "Signing keys", { Name: (it) => it.name, Key: (it) => it.key }],
  ["logs", "Logs", {
    Time: (it) => time(it.time), State: state, Message: (it) => it.messageId, Destination: (it) => it.url,
    Status: (it) => it.responseStatus, Error: (it) => it.error,
  }],
];

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function cell(value) {
  const shown = value != null && typeof value === "object" && "class" in value ? value : { text: text(value), class: "" };
  return element("td", { textContent: shown.text, className: shown.class });
}

function table(items, columns) {
  const head = element("tr", {}, ...Object.keys(columns).map((name) => element("th", { textContent: name, scope: "col" })));
  const rows = items.map((item) => element("tr", {}, ...Object.values(columns).map((read) => cell(read(item)))));
  const made = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  return element("div", { className: "scroll", tabIndex: 0 }, made);
}

function section([member, title, columns], overview) {
  const { items, count } = overview[member];
  const made = element("section", { id: member }, element("h2", { textContent: `${title} (${count})` }));
  made.append(items.length ? table(items, columns) : element("p", { className: "none", textContent: "none" }));
  if (items.length < count) {
    made.append(element("p", { className: "more", textContent: `and ${count - items.length} more` }));
  }
  return made;
}

let shown = "";

function show(body) {
  const overview = JSON.parse(body);
  document.getElementById("now").textContent = `${time(overview.now)} UTC`;
  document.getElementById("region").textContent = overview.region;
  const changing = JSON.stringify({ ...overview, now: 0 });
  if (changing === shown) return;
  shown = changing;
  document.getElementById("nav").replaceChildren(...SECTIONS.map(([member, title]) =>
    element("a", { href: `#${member}`, textContent: `${title} ${overview[member].count}` })));
  document.getElementById("main").replaceChildren(...SECTIONS.map((it) => section(it, overview)));
}

async function follow() {
  const link = document.getElementById("link");
  try {
    const answer = await fetch("/dev/overview.json");
    show(await answer.text());
    link.textContent = "live";
    link.className = "good";
  } catch {
    link.textContent = "the server is gone";
    link.className = "bad";
  }
  setTimeout(follow, 500);
}

follow();
