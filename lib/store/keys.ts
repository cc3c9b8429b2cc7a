import { CommuniqueError } from "../errors/communique-error.ts";

const SEGMENT = /^[A-Za-z0-9._~=,-]{1,200}$/;
const EXTENSION = /[^.]\.[A-Za-z0-9]{1,20}$/;
const PREFIX = /^[A-Za-z0-9._~=,/-]*$/;
/** S3 allows 1,024 bytes; the rest is for the prefix that a publication may have inside its bucket. */
const LONGEST = 900;

/** @throws CommuniqueError "option-invalid" where `key` is none that every store can hold (see `ObjectStore`). */
export function checkKey(key: string): void {
  const segments = key.split("/");
  if (key.length > LONGEST || !segments.every(isSegment) || !EXTENSION.test(segments.at(-1) ?? "")) throw invalid("key", key);
}

/** A prefix to list may end anywhere, also amid a segment, but never climbs. @throws CommuniqueError "option-invalid" */
export function checkPrefix(prefix: string): void {
  const folders = prefix.split("/").slice(0, -1);
  if (prefix.length > LONGEST || !PREFIX.test(prefix) || !folders.every(isSegment)) throw invalid("prefix", prefix);
}

/** Whether `text` can be one step of a key. */
export function isSegment(text: string): boolean {
  return SEGMENT.test(text) && text !== "." && text !== "..";
}

function invalid(what: string, text: string): CommuniqueError {
  return new CommuniqueError("option-invalid", `${JSON.stringify(text.slice(0, 200))} cannot be the ${what} of a stored object.`);
}
