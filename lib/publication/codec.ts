import { hash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";

/** No object of ours is larger; what claims to be is not unpacked. */
const MAX_BYTES = 1 << 30;

/** Compresses without name and time, so that the same bytes give the same bytes. */
export function gzip(text: string | Uint8Array): Uint8Array {
  return gzipSync(text, { level: 6 });
}

/** @throws where the bytes are no gzip or unpack to more than 1 GiB. */
export function gunzip(bytes: Uint8Array): string {
  return gunzipSync(bytes, { maxOutputLength: MAX_BYTES }).toString("utf8");
}

/** SHA-256 in hex. */
export function sha256(value: string | Uint8Array): string {
  return hash("sha256", value, "hex");
}

/** JSON on one line, ended by LF; keys as the value has them. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** What we wrote ourselves is taken at its word. @throws SyntaxError where it is no JSON */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what it wrote
export function fromJson<Value>(body: Uint8Array | string): Value {
  return JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body)) as Value;
}
