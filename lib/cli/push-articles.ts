import type { Article } from "../article/types.ts";
import { CommuniqueError, type ErrorCode } from "../errors/communique-error.ts";
import type { Reading } from "../article/read.ts";
import { inputOf } from "../publication/index.ts";
import { inOrder } from "./in-order.ts";
import { pushedKey } from "./stack-status.ts";
import type { StackPlace } from "./stack-place.ts";
import { Waiting, type Clock, type Expected, type Settled } from "./stack-wait.ts";

export interface PushOptions {
  readonly place: StackPlace;
  readonly readings: AsyncIterable<Reading>;
  /** Milliseconds without any news after which waiting ends; undefined: nothing is waited for. */
  readonly patience?: number;
  /** Called for every article as soon as it is known what became of it. */
  readonly onUploaded: (article: Expected) => void;
  readonly onPublished: (article: Expected) => void;
  readonly onFailed: (error: CommuniqueError) => void;
  /** Called now and then while nothing happens. */
  readonly onWaiting?: () => void;
  readonly clock?: Clock;
}

/** Uploads at a time. */
const UPLOADS = 16;
/** Articles that are waited for at a time: what is remembered of each is small, but there may be millions. */
const MOST_EXPECTED = 10_000;

/**
 * Puts each article as an object of its own into a stack's bucket and waits until the stack shows this very article, by the
 * hash of what was read, or says why not. An article that was pushed before is replaced.
 *
 * @throws CommuniqueError "push-pending" where nothing happened for too long: what was uploaded may still be published.
 */
export async function pushArticles({ place, readings, patience, onUploaded, onPublished, onFailed, onWaiting, clock }: PushOptions): Promise<void> {
  const onLook = (settled: readonly Settled[]): void => {
    for (const { expected, refused } of settled) {
      if (refused === undefined) onPublished(expected);
      else onFailed(refusalOf(expected, refused));
    }
    onWaiting?.();
  };
  const waiting = patience === undefined ? undefined : await Waiting.begin({ place, isThere: isPublished, patience, onLook, ...(clock === undefined ? {} : { clock }) });
  const wait = async (most: number): Promise<void> => {
    if (waiting === undefined || waiting.size <= most || (await waiting.until(most))) return;
    const left = waiting.size === 1 ? "1 article is" : `${waiting.size} articles are`;
    throw new CommuniqueError("push-pending", `${left} uploaded but not published yet, and nothing has happened for ${Math.round((patience ?? 0) / 1000)} s; what is uploaded may still be published, and docs/runbook.md says where to look`);
  };
  const upload = async (reading: Reading): Promise<Expected | undefined> => {
    if ("article" in reading) return put(place, reading.article, reading.location);
    onFailed(reading.error);
    return undefined;
  };
  for await (const expected of inOrder(readings, UPLOADS, upload)) {
    if (expected === undefined) continue;
    onUploaded(expected);
    waiting?.add(expected);
    if (waiting !== undefined && waiting.size >= MOST_EXPECTED) await wait(MOST_EXPECTED / 2);
  }
  await wait(0);
}

async function put({ articles }: StackPlace, article: Article, location: string): Promise<Expected> {
  await articles.put(pushedKey(article.id), `${JSON.stringify(article)}\n`, { contentType: "application/json" });
  return { id: article.id, location, input: inputOf(article) };
}

function isPublished(state: { readonly input?: string; readonly withdrawn?: true; readonly missing?: true } | undefined, { input }: Expected): boolean {
  return state !== undefined && state.withdrawn !== true && state.missing !== true && state.input === input;
}

function refusalOf({ location }: Expected, { key, code, message }: { readonly key: string; readonly code: string; readonly message: string }): CommuniqueError {
  // The code was one of ours when the stack's version of this software wrote it.
  return new CommuniqueError(code as ErrorCode, message.startsWith(`${key}: `) ? message.slice(key.length + 2) : message, { location });
}
