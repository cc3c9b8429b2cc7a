import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { CommuniqueError } from "../errors/communique-error.ts";
import { reasonKey } from "../intake/reasons.ts";
import type { ArticleSource, Reason, Reasons, SourceObject } from "../intake/source.ts";
import { retry } from "../store/retry.ts";
import { isMissing, isTransient } from "../store/s3-errors.ts";

const RETRIES = { attempts: 8, firstMs: 50, longestMs: 5000 };

/** The bucket where articles are dropped under keys of any kind, and where reasons of refusal are left. */
export class S3Articles implements ArticleSource, Reasons {
  readonly #bucket: string;
  readonly #client: Pick<S3Client, "send">;

  /** The client must not retry by itself. */
  constructor(bucket: string, client: Pick<S3Client, "send">) {
    this.#bucket = bucket;
    this.#client = client;
  }

  async read(key: string, limit: number): Promise<SourceObject | undefined> {
    try {
      return await retry(() => this.#get(key, limit), isTransient, RETRIES);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async put(reason: Reason): Promise<void> {
    const input = { Bucket: this.#bucket, Key: reasonKey(reason.key), Body: Buffer.from(`${JSON.stringify(reason)}\n`), ContentType: "application/json" };
    await retry(() => this.#client.send(new PutObjectCommand(input)), isTransient, RETRIES);
  }

  async clear(key: string): Promise<void> {
    await retry(() => this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: reasonKey(key) })), isTransient, RETRIES);
  }

  async #get(key: string, limit: number): Promise<SourceObject> {
    const { Body, ContentLength, ETag, Metadata } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
    if (ContentLength === undefined || ContentLength > limit) {
      await Body?.transformToWebStream().cancel();
      throw new CommuniqueError("input-too-large", `the object is larger than ${limit} bytes`, { location: key });
    }
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    if (bytes.length !== ContentLength) throw Object.assign(new Error(`The object ${key} was cut off.`), { code: "ECONNRESET" });
    return { key, bytes, etag: ETag ?? "", metadata: Metadata ?? {} };
  }
}
