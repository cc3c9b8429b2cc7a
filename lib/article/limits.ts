import { CommuniqueError } from "../errors/communique-error.ts";

/** How much one input may ask of us. Every limit is there to keep time linear and memory bounded. */
export interface Limits {
  /** Bytes of a file that holds one article, and of one line of a file that holds many. */
  readonly maxBytes: number;
  /** How deep HTML elements, JSON arrays and objects may nest. */
  readonly maxDepth: number;
  /** Elements of an HTML page. Long news pages have some thousands. */
  readonly maxElements: number;
}

export const DEFAULT_LIMITS: Limits = { maxBytes: 10_000_000, maxDepth: 256, maxElements: 50_000 };

export function tooLarge(limits: Limits, what: string): CommuniqueError {
  return new CommuniqueError("input-too-large", `${what} is larger than ${limits.maxBytes} bytes`);
}

export function tooDeep(limits: Limits, what: string): CommuniqueError {
  return new CommuniqueError("input-too-deep", `${what} nests deeper than ${limits.maxDepth} levels`);
}

/** Characters (UTF-16 code units) of an article's text, whatever it came from. What is longer is a book: reading it would take minutes. */
export const MAX_TEXT_LENGTH = 1_000_000;
/** Characters of a headline or of a publisher's name. */
export const MAX_LINE_LENGTH = 2_000;
