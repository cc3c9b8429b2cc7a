import { isArticleId } from "../article/id.ts";
import { CommuniqueError } from "../errors/communique-error.ts";
import { readRecord } from "../intake/source-record.ts";
import type { StackPlace } from "./stack-place.ts";
import { articleState, pushedKey } from "./stack-status.ts";
import { Waiting, type Clock } from "./stack-wait.ts";

export interface WithdrawPushedOptions {
  readonly place: StackPlace;
  readonly ids: readonly string[];
  readonly patience: number;
  readonly onWithdrawn: (id: string) => void;
  readonly onFailed: (error: CommuniqueError) => void;
  readonly clock?: Clock;
}

/**
 * Withdraws articles from a stack, where to withdraw is to delete the object that an article came from: what was pushed, and the
 * seeds, whose objects hold one article each. Any other object may hold more, so its owner deletes it. Waits until the stack
 * has withdrawn them.
 *
 * @throws CommuniqueError "push-pending" where nothing happened for too long.
 */
export async function withdrawPushed({ place, ids, patience, onWithdrawn, onFailed, clock }: WithdrawPushedOptions): Promise<void> {
  const waiting = await Waiting.begin({
    place,
    isThere: (state) => state?.withdrawn === true,
    patience,
    onLook: (settled) => {
      for (const { expected, refused } of settled) {
        if (refused === undefined) onWithdrawn(expected.id);
        else onFailed(new CommuniqueError("push-pending", `${expected.id} was pushed anew meanwhile, and refused: withdraw it again`));
      }
    },
    ...(clock === undefined ? {} : { clock }),
  });
  for (const id of new Set(ids)) {
    try {
      for (const key of await objectsOf(place, id)) await place.articles.delete(key);
      waiting.add({ id, location: id });
    } catch (error) {
      if (!(error instanceof CommuniqueError)) throw error;
      onFailed(error);
    }
  }
  if (await waiting.until(0)) return;
  throw new CommuniqueError("push-pending", `${waiting.size} of these articles are not withdrawn yet, and nothing has happened for ${Math.round(patience / 1000)} s; they may still be, and docs/runbook.md says where to look`);
}

/** The objects that gave an article, of those that hold one each. */
async function objectsOf(place: StackPlace, id: string): Promise<readonly string[]> {
  const state = isArticleId(id) ? await articleState(place, id) : undefined;
  if (state === undefined || state.withdrawn === true) throw new CommuniqueError("input-not-found", `no article ${JSON.stringify(id)} is published here`);
  const found: string[] = [];
  for (const key of [pushedKey(id), `in/seeds/${id}.json`]) {
    const { record } = await readRecord(place.published, key);
    if (Object.hasOwn(record.articles, id)) found.push(key);
  }
  if (found.length > 0) return found;
  throw new CommuniqueError("input-not-found", `${JSON.stringify(id)} was not pushed: delete the object that it came from, under ${place.articlesUrl}in/ (docs/deploy.md)`);
}
