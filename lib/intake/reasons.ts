import { hash } from "node:crypto";
import type { CommuniqueError } from "../errors/communique-error.ts";
import { LONGEST_KEY } from "./messages.ts";
import type { Reason } from "./source.ts";

const LONGEST_MESSAGE = 500;

/** Where the reason of an object lies: beside the articles, and where it rings no bell. */
export function reasonKey(key: string): string {
  const plain = `errors/${key}.json`;
  return Buffer.byteLength(plain) <= LONGEST_KEY ? plain : `errors/${hash("sha256", key, "hex")}.json`;
}

export function reasonOf(key: string, sequencer: string, error: CommuniqueError, count: number, now: number): Reason {
  return { key, code: error.code, message: messageOf(error), at: new Date(now).toISOString(), sequencer, ...(count > 1 ? { refused: count } : {}) };
}

/** What may be told outside of where the text may be: parsers quote what they could not read. */
export function messageOf(error: CommuniqueError): string {
  const { code, location } = error;
  const message = code === "input-malformed" ? error.message.replace(/\s*[^\w\s:;()]*["'`].*/s, " …") : error.message;
  return (location === undefined ? message : `${location}: ${message}`).replaceAll(/[^\P{C}\t]/gu, "?").toWellFormed().slice(0, LONGEST_MESSAGE);
}
