import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { table } from "../lib/cli/table.ts";
import { FileStore } from "../lib/store/file-store.ts";
import { MemoryStore } from "../lib/store/memory-store.ts";
import { openStore } from "../lib/store/open.ts";
import type { ObjectStore, PutCondition } from "../lib/store/types.ts";
import { startS3Server } from "../tests/support/s3-server.ts";

// node bench/store.ts [--objects 2000] [--bytes 8000] [--at-once 16]: operations a second of each store, as a table.

const { values } = parseArgs({ options: { objects: { type: "string", default: "2000" }, bytes: { type: "string", default: "8000" }, "at-once": { type: "string", default: "16" } } });
const OBJECTS = Number(values.objects);
const BYTES = Number(values.bytes);
const AT_ONCE = Number(values["at-once"]);
const HEADERS = { contentType: "application/n-quads" };

const folder = await mkdtemp(join(tmpdir(), "communique-bench-"));
const server = await startS3Server();
try {
  const rows = [await measure("memory", new MemoryStore())];
  rows.push(await measure("files", new FileStore(join(folder, "a"))));
  rows.push(await measure("files, not durable", new FileStore(join(folder, "b"), { durable: false })));
  if (server !== undefined) {
    Object.assign(process.env, server.environment);
    rows.push(await measure("S3 (versitygw)", await openStore(`s3://${await server.createBucket()}/bench`)));
  }
  const head = ["store", "put", "create", "replace", "get", "listed", "deleted"];
  process.stdout.write(`Operations a second: ${OBJECTS} objects of ${BYTES} bytes, ${AT_ONCE} at once\n\n${table(head, rows)}\n`);
} finally {
  await server?.stop();
  await rm(folder, { recursive: true });
}

async function measure(name: string, store: ObjectStore): Promise<(string | number)[]> {
  const body = (round: number, i: number): Buffer => Buffer.alloc(BYTES, `${round} ${i} `);
  const key = (round: number, i: number): string => `bench/${round}/${i % 100}/${i}.nq`;
  const etags: string[] = [];
  const put = (round: number, to: number, condition: (i: number) => PutCondition | undefined): Promise<number> =>
    rate(async (i) => {
      etags[i] = await store.put(key(to, i), body(round, i), HEADERS, condition(i));
    });
  const plain = await put(0, 0, () => undefined);
  const create = await put(1, 1, () => ({ ifNoneMatch: "*" }));
  const replace = await put(2, 1, (i) => ({ ifMatch: etags[i] ?? "" }));
  const get = await rate(async (i) => {
    await store.get(key(1, i));
  });
  const start = performance.now();
  let listed = 0;
  for await (const _ of store.list("bench/")) listed++;
  const list = (listed / (performance.now() - start)) * 1000;
  const deleted = await rate((i) => store.delete(key(1, i)));
  return [name, ...[plain, create, replace, get, list, deleted].map(Math.round)];
}

/** How many a second of `OBJECTS` actions, `AT_ONCE` at a time. */
async function rate(action: (i: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < OBJECTS) await action(next++);
  }));
  return (OBJECTS / (performance.now() - start)) * 1000;
}
