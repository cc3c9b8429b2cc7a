import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Invocation } from "./lambda.ts";

interface Attributes {
  readonly [name: string]: { readonly DataType: string; readonly StringValue: string };
}

interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Attributes;
  readonly sent: number;
  receives: number;
  /** Of its present delivery; undefined while it waits. */
  receipt?: string | undefined;
  /** Seconds that the last delivery asked to pass before the next one. */
  pause?: number;
}

export interface Delivering {
  readonly batch?: number;
  /** The order of what waits; as it came unless given. */
  readonly shuffle?: <Item>(items: readonly Item[]) => Item[];
}

/** A queue as tests see it. */
export interface TestQueue {
  readonly url: string;
  /** Bodies of what lies in it, delivered or not. */
  readonly bodies: readonly string[];
  /** After how many seconds, as was asked for, each of the same comes again; undefined where nobody asked. */
  readonly pauses: readonly (number | undefined)[];
  /** Attributes of the same. */
  readonly attributes: readonly Readonly<Record<string, string>>[];
  send(...bodies: string[]): void;
  /**
   * Does what the event source of a function does once: delivers up to `batch` messages, takes off those that it answered for, and lets the others
   * come again, or moves them to the dead-letter queue after five times. Undefined where nothing lay in the queue.
   */
  deliver(invoke: (event: SQSEvent) => Promise<Invocation>, options?: Delivering): Promise<Invocation | undefined>;
}

export interface SqsServer {
  /** For the SDK of a function. */
  readonly environment: Readonly<Record<string, string>>;
  queue(name: string, options?: { readonly dead?: TestQueue }): TestQueue;
  /** Fails requests that it says yes to: as a whole ("down"), or message by message of a batch ("some"). */
  fault: (action: string) => "down" | "some" | undefined;
  stop(): Promise<void>;
}

const MAX_RECEIVES = 5;

/**
 * A small SQS on loopback: enough of its JSON protocol for the SDK to send, delete and delay, with faults at will. Delivery is in the
 * hands of the test.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/
 */
