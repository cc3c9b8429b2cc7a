import { CommuniqueError } from "../errors/communique-error.ts";
import type { EngineLimits } from "./limits.ts";

/** One dump: N-Quads, gzipped or not. Blank nodes are its own. */
export interface DataPart {
  /** A key or a file name: unique in its source, and for `update` the name of the same content for ever. */
  readonly name: string;
  /** How many quads it holds, where that is known: what lies beyond the budget is then not even read. */
  readonly quads?: number;
  read(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Dumps in the order of their worth: what does not fit in the budget of quads is the last of them. */
export type DataSource = AsyncIterable<DataPart> | Iterable<DataPart>;

export interface SnapshotPart {
  readonly name: string;
  /** As it came. Shared by all workers: each reads it, none has a copy. */
  readonly bytes: SharedArrayBuffer;
}

/** What engines are loaded from, so that a new one can start whatever has become of the source. */
export interface Snapshot {
  readonly parts: readonly SnapshotPart[];
  /** How many parts the source had, those included that were not read. */
  readonly offered: number;
}

/** How many parts are read at once: a store far away takes its time for each. */
const WIDTH = 8;

/**
 * Reads a source, but for the parts that `present` holds already, until the budget of quads is known to be reached.
 * @throws CommuniqueError "input-too-large" beyond `sourceBytes`, and what reading a part throws.
 */
export async function readSnapshot(source: DataSource, { sourceBytes, quads }: Pick<EngineLimits, "sourceBytes" | "quads">, present?: Snapshot): Promise<Snapshot> {
  const wanted: DataPart[] = [];
  let offered = 0;
  let counted = 0;
  for await (const part of source) {
    offered++;
    if (counted >= quads) continue;
    wanted.push(part);
    counted += part.quads ?? 0;
  }
  const held = new Map(present?.parts.map((part) => [part.name, part]));
  let left = sourceBytes;
  const take = (bytes: number, name: string): void => {
    left -= bytes;
    if (left < 0) throw new CommuniqueError("input-too-large", `The dumps to load are larger than ${Math.round(sourceBytes / 1e6)} MB`, { location: name });
  };
  const parts: SnapshotPart[] = [];
  let next = 0;
  const reader = async (): Promise<void> => {
    while (next < wanted.length) {
      const index = next++;
      const part = wanted[index] as DataPart;
      const known = held.get(part.name);
      if (known !== undefined) take(known.bytes.byteLength, part.name);
      parts[index] = known ?? { name: part.name, bytes: await readPart(part, take) };
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, reader));
  return { parts, offered };
}

async function readPart(part: DataPart, take: (bytes: number, name: string) => void): Promise<SharedArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of part.read()) {
    chunks.push(chunk);
    size += chunk.byteLength;
    take(chunk.byteLength, part.name);
  }
  const bytes = new SharedArrayBuffer(size);
  const view = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    view.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
