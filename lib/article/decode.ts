/** Where a page may declare its encoding, by the HTML Standard. */
const PRESCAN_BYTES = 1024;

/** A text and how it was read. */
export interface Decoded {
  readonly text: string;
  /** Name of the encoding by the WHATWG Encoding Standard: "utf-8". */
  readonly encoding: string;
  /** How many U+FFFD of the text stand for bytes that are not valid in the encoding. */
  readonly invalid: number;
}

/**
 * The text of a file: UTF-8, or UTF-16 where a byte order mark says so. Bytes that are not valid become U+FFFD; the
 * mark itself is no part of the text.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  return decode(bytes, byteOrderMark(bytes) ?? "utf-8");
}

/**
 * The text of an HTML file in the encoding that it declares: a byte order mark, else `<meta charset>` or its
 * `http-equiv` form within the first 1,024 bytes, else UTF-8 (WHATWG Encoding Standard).
 */
export function decodeHtml(bytes: Uint8Array): Decoded {
  return decode(bytes, byteOrderMark(bytes) ?? declaredEncoding(bytes) ?? "utf-8");
}

function decode(bytes: Uint8Array, encoding: string): Decoded {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding, invalid: 0 };
  } catch {
    const text = new TextDecoder(encoding).decode(bytes);
    // A text may hold the replacement character itself, as one does that was damaged before it came here.
    const own = encoding === "utf-8" ? count(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), "\ufffd") : 0;
    return { text, encoding, invalid: Math.max(1, count(text, "\ufffd") - own) };
  }
}

function count(within: string | Buffer, what: string): number {
  let found = 0;
  for (let at = within.indexOf(what); at !== -1; at = within.indexOf(what, at + 1)) found++;
  return found;
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, PRESCAN_BYTES));
  for (const tag of head.matchAll(/<meta\b[^>]*/gi)) {
    const label = /\bcharset\s*=\s*["']?\s*([\w:.-]+)/i.exec(tag[0])?.[1];
    if (label === undefined) continue;
    try {
      const encoding = new TextDecoder(label).encoding;
      // A page whose declaration could be read as ASCII is not in UTF-16, whatever it says.
      return encoding.startsWith("utf-16") ? "utf-8" : encoding;
    } catch {
      continue; // An unknown label counts as no declaration.
    }
  }
  return undefined;
}
