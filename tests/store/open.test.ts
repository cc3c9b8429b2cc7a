import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { openStore } from "../../lib/store/open.ts";
import { Crash, faulty } from "../support/faulty.ts";

const TEXT = { contentType: "text/plain" };

describe("a store that fails", () => {
  it("dies at the write asked for, before or after it took effect, and stays dead", async () => {
    for (const effect of ["before", "after"] as const) {
      const inner = new MemoryStore();
      const store = faulty(inner, 3, effect);
      await store.put("a.txt", "1", TEXT);
      await store.delete("a.txt");
      await expect(store.put("b.txt", "1", TEXT)).rejects.toBeInstanceOf(Crash);
      await expect(store.get("a.txt")).rejects.toBeInstanceOf(Crash);
      await expect(store.delete("b.txt")).rejects.toBeInstanceOf(Crash);
      expect([store.writes, store.crashed]).toEqual([3, true]);
      expect((await inner.get("b.txt")) !== undefined).toBe(effect === "after");
    }
  });

  it("only counts when asked for no failure", async () => {
    const store = faulty(new MemoryStore(), Infinity);
    await store.put("a.txt", "1", TEXT);
    await store.delete("a.txt");
    expect([store.writes, store.crashed]).toEqual([2, false]);
  });
});

describe("opening a store", () => {
  it("refuses what is no place", async () => {
    const places = ["", "http://example.org/", "file:///tmp", "s3:/bucket", "s3://", "s3://UPPER/x", "s3://bucket/../x", "s3://bucket/a b", "s3://b?x=1/y", "a\0b"];
    for (const place of places) await expect(openStore(place), place).rejects.toMatchObject({ code: "option-invalid" });
  });
});
