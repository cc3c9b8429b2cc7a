import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { S3Articles } from "../../lib/aws/s3-articles.ts";
import { s3Client } from "../../lib/store/s3-store.ts";
import { startS3Server } from "../support/s3-server.ts";

const server = await startS3Server();
afterAll(() => server?.stop());

describe.skipIf(server === undefined)("the bucket of articles", () => {
  Object.assign(process.env, server?.environment);
  const client = s3Client(server?.environment["S3_ENDPOINT"]);
  let bucket: string;
  beforeAll(async () => {
    bucket = await server!.createBucket();
  });
  const put = (key: string, body: string, metadata: Record<string, string> = {}) => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(body), Metadata: metadata }));

  it("gives objects under keys of any kind, with their metadata", async () => {
    const key = "in/news & views/Ünï + 100% ?#.txt";
    await put(key, "Text.", { published: "2024-03-06", headline: "A headline" });
    const found = await new S3Articles(bucket, client).read(key, 100);
    expect(found).toMatchObject({ key, metadata: { published: "2024-03-06", headline: "A headline" } });
    expect(Buffer.from(found!.bytes).toString()).toBe("Text.");
    await put(key, "Text!");
    expect((await new S3Articles(bucket, client).read(key, 100))!.etag).not.toBe(found!.etag);
    expect(await new S3Articles(bucket, client).read("in/none.txt", 100)).toBeUndefined();
    await put("in/empty.txt", "");
    expect((await new S3Articles(bucket, client).read("in/empty.txt", 100))!.bytes).toHaveLength(0);
  });

  it("refuses what is too large before it reads any of it", async () => {
    await put("in/large.txt", "x".repeat(2_000_000));
    const articles = new S3Articles(bucket, client);
    for (let i = 0; i < 80; i++) await expect(articles.read("in/large.txt", 1_999_999)).rejects.toMatchObject({ code: "input-too-large" });
    // More than there are sockets: those of bodies not read are free again.
    expect((await articles.read("in/large.txt", 2_000_000))!.bytes).toHaveLength(2_000_000);
  });

  it("keeps reasons beside them, under long keys too, and clears them", async () => {
    const articles = new S3Articles(bucket, client);
    const long = `in/${"a".repeat(200)}/${"b".repeat(200)}/${"c".repeat(200)}/${"d".repeat(200)}/${"e".repeat(200)}.txt`;
    for (const key of ["in/news & views/ü.txt", long]) {
      await articles.put({ key, code: "input-empty", message: "there is no text", at: "2024-03-06T00:00:00.000Z" });
      await articles.put({ key, code: "input-malformed", message: "this is no JSON", at: "2024-03-06T00:00:01.000Z" });
    }
    const stored = await client.send(new GetObjectCommand({ Bucket: bucket, Key: "errors/in/news & views/ü.txt.json" }));
    expect(JSON.parse(await stored.Body!.transformToString())).toMatchObject({ key: "in/news & views/ü.txt", code: "input-malformed" });
    for (const key of ["in/news & views/ü.txt", long, "in/none.txt"]) await articles.clear(key);
    await expect(client.send(new GetObjectCommand({ Bucket: bucket, Key: "errors/in/news & views/ü.txt.json" }))).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  it("tries again what a busy server refuses, and tells what it cannot do", async () => {
    let refusals = 3;
    const busy = { send: ((command: never) => (refusals-- > 0 ? Promise.reject(Object.assign(new Error("slow down"), { name: "SlowDown", $metadata: { httpStatusCode: 503 } })) : client.send(command))) as typeof client.send };
    await put("in/b.txt", "Text.");
    expect((await new S3Articles(bucket, busy).read("in/b.txt", 100))!.bytes).toHaveLength(5);
    expect(refusals).toBeLessThan(0);
    await expect(new S3Articles("communique-test-none", client).read("in/a.txt", 10)).rejects.toMatchObject({ name: "NoSuchBucket" });
  });
});
