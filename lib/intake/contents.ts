import { basename, dirname } from "node:path/posix";
import { metadataFiles } from "../article/inputs.ts";
import { draftFields } from "../article/json.ts";
import { DEFAULT_LIMITS, readBytes, type ArticleDraft } from "../article/index.ts";
import type { Conversion, Converter } from "../convert/converter.ts";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { SourceObject } from "./source.ts";

/** Bytes of an object that holds many articles: more than one run of a function reads. */
const MANY_BYTES = 4 * 1024 * 1024;
const MANY = /\.(?:jsonl|ndjson)$/i;

/** What an object comes to: what could be converted, and why the rest could not. */
export interface Contents {
  readonly conversions: readonly Conversion[];
  readonly refused: readonly CommuniqueError[];
}

export const NOTHING: Contents = { conversions: [], refused: [] };

/** How long there is. A plain object, so that tests need no clock. */
export interface Time {
  /** Milliseconds left. */
  left(): number;
}

/** There is no time left for this: it is to be tried again. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
}

/** Milliseconds that are kept for storing and sending. */
const RESERVE = 5000;

/** @throws OutOfTime where too little is left to begin anything. */
export function checkTime(time: Time): void {
  if (time.left() < RESERVE) throw new OutOfTime("no time left");
}

/**
 * Whether an object is meant to hold articles. Folders (as the console makes them), files with a leading full stop and the metadata files of
 * folders, which may come along when a folder is copied, are none.
 */
export function holdsArticles(key: string): boolean {
  const name = basename(key);
  return key.startsWith("in/") && !key.endsWith("/") && !name.startsWith(".") && !metadataFiles(dirname(key)).includes(name);
}

/** How many bytes of an object are read. */
export function limitOf(key: string): number {
  return MANY.test(key) ? MANY_BYTES : DEFAULT_LIMITS.maxBytes;
}

/** The refusal of what is larger, with what can be done about it. */
export function tooLarge(key: string): CommuniqueError {
  return new CommuniqueError("input-too-large", `larger than ${limitOf(key)} bytes${MANY.test(key) ? "; split it" : ""}`, { location: key });
}

/**
 * Reads and converts everything an object holds, one article after another.
 *
 * @throws OutOfTime before an article that there is no time left for. An object that took more than half of the time there was is refused instead,
 * as there will never be enough for it.
 */
export async function convertContents(object: SourceObject, converter: Pick<Converter, "convert">, time: Time): Promise<Contents> {
  const conversions: Conversion[] = [];
  const refused: CommuniqueError[] = [];
  const start = time.left();
  for await (const reading of readBytes(object.key, object.bytes, knownOf(object))) {
    if (time.left() < RESERVE) {
      if (start - time.left() < start / 2 || conversions.length === 0) throw new OutOfTime(`no time left for ${object.key}`);
      refused.push(new CommuniqueError("input-too-large", `only ${conversions.length} of its articles can be read in the time that there is; split it`, { location: object.key }));
      return { conversions, refused };
    }
    try {
      if ("error" in reading) throw reading.error;
      conversions.push(await converter.convert(reading.article));
    } catch (error) {
      if (!(error instanceof CommuniqueError)) throw error;
      refused.push(new CommuniqueError(error.code, error.message, { cause: error, location: error.location ?? ("location" in reading ? reading.location : object.key) }));
    }
  }
  return { conversions, refused };
}

/** What the object's metadata says. S3 keeps only ASCII there and gives other text as encoded words (RFC 2047). */
function knownOf({ metadata }: SourceObject): Partial<ArticleDraft> {
  const { text: _, ...known } = draftFields(Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), decodeWords(value)])));
  return known;
}

function decodeWords(value: string): string {
  return value.replace(/=\?utf-8\?([bq])\?([^?]*)\?=(?:\s+(?==\?))?/gi, (_, encoding: string, text: string) => {
    if (encoding.toLowerCase() === "b") return Buffer.from(text, "base64").toString("utf8");
    const bytes = text.replaceAll("_", " ").replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
  });
}
