import type { Sentence, Span, TextDocument, Token } from "../text/types.ts";
import { anchor, type Attribution } from "./attribution.ts";
import { sentenceAt } from "./content.ts";
import { indexAt, isCovered, union } from "./spans.ts";
import { isSpeechWord } from "./speech-acts.ts";

/** A quotation that its introduction gives away. */
const BY_RULE = 0.8;
/** Tokens that the phrase before a verb may have. */
const LONGEST_SOURCE = 12;

/**
 * "Roe said in a statement:" and, in a paragraph of its own, what she said: each paragraph is read by itself, so that the
 * reader sees an introduction without content and a quotation without source.
 */
export function findIntroduced(document: TextDocument, attributions: readonly Attribution[], quotes: readonly Span[]): Attribution[] {
  const covered = union(attributions.flatMap((a) => a.content));
  const found: Attribution[] = [];
  for (let i = 1; i < document.paragraphs.length; i++) {
    const before = document.paragraphs[i - 1];
    const paragraph = document.paragraphs[i];
    const quote = paragraph === undefined ? undefined : quotes[indexAt(quotes, paragraph.start)];
    if (before === undefined || quote === undefined || quote.start !== paragraph?.start || isCovered(covered, quote.start) || !/:\s*$/.test(document.text.slice(before.start, before.end))) continue;
    const sentence = sentenceAt(document, before.end - 1);
    if (sentence === undefined) continue;
    const introduction = introducing(document, sentence, attributions);
    if (introduction !== undefined) found.push({ ...introduction, content: [quote], score: BY_RULE });
  }
  return found;
}

/** "“We are leaving.” — Jane Roe": a quotation and, behind a dash, who signs it; with the marks the wrong way round too. */
const SIGNED = /^([“”"].{12,}[“”"])\s*([―—–]|-{1,2})\s*(\p{Lu}[\p{L}.’'-]+(?:,? [\p{L}.’'-]+){0,8}?)[.\s]*$/u;
/** Longer paragraphs are no signed quotation. */
const LONGEST_SIGNED = 3000;

/** The quotations that are signed, each in a paragraph of its own. */
export function findSigned(document: TextDocument, attributions: readonly Attribution[]): Attribution[] {
  const covered = union(attributions.flatMap((a) => a.content));
  return document.paragraphs.flatMap(({ start, end }): Attribution[] => {
    const match = end - start > LONGEST_SIGNED ? null : SIGNED.exec(document.text.slice(start, end));
    const [, quote, dash, name] = match ?? [];
    if (quote === undefined || dash === undefined || name === undefined || isCovered(covered, start + 1)) return [];
    const at = document.text.indexOf(dash, start + quote.length);
    const signature = document.text.indexOf(name, at);
    return [{ cue: [{ start: at, end: at + dash.length }], source: [{ start: signature, end: signature + name.length }], content: [{ start, end: start + quote.length }], score: BY_RULE }];
  });
}

/** Cue and source of a sentence that ends in a colon: those of its last attribution, else its last verb of saying with what stands before that. */
function introducing(document: TextDocument, sentence: Sentence, attributions: readonly Attribution[]): Pick<Attribution, "cue" | "source"> | undefined {
  const own = attributions.filter((a) => anchor(a) >= sentence.start && anchor(a) < sentence.end && a.source.length > 0).pop();
  if (own !== undefined) return { cue: own.cue, source: own.source };
  const { tokens } = document;
  const opening = tokens[sentence.first];
  const subject = tokens.slice(sentence.first + 1, sentence.last - 1);
  if (opening !== undefined && isSaying(opening) && subject.length > 0 && subject.length < 6 && subject.every((t) => isCapitalised(t) || t.text === ".")) {
    return { cue: [{ start: opening.start, end: opening.end }], source: [{ start: subject[0]?.start ?? 0, end: subject[subject.length - 1]?.end ?? 0 }] };
  }
  for (let i = sentence.last - 1; i > sentence.first; i--) {
    const verb = tokens[i];
    if (verb === undefined || !isSaying(verb)) continue;
    const source = phraseBefore(tokens, i, sentence.first);
    return source === undefined ? undefined : { cue: [{ start: verb.start, end: verb.end }], source: [source] };
  }
  return undefined;
}

function isSaying({ tag, lower }: Token): boolean {
  return tag === "VERB" && (isSpeechWord(lower) || CONTINUING.test(lower));
}

/** "goes on to say". */
const GOING_ON = /^(?:went|goes|going|on)$/;
/** Verbs that say nothing by themselves, but before a quotation. */
const CONTINUING = /^(?:continued|continues|echoed|added|adds|responded|wrote|writes|tweeted|released|issued|posted|read|reads|explained|replied|concluded)$/;

/** "the party's committee", "he": the noun phrase right before a verb and its adverbs. */
function phraseBefore(tokens: readonly Token[], verb: number, first: number): Span | undefined {
  let last = verb - 1;
  while (last >= first && (/^(?:ADV|AUX|PART)$/.test(tokens[last]?.tag ?? "") || GOING_ON.test(tokens[last]?.lower ?? ""))) last--;
  let from = last + 1;
  while (from > first && verb - from < LONGEST_SOURCE && NOMINAL.test(nominal(tokens[from - 1]))) from--;
  while (tokens[from] !== undefined && from <= last && !/[\p{L}\p{N}]/u.test(tokens[from]?.text ?? "")) from++;
  const start = tokens[from];
  const end = tokens[last];
  return start === undefined || end === undefined || from > last || !(/^(?:NOUN|PROPN|PRON|X)$/.test(end.tag) || isCapitalised(end)) ? undefined : { start: start.start, end: end.end };
}

const NOMINAL = /^(?:NOUN|PROPN|ADJ|DET|NUM|PRON|X)$|^(?:['’]|s|-|\.)$/;

/** The tag that tells whether a token may be part of a noun phrase; names are often taken for verbs. */
function nominal(token: Token | undefined): string {
  if (token === undefined) return "";
  return token.tag === "PUNCT" || token.tag === "PART" ? token.text : isCapitalised(token) ? "PROPN" : token.tag;
}

function isCapitalised({ text }: Token): boolean {
  return /^\p{Lu}/u.test(text);
}
