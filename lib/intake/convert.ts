import type { Converter } from "../convert/converter.ts";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { LogItem, Publication, TextPolicy } from "../publication/index.ts";
import { inParallel } from "../publication/parallel.ts";
import { PreconditionFailed, type ObjectStore } from "../store/types.ts";
import { checkTime, convertContents, holdsArticles, limitOf, NOTHING, tooLarge, type Contents, type Time } from "./contents.ts";
import { claim, release } from "./holders.ts";
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

/** What came of one object. */
interface Heard extends Pick<Outcome, "published" | "withdrawn" | "refused"> {
  /** Keys of objects whose content counts now. */
  readonly heirs: string[];
  /** Takes off the record what was done. */
  readonly forget: () => Promise<void>;
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
    let bell;
    try {
      bell = parseBell(this.#body);
      if (bell.bucket !== this.#options.bucket) throw new CommuniqueError("input-malformed", "the event is of another bucket");
    } catch (error) {
      if (!(error instanceof CommuniqueError)) throw error;
      await this.#toPeople(undefined, error);
      return { published: 0, withdrawn: 0, refused: [{ code: error.code, message: error.message }] };
    }
    const outcome = { key: bell.key, published: 0, withdrawn: 0, refused: [] as Outcome["refused"] };
    if (!holdsArticles(bell.key)) return outcome;
    const { heirs, forget, ...own } = await this.#hear(bell);
    // What an object gave and gives no more may be another's now, which is read again: it has no bell of its own to be heard by.
    for (const key of heirs) heirs.push(...(await this.#hear({ bucket: bell.bucket, key })).heirs);
    await forget();
    return { ...outcome, ...own };
  }

  async #hear({ bucket, key, sequencer }: Source & { readonly sequencer?: string }): Promise<Heard> {
    let seen: Seen | undefined;
    for (let attempt = 1; ; attempt++) {
      checkTime(this.#time);
      const held = await readRecord(this.#options.store, key);
      seen = await this.#look(key, seen);
      try {
        return await this.#settle({ bucket, key }, sequencer ?? sequencerAfter(held.record.sequencer), held, seen.contents);
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
  async #settle(source: Source, sequencer: string, held: Held, { conversions, refused: unreadable }: Contents): Promise<Heard> {
    const { store, publication, reasons, text } = this.#options;
    const { key } = source;
    const { record } = held;
    const prepared = await publication.prepare(conversions, { replace: (id, newest) => isOwn(record, id, newest), ...(text === undefined ? {} : { text }) });
    const refused = [...unreadable, ...prepared.refused];
    // Before the record, while the reason of a later bell can only come after it.
    if (refused.length === 0) await reasons.clear(key);
    const next = changed(record, sequencer, prepared.items.map(({ article }) => article), refused.length === 0);
    const written = await writeRecord(store, next, held);
    const publications = await inParallel(prepared.items, async (item) => ({ ...item, sequencer: await claim(store, item.article, key, sequencer) }));
    await prepared.store();
    const released = await inParallel(Object.entries({ ...next.leaving, ...overtaking(record, sequencer) }), async ([article, sequencer]) => ({ article, ...(await release(store, article, key, sequencer)) }));
    const withdrawals = released.flatMap(({ article, withdraw }): LogItem[] => (withdraw === undefined ? [] : [{ op: "withdraw", article, sequencer: withdraw }]));
    await this.#send([...publications, ...withdrawals], source);
    if (refused[0] !== undefined) await this.#refuse(key, sequencer, refused[0], refused.length);
    return {
      published: publications.length,
      withdrawn: withdrawals.length,
      refused: refused.map((error) => ({ code: error.code, message: messageOf(error) })),
      heirs: [...new Set(released.flatMap(({ heir }) => heir ?? []))],
      forget: async () => {
        if (next.leaving !== undefined) await this.#forget(next, written);
      },
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
