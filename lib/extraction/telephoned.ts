import type { TextDocument } from "../text/types.ts";
import { isActor, type WorkingMention } from "./mention.ts";
import type { MentionGroups } from "./mention-groups.ts";
import { groupBefore } from "./raised-subjects.ts";

/** How far before its means the verb may stand. */
const REACH = 24;
const COMPOUND = /^(?:calls?|conversations?|talks|meetings?|numbers?|lines?|records?|hacking)$/;

/** "by phone", "over the telephone": a means of talking, and no phone that is spoken of. */
export function isByTelephone({ tokens }: TextDocument, at: number): boolean {
  if (!/^(?:tele)?phone$/.test(tokens[at]?.lower ?? "") || COMPOUND.test(tokens[at + 1]?.lower ?? "")) return false;
  const before = tokens[at - 1]?.lower ?? "";
  return /^(?:by|over|via|on)$/.test(before) || (before === "the" && /^(?:over|on|via)$/.test(tokens[at - 2]?.lower ?? ""));
}

/** "Trump thanks Abe by phone", "Roe and Doe discussed it over the telephone": those before the verb, and whom it has for its object. */
export function telephoned({ tokens }: TextDocument, mentions: readonly WorkingMention[], groups: MentionGroups, at: number): { readonly verb: string | undefined; readonly actors: WorkingMention[] } {
  let verb = at - 1;
  while (verb > at - REACH && tokens[verb]?.sentence === tokens[at]?.sentence && tokens[verb]?.tag !== "VERB") verb--;
  const token = tokens[verb];
  if (token?.tag !== "VERB" || token.sentence !== tokens[at]?.sentence) return { verb: undefined, actors: [] };
  const object = mentions.find((m) => m.first > verb && m.last <= at && isActor(m) && !m.possessive && !m.locative && m.type !== "demonym");
  const actors = [...groupBefore(mentions, groups, verb), ...(object === undefined ? [] : groups.joined(object).filter((m) => m.last <= at))];
  return { verb: token.lower, actors };
}
