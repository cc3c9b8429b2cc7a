import { CommuniqueError } from "../errors/communique-error.ts";

/** One dump: N-Quads, gzipped or not. Blank nodes are its own. */
export interface DataPart {
  /** For messages: a key or a file name. */
  readonly name: string;
  read(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Dumps in the order of their worth: what does not fit in the budget of quads is the last of them. */
export type DataSource = AsyncIterable<DataPart> | Iterable<DataPart>;

/** What engines are loaded from, held as it came, so that a new one can start whatever has become of the source. */
export interface Snapshot {
  readonly parts: readonly { readonly name: string; readonly bytes: SharedArrayBuffer }[];
}

/** Reads a source to its end. @throws CommuniqueError "input-too-large" beyond `mostBytes`, and what reading a part throws. */
export async function readSnapshot(source: DataSource, mostBytes: number): Promise<Snapshot> {
  const parts: { name: string; bytes: SharedArrayBuffer }[] = [];
  let left = mostBytes;
  for await (const part of source) {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of part.read()) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > left) {
        throw new CommuniqueError("input-too-large", `The dumps to load are larger than ${Math.round(mostBytes / 1e6)} MB`, { location: part.name });
      }
    }
    left -= size;
    // Shared by all workers: each reads it, none has a copy.
    const bytes = new SharedArrayBuffer(size);
    const view = new Uint8Array(bytes);
    let at = 0;
    for (const chunk of chunks) {
      view.set(chunk, at);
      at += chunk.byteLength;
    }
    parts.push({ name: part.name, bytes });
  }
  return { parts };
}
