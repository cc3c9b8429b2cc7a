import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { SplitStore } from "../../lib/store/split-store.ts";
import { publicationOn, SIX } from "../publication/support.ts";
import { contract } from "./contract.ts";

const split = (prefix: string, part = new MemoryStore(), rest = new MemoryStore()) => new SplitStore({ prefix, part, rest });

contract("one folder apart", () => Promise.resolve(split("a/")));
contract("a folder apart that nobody uses", () => Promise.resolve(split("log/")));

async function keysOf(store: { list(prefix: string): AsyncIterable<{ readonly key: string }> }, prefix = ""): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

describe("a split store", () => {
  it("keeps the folder where it belongs and lists all in one order", async () => {
    const [part, rest] = [new MemoryStore(), new MemoryStore()];
    const store = split("log/", part, rest);
    const keys = ["g/a/1.json", "lo.txt", "log-book.txt", "log.txt", "log/1.json", "log/2.json", "logs/1.txt", "m.txt"];
    for (const key of keys.toReversed()) await store.put(key, key, { contentType: "text/plain" });
    await rest.put("log/stray.json", "", { contentType: "text/plain" });
    expect(await keysOf(part)).toEqual(["log/1.json", "log/2.json"]);
    expect(await keysOf(store)).toEqual(keys);
    for (const prefix of ["l", "lo", "log", "log/", "log/1", "logs", "x"]) expect(await keysOf(store, prefix), prefix).toEqual(keys.filter((key) => key.startsWith(prefix)));
    await store.delete("log/1.json");
    expect(await keysOf(part)).toEqual(["log/2.json"]);
  });

  it("holds a publication whose log lies apart", async () => {
    const [part, rest] = [new MemoryStore(), new MemoryStore()];
    const publication = publicationOn(split("log/", part, rest));
    await publication.publish(SIX);
    await publication.withdraw(["a2"]);
    expect(await keysOf(part)).toEqual(["log/000000000001.json", "log/000000000002.json"]);
    expect(await keysOf(rest, "log/")).toEqual([]);
    expect((await publication.check({ shapes: false })).problems).toEqual([]);
    await publication.rebuild();
    expect((await publication.check({ shapes: false })).problems).toEqual([]);
  });
});
