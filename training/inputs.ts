/**
 * Makes the inputs of training with the product's own code, so that the network learns from what it will be given.
 *
 * usage: node training/inputs.ts ARTICLES.jsonl VOCABULARY.txt [--candidates] [--models DIR]
 *   ARTICLES.jsonl has {"id", "text"} a line, with "published" where candidates are asked for. Texts are taken as they are.
 *   VOCABULARY.txt is the whole one of the network that is trained; that of models/ may lack pieces, and numbers the rest anew.
 *
 * Prints for each article {"id", "windows"}: what the encoder takes, and the words that the pieces belong to. With
 * --candidates also what may have a part in a meeting, as the extractor finds it before it asks for meetings: "mentions",
 * "times" with the days they may mean, the names of the "entities", and the meetings that the "rules" read. For these it runs
 * the reader of models/ (or of DIR): whom a pronoun means is told by the statements around it. Offsets are code points.
 */
import { readFileSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { firstReading } from "../lib/extraction/first-reading.ts";
import { meetingCandidates } from "../lib/extraction/meeting-candidates.ts";
import { readMeetings } from "../lib/extraction/meeting-frames.ts";
import type { WorkingMention } from "../lib/extraction/mention.ts";
import { timeExpressions } from "../lib/extraction/time.ts";
import { loadGazetteer } from "../lib/gazetteer/index.ts";
import type { Gazetteer } from "../lib/gazetteer/types.ts";
import { openReader, type Reader } from "../lib/reader/index.ts";
import { windowsOf } from "../lib/reader/windows.ts";
import { parseVocabulary, wordPieces } from "../lib/reader/wordpiece.ts";
import { codePoints, spanToCodePoints, type ToCodePoints } from "../lib/text/code-points.ts";
import type { Span, TextDocument } from "../lib/text/types.ts";

interface Input {
  readonly id: string;
  readonly text: string;
  readonly published?: string;
}

type Offsets = readonly [start: number, end: number];

/** Both ends of the title, which may stand before or behind the name. */
function titleOf({ title }: WorkingMention, { tokens }: TextDocument, convert: ToCodePoints): Offsets | null {
  const first = title === undefined ? undefined : tokens[title.first];
  const last = title === undefined ? undefined : tokens[title.last - 1];
  return first === undefined || last === undefined ? null : [convert(first.start), convert(last.end)];
}

/** What the network is given of an article beside its words: mentions, times, and the meetings that the rules read. */
async function candidatesOf({ id, text, published }: Input, gazetteer: Gazetteer, reader: Reader, convert: ToCodePoints): Promise<object> {
  const first = await firstReading({ id, text, language: "en", ...(published === undefined ? {} : { published }) }, { reader, gazetteer });
  const { document, entities, mentions, reference } = first;
  const { all: candidates, mentionOf } = meetingCandidates(document, mentions, reference);
  const days = daysOfTimes(document, reference);
  const keys = new Set(mentions.flatMap((m) => (m.place === undefined ? [m.entity] : [m.entity, m.place])));
  const points = <T extends Span>(spans: readonly T[]): T[] => spans.map((span) => ({ ...span, ...spanToCodePoints(span, convert) }));
  return {
    mentions: candidates.flatMap((candidate) => {
      const mention = mentionOf.get(candidate);
      if (mention === undefined) return [];
      const { entity, place = null } = mention;
      return [{ ...candidate, ...spanToCodePoints(candidate, convert), entity, place, title: titleOf(mention, document, convert) }];
    }),
    times: candidates.filter((c) => !mentionOf.has(c)).map((c) => (
      { ...c, ...spanToCodePoints(c, convert), days: [...(days.get(`${c.start} ${c.end}`) ?? [])] })),
    entities: Object.fromEntries([...keys].map((key) => [key, entities.nameOf(key)])),
    rules: readMeetings(first).map(({ trigger, status, participants, place, date }) => (
      { trigger: spanToCodePoints(trigger, convert), status, participants: points(participants), place: points(place), date: points(date) })),
  };
}

/** The first days that the words for a time mean in the past and in the future. */
function daysOfTimes({ text, sentences }: TextDocument, reference: string | undefined): Map<string, Set<string>> {
  const days = new Map<string, Set<string>>();
  for (const sentence of sentences) {
    for (const future of [false, true]) {
      for (const { start, end, earliest } of timeExpressions(text.slice(sentence.start, sentence.end), sentence.start, reference, future)) {
        const key = `${start} ${end}`;
        const own = days.get(key) ?? new Set();
        if (earliest !== undefined) own.add(earliest);
        days.set(key, own);
      }
    }
  }
  return days;
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { candidates: { type: "boolean" }, models: { type: "string" } } });
const [input, vocabulary] = positionals;
if (input === undefined || vocabulary === undefined) {
  throw new Error("usage: node training/inputs.ts ARTICLES.jsonl VOCABULARY.txt [--candidates] [--models DIR]");
}
const pieces = wordPieces(parseVocabulary(readFileSync(vocabulary, "utf8")));
const parts = values.candidates === true ? { reader: await openReader(values.models === undefined ? {} : { models: values.models }), gazetteer: loadGazetteer() } : undefined;

for (const line of readFileSync(input, "utf8").split("\n")) {
  if (line === "") continue;
  const article = JSON.parse(line) as Input;
  const convert = codePoints(article.text);
  const windows = [...windowsOf(article.text, pieces)].map(({ ids, features, words, word, chunk }) => (
    { ids, features, words: words.map(({ start, end }) => [convert(start), convert(end)]), word, chunk }));
  const candidates = parts === undefined ? {} : await candidatesOf(article, parts.gazetteer, parts.reader, convert);
  writeSync(1, JSON.stringify({ id: article.id, windows, ...candidates }) + "\n");
}
await parts?.reader.close();