export async function startSqsServer(): Promise<SqsServer> {
  const queues = new Map<string, Queue>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((input) => {
      const action = String(request.headers["x-amz-target"]).replace("AmazonSQS.", "");
      const fault = api.fault(action);
      const answer = (status: number, body: unknown): void => void response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
      if (fault === "down") { answer(503, { __type: "com.amazonaws.sqs#ServiceUnavailable" }); return; }
      const queue = queues.get(String(input["QueueUrl"]));
      if (queue === undefined) { answer(400, { __type: "com.amazonaws.sqs#QueueDoesNotExist" }); return; }
      answer(200, queue.answer(action, input, fault === "some"));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api: SqsServer = {
    environment: { AWS_ENDPOINT_URL_SQS: endpoint },
    queue(name, { dead } = {}) {
      const queue = new Queue(`${endpoint}/123456789012/${name}`, dead === undefined ? undefined : queues.get(dead.url));
      queues.set(queue.url, queue);
      return queue;
    },
    fault: () => undefined,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return api;
}

class Queue implements TestQueue {
  readonly url: string;
  readonly #dead: Queue | undefined;
  #messages: Message[] = [];

  constructor(url: string, dead: Queue | undefined) {
    this.url = url;
    this.#dead = dead;
  }

  get bodies(): readonly string[] {
    return this.#messages.map(({ body }) => body);
  }

  get pauses(): readonly (number | undefined)[] {
    return this.#messages.map(({ pause }) => pause);
  }

  get attributes(): readonly Readonly<Record<string, string>>[] {
    return this.#messages.map(({ attributes }) => Object.fromEntries(Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue])));
  }

  send(...bodies: string[]): void {
    for (const body of bodies) this.#add(body, {});
  }

  async deliver(invoke: (event: SQSEvent) => Promise<Invocation>, { batch = 10, shuffle = (items) => [...items] }: Delivering = {}): Promise<Invocation | undefined> {
    const delivered = shuffle(this.#messages).slice(0, batch);
    if (delivered.length === 0) return undefined;
    for (const message of delivered) {
      message.receives++;
      message.receipt = randomUUID();
    }
    const invocation = await invoke({ Records: delivered.map((message) => this.#record(message)) });
    const failures = invocation.outcome === "answered" ? (JSON.parse(invocation.body.toString("utf8")) as SQSBatchResponse).batchItemFailures : undefined;
    const failed = new Set(failures?.map(({ itemIdentifier }) => itemIdentifier));
    const done = delivered.filter(({ id }) => failures !== undefined && !failed.has(id));
    const dead = delivered.filter((message) => this.#messages.includes(message) && !done.includes(message) && message.receives >= MAX_RECEIVES && this.#dead !== undefined);
    if (this.#dead !== undefined) for (const { body, attributes } of dead) this.#dead.#add(body, attributes);
    this.#messages = this.#messages.filter((message) => !done.includes(message) && !dead.includes(message));
    for (const message of delivered) message.receipt = undefined;
    return invocation;
  }

  answer(action: string, input: Readonly<Record<string, unknown>>, failing: boolean): unknown {
    if (action === "SendMessageBatch") return this.#sendBatch(input["Entries"] as Entry[], failing);
    if (action === "SendMessage") return this.#add(String(input["MessageBody"]), (input["MessageAttributes"] ?? {}) as Attributes);
    if (action === "DeleteMessage") {
      this.#messages = this.#messages.filter(({ receipt }) => receipt !== input["ReceiptHandle"]);
      return {};
    }
    if (action === "ChangeMessageVisibilityBatch") return this.#pauseBatch(input["Entries"] as Pause[]);
    throw new Error(`the SQS of the tests knows no ${action}`);
  }

  #sendBatch(entries: readonly Entry[], failing: boolean): unknown {
    if (entries.length > 10 || entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0) > 262_144) throw new Error("too much for one request");
    const failed = failing ? entries.filter((_, index) => index % 2 === 1) : [];
    return {
      Successful: entries.filter((entry) => !failed.includes(entry)).map(({ Id, MessageBody, MessageAttributes = {} }) => ({ Id, ...this.#add(MessageBody, MessageAttributes) })),
      Failed: failed.map(({ Id }) => ({ Id, SenderFault: false, Code: "InternalError" })),
    };
  }

  #pauseBatch(entries: readonly Pause[]): unknown {
    if (entries.length === 0 || entries.length > 10) throw new Error("no number of entries for one request");
    for (const { ReceiptHandle, VisibilityTimeout } of entries) {
      const message = this.#messages.find(({ receipt }) => receipt === ReceiptHandle);
      if (message !== undefined) message.pause = VisibilityTimeout;
    }
    return { Successful: entries.map(({ Id }) => ({ Id })), Failed: [] };
  }

  #add(body: string, attributes: Attributes): { MessageId: string; MD5OfMessageBody: string } {
    const message: Message = { id: randomUUID(), body, attributes, sent: Date.now(), receives: 0 };
    this.#messages.push(message);
    return { MessageId: message.id, MD5OfMessageBody: createHash("md5").update(body).digest("hex") };
  }

  #record({ id, body, sent, receives, receipt }: Message): SQSEvent["Records"][number] {
    return {
      messageId: id,
      receiptHandle: receipt ?? "",
      body,
      attributes: { ApproximateReceiveCount: String(receives), SentTimestamp: String(sent), SenderId: "AIDAEXAMPLE", ApproximateFirstReceiveTimestamp: String(sent) },
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:us-east-1:123456789012:queue",
      awsRegion: "us-east-1",
    };
  }
}

interface Pause {
  readonly Id: string;
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout: number;
}

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageAttributes?: Attributes;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return JSON.parse(Buffer.concat(pieces).toString("utf8")) as Record<string, unknown>;
}
