import { gunzip, gzip, sha256 } from "./codec.ts";
import { keys } from "./layout.ts";
import { codePointOrder } from "../serialization/order.ts";
import type { DumpPart } from "./types.ts";
import type { Workspace } from "./workspace.ts";

/** Ten parts of a size are merged into one of the next, up to a thousand articles: no quad is written more than four times. */
const FACTOR = 10;
const LARGEST = 1000;

type Type = DumpPart["type"];

/** The parts of the dumps, as one batch changes them. Parts are immutable: a change is a new part in the old one's place. */
export class Dumps {
  readonly #workspace: Workspace;
  readonly #before: ReadonlyMap<string, DumpPart>;
  #parts: DumpPart[];
  readonly #lines = new Map<string, readonly string[]>();

  constructor(workspace: Workspace, parts: readonly DumpPart[]) {
    this.#workspace = workspace;
    this.#before = new Map(parts.map((part) => [part.key, part]));
    this.#parts = [...parts];
  }

  /** Lines of N-Quads, each ended by LF, in any order. */
  append(stream: string, type: Type, log: number, articles: number, lines: Iterable<string>): void {
    const part = this.#make({ stream, type, from: log, to: log, articles }, lines);
    if (part !== undefined) this.#parts.push(part);
  }

  /** Replaces the only part of a stream by name, such as a day's: no lines, no part. */
  replaceNamed(stream: string, name: string, log: number, lines: Iterable<string>): void {
    const prefix = `dumps/${stream}/${name}-`;
    this.#parts = this.#parts.filter(({ key }) => !key.startsWith(prefix));
    const part = this.#make({ stream, type: "facts", from: log, to: log, articles: 0 }, lines, name);
    if (part !== undefined) this.#parts.push(part);
  }

  /** Changes the lines of the part that holds what came with a log entry. */
  async rewrite(stream: string, type: Type, log: number, articles: number, change: (lines: readonly string[]) => Iterable<string>): Promise<void> {
    const index = this.#parts.findIndex((part) => part.stream === stream && part.type === type && part.from <= log && log <= part.to);
    const part = this.#parts[index];
    if (part === undefined) return;
    const made = this.#make({ ...part, articles: part.articles + articles }, change(await this.#read(part)));
    this.#parts.splice(index, 1, ...(made === undefined ? [] : [made]));
  }

  /** Merges where ten neighbours have come to one size. */
  async merge(): Promise<void> {
    for (const [, group] of Map.groupBy(this.#parts.filter(({ stream }) => stream !== "meetings"), ({ stream, type }) => `${stream} ${type}`)) {
      let parts = group.toSorted((a, b) => a.from - b.from);
      for (let size = 0; size < 3; size++) {
        for (let run = runOf(parts, size); run !== undefined; run = runOf(parts, size)) {
          const [first] = run;
          if (first === undefined) break;
          const lines: string[] = [];
          for (const part of run) for (const line of await this.#read(part)) lines.push(line);
          const made = this.#make({ ...first, to: run.at(-1)?.to ?? first.to, articles: run.reduce((sum, { articles }) => sum + articles, 0) }, lines);
          const gone = new Set(run);
          this.#parts = this.#parts.filter((part) => !gone.has(part));
          if (made !== undefined) this.#parts.push(made);
          parts = parts.filter((part) => !gone.has(part)).concat(made ?? []).sort((a, b) => a.from - b.from);
        }
      }
    }
  }

  /** The parts as they are now, in a fixed order, and those that were before and are no more. New ones are staged. */
  finish(): { readonly parts: readonly DumpPart[]; readonly gone: readonly string[] } {
    const parts = this.#parts.sort((a, b) => compare(a.stream, b.stream) || compare(a.type, b.type) || a.from - b.from || compare(a.key, b.key));
    const now = new Set(parts.map(({ key }) => key));
    for (const { key } of parts) {
      if (!this.#before.has(key)) this.#workspace.stage(key, this.#packed.get(key) ?? new Uint8Array());
    }
    return { parts, gone: [...this.#before.keys()].filter((key) => !now.has(key)) };
  }

  readonly #packed = new Map<string, Uint8Array>();

  #make(base: Pick<DumpPart, "stream" | "type" | "from" | "to" | "articles">, lines: Iterable<string>, name?: string): DumpPart | undefined {
    const sorted = codePointOrder([...new Set(lines)]);
    if (sorted.length === 0) return undefined;
    const text = sorted.join("");
    const packed = gzip(text);
    const { stream, type, from, to, articles } = base;
    // The range is part of the name: equal content of another time is another part.
    const key = keys.part(stream, `${name ?? String(from).padStart(12, "0")}-${sha256(`${from} ${to} ${text}`).slice(0, 16)}.${type}`);
    this.#lines.set(key, sorted);
    this.#packed.set(key, packed);
    return { key, stream, type, from, to, articles, quads: sorted.length, bytes: packed.length, sha256: sha256(packed) };
  }

  async #read(part: DumpPart): Promise<readonly string[]> {
    const known = this.#lines.get(part.key);
    if (known !== undefined) return known;
    const body = await this.#workspace.body(part.key);
    if (body === undefined || typeof body === "string") throw new Error(`The part ${part.key} of the dumps is missing.`);
    return linesOf(gunzip(body));
  }
}

/** Lines with their ends. */
export function linesOf(text: string): string[] {
  return text.split("\n").slice(0, -1).map((line) => `${line}\n`);
}

/** The size of a part as a power of ten of what it holds. */
function sizeOf({ stream, articles, quads }: DumpPart): number {
  const weight = stream === "gazetteer" ? quads / 100 : articles;
  return weight >= LARGEST ? 3 : weight >= 100 ? 2 : weight >= 10 ? 1 : 0;
}

/**
 * The first ten neighbours of a size. Only neighbours: ranges of log numbers must not overlap. Where sizes alternate so
 * that ten never meet, a long run of small parts is taken as it is.
 */
function runOf(parts: readonly DumpPart[], size: number): DumpPart[] | undefined {
  let run: DumpPart[] = [];
  let small: DumpPart[] = [];
  for (const part of parts) {
    run = sizeOf(part) === size ? [...run, part] : [];
    if (run.length === FACTOR) return run;
    small = sizeOf(part) < 3 ? [...small, part] : [];
    if (small.length === 4 * FACTOR) return small;
  }
  return undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
