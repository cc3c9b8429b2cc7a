import { parseArgs } from "node:util";
import { toArticle } from "../lib/article/index.ts";
import { table } from "../lib/cli/table.ts";
import { createConverter } from "../lib/convert/converter.ts";
import { createCatalogue } from "../lib/intake/catalogue.ts";
import { createConvert } from "../lib/intake/convert.ts";
import { writeBell } from "../lib/intake/messages.ts";
import type { SourceObject } from "../lib/intake/source.ts";
import { createPublication } from "../lib/publication/index.ts";
import { openPages } from "../lib/site/pages/index.ts";
import { MemoryStore } from "../lib/store/memory-store.ts";
import type { ObjectHeaders, ObjectStore, PutCondition } from "../lib/store/types.ts";
import { generatedArticle } from "./generated-articles.ts";

// node bench/footprint.ts [--articles 200] [--batches 1,25,100]: what an article costs on its way from the bucket to the documents, when the catalogue
// takes so many at a time: requests to S3, processor time of the two functions (all threads'), bytes kept. bench/costs.ts reckons with these figures.

const { values } = parseArgs({ options: { articles: { type: "string", default: "200" }, batches: { type: "string", default: "1,25,100" } } });
const BASE = "https://news.example/";
const BUCKET = "articles";
/** Short generated articles that make one of the length of a news report. */
const JOINED = 4;

/** Counts what would be requests to S3. */
class CountingStore implements ObjectStore {
  readonly #store = new MemoryStore();
  readonly count = { get: 0, put: 0, delete: 0, bytes: 0 };

  get(key: string) {
    this.count.get++;
    return this.#store.get(key);
  }

  put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition) {
    this.count.put++;
    this.count.bytes += Buffer.byteLength(body);
    return this.#store.put(key, body, headers, condition);
  }

  delete(key: string) {
    this.count.delete++;
    return this.#store.delete(key);
  }

  list(prefix: string) {
    return this.#store.list(prefix);
  }
}

const converter = await createConverter();
const rows = [];
for (const batch of values.batches.split(",").map(Number)) rows.push(await measure(batch, Number(values.articles)));
await converter.close();
console.log(table(["batch", "words", "convert: GET", "PUT", "DELETE", "ms", "catalogue: GET", "PUT", "DELETE", "ms", "kB kept", "objects kept"], rows));

async function measure(batch: number, articles: number): Promise<(string | number)[]> {
  const converting = new CountingStore();
  const store = converting;
  const objects = new Map<string, SourceObject>();
  const messages: string[] = [];
  const nowhere = { send: () => Promise.resolve() };
  const catalogueQueue = { send: (bodies: readonly string[]) => Promise.resolve(void messages.push(...bodies)) };
  const reasons = { put: () => Promise.resolve(), clear: () => Promise.resolve() };
  const publication = createPublication({ store, base: BASE, gazetteer: converter.gazetteer, pages: await openPages(BASE) });
  const convert = createConvert({ bucket: BUCKET, source: { read: (key) => Promise.resolve(objects.get(key)) }, reasons, store, publication, converter, catalogue: catalogueQueue, dead: nowhere });
  const catalogue = createCatalogue({ bucket: BUCKET, publication, articles: nowhere });
  const time = { left: () => 900_000 };
  const spent = { convert: 0, catalogue: 0 };
  const requests = { convert: { get: 0, put: 0, delete: 0 }, catalogue: { get: 0, put: 0, delete: 0 } };
  let words = 0;
  const during = async (part: "convert" | "catalogue", work: () => Promise<unknown>): Promise<void> => {
    const before = { ...store.count };
    const begun = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(begun);
    spent[part] += (user + system) / 1000;
    for (const kind of ["get", "put", "delete"] as const) requests[part][kind] += store.count[kind] - before[kind];
  };
  for (let number = 0; number < articles; number += batch) {
    for (let index = number; index < Math.min(number + batch, articles); index++) {
      const text = Array.from({ length: JOINED }, (_, part) => generatedArticle(index * JOINED + part).text).join("\n\n");
      words += text.split(/\s+/).length;
      const key = `in/${index}.json`;
      objects.set(key, { key, bytes: Buffer.from(JSON.stringify(toArticle({ ...generatedArticle(index * JOINED), text, id: `article-${index}` }))), etag: String(index), metadata: {} });
      const bell = writeBell({ bucket: BUCKET, key, deleted: false, sequencer: (index + 1).toString(16).padStart(16, "0") });
      await during("convert", () => convert(bell, time));
    }
    const delivered = messages.splice(0).map((body, index) => ({ messageId: String(index), receives: 1, body }));
    await during("catalogue", () => catalogue(delivered, time));
  }
  let [kept, bytes] = [0, 0];
  for await (const { size } of store.list("")) {
    kept++;
    bytes += size;
  }
  const each = (value: number): string => (value / articles).toFixed(1);
  const { convert: c, catalogue: k } = requests;
  // The object itself is read besides, and its reason of refusal cleared.
  return [batch, each(words), each(c.get + articles), each(c.put), each(c.delete + articles), each(spent.convert), each(k.get), each(k.put), each(k.delete), each(spent.catalogue), each(bytes / 1000), each(kept)];
}
