import { gzipSync } from "node:zlib";
import fc from "fast-check";
import oxigraph from "oxigraph";
import { describe, expect, it } from "vitest";
import { LoadedParts } from "../../lib/sparql/loaded-parts.ts";
import { readSnapshot, type DataPart, type Snapshot } from "../../lib/sparql/source.ts";

const LIMITS = { memoryMegabytes: 1024, quads: 1_000_000 };

const term = fc.constantFrom("<http://a.example/x>", "<http://a.example/y#char=1,2>", "<http://a.example/é>");
const object = fc.oneof(term, fc.constantFrom('"x"', '"x"@en', '"\\"}) \\\\ \\n é ?s"', '"\\u0000\\u0007\\u0022\\u007F\\t{"', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', '"2025-02-24"^^<http://www.w3.org/2001/XMLSchema#date>'));
const graph = fc.constantFrom("<http://a.example/g1>", "<http://a.example/g2>", "<http://a.example/g3>");
/** Few terms, so that parts share quads, and graphs share triples. */
const line = fc.tuple(term, term, object, graph).map((terms) => `${terms.join(" ")} .\n`);
const text = fc.uniqueArray(line, { maxLength: 12 }).map((lines) => lines.join(""));
/** All the parts there ever are; a manifest names some of them. */
const pool = fc.array(text, { minLength: 1, maxLength: 6 });
const manifests = fc.array(fc.uniqueArray(fc.nat(5), { maxLength: 6 }), { minLength: 1, maxLength: 6 });

const bytes = (text: string): SharedArrayBuffer => {
  const shared = new SharedArrayBuffer(Buffer.byteLength(text));
  new Uint8Array(shared).set(Buffer.from(text));
  return shared;
};
const snapshotOf = (texts: readonly string[], names: readonly number[]): Snapshot => {
  const parts = names.filter((name) => name < texts.length).map((name) => ({ name: `part ${name}`, bytes: bytes(texts[name] ?? "") }));
  return { parts, offered: parts.length };
};
const loaded = (snapshot: Snapshot, limits = LIMITS): LoadedParts => {
  const parts = new LoadedParts(oxigraph, limits);
  parts.load(snapshot);
  return parts;
};
const dump = ({ store }: LoadedParts): string[] => store.dump({ format: "application/n-quads" }).split("\n").sort();

describe("an update", () => {
  it("by any sequence of manifests leaves what loading the last one gives", () => {
    fc.assert(
      fc.property(pool, manifests, (texts, sequence) => {
        const parts = loaded({ parts: [], offered: 0 });
        for (const names of sequence) {
          const snapshot = snapshotOf(texts, names);
          expect(parts.update(snapshot)).toBe(true);
          const anew = loaded(snapshot);
          expect(dump(parts)).toEqual(dump(anew));
          expect([parts.quads, parts.count]).toEqual([anew.quads, anew.count]);
        }
      }),
    );
  });

  it("keeps to the budget of quads as loading does", () => {
    fc.assert(
      fc.property(pool, manifests, fc.integer({ min: 1, max: 20 }), (texts, sequence, quads) => {
        const parts = loaded({ parts: [], offered: 0 }, { ...LIMITS, quads });
        for (const names of sequence) {
          const snapshot = snapshotOf(texts, names);
          expect(parts.update(snapshot)).toBe(true);
          expect(dump(parts)).toEqual(dump(loaded(snapshot, { ...LIMITS, quads })));
        }
      }),
    );
  });

  it.each([
    ["blank nodes that leave", "_:b <http://a.example/p> <http://a.example/o> <http://a.example/g> .\n", [0], [1]],
    ["blank nodes that come", '<http://a.example/s> <http://a.example/p> _:b <http://a.example/g> .\n', [1], [0, 1]],
    ["triples of no graph", "<http://a.example/s> <http://a.example/p> <http://a.example/o> .\n", [0], [1]],
  ])("of %s is left to a new worker, and changes nothing", (_, tangled, before, after) => {
    const texts = [tangled, '<http://a.example/s> <http://a.example/p> "_:b" <http://a.example/g> .\n'];
    const parts = loaded(snapshotOf(texts, before));
    const held = dump(parts);
    expect(parts.update(snapshotOf(texts, after))).toBe(false);
    expect(dump(parts)).toEqual(held);
  });

  it("is left to a new worker once what was taken out has filled the memory", () => {
    const texts = [0, 1].map((part) => Array.from({ length: 1000 }, (_, i) => `<http://a.example/s> <http://a.example/p> "${part} ${i}" <http://a.example/g> .\n`).join(""));
    // Room for some ten thousand quads.
    const parts = loaded(snapshotOf(texts, [0]), { ...LIMITS, memoryMegabytes: 10 });
    let updates = 0;
    while (updates < 100 && parts.update(snapshotOf(texts, [(updates + 1) % 2]))) updates++;
    expect(updates).toBeGreaterThan(5);
    expect(updates).toBeLessThan(20);
    expect(parts.quads).toBe(1000);
  });

  it("is left to a new worker where more goes than stays", () => {
    const texts = [0, 1].map((part) => Array.from({ length: 2000 }, (_, i) => `<http://a.example/s> <http://a.example/p> "${part} ${i}" <http://a.example/g> .\n`).join(""));
    const parts = loaded(snapshotOf(texts, [0, 1]));
    expect(parts.update(snapshotOf(texts, [1]))).toBe(false);
    expect(parts.quads).toBe(4000);
  });

  it("unpacks parts, and takes one line that two of them hold out only with the second", () => {
    const both = '<http://a.example/s> <http://a.example/p> "both" <http://a.example/g> .\n';
    const packed = (text: string, name: string) => {
      const zipped = gzipSync(text);
      const shared = new SharedArrayBuffer(zipped.length);
      new Uint8Array(shared).set(zipped);
      return { name, bytes: shared };
    };
    const [one, two] = [packed(both, "one"), packed(both, "two")];
    const parts = loaded({ parts: [one, two], offered: 2 });
    expect(parts.update({ parts: [two], offered: 1 })).toBe(true);
    expect(parts.store.size).toBe(2);
    expect(parts.update({ parts: [], offered: 0 })).toBe(true);
    expect(parts.store.size).toBe(0);
  });
});

describe("a snapshot", () => {
  const part = (name: string, quads?: number): DataPart & { reads: number } => {
    const made = { name, reads: 0, ...(quads === undefined ? {} : { quads }), read: () => (made.reads++, [Buffer.from(name)]) };
    return made;
  };
  const limits = { sourceBytes: 1000, quads: 10 };

  it("reads only the parts that the present one lacks", async () => {
    const [a, b, c] = [part("a"), part("b"), part("c")];
    const present = await readSnapshot([a, b], limits);
    const next = await readSnapshot([c, b], limits, present);
    expect([a.reads, b.reads, c.reads]).toEqual([1, 1, 1]);
    expect(next.parts.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([["c", "c"], ["b", "b"]]);
  });

  it("reads no part beyond the budget of quads, but counts it", async () => {
    const parts = [part("a", 6), part("b", 6), part("c", 1)];
    const { parts: read, offered } = await readSnapshot(parts, limits);
    expect([read.length, offered, parts[2]?.reads]).toEqual([2, 3, 0]);
  });

  it("counts what it holds already towards the most bytes", async () => {
    const present = await readSnapshot([part("a".repeat(600))], limits);
    await expect(readSnapshot([part("a".repeat(600)), part("b".repeat(600))], limits, present)).rejects.toMatchObject({ code: "input-too-large" });
  });
});
