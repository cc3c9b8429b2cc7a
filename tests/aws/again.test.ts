import type { SQSEvent } from "aws-lambda";
import { describe, expect, it, vi } from "vitest";
import { comeAgain, pauseAfter } from "../../lib/aws/again.ts";
import type { Delay } from "../../lib/aws/sqs-queue.ts";

const event = (receives: Readonly<Record<string, number>>): SQSEvent => ({
  Records: Object.entries(receives).map(([id, count]) => ({
    messageId: id, receiptHandle: `of ${id}`, body: "", messageAttributes: {}, md5OfBody: "", eventSource: "aws:sqs", eventSourceARN: "arn", awsRegion: "r",
    attributes: { ApproximateReceiveCount: String(count), SentTimestamp: "1", SenderId: "s", ApproximateFirstReceiveTimestamp: "1" },
  })),
});
const failed = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

describe("messages that failed", () => {
  it("come again after longer and longer pauses, of which five deliveries outlast twenty minutes", () => {
    expect([1, 2, 3, 4, 5, 50].map(pauseAfter)).toEqual([30, 120, 480, 900, 900, 900]);
    expect(pauseAfter(0)).toBe(30);
    expect([1, 2, 3, 4].map(pauseAfter).reduce((sum, seconds) => sum + seconds)).toBeGreaterThan(20 * 60);
  });

  it("are those that the answer names, and no others", async () => {
    const asked: Delay[] = [];
    const queue = { delay: (delays: readonly Delay[]) => Promise.resolve(void asked.push(...delays)) };
    const answer = failed("a", "c");
    expect(await comeAgain(event({ a: 1, b: 1, c: 3 }), answer, queue, { warn: vi.fn() })).toBe(answer);
    expect(asked).toEqual([{ receiptHandle: "of a", seconds: 30 }, { receiptHandle: "of c", seconds: 480 }]);
  });

  it("are answered for all the same where the queue cannot be asked", async () => {
    const warn = vi.fn();
    const answer = failed("a");
    expect(await comeAgain(event({ a: 1 }), answer, { delay: () => Promise.reject(new Error("down")) }, { warn })).toBe(answer);
    expect(warn).toHaveBeenCalledOnce();
  });
});
