import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { reasonKey } from "../intake/reasons.ts";
import type { ArticleSource, Reason, Reasons, SourceObject } from "../intake/source.ts";
import { readBody, retryCall } from "../store/s3-calls.ts";
import { isMissing } from "../store/s3-errors.ts";

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
      return await retryCall(() => this.#get(key, limit));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async put(reason: Reason): Promise<void> {
    const input = { Bucket: this.#bucket, Key: reasonKey(reason.key), Body: Buffer.from(`${JSON.stringify(reason)}\n`), ContentType: "application/json" };
    await retryCall(() => this.#client.send(new PutObjectCommand(input)));
  }

  async clear(key: string): Promise<void> {
    await retryCall(() => this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: reasonKey(key) })));
  }

  async #get(key: string, limit: number): Promise<SourceObject> {
    const output = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
    return { key, bytes: await readBody(output, key, limit), etag: output.ETag ?? "", metadata: output.Metadata ?? {} };
  }
}
