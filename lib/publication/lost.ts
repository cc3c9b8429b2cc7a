import { isSameEvent } from "./sequencer.ts";
import type { ArticleState, PublishItem } from "./states.ts";

/** Whether publishing this would change nothing: the same object, or the same article read by the same versions. */
export function isSame(state: ArticleState | undefined, item: PublishItem): boolean {
  if (state === undefined || (state.withdrawn === true && state.missing !== true) || state.text !== item.text) return false;
  return state.sha === item.sha || (state.input === item.input && state.versions === item.versions);
}

/**
 * Whether an item that was applied still waits for its object, because a withdrawal at the same time took it away. Of an item that
 * another event has overtaken nothing is lost.
 */
export function isLost(item: PublishItem, state: ArticleState | undefined): boolean {
  if (state?.missing !== true) return false;
  return item.sequencer === undefined ? isSame(state, item) : isSameEvent(item.sequencer, state.sequencer);
}
