import { availableParallelism } from "node:os";
import { isIsoDate } from "../article/dates.ts";
import type { InputFormat } from "../article/inputs.ts";
import type { ReadOptions } from "../article/read.ts";
import { CommuniqueError } from "../errors/communique-error.ts";

/** Adds one value to those given before: for options that may be repeated. */
export function collect<T>(parse: (value: string) => readonly T[]): (value: string, before: readonly T[] | undefined) => readonly T[] {
  return (value, before) => [...(before ?? []), ...parse(value)];
}

export function parseDate(value: string): string {
  if (!isIsoDate(value)) throw new CommuniqueError("option-invalid", `${JSON.stringify(value)} is no date (YYYY-MM-DD)`);
  return value;
}

/** What the options of commands that read articles say about reading them. */
export function readOptions({ from, published, metadata }: { readonly from?: InputFormat; readonly published?: string; readonly metadata?: string }): ReadOptions {
  return {
    ...(from === undefined ? {} : { format: from }),
    ...(published === undefined ? {} : { published }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** A number of processes, or "all" for one a processor. */
export function parseJobs(value: string): number {
  if (value === "all") return availableParallelism();
  const jobs = Number(value);
  if (!/^\d{1,3}$/.test(value) || jobs < 1) throw new CommuniqueError("option-invalid", `--jobs: ${JSON.stringify(value)} is no number from 1 to 999, nor "all"`);
  return jobs;
}

const INPUT_FORMATS: Readonly<Record<string, InputFormat>> = { txt: "text", html: "html", json: "json", jsonl: "jsonl" };

export function parseInputFormat(value: string): InputFormat {
  const format = Object.hasOwn(INPUT_FORMATS, value) ? INPUT_FORMATS[value] : undefined;
  if (format === undefined) throw new CommuniqueError("option-invalid", `--from: ${JSON.stringify(value)} is none of ${Object.keys(INPUT_FORMATS).join(", ")}`);
  return format;
}

/** A whole number of seconds, up to a week. */
export function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (!/^\d{1,6}$/.test(value) || seconds < 1 || seconds > 604_800) throw new CommuniqueError("option-invalid", `${JSON.stringify(value)} is no number of seconds from 1 to 604800`);
  return seconds;
}
