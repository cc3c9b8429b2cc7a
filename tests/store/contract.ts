import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PreconditionFailed, type ObjectHeaders, type ObjectStore } from "../../lib/store/types.ts";

const TEXT: ObjectHeaders = { contentType: "text/plain; charset=utf-8" };
const CREATE = { ifNoneMatch: "*" } as const;

export interface ContractOptions {
  /** Whether one key can be both an object and a folder here, as in AWS, where there are no folders. */
  readonly flat?: boolean;
  /** Another process's view of the same objects. */
  readonly again?: (store: ObjectStore) => ObjectStore;
}

/** What every ObjectStore promises. `open` gives a new, empty one. */
export function contract(name: string, open: () => Promise<ObjectStore>, options: ContractOptions = {}): void {
  describe(`the store of ${name}`, () => {
    it("gives back what was put: bytes, headers and ETag", async () => {
      const store = await open();
      const kinds: ObjectHeaders[] = [
        { contentType: "text/turtle; charset=utf-8" },
        { contentType: "application/n-quads", contentEncoding: "gzip" },
        { contentType: "application/ld+json", cacheControl: "public, max-age=60" },
        { contentType: "text/html; charset=utf-8", contentEncoding: "gzip", cacheControl: "public, max-age=31536000, immutable" },
      ];
      const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256);
      for (const [i, headers] of kinds.entries()) {
        const etag = await store.put(`a/b-${i}/c.ttl`, bytes, headers);
        expect(etag).toMatch(/^[^"\s]+$/);
        const { body, ...rest } = (await store.get(`a/b-${i}/c.ttl`))!;
        expect(rest).toEqual({ key: `a/b-${i}/c.ttl`, etag, ...headers });
        expect(Buffer.from(body).equals(bytes)).toBe(true);
      }
    });

    it("replaces headers with the object", async () => {
      const store = await open();
      const key = "x.ttl";
      await store.put(key, "1", { contentType: "text/turtle", cacheControl: "no-store" });
      for (const headers of [{ contentType: "text/turtle; charset=utf-8" }, { contentType: "text/turtle", contentEncoding: "gzip" as const }, TEXT]) {
        await store.put(key, "1", headers);
        const { body, etag, ...rest } = (await store.get(key))!;
        expect(rest).toEqual({ key, ...headers });
      }
      await store.delete(key);
      await store.put(key, "2", TEXT);
      expect((await store.get(key))?.contentType).toBe(TEXT.contentType);
    });

    it("holds text as UTF-8, and nothing at all", async () => {
      const store = await open();
      await store.put("t.txt", "Erdoğan — 习近平 👋", TEXT);
      expect(Buffer.from((await store.get("t.txt"))!.body).toString()).toBe("Erdoğan — 习近平 👋");
      await store.put("empty.txt", "", TEXT);
      expect((await store.get("empty.txt"))?.body.length).toBe(0);
    });

    it("keeps what was put from what its maker does to the bytes later", async () => {
      const store = await open();
      const bytes = new Uint8Array([1, 2, 3]);
      const put = store.put("b.txt", bytes, TEXT);
      bytes[0] = 9;
      await put;
      const got = (await store.get("b.txt"))!.body;
      got[1] = 9;
      expect([...(await store.get("b.txt"))!.body]).toEqual([1, 2, 3]);
    });

    it("knows nothing of what is not there, deleting it included", async () => {
      const store = await open();
      expect(await store.get("none.txt")).toBeUndefined();
      expect(await store.get("none/at/all.txt")).toBeUndefined();
      await store.delete("none/at/all.txt");
      await store.put("a/b.txt", "1", TEXT);
      await store.delete("a/b.txt");
      await store.delete("a/b.txt");
      expect(await store.get("a/b.txt")).toBeUndefined();
      expect(await listed(store, "")).toEqual([]);
      await store.put("a/b.txt", "2", TEXT, CREATE);
      expect(await listed(store, "")).toEqual(["a/b.txt"]);
    });

    it("creates only what is not there", async () => {
      const store = await open();
      const etag = await store.put("log/1.json", "first", TEXT, CREATE);
      await expect(store.put("log/1.json", "second", { contentType: "text/turtle" }, CREATE)).rejects.toBeInstanceOf(PreconditionFailed);
      await expect(store.put("log/1.json", "first", TEXT, CREATE)).rejects.toBeInstanceOf(PreconditionFailed);
      const { body, ...rest } = (await store.get("log/1.json"))!;
      expect(rest).toEqual({ key: "log/1.json", etag, ...TEXT });
      expect(Buffer.from(body).toString()).toBe("first");
    });

    it("replaces only what was read", async () => {
      const store = await open();
      const first = await store.put("c.json", "1", TEXT);
      const second = await store.put("c.json", "2", TEXT, { ifMatch: first });
      expect(second).not.toBe(first);
      await expect(store.put("c.json", "3", TEXT, { ifMatch: first })).rejects.toMatchObject({ name: "PreconditionFailed", key: "c.json" });
      expect(Buffer.from((await store.get("c.json"))!.body).toString()).toBe("2");
      await expect(store.put("d.json", "1", TEXT, { ifMatch: first })).rejects.toBeInstanceOf(PreconditionFailed);
      expect(await store.get("d.json")).toBeUndefined();
      await store.delete("c.json");
      await expect(store.put("c.json", "3", TEXT, { ifMatch: second })).rejects.toBeInstanceOf(PreconditionFailed);
    });

    it("lets one of 40 who create at once win, whatever the headers", async () => {
      const store = await open();
      const stores = [store, options.again?.(store) ?? store];
      for (const key of ["log/000000000001.json", "log/000000000002.json", "log/000000000003.json"]) {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 40 }, (_, i) => stores[i % 2]!.put(key, `writer ${i}`, i % 3 === 0 ? { contentType: "application/json" } : { ...TEXT, cacheControl: `max-age=${i}` }, CREATE)),
        );
        const won = outcomes.flatMap((outcome, i) => (outcome.status === "fulfilled" ? [i] : []));
        expect(won).toHaveLength(1);
        const { body, cacheControl } = (await store.get(key))!;
        expect(Buffer.from(body).toString()).toBe(`writer ${won[0]!}`);
        expect(cacheControl).toBe(won[0]! % 3 === 0 ? undefined : `max-age=${won[0]!}`);
        for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(PreconditionFailed);
      }
    });

    it("counts exactly when many add to one number by comparing and swapping", async () => {
      const store = await open();
      const stores = [store, options.again?.(store) ?? store];
      await store.put("n.json", "0", TEXT, CREATE);
      const add = async (mine: ObjectStore): Promise<void> => {
        for (;;) {
          const { body, etag } = (await mine.get("n.json"))!;
          try {
            // A number that comes back (as in 1, 2, 1) would let a stale ETag match.
            await mine.put("n.json", String(Number(Buffer.from(body).toString()) + 1), TEXT, { ifMatch: etag });
            return;
          } catch (error) {
            if (!(error instanceof PreconditionFailed)) throw error;
          }
        }
      };
      await Promise.all(Array.from({ length: 8 }, async (_, i) => {
        for (let n = 0; n < 5; n++) await add(stores[i % 2]!);
      }));
      expect(Buffer.from((await store.get("n.json"))!.body).toString()).toBe("40");
    });

    it("never shows half a write", async () => {
      const store = await open();
      const bodies = ["a", "b"].map((letter) => letter.repeat(200_000));
      await store.put("w.txt", bodies[0]!, TEXT);
      let writing = true;
      const write = (async () => {
        for (let i = 0; i < 20; i++) await store.put("w.txt", bodies[i % 2]!, TEXT);
        writing = false;
      })();
      while (writing) expect(bodies).toContain(Buffer.from((await store.get("w.txt"))!.body).toString());
      await write;
    });

    it("lists more than 1,000 keys in the order of their bytes, by any prefix", async () => {
      const store = await open();
      const keys = Array.from({ length: 1020 }, (_, i) => `many/${String(i).padStart(5, "0")}.txt`);
      const odd = ["a.ttl", "a/b.ttl", "a/b/c.ttl", "a-b/c.ttl", "a,b.ttl", "a~/x.ttl", "A/x.ttl", "a=1.txt", "a/B.ttl", "a/.b.ttl", "con/nul.txt", "u.s./x.ttl", "z.txt"];
      for (let i = 0; i < keys.length; i += 60) await Promise.all(keys.slice(i, i + 60).map((key) => store.put(key, key, TEXT)));
      for (const key of odd) await store.put(key, key, TEXT);
      const all = [...keys, ...odd].sort();
      expect(await listed(store, "")).toEqual(all);
      for (const prefix of ["a", "a/", "a/b", "a/b/", "many/0010", "many/01", "con", "u.s", "u.s./", "nothing", "z.txt", "z.txt/"]) {
        expect(await listed(store, prefix), prefix).toEqual(all.filter((key) => key.startsWith(prefix)));
      }
      for await (const { key, etag, size } of store.list("a")) {
        const { body, etag: read } = (await store.get(key))!;
        expect({ key, etag, size }).toEqual({ key, etag: read, size: body.length });
      }
    }, 60_000);

    if (options.flat !== true) {
      it("lets no key be both an object and a folder", async () => {
        const store = await open();
        await store.put("p.ttl/q.ttl", "1", TEXT);
        for (const condition of [undefined, CREATE]) await expect(store.put("p.ttl", "2", TEXT, condition)).rejects.toMatchObject({ code: "option-invalid" });
        await store.put("q.ttl", "1", TEXT);
        for (const condition of [undefined, CREATE]) await expect(store.put("q.ttl/r.ttl", "2", TEXT, condition)).rejects.toMatchObject({ code: "option-invalid" });
        expect(await store.get("p.ttl")).toBeUndefined();
        expect(await store.get("q.ttl/r.ttl")).toBeUndefined();
        await store.delete("p.ttl");
        await store.delete("p.ttl/q.ttl");
        await store.put("p.ttl", "3", TEXT);
        expect(await listed(store, "")).toEqual(["p.ttl", "q.ttl"]);
      });
    }

    it("refuses keys that are none", async () => {
      const store = await open();
      const hostile = [
        "", "/", "a", "a/", "/a.txt", "a//b.txt", "../a.txt", "a/../b.txt", "a/./b.txt", "..", ".txt", "a.", "a\\b.txt", "a\0.txt", "a b.txt", "a%2fb.txt", "C:/a.txt",
        "a?b.txt", "a#b.txt", "é.txt", "a\n.txt", "a:b.txt", "+store/tmp/a.txt", "@con.txt", "<script>.txt", `${"a".repeat(201)}.txt`, `${"a/".repeat(500)}a.txt`, "a.txt/..",
      ];
      for (const key of hostile) {
        await expect(store.get(key), key).rejects.toMatchObject({ code: "option-invalid" });
        await expect(store.put(key, "x", TEXT), key).rejects.toMatchObject({ code: "option-invalid" });
        await expect(store.delete(key), key).rejects.toMatchObject({ code: "option-invalid" });
      }
      for (const prefix of ["/", "../", "a/../", "a//", "a/./b", "a\0", "a\\", "+store/"]) await expect(listed(store, prefix), prefix).rejects.toMatchObject({ code: "option-invalid" });
      expect(await listed(store, "")).toEqual([]);
    });

    it("is a map from keys to what was put last", async () => {
      const key = fc.constantFrom("a.ttl", "b/a.ttl", "b/b.ttl", "B/b.ttl", "c/d/e.json", "con.txt");
      const body = fc.string({ unit: "binary", maxLength: 20 });
      const step = fc.oneof(
        fc.record({ kind: fc.constant("put" as const), key, body, cacheControl: fc.constantFrom(undefined, "no-cache") }),
        fc.record({ kind: fc.constant("create" as const), key, body }),
        fc.record({ kind: fc.constant("delete" as const), key }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
          const store = await open();
          const model = new Map<string, string>();
          for (const action of steps) {
            if (action.kind === "delete") {
              await store.delete(action.key);
              model.delete(action.key);
            } else if (action.kind === "create" && model.has(action.key)) {
              await expect(store.put(action.key, action.body, TEXT, CREATE)).rejects.toBeInstanceOf(PreconditionFailed);
            } else {
              const headers = action.kind === "put" && action.cacheControl !== undefined ? { ...TEXT, cacheControl: action.cacheControl } : TEXT;
              await store.put(action.key, action.body, headers, action.kind === "create" ? CREATE : undefined);
              model.set(action.key, Buffer.from(action.body).toString());
              expect((await store.get(action.key))?.cacheControl).toBe(headers === TEXT ? undefined : "no-cache");
            }
          }
          const found = new Map<string, string>();
          for await (const { key: name } of store.list("")) found.set(name, Buffer.from((await store.get(name))!.body).toString());
          expect([...found]).toEqual([...model].sort(([a], [b]) => (a < b ? -1 : 1)));
        }),
        { numRuns: 15 },
      );
    });
  });
}

async function listed(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}
