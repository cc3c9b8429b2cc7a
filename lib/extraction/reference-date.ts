import type { EventEntry, Gazetteer } from "../gazetteer/types.ts";
import type { Span, TextDocument } from "../text/types.ts";
import { makeDate, monthOf, weekday, yearOf } from "./calendar.ts";

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];
const ANNIVERSARY = /\b(?:(\d{1,3})(?:st|nd|rd|th)|(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|one-year|two-year|three-year|20-year)) ?anniversary (?:of|since) /gi;
const DAY = /\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/;
const DAYS = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"];
/** How much text after "anniversary of" may name the event. */
const EVENT_LENGTH = 120;

export interface DatedText {
  readonly date: string;
  readonly basis: "anniversary" | "event";
  readonly evidence: readonly Span[];
}

/**
 * The day an undated article was written on, where it marks the anniversary of an event that the gazetteer dates. A
 * weekday named in the same sentence must agree, else the anniversary is of another day; undefined where nothing
 * dates the article. Never guessed.
 */
export function referenceDate(document: TextDocument, gazetteer: Gazetteer): DatedText | undefined {
  for (let i = 0; i < document.sentences.length; i++) {
    const dated = anniversaryIn(document, i, gazetteer);
    if (dated !== undefined) return dated;
  }
  return undefined;
}

/** The anniversary that a sentence marks, of an event named in full there or earlier in the document. */
export function anniversaryIn(document: TextDocument, index: number, gazetteer: Gazetteer): DatedText | undefined {
  const sentence = document.sentences[index];
  if (sentence === undefined) return undefined;
  const text = document.text.slice(sentence.start, sentence.end);
  for (const match of text.matchAll(ANNIVERSARY)) {
    const nth = match[1] === undefined ? ordinal(match[2] ?? "") : Number(match[1]);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + EVENT_LENGTH);
    const event = namedEvent(after, gazetteer.events) ?? earlierEvent(document, sentence.start, after, gazetteer.events);
    if (event === undefined || nth === undefined || event.date.length !== 10) continue;
    const date = makeDate(yearOf(event.date) + nth, monthOf(event.date), Number(event.date.slice(8)));
    if (date === undefined) continue;
    const day = DAY.exec(text);
    if (day !== null && DAYS.indexOf((day[1] ?? "").toLowerCase()) !== weekday(date)) continue;
    const start = sentence.start + match.index;
    const evidence = [{ start, end: start + match[0].length + eventLength(after) }];
    if (day !== null) evidence.unshift({ start: sentence.start + day.index, end: sentence.start + day.index + day[0].length });
    return { date, basis: "anniversary", evidence: evidence.sort((a, b) => a.start - b.start) };
  }
  return undefined;
}

/** How far back the full name of an event may stand. */
const EARLIER = 20_000;

/** "Russia’s invasion", after "Russia’s full-scale invasion of Ukraine": the one event the article names in full that has all these words. */
function earlierEvent(document: TextDocument, before: number, phrase: string, events: readonly EventEntry[]): EventEntry | undefined {
  const short = wordsOf(phrase);
  const text = document.text.slice(Math.max(0, before - EARLIER), before);
  const named = new Set<EventEntry>();
  for (const match of text.matchAll(ANNIVERSARY)) {
    const event = namedEvent(text.slice(match.index + match[0].length, match.index + match[0].length + EVENT_LENGTH), events);
    if (event?.words.some((set) => [...short].filter((w) => set.includes(w)).length >= 2) === true) named.add(event);
  }
  return named.size === 1 ? [...named][0] : undefined;
}

function ordinal(word: string): number | undefined {
  const n = ORDINALS.indexOf(word.toLowerCase());
  return n >= 0 ? n + 1 : { "one-year": 1, "two-year": 2, "three-year": 3, "20-year": 20 }[word.toLowerCase()];
}

function wordsOf(phrase: string): Set<string> {
  const words = new Set(phrase.slice(0, eventLength(phrase)).toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []);
  for (const part of [...words].flatMap((w) => w.split("-"))) words.add(part);
  return words;
}

/** The event whose words all stand in the phrase; of several, the one with most words. */
function namedEvent(phrase: string, events: readonly EventEntry[]): EventEntry | undefined {
  const words = wordsOf(phrase);
  let best: EventEntry | undefined;
  let most = 0;
  for (const event of events) {
    for (const set of event.words) {
      if (set.length > most && set.every((w) => words.has(w))) {
        best = event;
        most = set.length;
      }
    }
  }
  return best;
}

/** Up to the end of the clause. */
function eventLength(phrase: string): number {
  const end = phrase.search(/[,.;:”"]|\b(?:said|and|as|when|which|that)\b/);
  return end < 0 ? phrase.length : end;
}
