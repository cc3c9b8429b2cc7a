import { isArticleId } from "../article/id.ts";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { LogItem } from "../publication/index.ts";

/** Which object an item came from, to ring its bell again. */
export interface Source {
  readonly bucket: string;
  readonly key: string;
}

/** What the catalogue is told: one item of the log to be, and where it came from. */
export type CatalogueMessage = LogItem & { readonly source: Source };

/** An event of an object: it says that there is something to see, not what. */
export interface Bell extends Source {
  /** Orders the events of one key. Bells that no event of S3 rang have none. */
  readonly sequencer?: string;
  /** Whether the event was a deletion. The object's present state counts nevertheless. */
  readonly deleted: boolean;
}

/** S3's longest key, in bytes; a UTF-16 unit is a byte at least. */
export const LONGEST_KEY = 1024;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const SEQUENCER = /^[0-9A-Fa-f]{1,64}$/;
const DIGEST = /^[0-9a-f]{32}$/;

/**
 * Reads a message of the catalogue's queue. Nothing in it is taken at its word: it names keys that are read and deleted.
 *
 * @throws CommuniqueError "input-malformed".
 */
export function parseCatalogueMessage(body: string): CatalogueMessage {
  const value = record(body);
  const { op, article, sha, input, versions, text } = value;
  const source = sourceOf(isRecord(value["source"]) ? value["source"] : {});
  if (typeof article !== "string" || !isArticleId(article)) throw malformed("its article is none");
  const sequencer = sequencerOf(value);
  if (op === "withdraw") return { op, article, ...sequencer, source };
  if (op !== "publish") throw malformed("its op is neither publish nor withdraw");
  if (!isDigest(sha) || !isDigest(input)) throw malformed("its hashes are none");
  if (typeof versions !== "string" || versions.length > 500) throw malformed("its versions are none");
  if (text !== "full" && text !== "evidence" && text !== "none") throw malformed("its text policy is none");
  return { op, article, sha, input, versions, text, ...sequencer, source };
}

/**
 * Reads an event of S3 as EventBridge hands it on ("Object Created", "Object Deleted"). Keys are not percent-encoded there.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 * @throws CommuniqueError "input-malformed".
 */
export function parseBell(body: string): Bell {
  const value = record(body);
  const type = value["detail-type"];
  if (type !== "Object Created" && type !== "Object Deleted") throw malformed("it is no event of an object");
  const detail = isRecord(value["detail"]) ? value["detail"] : {};
  const bucket = isRecord(detail["bucket"]) ? detail["bucket"] : {};
  const object = isRecord(detail["object"]) ? detail["object"] : {};
  return { ...sourceOf({ bucket: bucket["name"], key: object["key"] }), ...sequencerOf(object), deleted: type === "Object Deleted" };
}

/** The event that `parseBell` reads. */
export function writeBell({ bucket, key, sequencer, deleted }: Bell): string {
  return JSON.stringify({
    source: "communique",
    "detail-type": deleted ? "Object Deleted" : "Object Created",
    detail: { bucket: { name: bucket }, object: { key, ...(sequencer === undefined ? {} : { sequencer }) } },
  });
}

function record(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw malformed("it is no JSON", error);
  }
  if (!isRecord(value)) throw malformed("it is no JSON object");
  return value;
}

function sourceOf({ bucket, key }: Record<string, unknown>): Source {
  if (typeof bucket !== "string" || !BUCKET.test(bucket)) throw malformed("its bucket is none");
  if (typeof key !== "string" || key === "" || key.length > LONGEST_KEY || !key.isWellFormed()) throw malformed("its key is none");
  return { bucket, key };
}

function sequencerOf({ sequencer }: Record<string, unknown>): { readonly sequencer?: string } {
  if (sequencer === undefined) return {};
  if (typeof sequencer !== "string" || !SEQUENCER.test(sequencer)) throw malformed("its sequencer is none");
  return { sequencer };
}

function isDigest(value: unknown): value is string {
  return typeof value === "string" && DIGEST.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(why: string, cause?: unknown): CommuniqueError {
  return new CommuniqueError("input-malformed", `This message is none of ours: ${why}.`, cause === undefined ? {} : { cause });
}
