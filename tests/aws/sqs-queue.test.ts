import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SqsQueue } from "../../lib/aws/sqs-queue.ts";
import { startSqsServer, type SqsServer } from "../support/sqs-server.ts";

describe("a queue of SQS", () => {
  let server: SqsServer;
  let client: SQSClient;
  beforeAll(async () => {
    server = await startSqsServer();
    client = new SQSClient({ endpoint: server.environment["AWS_ENDPOINT_URL_SQS"]!, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "s" }, maxAttempts: 5 });
  });
  afterEach(() => (server.fault = () => undefined));
  afterAll(() => server.stop());

  it("sends any number of messages, of any size that SQS takes", async () => {
    const queue = server.queue("many");
    const bodies = Array.from({ length: 37 }, (_, i) => `${i} ${"x".repeat(i % 9 === 0 ? 200_000 : 10)}`);
    await new SqsQueue(queue.url, { client }).send(bodies);
    expect(queue.bodies).toEqual(bodies);
    await new SqsQueue(queue.url, { client }).send([]);
    expect(queue.bodies).toHaveLength(37);
  });

  it("gives attributes a form that SQS takes", async () => {
    const queue = server.queue("attributes");
    await new SqsQueue(queue.url, { client }).send(["x"], { key: "in/\u0000\uD800.txt", message: "", long: "é".repeat(3000) });
    expect(queue.attributes).toEqual([{ key: "in/?\uFFFD.txt", message: "-", long: "é".repeat(1000) }]);
  });

  it("sends what was not taken once more, and nothing twice that was", async () => {
    const queue = server.queue("some");
    let left = 3;
    server.fault = (action) => (action === "SendMessageBatch" && left-- > 0 ? "some" : undefined);
    await new SqsQueue(queue.url, { client }).send(["a", "b", "c", "d", "e"]);
    expect([...queue.bodies].sort()).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("lets any number of delivered messages come again, each at its time", async () => {
    const queue = server.queue("delayed");
    queue.send(...Array.from({ length: 23 }, (_, i) => String(i)));
    await queue.deliver(async ({ Records }) => {
      await new SqsQueue(queue.url, { client }).delay(Records.map(({ receiptHandle, body }) => ({ receiptHandle, seconds: 30 + Number(body) })));
      await new SqsQueue(queue.url, { client }).delay([]);
      return { outcome: "timed-out" };
    }, { batch: 100 });
    expect(queue.pauses).toEqual(Array.from({ length: 23 }, (_, i) => 30 + i));
  });

  it("throws where the queue stays down or is none", async () => {
    server.fault = () => "down";
    const once = new SQSClient({ endpoint: server.environment["AWS_ENDPOINT_URL_SQS"]!, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "s" }, maxAttempts: 1 });
    await expect(new SqsQueue(server.queue("down").url, { client: once }).send(["a"])).rejects.toThrow();
    server.fault = () => undefined;
    await expect(new SqsQueue(`${server.environment["AWS_ENDPOINT_URL_SQS"]!}/123456789012/none`, { client: once }).send(["a"])).rejects.toThrow();
  });
});
