import { ChangeMessageVisibilityBatchCommand, DeleteMessageCommand, SendMessageBatchCommand, SQSClient, type MessageAttributeValue, type SendMessageBatchRequestEntry } from "@aws-sdk/client-sqs";
import type { Queue } from "../intake/queue.ts";
import { retry } from "../store/retry.ts";

/** What one request may hold, bodies and attributes together. */
const REQUEST_MESSAGES = 10;
const REQUEST_BYTES = 256 * 1024;
const LONGEST_ATTRIBUTE = 1000;
const RETRIES = { attempts: 6, firstMs: 100, longestMs: 5000 };

/** Some of a request's messages were not taken, for a reason that may pass. */
class Unsent extends Error {
  override readonly name = "Unsent";
}

export interface SqsQueueOptions {
  /** A client of one's own; else one that finds endpoint, region and credentials in the environment. */
  readonly client?: Pick<SQSClient, "send">;
}

/** When a delivered message is to come again, counted from now. */
export interface Delay {
  readonly receiptHandle: string;
  readonly seconds: number;
}

/** A standard queue of SQS. */
export class SqsQueue implements Queue {
  readonly #url: string;
  readonly #client: Pick<SQSClient, "send">;

  constructor(url: string, { client = new SQSClient({ maxAttempts: 5 }) }: SqsQueueOptions = {}) {
    this.#url = url;
    this.#client = client;
  }

  /** @throws Error for a message that SQS can take at no time, as one of more than 256 KiB. */
  async send(bodies: readonly string[], attributes: Readonly<Record<string, string>> = {}): Promise<void> {
    const values = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attribute(value)]));
    const overhead = Object.entries(attributes).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value) + 6, 0);
    for (const group of groups(bodies, overhead)) await this.#sendGroup(group, values);
  }

  /** Takes a delivered message off the queue. One that is off already changes nothing. */
  async delete(receiptHandle: string): Promise<void> {
    await this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#url, ReceiptHandle: receiptHandle }));
  }

  /** Lets delivered messages come again at their time. One that is off the queue already changes nothing. @throws where the queue cannot be asked */
  async delay(delays: readonly Delay[], signal?: AbortSignal): Promise<void> {
    const requests = Array.from({ length: Math.ceil(delays.length / REQUEST_MESSAGES) }, (_, group) =>
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: this.#url,
        Entries: delays
          .slice(group * REQUEST_MESSAGES, (group + 1) * REQUEST_MESSAGES)
          .map(({ receiptHandle, seconds }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle, VisibilityTimeout: seconds })),
      }),
    );
    await Promise.all(requests.map((request) => this.#client.send(request, signal === undefined ? {} : { abortSignal: signal })));
  }

  async #sendGroup(group: readonly string[], attributes: Record<string, MessageAttributeValue>): Promise<void> {
    let left = group.map((body, index): SendMessageBatchRequestEntry => ({ Id: String(index), MessageBody: body, ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: attributes }) }));
    await retry(
      async () => {
        const { Failed = [] } = await this.#client.send(new SendMessageBatchCommand({ QueueUrl: this.#url, Entries: left }));
        const fault = Failed.find(({ SenderFault }) => SenderFault === true);
        if (fault !== undefined) throw new Error(`The queue refuses a message: ${fault.Code}.`);
        const failed = new Set(Failed.map(({ Id }) => Id));
        left = left.filter(({ Id }) => failed.has(Id));
        if (left.length > 0) throw new Unsent(`${left.length} messages could not be sent: ${Failed[0]?.Code}.`);
      },
      (error) => error instanceof Unsent,
      RETRIES,
    );
  }
}

function* groups(bodies: readonly string[], overhead: number): Generator<readonly string[]> {
  let group: string[] = [];
  let size = 0;
  for (const body of bodies) {
    const bytes = Buffer.byteLength(body) + overhead;
    if (group.length === REQUEST_MESSAGES || (group.length > 0 && size + bytes > REQUEST_BYTES)) {
      yield group;
      group = [];
      size = 0;
    }
    group.push(body);
    size += bytes;
  }
  if (group.length > 0) yield group;
}

/** SQS takes the characters of XML 1.0 only, and no empty values. */
function attribute(value: string): MessageAttributeValue {
  const allowed = value.toWellFormed().replaceAll(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "?").slice(0, LONGEST_ATTRIBUTE).toWellFormed();
  return { DataType: "String", StringValue: allowed === "" ? "-" : allowed };
}
