import { tagLine, type TaggedSentence } from "./tagger.ts";
import type { Paragraph, PartOfSpeech, Sentence, TextDocument, Token } from "./types.ts";

const LINE = /[^\n\r\u2028\u2029]+/g;
const WORD = /[\p{L}\p{N}\p{M}_]+|[^\p{L}\p{N}\p{M}_\s]/gu;

/** Abbreviations after which a full stop ends no sentence when a name follows. */
const ABBREVIATED = /(?:^|[\s(“"‘'\-–])(?:[A-Z]\.)+$|(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Gov|Sen|Rep|Sec|St|Prof|Rev|Hon|Amb|Adm|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.$/;

/**
 * Cuts a text into paragraphs (lines that are not blank), sentences and tokens with their parts of speech. A closing
 * quotation mark belongs to the sentence it closes. Linear in the length of the text.
 */
export function readDocument(text: string): TextDocument {
  const tokens: Token[] = [];
  const sentences: Sentence[] = [];
  const paragraphs: Paragraph[] = [];
  for (const match of text.matchAll(LINE)) {
    const line = match[0];
    if (line.trim() === "") continue;
    const paragraph = paragraphs.length;
    const firstToken = tokens.length;
    readLine(line, match.index, paragraph, tokens, sentences);
    const first = tokens[firstToken];
    const last = tokens[tokens.length - 1];
    if (first !== undefined && last !== undefined && tokens.length > firstToken) {
      paragraphs.push({ start: first.start, end: last.end, first: firstToken, last: tokens.length });
    }
  }
  return { text, tokens, sentences, paragraphs };
}

function readLine(line: string, offset: number, paragraph: number, tokens: Token[], sentences: Sentence[]): void {
  const tagged = tagLine(line);
  const starts = sentenceStarts(line, tagged);
  const tagStarts = tagged.flatMap((s) => s.starts);
  const tags = tagged.flatMap((s) => s.tags);
  let tagAt = 0;
  let sentence = -1;
  let firstToken = tokens.length;
  const close = (): void => {
    const first = tokens[firstToken];
    const last = tokens[tokens.length - 1];
    if (first === undefined || last === undefined || tokens.length === firstToken) return;
    sentences.push({ start: first.start, end: last.end, first: firstToken, last: tokens.length, paragraph });
    firstToken = tokens.length;
  };
  for (const match of line.matchAll(WORD)) {
    const start = match.index;
    if (tokens.length - firstToken >= LONGEST_SENTENCE) close();
    if (sentence + 1 < starts.length && start >= (starts[sentence + 1] ?? 0)) {
      close();
      while (sentence + 1 < starts.length && start >= (starts[sentence + 1] ?? 0)) sentence++;
    }
    while (tagAt + 1 < tagStarts.length && (tagStarts[tagAt + 1] ?? 0) <= start) tagAt++;
    const word = match[0];
    const tag: PartOfSpeech = /[\p{L}\p{N}]/u.test(word) ? (tags[tagAt] ?? "X") : "PUNCT";
    tokens.push({
      start: start + offset, end: start + word.length + offset, text: word, lower: word.toLowerCase(), tag, sentence: sentences.length,
    });
  }
  close();
}

/** No sentence of prose has more tokens; text without full stops is cut here, so that what looks through a sentence stays linear. */
const LONGEST_SENTENCE = 400;

/** Words that start a sentence even after an abbreviation: "in the U.S. He said". */
const STARTER = /^(?:The|He|She|It|They|We|In|On|At|But|And|This|That|These|Those|His|Her|Its|Their|A|An|However|Meanwhile|After|While|When|As|Both|According)\b/;

/** Where sentences start, mending what the tagger's splitter gets wrong in news: abbreviations, closing quotation marks. */
function sentenceStarts(line: string, tagged: readonly TaggedSentence[]): number[] {
  const starts: number[] = [];
  for (const sentence of tagged) {
    let start = sentence.starts[0];
    if (start === undefined) continue;
    if (starts.length > 0) {
      const before = line.slice(Math.max(0, start - 40), start).trimEnd();
      if ((ABBREVIATED.test(before) && !STARTER.test(line.slice(start, start + 12))) || !/[.!?…:;”"’'»)\]]$/.test(before)) continue;
      // A mark that closes the quotation of the sentence before.
      const mark = /^[”’»"')\]]+(?=\s|$)/.exec(line.slice(start, start + 10));
      if (mark !== null) start += mark[0].length;
      // What goes on in lower case after a quotation ("…?” he asked") is the same sentence.
      if (/^\s*\p{Ll}/u.test(line.slice(start, start + 20)) || line.slice(start).trim() === "") continue;
    }
    if (start > (starts[starts.length - 1] ?? -1)) starts.push(start);
  }
  if (starts[0] !== undefined) starts[0] = 0;
  return starts;
}
