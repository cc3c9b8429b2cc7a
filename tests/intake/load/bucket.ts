import { CommuniqueError } from "../../../lib/errors/communique-error.ts";
import { writeBell } from "../../../lib/intake/messages.ts";
import type { ArticleSource, Reason, Reasons, SourceObject } from "../../../lib/intake/source.ts";

export const ARTICLES = "articles-of-the-simulation";

/** A bucket that rings for what happens in it, with sequencers as S3 gives them. */
export class SimulatedBucket implements ArticleSource, Reasons {
  readonly objects = new Map<string, SourceObject>();
  readonly reasons = new Map<string, Reason>();
  readonly #ring: (bell: string) => void;
  #events = 0x55aed6dcd90281e0n;

  constructor(ring: (bell: string) => void) {
    this.#ring = ring;
  }

  write(key: string, body: string): void {
    const sequencer = this.#next();
    this.objects.set(key, { key, bytes: Buffer.from(body), etag: `e${sequencer}`, metadata: {} });
    this.#ring(writeBell({ bucket: ARTICLES, key, sequencer, deleted: false }));
  }

  erase(key: string): void {
    this.objects.delete(key);
    this.#ring(writeBell({ bucket: ARTICLES, key, sequencer: this.#next(), deleted: true }));
  }

  /** As a backfill does: a bell without an event. */
  backfill(key: string): void {
    this.#ring(writeBell({ bucket: ARTICLES, key, deleted: false }));
  }

  read(key: string, limit: number): Promise<SourceObject | undefined> {
    const found = this.objects.get(key);
    if (found !== undefined && found.bytes.length > limit) return Promise.reject(new CommuniqueError("input-too-large", "too large", { location: key }));
    return Promise.resolve(found);
  }

  put(reason: Reason): Promise<void> {
    this.reasons.set(reason.key, reason);
    return Promise.resolve();
  }

  clear(key: string): Promise<void> {
    this.reasons.delete(key);
    return Promise.resolve();
  }

  #next(): string {
    this.#events += 3n;
    return this.#events.toString(16).toUpperCase().padStart(18, "0");
  }
}
