import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder } from "../../lib/cli/in-order.ts";

async function* numbers(count: number, onNext: (n: number) => void = () => undefined): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    onNext(i);
    yield i;
    await Promise.resolve();
  }
}

describe("inOrder", () => {
  it("keeps the order of the items however long each takes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (delays, limit) => {
        const results: number[] = [];
        for await (const n of inOrder(numbers(delays.length), limit, async (n) => (await delay(delays[n]), n))) results.push(n);
        expect(results).toEqual(delays.map((_, n) => n));
      }),
      { numRuns: 30 },
    );
  });

  it("reads no further ahead than the limit", async () => {
    let read = 0;
    let taken = 0;
    for await (const _ of inOrder(numbers(50, (n) => (read = n + 1)), 4, (n) => Promise.resolve(n))) {
      taken++;
      expect(read - taken).toBeLessThanOrEqual(4);
    }
    expect(taken).toBe(50);
  });

  it("passes a failure on in its turn and stops reading", async () => {
    let read = 0;
    const results: number[] = [];
    const run = async (): Promise<void> => {
      const work = (n: number): Promise<number> => (n === 3 ? Promise.reject(new Error("three")) : Promise.resolve(n));
      for await (const n of inOrder(numbers(50, (n) => (read = n)), 2, work)) results.push(n);
    };
    await expect(run()).rejects.toThrow("three");
    expect(results).toEqual([0, 1, 2]);
    expect(read).toBeLessThan(6);
  });
});
