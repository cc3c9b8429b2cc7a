import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeBell } from "../../lib/intake/messages.ts";
import { inOrder } from "../../lib/intake/order.ts";

const message = (object: number, n: number, receives: number) => ({ messageId: `${object}-${n}`, body: writeBell({ bucket: "articles", key: `in/${object}.txt`, deleted: false, sequencer: `0${n}` }), receives });

describe("the order of messages", () => {
  it("is as delivered at first, with those that came back at the end", () => {
    const messages = [message(1, 1, 3), message(2, 1, 1), message(3, 1, 2), message(4, 1, 1)];
    expect(inOrder(messages).map(({ messageId }) => messageId)).toEqual(["2-1", "4-1", "3-1", "1-1"]);
  });

  it("lets everybody be done with within three deliveries, whichever object ends the process and however many bells it has", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { minLength: 2, maxLength: 9 }), fc.integer({ min: 1, max: 3 }), fc.nat(8), fc.nat(), (objects, bells, where, seed) => {
        const fatal = objects[where % objects.length]!;
        let left = objects.flatMap((object) => Array.from({ length: object === fatal ? bells : 1 }, (_, n) => ({ object, n })));
        for (let receives = 1; receives <= 3; receives++) {
          // Queues keep no order.
          const delivered = left.map((one, i) => ({ one, at: (seed * (i + 7)) % 101 })).sort((a, b) => a.at - b.at).map(({ one: { object, n } }) => message(object, n, receives));
          const done = new Set<string>();
          for (const { messageId } of inOrder(delivered)) {
            if (messageId.startsWith(`${fatal}-`)) break;
            // Only what came back is taken off at once.
            if (receives > 1) done.add(messageId);
          }
          left = left.filter(({ object, n }) => !done.has(`${object}-${n}`));
        }
        expect(left.every(({ object }) => object === fatal)).toBe(true);
      }),
    );
  });
});
