import { gunzipSync } from "node:zlib";
import { difference, type HeldPart } from "./difference.ts";
import { hashLines } from "./line-hashes.ts";
import type { Snapshot, SnapshotPart } from "./source.ts";
import { withUnion, type Copied } from "./union-copy.ts";
import { isTrap, messageOf, Unloadable } from "./unloadable.ts";

type Oxigraph = typeof import("oxigraph");
export type Store = InstanceType<Oxigraph["Store"]>;

export interface LoadLimits {
  readonly memoryMegabytes: number;
  /** No further part is loaded once so many quads are. */
  readonly quads: number;
}

interface LoadedPart extends HeldPart, Copied {
  readonly name: string;
}

// In a transaction: the loader without one takes 160 MB for itself, and is no faster.
const FORMAT = { format: "application/n-quads" };
/** The engine never gives back what a quad took (measured: 490 bytes with its copy in the union), so what is taken out counts on. */
const BYTES_PER_QUAD = 600;
const FULL = 0.85;
/** Lines are compared as strings: more at once would fill the heap, and reading all anew takes no longer. */
const MOST_LINES = 600_000;
/** Taking a quad out takes as long as loading so many. */
const COST_OF_REMOVAL = 5;
/** Triples asked of at once, whether a graph still holds them. */
const BATCH = 1000;

/** The parts of a snapshot in a store: loaded once, then changed by what another snapshot has more and less. */
export class LoadedParts {
  readonly #oxigraph: Oxigraph;
  readonly #limits: LoadLimits;
  #parts: ReadonlyMap<string, LoadedPart> = new Map();
  /** Quads ever loaded. */
  #ever = 0;
  readonly store: Store;

  constructor(oxigraph: Oxigraph, limits: LoadLimits) {
    this.#oxigraph = oxigraph;
    this.#limits = limits;
    this.store = new oxigraph.Store();
  }

  get quads(): number {
    return [...this.#parts.values()].reduce((sum, { quads }) => sum + quads, 0);
  }

  get count(): number {
    return this.#parts.size;
  }

  /** Into the empty store, part by part, until the budget of quads is reached. @throws Unloadable */
  load(snapshot: Snapshot): void {
    const parts = new Map<string, LoadedPart>();
    for (const part of snapshot.parts) {
      if (this.#ever >= this.#limits.quads) break;
      const text = this.#unpack(part);
      const copied: Copied = { quads: 0, tangled: false };
      this.#read(part.name, () => this.store.load(withUnion(text, copied), FORMAT));
      parts.set(part.name, this.#held(part, text, copied));
      this.#ever += copied.quads;
    }
    this.#parts = parts;
  }

  /**
   * Makes the store what loading the snapshot would make it, reading only the parts that went and came. False where that cannot be done,
   * and nothing is changed: where quads are tangled, too many went, or the store would grow too full. @throws Unloadable; the store may then be half changed.
   */
  update(snapshot: Snapshot): boolean {
    const next = new Map<string, LoadedPart>();
    const came: Uint8Array[] = [];
    let [quads, lines] = [0, 0];
    for (const part of snapshot.parts) {
      if (quads >= this.#limits.quads) break;
      let held = this.#parts.get(part.name);
      if (held === undefined) {
        const text = this.#unpack(part);
        held = this.#held(part, text, inspected(text));
        if (held.tangled || (lines += held.quads) > MOST_LINES) return false;
        came.push(text);
      }
      next.set(part.name, held);
      quads += held.quads;
    }
    const present = [...this.#parts.values()];
    const gone = present.filter(({ name }) => !next.has(name));
    if (gone.some(({ tangled }) => tangled) || gone.reduce((sum, part) => sum + part.quads, 0) > MOST_LINES) return false;
    const { removed, added } = difference(gone, came, present.filter(({ name }) => next.has(name)));
    if (removed.length > BATCH && removed.length * COST_OF_REMOVAL > quads) return false;
    if ((this.#ever + added.length) * BYTES_PER_QUAD > FULL * this.#limits.memoryMegabytes * 2 ** 20) return false;
    const name = [...next.keys()].find((key) => !this.#parts.has(key)) ?? "";
    this.#read(name, () => {
      this.#remove(removed);
      this.store.load(withUnion(bytesOf(added), { quads: 0, tangled: false }), FORMAT);
    });
    this.#ever += added.length;
    this.#parts = next;
    return true;
  }

  /** A triple leaves the union when the last graph that states it is gone. */
  #remove(lines: readonly string[]): void {
    for (let at = 0; at < lines.length; at += BATCH) {
      const quads = this.#oxigraph.parse(Buffer.from(bytesOf(lines.slice(at, at + BATCH))).toString(), FORMAT);
      // “subject predicate object graph”: a graph's name has no space in it.
      const split = quads.map((quad) => quad.toString()).map((text) => ({ triple: text.slice(0, text.lastIndexOf(" ")), graph: text.slice(text.lastIndexOf(" ")) }));
      this.store.update(`DELETE DATA { ${split.map(({ triple, graph }) => `GRAPH ${graph} { ${triple} }`).join("\n")} }`);
      const triples = split.map(({ triple }) => `( ${triple} )`).join("\n");
      this.store.update(`DELETE { ?s ?p ?o } WHERE { VALUES (?s ?p ?o) { ${triples} } FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }`);
    }
  }

  #held(part: SnapshotPart, text: Uint8Array, copied: Copied): LoadedPart {
    return { ...copied, name: part.name, hashes: hashLines(text), text: () => this.#unpack(part) };
  }

  #unpack({ name, bytes }: SnapshotPart): Uint8Array {
    const packed = new Uint8Array(bytes);
    if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed;
    return this.#read(name, () => gunzipSync(packed, { maxOutputLength: this.#limits.memoryMegabytes * 2 ** 20 }));
  }

  #read<Result>(name: string, read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (isTrap(error)) throw new Unloadable("input-too-large", `The dump does not fit into ${this.#limits.memoryMegabytes} MB of memory`, name);
      throw new Unloadable("input-malformed", `The dump is no N-Quads: ${messageOf(error).replace(/ ?at line \d+.*?: /, " ")}`, name);
    }
  }
}

function inspected(text: Uint8Array): Copied {
  const copied: Copied = { quads: 0, tangled: false };
  for (const _ of withUnion(text, copied));
  return copied;
}

function bytesOf(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");
}
