import type { ErrorCode } from "../errors/communique-error.ts";

/** Data that a store cannot take: with the part that is the cause. */
export class Unloadable extends Error {
  readonly code: ErrorCode;
  readonly part: string;

  constructor(code: ErrorCode, message: string, part: string) {
    super(message);
    this.code = code;
    this.part = part;
  }
}

/** WebAssembly gave up (`RuntimeError`), or a string or buffer would be longer than there can be. */
export function isTrap(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === "RuntimeError");
}

const MAX_MESSAGE = 400;

/** The engine lists whole character classes of what it would have liked to read. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE).toWellFormed()}…` : message;
}
