import type { Span, TextDocument } from "../text/types.ts";
import type { EntityTable } from "./entities.ts";
import { mayTellOfMeeting } from "./meeting-words.ts";
import type { WorkingMention } from "./mention.ts";
import { pluralAntecedents, resolvePronoun } from "./pronouns.ts";
import { pronounMention } from "./speakers.ts";
import { isCovered } from "./spans.ts";
import type { WorkingStatement } from "./statements.ts";

interface Context {
  readonly document: TextDocument;
  readonly entities: EntityTable;
  readonly mentions: readonly WorkingMention[];
}

/** Pronouns of one, by the subject form that stands for them. */
const SINGULAR: ReadonlyMap<string, string> = new Map([["he", "he"], ["him", "he"], ["his", "he"], ["she", "she"], ["her", "she"], ["it", "it"], ["its", "it"]]);

/** The pronouns that may be the actors of a meeting, resolved: those of sentences with a word for meeting. */
export function resolveSubjects(context: Context, statements: readonly WorkingStatement[], quotes: readonly Span[]): WorkingMention[] {
  const { document } = context;
  const speakers = statements.flatMap((s) => s.speakers.map((key) => ({ key, at: s.cue[0]?.start ?? 0 }))).sort((a, b) => a.at - b.at);
  const found: WorkingMention[] = [];
  for (const sentence of document.sentences) {
    const tokens = document.tokens.slice(sentence.first, sentence.last);
    if (!tokens.some((t) => t.lower === "they" || SINGULAR.has(t.lower)) || !tokens.some((t) => mayTellOfMeeting(t.lower))) continue;
    for (const [i, token] of tokens.entries()) {
      const word = token.lower === "they" ? "they" : SINGULAR.get(token.lower);
      if (word === undefined || isCovered(quotes, token.start)) continue;
      const pronoun = { start: token.start, end: token.end, word };
      if (word === "they") {
        for (const key of pluralAntecedents(context, pronoun, { speakers, quotes })) found.push(pronounMention(context, token, key));
        continue;
      }
      const possessive = isPossessive(document, sentence.first + i);
      if (possessive && !ownsMeeting(document, sentence.first + i)) continue;
      const key = resolvePronoun(context, pronoun, { speakers, quotes });
      if (key !== undefined) found.push({ ...pronounMention(context, token, key), possessive });
    }
  }
  return found;
}

/** "her" owns what follows where that is a noun, else it is an object. */
function isPossessive({ tokens }: TextDocument, at: number): boolean {
  const lower = tokens[at]?.lower ?? "";
  return lower === "his" || lower === "its" || (lower === "her" && /^(?:NOUN|ADJ|PROPN)$/.test(tokens[at + 1]?.tag ?? ""));
}

/** "his visit", "her first official talks": the noun that a possessive stands before. */
function ownsMeeting({ tokens }: TextDocument, at: number): boolean {
  for (let i = at + 1; i < at + 6; i++) {
    const token = tokens[i];
    if (token === undefined || token.sentence !== tokens[at]?.sentence) return false;
    if (mayTellOfMeeting(token.lower)) return true;
    if (!/^(?:ADJ|NOUN|NUM|ADV|VERB|PUNCT)$/.test(token.tag) || /^[,.;:]$/.test(token.text)) return false;
  }
  return false;
}
