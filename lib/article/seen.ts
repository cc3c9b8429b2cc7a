import { hash } from "node:crypto";

/** Words an entry takes in the table: 64 bits of the id's hash, 64 of the text's. */
const WIDTH = 4;

/**
 * Remembers which ids a run has met and with which text, in 16 bytes each at most half full: a million articles take
 * 32 to 64 MB, however long their ids. Ids that differ in case alone count as one, since some file systems cannot tell them apart.
 */
export class SeenArticles {
  #table = new Uint32Array(1024 * WIDTH);
  #count = 0;

  /** "new", "same" (the id and the text) or "different" (the id with another text). */
  add(id: string, text: string): "new" | "same" | "different" {
    if (this.#count * 2 >= this.#table.length / WIDTH) this.#grow();
    const entry = fingerprint(id.toLowerCase(), text);
    const slot = this.#slot(entry);
    if (this.#table[slot] === 0) {
      this.#table.set(entry, slot);
      this.#count++;
      return "new";
    }
    return this.#table[slot + 2] === entry[2] && this.#table[slot + 3] === entry[3] ? "same" : "different";
  }

  /** Where the entry is, or the free slot where it belongs (open addressing, linear probing). */
  #slot(entry: Uint32Array): number {
    const slots = this.#table.length / WIDTH;
    for (let i = (entry[0] ?? 0) % slots; ; i = (i + 1) % slots) {
      const slot = i * WIDTH;
      if (this.#table[slot] === 0 || (this.#table[slot] === entry[0] && this.#table[slot + 1] === entry[1])) return slot;
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Uint32Array(old.length * 2);
    for (let i = 0; i < old.length; i += WIDTH) {
      if (old[i] !== 0) this.#table.set(old.subarray(i, i + WIDTH), this.#slot(old.subarray(i, i + WIDTH)));
    }
  }
}

function fingerprint(id: string, text: string): Uint32Array {
  const idHash = hash("sha256", id, "buffer");
  const textHash = hash("sha256", text, "buffer");
  // A zero marks a free slot.
  return Uint32Array.of(idHash.readUInt32LE(0) || 1, idHash.readUInt32LE(4), textHash.readUInt32LE(0), textHash.readUInt32LE(4));
}
