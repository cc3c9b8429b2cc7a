import winkNLP from "wink-nlp";
import model from "wink-eng-lite-web-model";
import type { PartOfSpeech } from "./types.ts";

const nlp = winkNLP(model, ["sbd", "pos"]);
const its = nlp.its;

export interface TaggedSentence {
  /** Offset of each token within the line. */
  readonly starts: readonly number[];
  readonly tags: readonly PartOfSpeech[];
}

/** Longer runs without a space are no words; the tagger's time is quadratic in them. */
const LONGEST_WORD = 60;
/** The tagger reads at most this many characters at once. */
const LONGEST_CHUNK = 4000;

const UNWORDLY = new RegExp(`\\S{${LONGEST_WORD + 1},}`, "g");

/** Sentences of one line, with their tokens' offsets into it and tags. Linear in the line's length. */
export function tagLine(line: string): TaggedSentence[] {
  const sentences: TaggedSentence[] = [];
  let from = 0;
  while (from < line.length) {
    let to = Math.min(from + LONGEST_CHUNK, line.length);
    if (to < line.length) {
      const space = line.lastIndexOf(" ", to);
      if (space > from) to = space;
    }
    // Same length, so that offsets stay; spaces end the run as the tagger sees it.
    const chunk = line.slice(from, to).replace(UNWORDLY, (run) => "x" + " ".repeat(run.length - 1));
    tagChunk(chunk, from, sentences);
    from = to;
  }
  return sentences;
}

function tagChunk(chunk: string, offset: number, into: TaggedSentence[]): void {
  const document = nlp.readDoc(chunk);
  const spaces = document.tokens().out<string>(its.precedingSpaces);
  const values = document.tokens().out<string>(its.value);
  const tags = document.tokens().out(its.pos) as PartOfSpeech[];
  const lasts = document.sentences().out(its.span) as unknown as [number, number][];
  let at = 0;
  const starts = values.map((value, i) => {
    const start = at + (spaces[i] ?? "").length;
    at = start + value.length;
    return start + offset;
  });
  for (const [first, last] of lasts) {
    into.push({ starts: starts.slice(first, last + 1), tags: tags.slice(first, last + 1) });
  }
}
