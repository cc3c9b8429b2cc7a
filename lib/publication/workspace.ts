import type { ObjectStore } from "../store/types.ts";
import { fromJson, toJson } from "./codec.ts";
import { isWithdrawn } from "./layout.ts";
import { inParallel } from "./parallel.ts";

/** One write or deletion, as planned against what was read. Plain data, kept in the journal. */
export interface Step {
  readonly key: string;
  /** ETag of what is replaced; undefined where nothing was there. */
  readonly etag?: string;
  /** Undefined: delete. */
  readonly body?: string;
  /** The body is base64 of bytes. */
  readonly binary?: true;
  /** The body is a tombstone. */
  readonly withdrawn?: true;
}

interface Read {
  readonly etag: string;
  readonly body: Uint8Array;
  readonly cacheControl?: string;
}

/**
 * Reads from the store and collects what is to be written, without writing. What was staged is read back; every object
 * is read once, so that all conditions of the plan speak of one moment each.
 */
export class Workspace {
  readonly store: ObjectStore;
  readonly #read = new Map<string, Promise<Read | undefined>>();
  readonly #staged = new Map<string, string | Uint8Array | null>();
  readonly #tombstones = new Set<string>();

  constructor(store: ObjectStore) {
    this.store = store;
  }

  /** The JSON value at a key, staged or stored; undefined where there is none. */
  async load<Value>(key: string): Promise<Value | undefined> {
    const body = await this.body(key);
    return body === undefined ? undefined : fromJson<Value>(body);
  }

  async body(key: string): Promise<Uint8Array | string | undefined> {
    const staged = this.#staged.get(key);
    if (staged !== undefined) return staged ?? undefined;
    return (await this.#get(key))?.body;
  }

  save(key: string, value: unknown): void {
    this.stage(key, toJson(value));
  }

  stage(key: string, body: string | Uint8Array): void {
    this.#staged.set(key, body);
    this.#tombstones.delete(key);
  }

  /** Puts a tombstone in place of what was there. */
  bury(key: string, body: string | Uint8Array): void {
    this.#staged.set(key, body);
    this.#tombstones.add(key);
  }

  remove(key: string): void {
    this.#staged.set(key, null);
    this.#tombstones.delete(key);
  }

  isStaged(key: string): boolean {
    return this.#staged.has(key);
  }

  /** What to do, in the order in which it is safe to do it; nothing for objects that stay as they are. */
  async steps(): Promise<Step[]> {
    const staged = [...this.#staged];
    const steps = await inParallel(staged, async ([key, body]): Promise<Step[]> => {
      const before = await this.#get(key);
      if (body === null) return before === undefined ? [] : [{ key, etag: before.etag }];
      const withdrawn = this.#tombstones.has(key);
      if (before !== undefined && same(before.body, body) && isWithdrawn(before) === withdrawn) return [];
      const rest = { ...(before === undefined ? {} : { etag: before.etag }), ...(withdrawn ? { withdrawn } : {}) };
      return [typeof body === "string" ? { key, body, ...rest } : { key, body: Buffer.from(body).toString("base64"), binary: true, ...rest }];
    });
    return steps.flat().sort((a, b) => phaseOf(a) - phaseOf(b) || (a.key < b.key ? -1 : 1));
  }

  #get(key: string): Promise<Read | undefined> {
    let reading = this.#read.get(key);
    if (reading === undefined) this.#read.set(key, (reading = this.store.get(key)));
    return reading;
  }
}

function same(bytes: Uint8Array, body: string | Uint8Array): boolean {
  return Buffer.compare(bytes, typeof body === "string" ? Buffer.from(body) : body) === 0;
}

/**
 * Targets before what links to them; the manifest when all it speaks of is there; last what nothing links to any more.
 * Tombstones come when nothing leads to what they replace.
 */
const PHASES: readonly RegExp[] = [
  /^(?:assets|context)\/|^(?:ontology|alignments|shapes)\.ttl$|^query\.html$/,
  /^(?:article|text)\//,
  /^data\/[^/]+\/[^/]+\/\d+\./,
  /^data\/meeting\//,
  /^data\/(?!person\/)/,
  /^data\//,
  /^day\//,
  /^month\//,
  /^index(?:\/|\.html$)/,
  /^dumps\//,
  /^feed\//,
  /^feed\./,
  /^dataset\./,
  /^manifest\.json$/,
  /^state\//,
];

function phaseOf({ key, body, withdrawn }: Step): number {
  if (body === undefined) return PHASES.length + 2;
  if (withdrawn === true) return PHASES.length + 1;
  const phase = PHASES.findIndex((pattern) => pattern.test(key));
  return phase < 0 ? PHASES.length : phase;
}
