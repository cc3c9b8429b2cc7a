import { describe, expect, it } from "vitest";
import { claim, release } from "../../lib/intake/holders.ts";
import { isNewer } from "../../lib/publication/sequencer.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";

describe("the objects that give an article", () => {
  it("are not given back by a bell that was overtaken", async () => {
    const store = new MemoryStore();
    await claim(store, "a", "in/1.txt", "01");
    expect(await release(store, "a", "in/1.txt", "03")).toEqual({ withdraw: "03" });
    expect(await claim(store, "a", "in/1.txt", "02")).toBe("02");
    await claim(store, "a", "in/2.txt", "04");
    expect(await release(store, "a", "in/2.txt", "05")).toEqual({ withdraw: "05" });
  });

  it("tell the same when they are asked again", async () => {
    const store = new MemoryStore();
    await claim(store, "a", "in/1.txt", "F1");
    const gone = await release(store, "a", "in/1.txt", "F2");
    expect(await release(store, "a", "in/1.txt", "F2")).toEqual(gone);
    const again = await claim(store, "a", "in/2.txt", "01");
    expect(isNewer(again, gone.withdraw)).toBe(true);
    expect(await claim(store, "a", "in/2.txt", "01")).toBe(again);
    const last = await release(store, "a", "in/2.txt", "02");
    expect(isNewer(last.withdraw, again)).toBe(true);
    expect(await release(store, "a", "in/2.txt", "02")).toEqual(last);
  });

  it("take turns when many are noted at once, and only the last to go takes the article with it", async () => {
    const store = new MemoryStore();
    const objects = Array.from({ length: 12 }, (_, i) => `in/${i}.txt`);
    await Promise.all(objects.map((key, i) => claim(store, "a", key, `0${i.toString(16)}`)));
    const released = await Promise.all(objects.map((key) => release(store, "a", key, "1")));
    expect(released.filter(({ withdraw }) => withdraw !== undefined)).toHaveLength(1);
  });
});
