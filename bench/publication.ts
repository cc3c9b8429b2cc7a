import { parseArgs } from "node:util";
import { table } from "../lib/cli/table.ts";
import type { Entity, Meeting, Span, Statement } from "../lib/extraction/types.ts";
import { createPublication, type Publishing } from "../lib/publication/index.ts";
import { openPages } from "../lib/site/pages/index.ts";
import { MemoryStore } from "../lib/store/memory-store.ts";
import type { ObjectHeaders, ObjectStore, ObjectSummary, PutCondition, StoredObject } from "../lib/store/types.ts";

// node bench/publication.ts [--most 100000] [--batch 100] [--pages]: articles a second; objects and bytes written per article, as a
// publication grows. All articles fall into one month and speak of the same two states: the hardest case.

const BASE = "https://data.example/";
const { values } = parseArgs({ options: { most: { type: "string", default: "10000" }, batch: { type: "string", default: "100" }, pages: { type: "boolean", default: false } } });
const most = Number(values.most);
const size = Number(values.batch);

/** Counts what is written and keeps what is read again: no documents of articles, no text. */
class CountingStore implements ObjectStore {
  readonly #kept = new MemoryStore();
  objects = 0;
  bytes = 0;
  deletes = 0;
  readonly folders = new Map<string, { objects: number; bytes: number }>();

  get(key: string): Promise<StoredObject | undefined> {
    return this.#kept.get(key);
  }

  async put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition): Promise<string> {
    const length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
    this.objects++;
    this.bytes += length;
    const name = key.startsWith("state/") ? key.split("/").slice(0, 2).join("/").replace(/\.json$/, "") : (key.split("/")[0] ?? "");
    const folder = this.folders.get(name) ?? { objects: 0, bytes: 0 };
    this.folders.set(name, { objects: folder.objects + 1, bytes: folder.bytes + length });
    if (/^(?:article|text)\//.test(key)) return "none";
    return this.#kept.put(key, body, headers, condition);
  }

  async delete(key: string): Promise<void> {
    this.deletes++;
    await this.#kept.delete(key);
  }

  list(prefix: string): AsyncIterable<ObjectSummary> {
    return this.#kept.list(prefix);
  }

  forget(key: string): Promise<void> {
    return this.#kept.delete(key);
  }
}

const store = new CountingStore();
let now = Date.parse("2025-04-01T00:00:00Z");
const publication = createPublication({ store, base: BASE, clock: () => (now += 60_000), ...(values.pages ? { pages: await openPages(BASE) } : {}) });

const rows: (string | number)[][] = [];
let since = { at: 0, objects: 0, bytes: 0, time: performance.now() };
for (let from = 0; from < most; from += size) {
  const batch = Array.from({ length: Math.min(size, most - from) }, (_, i) => synthetic(from + i));
  await publication.publish(batch, { replace: true });
  for await (const { key } of store.list("g/")) await store.forget(key);
  const done = from + batch.length;
  if ([1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000].includes(done) || done === most) {
    const count = done - since.at;
    const seconds = (performance.now() - since.time) / 1000;
    rows.push([done, round((store.objects - since.objects) / count), Math.round((store.bytes - since.bytes) / count), Math.round(count / seconds)]);
    since = { at: done, objects: store.objects, bytes: store.bytes, time: performance.now() };
    process.stderr.write(`${done} articles\n`);
  }
}
process.stdout.write(table(["articles", "objects per article", "bytes per article", "articles/s"], rows));
process.stdout.write("\nEach line: the mean since the line before.\n\n");
process.stdout.write(table(["written to", "objects per article", "bytes per article"], [...store.folders].sort(([, a], [, b]) => b.bytes - a.bytes).map(([name, { objects, bytes }]) => [name, round(objects / most), Math.round(bytes / most)])));
const manifest = await publication.manifest();
const counts = manifest?.counts;
process.stdout.write(`\nQuads per article: ${round((counts?.facts ?? 0) / most)} facts, ${round((counts?.evidence ?? 0) / most)} evidence; parts: ${manifest?.parts.length ?? 0}; meetings: ${counts?.meetings ?? 0}\n`);

/** An article of about 300 words, with four statements and two reports; the same number gives the same. */
function synthetic(n: number): Publishing {
  const id = `article-${String(n).padStart(6, "0")}`;
  const pick = (length: number, salt: number): number => Math.imul(n * 31 + salt, 2_654_435_761) % length >>> 0;
  // Articles come day by day, a month round and round.
  const day = `2025-03-${String((Math.floor(n / 37) % 28) + 1).padStart(2, "0")}`;
  const people = [`person/north-${pick(5, 1) + 1}`, `person/south-${pick(5, 2) + 1}`];
  const states = ["state/north", "state/south"];
  let text = "";
  const write = (words: string): Span => {
    const start = text.length;
    text += words;
    return { start, end: text.length };
  };
  const statements: Statement[] = [];
  for (let i = 0; i < 4; i++) {
    const speaker = people[i % 2] ?? "";
    const source = write(speaker);
    write(" ");
    const cue = write("said");
    write(" that ");
    const content = write(`the border between the two would open by summer if all that was agreed in ${id} held, and that no one should expect more than ${i + n} steps before`);
    write(".\n\n");
    statements.push({ content: [content], cue: [cue], source: [source], speakers: [speaker], reportedBy: null, addressee: null, kind: "indirect", mode: "speech", about: [states[i % 2] ?? ""], date: day, confidence: 0.8, support: { [speaker]: [source] } });
  }
  const meetings = [0, 1].map((i): Meeting => {
    const sentence = write(`${people[0] ?? ""} and ${people[1] ?? ""} ${i === 0 ? "spoke by telephone" : "will meet"} on ${day}. `);
    const first = { start: sentence.start, end: sentence.start + (people[0]?.length ?? 0) };
    return {
      kind: i === 0 ? "PhoneCall" : "Summit", status: i === 0 ? "held" : "planned", participants: people, sides: { [people[0] ?? ""]: "state/north", [people[1] ?? ""]: "state/south" }, place: "place/harbour",
      according: [], evidence: [sentence], date: { earliest: day, latest: day, precision: "day", text: `on ${day}` }, confidence: 0.9,
      support: { [people[0] ?? ""]: [first], [people[1] ?? ""]: [first], "place/harbour": [first] },
    };
  });
  const entity = (key: string, kind: Entity["kind"]): Entity => ({ key, kind, name: key.replace(/^.*\//, ""), names: [key], ...(kind === "person" ? { state: key.includes("north") ? "state/north" : "state/south" } : {}) });
  return {
    article: { id, text, language: "en", published: day, headline: `Article ${n}` },
    extraction: {
      id, published: day, mentions: [], statements, meetings,
      entities: [...people.map((key) => entity(key, "person")), ...states.map((key) => entity(key, "state")), entity("place/harbour", "place")],
      versions: { software: "0.1.0", model: "m1", gazetteer: "g1" },
    },
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
