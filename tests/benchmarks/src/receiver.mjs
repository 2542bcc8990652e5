// How many seconds the official TypeScript receiver needs for one verification of the delivery on standard input.
import { readFileSync } from "node:fs";
import { Receiver } from "@upstash/qstash";

const { signature, body, url, current, next, calls } = JSON.parse(readFileSync(0, "utf8"));
const receiver = new Receiver({ currentSigningKey: current, nextSigningKey: next });
const verify = () => receiver.verify({ signature, body, url });
for (let call = 0; call < calls; call++) await verify();
const start = process.hrtime.bigint();
for (let call = 0; call < calls; call++) await verify();
console.log(Number(process.hrtime.bigint() - start) / 1e9 / calls);
