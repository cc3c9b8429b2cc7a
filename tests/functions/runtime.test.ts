import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resultOf, startFunction, type Invocation, type LambdaFunction } from "../support/lambda.ts";

const HANDLER = `
let count = 0;
export const handler = async (event, context) => {
  if (event.do === "fail") throw new TypeError("no good");
  if (event.do === "exit") process.exit(3);
  if (event.do === "spin") for (;;);
  return { count: ++count, event, left: context.getRemainingTimeInMillis(), cwd: process.cwd() };
};`;
const STREAM = `
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const out = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { "content-type": "text/plain" } });
  out.write("one,");
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (event.fail) throw new Error("midway");
  out.write("two");
  out.end();
  await new Promise((resolve) => out.on("finish", resolve));
});`;

const answer = (invocation: Invocation) => resultOf(invocation) as { count: number; left: number; event: unknown };

let folder: string;
let lambda: LambdaFunction;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-runtime-"));
  await writeFile(join(folder, "plain.mjs"), HANDLER);
  await writeFile(join(folder, "stream.mjs"), STREAM);
  await writeFile(join(folder, "broken.mjs"), 'export const handler = 1; throw new Error("no configuration");');
  lambda = await startFunction({ module: join(folder, "plain.mjs") });
});
afterAll(async () => {
  await lambda.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("the runtime client", () => {
  it("gives events to a handler and takes its answers, in one process", async () => {
    const first = answer(await lambda.invoke({ text: "café 🌍" }, { timeout: 9000 }));
    expect(first.event).toEqual({ text: "café 🌍" });
    expect(first.left).toBeGreaterThan(5000);
    expect(first.left).toBeLessThanOrEqual(9000);
    expect(answer(await lambda.invoke({})).count).toBe(first.count + 1);
  });

  it("tells of errors and goes on", async () => {
    expect(await lambda.invoke({ do: "fail" })).toMatchObject({ outcome: "failed", type: "TypeError", message: "no good" });
    expect((await lambda.invoke({})).outcome).toBe("answered");
  });

  it("starts anew after a process that ended or ran out of time", async () => {
    expect(await lambda.invoke({ do: "exit" })).toMatchObject({ outcome: "exited", code: 3 });
    expect(answer(await lambda.invoke({})).count).toBe(1);
    expect(await lambda.invoke({ do: "spin" }, { timeout: 200 })).toEqual({ outcome: "timed-out" });
    expect(answer(await lambda.invoke({})).count).toBe(1);
  });

  it("tells why an initialisation failed", async () => {
    await expect(startFunction({ module: join(folder, "broken.mjs") })).rejects.toThrow("no configuration");
  });

  it("streams answers, and tells of those that break off", async () => {
    const stream = await startFunction({ module: "stream.mjs", root: folder });
    try {
      expect(await stream.invoke({})).toMatchObject({ outcome: "answered", prelude: { statusCode: 201, headers: { "content-type": "text/plain" } }, body: Buffer.from("one,two") });
      const broken = await stream.invoke({ fail: true });
      expect(broken).toMatchObject({ outcome: "answered", failure: expect.stringContaining("midway") });
    } finally {
      await stream.stop();
    }
  });
});
