import type { Converter } from "../convert/converter.ts";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { LogItem, Publication, TextPolicy } from "../publication/index.ts";
import { PreconditionFailed, type ObjectStore } from "../store/types.ts";
import { checkTime, convertContents, holdsArticles, limitOf, NOTHING, tooLarge, type Contents, type Time } from "./contents.ts";
import { parseBell, type CatalogueMessage, type Source } from "./messages.ts";
import type { Queue } from "./queue.ts";
import { messageOf, reasonOf } from "./reasons.ts";
import { changed, isOwn, overtaking, readRecord, sequencerAfter, writeRecord, type Held, type SourceRecord } from "./source-record.ts";
import type { ArticleSource, Reasons, SourceObject } from "./source.ts";

/** How often an object that keeps changing is looked at again before its bell has to ring again. */
const ATTEMPTS = 5;

export interface ConvertOptions {
  /** The bucket that `source` reads; bells of others are none of ours. */
  readonly bucket: string;
  readonly source: ArticleSource;
  readonly reasons: Reasons;
  /** The published tree, which holds the records of objects too (`state/source/`). */
  readonly store: ObjectStore;
  readonly publication: Pick<Publication, "prepare">;
  readonly converter: Pick<Converter, "convert">;
  readonly catalogue: Queue;
  /** Where messages go that need a person. */
  readonly dead: Queue;
  readonly text?: TextPolicy;
  readonly clock?: () => number;
}

/** What came of one message. */
export interface Outcome {
  readonly key?: string;
  readonly published: number;
  readonly withdrawn: number;
  /** Why what was refused was refused; messages quote nothing of a text. */
  readonly refused: readonly { readonly code: string; readonly message: string }[];
}

/** Hears one message of the articles queue. When it returns, the message is done with; when it throws, the message must come again. */
export type Convert = (body: string, time: Time) => Promise<Outcome>;

/**
 * Converts what is dropped. A message is only a bell: the object is read as it is now, and what it gave before and gives no more is withdrawn.
 *
 * Any number of these run at once, on messages that come twice, late and in any order. The record of the object holds them together: it is read before
 * the object and replaced after, so of two at once the later one starts over and sees what changed. The sequencer of the bell goes
 * with every item; the publication takes the newest.
 *
 * Bad input is not an error: its reason is written beside the articles, the message goes to people, and what was published of the object stays.
 */
export function createConvert(options: ConvertOptions): Convert {
  return (body, time) => new Hearing(options, body, time).run();
}

/** An object as it was seen last, so that it is not converted twice when its record changed but it did not. */
interface Seen {
  readonly object: SourceObject | undefined;
  readonly contents: Contents;
}

class Hearing {
  readonly #options: ConvertOptions;
  readonly #body: string;
  readonly #time: Time;

  constructor(options: ConvertOptions, body: string, time: Time) {
    this.#options = options;
    this.#body = body;
    this.#time = time;
  }

  async run(): Promise<Outcome> {
    checkTime(this.#time);
    let bell;
    try {
      bell = parseBell(this.#body);
      if (bell.bucket !== this.#options.bucket) throw new CommuniqueError("input-malformed", "the event is of another bucket");
    } catch (error) {
      if (!(error instanceof CommuniqueError)) throw error;
      await this.#toPeople(undefined, error);
      return { published: 0, withdrawn: 0, refused: [{ code: error.code, message: error.message }] };
    }
    const { key } = bell;
    if (!holdsArticles(key)) return { key, published: 0, withdrawn: 0, refused: [] };
    let seen: Seen | undefined;
    for (let attempt = 1; ; attempt++) {
      const held = await readRecord(this.#options.store, key);
      seen = await this.#look(key, seen);
      try {
        return await this.#settle(bell, bell.sequencer ?? sequencerAfter(held.record), held, seen.contents);
      } catch (error) {
        if (!(error instanceof PreconditionFailed) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async #look(key: string, before: Seen | undefined): Promise<Seen> {
    const { source, converter } = this.#options;
    let object;
    try {
      object = await source.read(key, limitOf(key));
    } catch (error) {
      if (!(error instanceof CommuniqueError) || error.code !== "input-too-large") throw error;
      return { object: undefined, contents: { conversions: [], refused: [tooLarge(key)] } };
    }
    if (object === undefined) return { object, contents: NOTHING };
    if (before?.object?.etag === object.etag) return before;
    return { object, contents: await convertContents(object, converter, this.#time) };
  }

  /** Puts down what the object gives now, then stores and sends it. @throws PreconditionFailed where another bell was heard meanwhile. */
  async #settle({ bucket, key }: Source, sequencer: string, held: Held, { conversions, refused: unreadable }: Contents): Promise<Outcome> {
    const { store, publication, reasons, text } = this.#options;
    const { record } = held;
    const prepared = await publication.prepare(conversions.map((conversion) => ({ ...conversion, sequencer })), { replace: (id, newest) => isOwn(record, id, newest), ...(text === undefined ? {} : { text }) });
    const refused = [...unreadable, ...prepared.refused];
    // Before the record, while the reason of a later bell can only come after it.
    if (refused.length === 0) await reasons.clear(key);
    const next = changed(record, sequencer, prepared.items.map(({ article }) => article), refused.length === 0);
    const written = await writeRecord(store, next, held);
    await prepared.store();
    const withdrawals = Object.entries({ ...next.leaving, ...overtaking(record, sequencer) }).map(([article, sequencer]): LogItem => ({ op: "withdraw", article, sequencer }));
    await this.#send([...prepared.items, ...withdrawals], { bucket, key });
    if (next.leaving !== undefined) await this.#forget(next, written);
    if (refused[0] !== undefined) await this.#refuse(key, sequencer, refused[0], refused.length);
    return {
      key,
      published: prepared.items.length,
      withdrawn: withdrawals.length,
      refused: refused.map((error) => ({ code: error.code, message: messageOf(error) })),
    };
  }

  async #send(items: readonly LogItem[], source: Source): Promise<void> {
    if (items.length === 0) return;
    await this.#options.catalogue.send(items.map((item) => JSON.stringify({ ...item, source } satisfies CatalogueMessage)));
  }

  /** What is sent to be withdrawn need not be sent again. If the record changed meanwhile, it will be once more. */
  async #forget({ leaving: _, ...record }: SourceRecord, held: Held): Promise<void> {
    try {
      await writeRecord(this.#options.store, record, held);
    } catch (error) {
      if (!(error instanceof PreconditionFailed)) throw error;
    }
  }

  async #refuse(key: string, sequencer: string, error: CommuniqueError, count: number): Promise<void> {
    const { reasons, clock = Date.now } = this.#options;
    await reasons.put(reasonOf(key, sequencer, error, count, clock()));
    await this.#toPeople(key, error);
  }

  async #toPeople(key: string | undefined, error: CommuniqueError): Promise<void> {
    await this.#options.dead.send([this.#body], { code: error.code, message: messageOf(error), ...(key === undefined ? {} : { key }) });
  }
}
