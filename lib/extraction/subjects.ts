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

/** The pronouns that may be the actors of a meeting, resolved: those of sentences with a word for meeting. */
export function resolveSubjects(context: Context, statements: readonly WorkingStatement[], quotes: readonly Span[]): WorkingMention[] {
  const { document } = context;
  const speakers = statements.flatMap((s) => s.speakers.map((key) => ({ key, at: s.cue[0]?.start ?? 0 }))).sort((a, b) => a.at - b.at);
  const found: WorkingMention[] = [];
  for (const sentence of document.sentences) {
    const tokens = document.tokens.slice(sentence.first, sentence.last);
    if (!tokens.some((t) => /^(?:he|she|they|him|her|them|it|his|its)$/.test(t.lower)) || !tokens.some((t) => mayTellOfMeeting(t.lower))) continue;
    for (const token of tokens) {
      if (isCovered(quotes, token.start)) continue;
      if (/^(?:he|she|him|it)$/.test(token.lower) || (token.lower === "her" && !/^(?:NOUN|ADJ|PROPN)$/.test(document.tokens[document.tokens.indexOf(token, sentence.first) + 1]?.tag ?? ""))) {
        const word = token.lower === "him" ? "he" : token.lower === "her" ? "she" : token.lower;
        const key = resolvePronoun(context, { start: token.start, end: token.end, word }, { speakers, quotes });
        if (key !== undefined) found.push(pronounMention(context, token, key));
      } else if (/^(?:his|her|its)$/.test(token.lower)) {
        if (!ownsMeeting(document, document.tokens.indexOf(token, sentence.first))) continue;
        const word = token.lower === "his" ? "he" : token.lower === "her" ? "she" : "it";
        const key = resolvePronoun(context, { start: token.start, end: token.end, word }, { speakers, quotes });
        if (key !== undefined) found.push({ ...pronounMention(context, token, key), possessive: true });
      } else if (token.lower === "they") {
        const keys = pluralAntecedents(context, { start: token.start, end: token.end, word: "they" }, { speakers, quotes });
        for (const key of keys) found.push(pronounMention(context, token, key));
      }
    }
  }
  return found;
}

/** "his visit", "her first official talks": the noun that a possessive stands before. */
function ownsMeeting({ tokens }: TextDocument, at: number): boolean {
  for (let i = at + 1; i < at + 6; i++) {
    const token = tokens[i];
    if (token === undefined || token.sentence !== tokens[at]?.sentence) return false;
    if (mayTellOfMeeting(token.lower)) return true;
    if (!/^(?:ADJ|NOUN|NUM|ADV|VERB|PUNCT)$/.test(token.tag ?? "") || /^[,.;:]$/.test(token.text)) return false;
  }
  return false;
}
