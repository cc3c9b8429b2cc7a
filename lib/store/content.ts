import { hash } from "node:crypto";

/** What is stored: text is UTF-8. The bytes are a copy, so that later changes by the caller change nothing stored. */
export function toBytes(body: Uint8Array | string): Buffer {
  return typeof body === "string" ? Buffer.from(body, "utf8") : Buffer.from(body);
}

/** The ETag of stores that make their own: the same bytes have the same one everywhere, so that copies of a tree keep theirs. */
export function etagOf(bytes: Uint8Array): string {
  return hash("sha256", bytes, "hex").slice(0, 32);
}
