import { hash } from "node:crypto";
import { fromJson } from "../publication/codec.ts";
import { headersOf } from "../publication/layout.ts";
import { isNewer } from "../publication/sequencer.ts";
import { PreconditionFailed, type ObjectStore, type PutCondition } from "../store/types.ts";
import { sequencerAfter } from "./source-record.ts";

/** What an object has to do with an article. */
interface Holder {
  readonly key: string;
  /** Of the bell that told so. */
  readonly sequencer: string;
  /** The object gives the article no more. */
  readonly gone?: true;
  /** The sequencer that went to the catalogue with it. */
  readonly item: string;
}

/**
 * The objects that give one article, by a hash of their keys. Two may give the same: one that is moved is a copy first, and then its
 * original is deleted.
 */
interface Holders {
  readonly article: string;
  readonly holders: Readonly<Record<string, Holder>>;
  /** Whose item is the newest that went to the catalogue, and its sequencer. */
  readonly last?: { readonly holder: string; readonly item: string };
}

/** Many objects that give one article at once take turns; nobody loses more often than this. */
const ATTEMPTS = 50;

/**
 * Notes that an object gives an article. Answers with the sequencer of the item that says so, which need not be the bell's: sequencers order the events of
 * one key alone, so what is published anew after another object's article went is put after it.
 */
export function claim(store: ObjectStore, article: string, key: string, sequencer: string): Promise<string> {
  const me = nameOf(key);
  return change(store, article, ({ holders, last }) => {
    const own = holders[me];
    if (own !== undefined && own.gone === undefined && own.sequencer === sequencer) return { answer: own.item };
    if (own !== undefined && isNewer(own.sequencer, sequencer)) return { answer: sequencer };
    const other = last === undefined || last.holder === me ? undefined : holders[last.holder];
    // What another that is there still published last may well be newer. Should that go, this is heard again.
    if (last !== undefined && other !== undefined && other.gone === undefined && !isNewer(sequencer, last.item)) {
      return { answer: sequencer, next: { article, holders: { ...holders, [me]: { key, sequencer, item: sequencer } }, last } };
    }
    const item = after(sequencer, last?.item);
    return { answer: item, next: { article, holders: { ...holders, [me]: { key, sequencer, item } }, last: { holder: me, item } } };
  });
}

export interface Released {
  /** The sequencer of its withdrawal; undefined where the article stays. */
  readonly withdraw?: string;
  /** Another object that gives it, to be heard again: its content counts now. */
  readonly heir?: string;
}

/** Notes that an object gives an article no more. The article goes with the last object that gave it. */
export function release(store: ObjectStore, article: string, key: string, sequencer: string): Promise<Released> {
  const me = nameOf(key);
  return change(store, article, ({ holders, last }): { answer: Released; next?: Holders } => {
    const own = holders[me];
    if (own !== undefined && isNewer(own.sequencer, sequencer)) return { answer: {} };
    const others = Object.entries(holders).filter(([name, { gone }]) => name !== me && gone === undefined);
    if (others.length === 0) {
      if (own?.gone === true && own.sequencer === sequencer && last?.holder === me) return { answer: { withdraw: own.item } };
      const item = after(sequencer, last?.item);
      return { answer: { withdraw: item }, next: { article, holders: { ...holders, [me]: { key, sequencer, gone: true, item } }, last: { holder: me, item } } };
    }
    const heir = others.some(([name]) => name === last?.holder) ? undefined : others.map(([, { key }]) => key).sort()[0];
    const next = { article, holders: { ...holders, [me]: { key, sequencer, gone: true, item: sequencer } as const }, ...(last === undefined ? {} : { last }) };
    return { answer: heir === undefined ? {} : { heir }, next };
  });
}

function after(sequencer: string, last: string | undefined): string {
  return last === undefined || isNewer(sequencer, last) ? sequencer : sequencerAfter(last);
}

async function change<Answer>(store: ObjectStore, article: string, decide: (holders: Holders) => { readonly answer: Answer; readonly next?: Holders }): Promise<Answer> {
  const path = `state/source/article/${article}.json`;
  for (let attempt = 1; ; attempt++) {
    const found = await store.get(path);
    const { answer, next } = decide(found === undefined ? { article, holders: {} } : fromJson<Holders>(found.body));
    if (next === undefined) return answer;
    const condition: PutCondition = found === undefined ? { ifNoneMatch: "*" } : { ifMatch: found.etag };
    try {
      await store.put(path, JSON.stringify(next), headersOf(path), condition);
      return answer;
    } catch (error) {
      if (!(error instanceof PreconditionFailed) || attempt === ATTEMPTS) throw error;
    }
  }
}

function nameOf(key: string): string {
  return hash("sha256", key, "hex").slice(0, 32);
}
