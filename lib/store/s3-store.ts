import {
  DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client, type GetObjectCommandOutput, type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { CommuniqueError } from "../errors/communique-error.ts";
import { toBytes } from "./content.ts";
import { checkKey, checkPrefix, isSegment } from "./keys.ts";
import { readBody, retryCall } from "./s3-calls.ts";
import { explained, isMissing, isPreconditionFailure } from "./s3-errors.ts";
import { PreconditionFailed, type ObjectHeaders, type ObjectStore, type ObjectSummary, type PutCondition, type StoredObject } from "./types.ts";

/** The most bytes that are read as one object. What is published is far smaller; what is larger was not written by us. */
const LARGEST = 512 * 1024 * 1024;

export interface S3StoreOptions {
  /** Default: `S3_ENDPOINT` where set, else AWS. Any endpoint of one's own is asked path-style. */
  readonly endpoint?: string;
  /** For tests: a client of one's own. It must not retry by itself. */
  readonly client?: Pick<S3Client, "send">;
}

/**
 * An ObjectStore in a bucket of S3, or of what speaks its protocol, conditional writes included. Retrying is done here and not
 * in the SDK, since only the one who retries knows whether a condition failed because of an earlier attempt of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class S3Store implements ObjectStore {
  readonly #client: Pick<S3Client, "send">;
  readonly #bucket: string;
  readonly #prefix: string;

  /** @throws CommuniqueError "option-invalid" for what can be no bucket or prefix. */
  constructor(bucket: string, prefix = "", options: S3StoreOptions = {}) {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw new CommuniqueError("option-invalid", `${JSON.stringify(bucket)} cannot be a bucket's name.`);
    const segments = prefix.split("/").filter((segment) => segment !== "");
    if (prefix.length > 120 || !segments.every(isSegment)) throw new CommuniqueError("option-invalid", `${JSON.stringify(prefix)} cannot be a prefix in a bucket.`);
    this.#bucket = bucket;
    this.#prefix = segments.map((segment) => `${segment}/`).join("");
    this.#client = options.client ?? s3Client(options.endpoint ?? process.env["S3_ENDPOINT"]);
  }

  async get(key: string): Promise<StoredObject | undefined> {
    checkKey(key);
    const input = { Bucket: this.#bucket, Key: this.#prefix + key };
    try {
      return await retryCall(async () => {
        const output = await this.#client.send(new GetObjectCommand(input));
        return { key, body: await readBody(output, key, LARGEST), etag: unquoted(output.ETag), ...headersOf(output) };
      });
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw this.#explained(error, key, "read");
    }
  }

  async put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition): Promise<string> {
    checkKey(key);
    const bytes = toBytes(body);
    const input = {
      Bucket: this.#bucket,
      Key: this.#prefix + key,
      Body: bytes,
      ContentType: headers.contentType,
      ...(headers.contentEncoding === undefined ? {} : { ContentEncoding: headers.contentEncoding }),
      ...(headers.cacheControl === undefined ? {} : { CacheControl: headers.cacheControl }),
      ...(condition === undefined ? {} : "ifMatch" in condition ? { IfMatch: `"${condition.ifMatch}"` } : { IfNoneMatch: condition.ifNoneMatch }),
    };
    let attempts = 0;
    try {
      const output = await retryCall((attempt) => {
        attempts = attempt;
        return this.#client.send(new PutObjectCommand(input));
      });
      return unquoted(output.ETag);
    } catch (error) {
      if (condition === undefined || !isPreconditionFailure(error)) throw this.#explained(error, key, "write");
      // An attempt whose answer was lost may have been the one that wrote.
      const present = attempts > 1 ? await this.get(key) : undefined;
      if (present !== undefined && bytes.equals(present.body)) return present.etag;
      throw new PreconditionFailed(key, { cause: error });
    }
  }

  async delete(key: string): Promise<void> {
    checkKey(key);
    try {
      await retryCall(() => this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: this.#prefix + key })));
    } catch (error) {
      if (!isMissing(error)) throw this.#explained(error, key, "write");
    }
  }

  async *list(prefix: string): AsyncIterable<ObjectSummary> {
    checkPrefix(prefix);
    let token: string | undefined;
    do {
      const input = { Bucket: this.#bucket, Prefix: this.#prefix + prefix, ...(token === undefined ? {} : { ContinuationToken: token }) };
      let page;
      try {
        page = await retryCall(() => this.#client.send(new ListObjectsV2Command(input)));
      } catch (error) {
        throw this.#explained(error, prefix, "read");
      }
      for (const { Key, ETag, Size } of page.Contents ?? []) {
        // "Folders" made in a console end with a slash, and are none of ours.
        if (Key !== undefined && !Key.endsWith("/")) yield { key: Key.slice(this.#prefix.length), etag: unquoted(ETag), size: Size ?? 0 };
      }
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  #explained(error: unknown, key: string, doing: "read" | "write"): unknown {
    return explained(error, `s3://${this.#bucket}/${this.#prefix}${key}`, doing);
  }
}

/** A client that leaves retrying to `retry`. `endpoint` as in `S3StoreOptions`. @throws CommuniqueError "option-invalid" */
export function s3Client(endpoint: string | undefined): S3Client {
  const region = process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  const config: S3ClientConfig = {
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000, throwOnRequestTimeout: true, httpsAgent: { keepAlive: true, maxSockets: 64 }, httpAgent: { keepAlive: true, maxSockets: 64 } },
    // Other servers mind no region, but a signature needs one. For AWS the SDK also looks into its files.
    ...(region === undefined && endpoint !== undefined ? { region: "us-east-1" } : region === undefined ? {} : { region }),
  };
  if (endpoint === undefined || endpoint === "") return new S3Client(config);
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
    throw new CommuniqueError("option-invalid", `S3_ENDPOINT must be an http or https URL, not ${JSON.stringify(endpoint)}.`);
  }
  return new S3Client({ ...config, endpoint, forcePathStyle: true });
}

function headersOf({ ContentType, ContentEncoding, CacheControl }: GetObjectCommandOutput): ObjectHeaders {
  return {
    contentType: ContentType ?? "application/octet-stream",
    ...(ContentEncoding === "gzip" ? { contentEncoding: "gzip" } : {}),
    ...(CacheControl === undefined ? {} : { cacheControl: CacheControl }),
  };
}

function unquoted(etag: string | undefined): string {
  return (etag ?? "").replace(/^"|"$/g, "");
}
