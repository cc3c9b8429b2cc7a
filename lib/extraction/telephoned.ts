import type { TextDocument } from "../text/types.ts";
import { isActor, type WorkingMention } from "./mention.ts";
import type { MentionGroups } from "./mention-groups.ts";
import { groupBefore } from "./raised-subjects.ts";

/** Who talked, and the verb by which that is told. */
export interface Callers {
  readonly verb: string | undefined;
  readonly actors: readonly WorkingMention[];
}

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
export function telephoned({ tokens }: TextDocument, mentions: readonly WorkingMention[], groups: MentionGroups, at: number): Callers {
  let verb = at - 1;
  while (verb > at - REACH && tokens[verb]?.sentence === tokens[at]?.sentence && tokens[verb]?.tag !== "VERB") verb--;
  const token = tokens[verb];
  if (token?.tag !== "VERB" || token.sentence !== tokens[at]?.sentence) return { verb: undefined, actors: [] };
  const object = mentions.find((m) => m.first > verb && m.last <= at && isActor(m) && !m.possessive && !m.locative && m.type !== "demonym");
  const actors = [...groupBefore(mentions, groups, verb), ...(object === undefined ? [] : groups.joined(object).filter((m) => m.last <= at))];
  return { verb: token.lower, actors };
}

/** How far behind the opening the verb may stand. */
const OPENING_REACH = 16;

/** "In a call on Monday, Biden urged Netanyahu to wait", but "In a call for action, ". */
const OPENING = /^(?:In|During) an? (?:[a-z]+ )?(?:call|conversation)\b(?! (?:for|to|upon|on (?!\w+day\b)))[^,;.]{0,40},/;

/** Whether a sentence or its first clause opens with a call; who talked follows. */
export function opensWithCall(words: string): boolean {
  return OPENING.test(words);
}

/** Those before the first verb behind the opening, and whom it has for its object. */
export function openingCallers({ tokens }: TextDocument, mentions: readonly WorkingMention[], groups: MentionGroups, at: number): Callers {
  let comma = at + 1;
  while (tokens[comma] !== undefined && tokens[comma]?.text !== ",") comma++;
  let verb = comma + 1;
  while (verb < comma + OPENING_REACH && tokens[verb]?.sentence === tokens[at]?.sentence && tokens[verb]?.tag !== "VERB") verb++;
  const token = tokens[verb];
  const subject = mentions.find((m) => m.first > comma && m.last <= verb && isActor(m) && !m.possessive && m.type !== "demonym");
  if (token?.tag !== "VERB" || token.sentence !== tokens[at]?.sentence || subject === undefined) return { verb: undefined, actors: [] };
  const object = mentions.find((m) => m.first > verb && m.first <= verb + 8 && isActor(m) && m.kind === "person" && !m.possessive && !m.locative);
  return { verb: token.lower, actors: [...groups.joined(subject).filter((m) => m.last <= verb), ...(object === undefined ? [] : [object])] };
}
