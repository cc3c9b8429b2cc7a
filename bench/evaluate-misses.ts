import type { Extraction, Span, Statement } from "../lib/extraction/types.ts";

/** A statement as annotators marked it. Spans count code points. */
export interface GoldStatement {
  readonly content: readonly Span[];
  readonly cue: string;
  readonly source: string;
  /** Whether what was read off names the same speaker or source. */
  sameSource(statement: Statement): boolean;
}

/**
 * How statements differ from the gold, one a line, at most `most` lines: "-" missed, "+" not in the gold, "~" found with another
 * source. Contents are taken for the same as the scorers do, where they share half of their words; pairs go by the order of the
 * text, so a line more or less than the scorers count is possible. For reading, not for counting.
 */
export function statementMisses(id: string, text: string, gold: readonly GoldStatement[], extraction: Extraction | undefined, most: number): string[] {
  const characters = Array.from(text);
  const words = wordStarts(characters);
  const left = new Map((extraction?.statements ?? []).map((statement) => [statement, within(words, statement.content)]));
  const lines: string[] = [];
  for (const one of gold) {
    const content = within(words, one.content);
    const same = [...left].filter(([, other]) => overlap(content, other) >= 0.5).map(([statement]) => statement);
    const match = same.find((statement) => one.sameSource(statement)) ?? same[0];
    const marked = `${one.source || "nobody"} [${one.cue}] ${quoted(characters, one.content)}`;
    if (match === undefined) lines.push(`- ${id} ${marked}`);
    else {
      left.delete(match);
      if (!one.sameSource(match)) lines.push(`~ ${id} ${marked}; came out as of ${match.speakers.join(", ") || "nobody"} (${quoted(characters, match.source)})`);
    }
  }
  for (const statement of left.keys()) {
    lines.push(`+ ${id} ${quoted(characters, statement.source) || "nobody"} [${quoted(characters, statement.cue)}] ${quoted(characters, statement.content)} (${statement.mode})`);
  }
  return lines.slice(0, most);
}

/** The share of the words of two sets of spans that lie in both. */
export function wordOverlap(text: string, a: readonly Span[], b: readonly Span[]): number {
  const words = wordStarts(Array.from(text));
  return overlap(within(words, a), within(words, b));
}

function overlap(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 1 : shared / all;
}

/** Where each word begins and ends, in code points. */
function wordStarts(characters: readonly string[]): Span[] {
  const words: Span[] = [];
  let start = -1;
  for (let i = 0; i <= characters.length; i++) {
    const inside = i < characters.length && /[\p{L}\p{M}\p{N}_]/u.test(characters[i] ?? "");
    if (inside && start < 0) start = i;
    if (!inside && start >= 0) {
      words.push({ start, end: i });
      start = -1;
    }
  }
  return words;
}

function within(words: readonly Span[], spans: readonly Span[]): Set<number> {
  return new Set(words.filter((word) => spans.some(({ start, end }) => word.start < end && word.end > start)).map(({ start }) => start));
}

/** The words of spans on one line; of long ones the two ends. */
function quoted(characters: readonly string[], spans: readonly Span[]): string {
  const line = spans.map(({ start, end }) => characters.slice(start, end).join("").replace(/\s+/g, " ")).join(" … ");
  return line.length > 200 ? `${line.slice(0, 120)} […] ${line.slice(-70)}` : line;
}
