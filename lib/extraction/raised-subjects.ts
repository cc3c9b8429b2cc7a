import type { TextDocument } from "../text/types.ts";
import { isActor, type WorkingMention } from "./mention.ts";
import type { MentionGroups } from "./mention-groups.ts";

/** How far back the verb may stand that the infinitive hangs on. */
const REACH = 24;
/** How many actors are looked at for a group. */
const GROUP = 12;

/**
 * The actors of an infinitive that a verb before gives it: "Obama becomes the first sitting U.S. president to visit
 * Burma" those before the ranking, "Merkel invites Macron to meet" both. None where no such verb stands before.
 */
export function raisedSubjects({ tokens }: TextDocument, mentions: readonly WorkingMention[], groups: MentionGroups, at: number): WorkingMention[] {
  if (tokens[at - 1]?.lower !== "to") return [];
  for (let i = at - 2; i > at - REACH && tokens[i]?.sentence === tokens[at]?.sentence; i--) {
    const word = tokens[i]?.lower ?? "";
    if (/^(?:becom(?:e|es|ing)|became)$/.test(word)) return groupBefore(mentions, groups, i);
    if (/^invit(?:e|es|ed|ing)$/.test(word) && !/^(?:is|are|was|were|been|be|being|not|the|an)$/.test(tokens[i - 1]?.lower ?? "")) {
      const invited = mentions.filter((m) => m.first > i && m.last < at && isActor(m));
      return invited.length === 0 ? [] : [...groupBefore(mentions, groups, i), ...invited];
    }
  }
  return [];
}

/** The last actor before a token, and those joined to it. */
export function groupBefore(mentions: readonly WorkingMention[], groups: MentionGroups, index: number): WorkingMention[] {
  const before = mentions.filter((m) => m.last <= index && isActor(m) && !m.locative).slice(-GROUP);
  const last = before[before.length - 1];
  return last === undefined ? [] : before.filter((m) => m === last || groups.joined(m).includes(last));
}
