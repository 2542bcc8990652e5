// Publishes messages with the official TypeScript client in batches, and prints how many a second.

import { Client } from "@upstash/qstash";

const [url, count, atOnce] = process.argv.slice(2);
const client = new Client({ baseUrl: url, token: "token", retry: false });
const size = 100;
const text = "x".repeat(200);
const batches = [];
for (let first = 0; first < Number(count); first += size) {
    batches.push(Array.from({ length: size }, (_, number) => `${first + number} ${text}`));
}

const begun = performance.now();
const worker = async () => {
    for (let bodies = batches.pop(); bodies; bodies = batches.pop()) {
        await client.batchJSON(bodies.map((body) => ({ url: "https://example.com/orders", body })));
    }
};
await Promise.all(Array.from({ length: Number(atOnce) }, worker));
console.log(Number(count) / ((performance.now() - begun) / 1000));
