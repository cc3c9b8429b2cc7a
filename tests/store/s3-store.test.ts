import { afterAll, describe, expect, it } from "vitest";
import { openStore } from "../../lib/store/open.ts";
import { S3Store } from "../../lib/store/s3-store.ts";
import type { ObjectStore } from "../../lib/store/types.ts";
import { startS3Server } from "../support/s3-server.ts";
import { contract } from "./contract.ts";

const server = await startS3Server();
afterAll(() => server?.stop());

describe.skipIf(server === undefined)("over a real server", () => {
  Object.assign(process.env, server?.environment);
  let bucket: Promise<string> | undefined;
  let opened = 0;
  /** Stores in one bucket, each below a prefix of its own: they must not see each other. */
  const open = async (): Promise<ObjectStore> => {
    bucket ??= server!.createBucket();
    return openStore(`s3://${await bucket}/tree-${++opened}/of/articles`);
  };
  contract("S3", open, { flat: true });

  it("keeps stores of one bucket apart by their prefixes", async () => {
    const [a, b] = [await open(), await open()];
    await a.put("x.txt", "a", { contentType: "text/plain" });
    expect(await b.get("x.txt")).toBeUndefined();
    const whole = await openStore(`s3://${await bucket!}`);
    expect(await whole.get(`tree-${opened - 1}/of/articles/x.txt`)).toBeDefined();
  });

  it("says when there is no such bucket, or no right to it", async () => {
    const none = await openStore("s3://communique-test-none/x");
    await expect(none.get("x.txt")).rejects.toMatchObject({ code: "option-invalid" });
    await expect(none.put("x.txt", "1", { contentType: "text/plain" })).rejects.toMatchObject({ code: "option-invalid" });
    const secret = process.env["AWS_SECRET_ACCESS_KEY"];
    process.env["AWS_SECRET_ACCESS_KEY"] = "wrong";
    try {
      const store = await openStore(`s3://${await bucket!}/x`);
      await expect(store.put("x.txt", "1", { contentType: "text/plain" })).rejects.toMatchObject({ code: "output-unwritable" });
    } finally {
      process.env["AWS_SECRET_ACCESS_KEY"] = secret;
    }
  });
});

/** A server that answers each call with the next of `answers`; an error is thrown, and may come after the write took effect. */
class Scripted {
  readonly calls: string[] = [];
  readonly #answers: (unknown)[];

  constructor(...answers: unknown[]) {
    this.#answers = answers;
  }

  send = (command: object): Promise<never> => {
    this.calls.push(command.constructor.name);
    const answer = this.#answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as never);
  };
}

const failure = (name: string, status?: number): Error => Object.assign(new Error(name), { name, ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }) });
const holding = (text: string): object => ({ Body: { transformToByteArray: () => Promise.resolve(Buffer.from(text)) }, ContentLength: Buffer.byteLength(text), ETag: '"e1"', ContentType: "text/plain" });
const TEXT = { contentType: "text/plain" };

describe("the store of S3, when calls fail", () => {
  it.each([
    ["a conflict of conditional writes", failure("ConditionalRequestConflict", 409)],
    ["throttling", failure("SlowDown", 503)],
    ["a timeout", failure("TimeoutError")],
    ["a refused connection", Object.assign(new AggregateError([]), { code: "ECONNREFUSED" })],
    ["a lost connection", Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })],
  ])("tries again after %s", async (_, error) => {
    const client = new Scripted(error, error, { ETag: '"e1"' });
    expect(await new S3Store("bucket", "", { client }).put("a.txt", "1", TEXT, { ifNoneMatch: "*" })).toBe("e1");
    expect(client.calls).toHaveLength(3);
  });

  it("takes its own write for its own where the answer was lost", async () => {
    for (const condition of [{ ifNoneMatch: "*" }, { ifMatch: "e0" }] as const) {
      const client = new Scripted(failure("TimeoutError"), failure("PreconditionFailed", 412), holding("mine"));
      expect(await new S3Store("bucket", "", { client }).put("a.txt", "mine", TEXT, condition)).toBe("e1");
      const other = new Scripted(failure("TimeoutError"), failure("PreconditionFailed", 412), holding("theirs"));
      await expect(new S3Store("bucket", "", { client: other }).put("a.txt", "mine", TEXT, condition)).rejects.toMatchObject({ name: "PreconditionFailed" });
    }
    // The same bytes of somebody else are no reason to think that one has won.
    const first = new Scripted(failure("PreconditionFailed", 412), holding("mine"));
    await expect(new S3Store("bucket", "", { client: first }).put("a.txt", "mine", TEXT, { ifNoneMatch: "*" })).rejects.toMatchObject({ name: "PreconditionFailed" });
  });

  it("reads again what broke off, and does not read what is too large", async () => {
    const cut = { ...holding("whole"), Body: { transformToByteArray: () => Promise.resolve(Buffer.from("wh")) } };
    const client = new Scripted(cut, holding("whole"));
    expect(Buffer.from((await new S3Store("bucket", "", { client }).get("a.txt"))!.body).toString()).toBe("whole");
    let cancelled = false;
    const huge = { ContentLength: 2 ** 40, Body: { transformToWebStream: () => ({ cancel: () => Promise.resolve((cancelled = true)) }) } };
    await expect(new S3Store("bucket", "", { client: new Scripted(huge) }).get("a.txt")).rejects.toMatchObject({ code: "input-too-large" });
    expect(cancelled).toBe(true);
  });

  it("does not try again what cannot succeed", async () => {
    const client = new Scripted(failure("AccessDenied", 403));
    await expect(new S3Store("bucket", "", { client }).get("a.txt")).rejects.toMatchObject({ code: "input-unreadable" });
    expect(client.calls).toHaveLength(1);
  });
});
