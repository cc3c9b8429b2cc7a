import type { TextDocument } from "../text/types.ts";
import lexicon from "./lexicon/meetings.json" with { type: "json" };
import type { WorkingMention } from "./mention.ts";

const LIGHT = new Set(lexicon.lightVerbs);

/** "Benedict's visit to Turkey", "his scheduled call": whose the noun at a token is, of the mentions around it. */
export function ownerOf({ tokens }: TextDocument, mentions: readonly WorkingMention[], at: number): WorkingMention | undefined {
  const sentence = tokens[at]?.sentence;
  for (let i = at - 1; i >= at - 7; i--) {
    const token = tokens[i];
    if (token === undefined || token.sentence !== sentence) return undefined;
    if (/^['’]$/.test(token.text) || (token.lower === "s" && /^['’]$/.test(tokens[i - 1]?.text ?? ""))) {
      const mark = token.lower === "s" ? i - 1 : i;
      return mentions.find((m) => m.last === mark && m.possessive && m.kind !== "place" && m.kind !== "medium" && !m.weak);
    }
    if (/^(?:his|her|its|their)$/.test(token.lower)) return mentions.find((m) => m.first === i);
    if (!/^(?:ADJ|NOUN|PROPN|NUM|ADV|VERB|PUNCT)$/.test(token.tag) || /^[,.;:]$/.test(token.text) || LIGHT.has(token.lower)) return undefined;
  }
  return undefined;
}

/** "in his talks with", "during Medvedev's visit": what is told happens there, it is not only spoken of. */
export function isOccasionOf({ tokens }: TextDocument, owner: WorkingMention): boolean {
  return /^(?:in|during|on|at|through)$/.test(tokens[(owner.title?.first ?? owner.first) - 1]?.lower ?? "");
}
