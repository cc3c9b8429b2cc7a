import { CommuniqueError } from "../errors/communique-error.ts";
import type { Publication, PublishItem } from "../publication/index.ts";
import type { Time } from "./contents.ts";
import { parseCatalogueMessage, writeBell, type CatalogueMessage } from "./messages.ts";
import { inOrder } from "./order.ts";
import type { Delivered, Queue } from "./queue.ts";

export interface CatalogueOptions {
  /** The bucket of articles; messages of others are none of ours. */
  readonly bucket: string;
  readonly publication: Pick<Publication, "commit">;
  /** The queue of bells: what was lost is converted once more. */
  readonly articles: Queue;
}

/** What came of one batch. */
export interface Catalogued {
  /** Ids of the messages that must come again. */
  readonly failed: readonly string[];
  /** Why, each reason once. */
  readonly errors: readonly unknown[];
  /** How many publications and withdrawals are now in the log. */
  readonly published: number;
  readonly withdrawn: number;
  /** Of how many a withdrawal had taken the object away, so that their bells were rung again. */
  readonly lost: number;
}

/** Commits a batch of messages. Never throws: what failed is told, and all the rest is done with. */
export type Catalogue = (batch: readonly Delivered[], time: Time) => Promise<Catalogued>;

/** Messages committed together: one entry of the log. */
const SLICE = 100;
/** Milliseconds that committing a slice may take where nothing is known yet. */
const USUAL_MS = 10_000;

/**
 * Takes messages of the catalogue's queue to the log, a hundred at a time. Messages may come twice and in any order: the publication knows what
 * is late. A message that is none fails alone. Where time runs short, as long as the slowest slice took and half as long again, what is
 * left fails and comes again.
 */
export function createCatalogue(options: CatalogueOptions): Catalogue {
  return (batch, time) => new Batch(options, time).run(batch);
}

interface Parsed {
  readonly messageId: string;
  readonly message: CatalogueMessage;
}

class Batch {
  readonly #options: CatalogueOptions;
  readonly #time: Time;
  readonly #failed: string[] = [];
  readonly #errors: unknown[] = [];
  #published = 0;
  #withdrawn = 0;
  #lost = 0;

  constructor(options: CatalogueOptions, time: Time) {
    this.#options = options;
    this.#time = time;
  }

  async run(batch: readonly Delivered[]): Promise<Catalogued> {
    const parsed = inOrder(batch).flatMap((delivery) => this.#parse(delivery));
    let longest = USUAL_MS / 1.5;
    for (let from = 0; from < parsed.length; from += SLICE) {
      const slice = parsed.slice(from, from + SLICE);
      const before = this.#time.left();
      if (before < longest * 1.5) {
        this.#failed.push(...parsed.slice(from).map(({ messageId }) => messageId));
        break;
      }
      await this.#commit(slice);
      longest = Math.max(longest, before - this.#time.left());
    }
    return { failed: this.#failed, errors: this.#errors, published: this.#published, withdrawn: this.#withdrawn, lost: this.#lost };
  }

  #parse({ messageId, body }: Delivered): Parsed[] {
    try {
      const message = parseCatalogueMessage(body);
      if (message.source.bucket !== this.#options.bucket) throw new CommuniqueError("input-malformed", "The message is of another bucket.");
      return [{ messageId, message }];
    } catch (error) {
      this.#failed.push(messageId);
      this.#errors.push(error);
      return [];
    }
  }

  async #commit(slice: readonly Parsed[]): Promise<void> {
    try {
      const sources = new Map<PublishItem, CatalogueMessage>();
      const items = slice.map(({ message }) => {
        const { source: _, ...item } = message;
        if (item.op === "publish") sources.set(item, message);
        return item;
      });
      const { lost } = await this.#options.publication.commit(items);
      const bells = lost.flatMap((item) => sources.get(item) ?? []).map(({ source, sequencer }) => writeBell({ ...source, deleted: false, ...(sequencer === undefined ? {} : { sequencer }) }));
      if (bells.length > 0) await this.#options.articles.send([...new Set(bells)]);
      this.#published += sources.size - lost.length;
      this.#withdrawn += items.length - sources.size;
      this.#lost += lost.length;
    } catch (error) {
      // Whatever of it was committed changes nothing when it is committed again.
      this.#failed.push(...slice.map(({ messageId }) => messageId));
      this.#errors.push(error);
    }
  }
}
