import type { Article } from "../article/types.ts";
import type { EntityKey, Extraction, Span } from "../extraction/types.ts";
import { slicer } from "../text/code-points.ts";
import { datingNote, entityTexts, type EntityText } from "./explain-entities.ts";
import { factsOf, type Fact, type Row, type Value } from "./facts.ts";
import { paragraphBreak } from "./paragraphs.ts";
import { runsOf, type Mark, type Run } from "./runs.ts";
import { plain, wrap } from "./terminal.ts";

export interface ExplainInput {
  readonly article: Article;
  readonly extraction: Extraction;
}

export interface ExplainOptions {
  /** Mark with ANSI colours rather than brackets alone. */
  readonly colour: boolean;
  /** Columns of the terminal; 80 unless told, never under 20. */
  readonly width?: number;
}

const BOLD = "\u001b[1m";
const DIM = "\u001b[2m";
const OFF = "\u001b[0m";
const STATEMENT = "\u001b[33m";
const MEETING = "\u001b[36m";

/**
 * What an article was read as, for a terminal: its text with the words of every fact in brackets that carry the fact's
 * number (`⟦a statement⟧S1`, `⟪a meeting⟫M1`; in colour too where asked for), then the facts, each with its words, who,
 * when and how sure, then the persons, states and so on, each with what it was taken for and the words that name it. Control characters and escape sequences of the article never reach the terminal. Ends with a line
 * feed.
 */
export function explain({ article, extraction }: ExplainInput, { colour, width = 80 }: ExplainOptions): string {
  const columns = Math.max(20, width);
  const names = new Map(extraction.entities.map(({ key, name }) => [key, plain(name)]));
  const words = slicer(article.text);
  const view: View = {
    columns,
    style: (code, text) => (colour && text !== "" ? code + text + OFF : text),
    words: (span) => plain(words(span)),
    name: (key) => names.get(key) ?? plain(key),
  };
  const facts = factsOf(extraction);
  const title = wrap(plain(article.headline ?? article.id), columns);
  const origin = [article.publisher, article.published, article.url].filter((part) => part !== undefined).map(plain);
  const dating = datingNote(article, extraction, view.words);
  const parts = [
    title.map((line) => view.style(BOLD, line)),
    origin.length === 0 ? [] : wrap(origin.join(" · "), columns).map((line) => view.style(DIM, line)),
    dating === undefined ? [] : wrap(dating, columns),
    ["", ...markedText(article.text, facts, columns, colour)],
  ];
  for (const [heading, type] of [
    ["Statements", "statement"],
    ["Meetings", "meeting"],
  ] as const) {
    const own = facts.filter((fact) => fact.type === type);
    parts.push(["", view.style(BOLD, `${heading} (${own.length})`)]);
    for (const fact of own) parts.push(["", ...factLines(fact, view)]);
  }
  parts.push(["", view.style(BOLD, `Entities (${extraction.entities.length})`)]);
  for (const entity of entityTexts(extraction, view.words)) parts.push(["", ...entityLines(entity, view)]);
  return `${parts.flat().join("\n")}\n`;
}

interface View {
  readonly columns: number;
  readonly style: (code: string, text: string) => string;
  readonly words: (span: Span) => string;
  readonly name: (key: EntityKey) => string;
}

function factLines(fact: Fact, { columns, style, words, name }: View): string[] {
  const label = shortLabel(fact.id);
  const indent = " ".repeat(label.length + 1);
  const code = fact.type === "statement" ? STATEMENT : MEETING;
  const [first = "", ...more] = wrap(`${label} ${fact.title}, ${fact.status}`, columns);
  const quote = quoted(fact.quote.map(words).join(" … "));
  const told = fact.marks
    .filter(({ role }) => role === "source" || role === "cue")
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ span }) => quoted(words(span)));
  const rows = fact.rows.map(
    (row) => `${row.label}: ${row.values.map((v) => valueText(v, name)).join(separator(row))}`,
  );
  if (told.length > 0) rows.unshift(`Told by: ${told.join(" ")}`);
  return [
    style(code, label) + first.slice(label.length),
    ...more,
    ...wrap(quote, columns - indent.length).map((line) => indent + style(code, line)),
    ...rows.flatMap((text) =>
      wrap(text, columns - indent.length - 2).map((line, i) => indent + (i === 0 ? "" : "  ") + line),
    ),
  ];
}

function entityLines({ title, lines }: EntityText, { columns }: View): string[] {
  const hanging = (text: string): string[] => wrap(plain(text), columns - 4).map((line, i) => (i === 0 ? "  " : "    ") + line);
  return [...wrap(plain(title), columns), ...lines.flatMap(hanging)];
}

/** In quotation marks, where the words bring none of their own. */
function quoted(words: string): string {
  return /^[“"]/.test(words) ? words : `“${words}”`;
}

function separator({ values }: Row): string {
  return values.some((value) => "side" in value) ? "; " : ", ";
}

function valueText(value: Value, name: (key: EntityKey) => string): string {
  if ("text" in value) return plain(value.text);
  if ("fact" in value) return shortLabel(value.fact);
  return value.side === undefined ? name(value.entity) : `${name(value.entity)} (${name(value.side)})`;
}

/** `statement-3` → S3, `meeting-1` → M1. */
function shortLabel(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(id.indexOf("-") + 1);
}

/**
 * The text by paragraphs. Contents and evidence stand in brackets; the few words of cue and source only show in the
 * list, since brackets around every name would hide the text.
 */
function markedText(text: string, facts: readonly Fact[], columns: number, colour: boolean): string[] {
  const marks: Mark<Fact>[] = facts.flatMap((fact) => fact.quote.map((span) => ({ span, value: fact })));
  const marked = runsOf(text, marks).map(markedRun).join("");
  const lines = marked
    .split(paragraphBreak(text))
    .filter((paragraph) => paragraph.trim() !== "")
    .flatMap((paragraph, index) => [...(index === 0 ? [] : [""]), ...wrap(paragraph, columns)]);
  return colour ? coloured(lines) : lines;
}

function markedRun({ text, begins, ends }: Run<Fact>): string {
  const open = begins.map(({ value }) => (value.type === "meeting" ? "⟪" : "⟦")).join("");
  const close = ends.map(({ value }) => (value.type === "meeting" ? "⟫" : "⟧") + shortLabel(value.id)).join("");
  return open + plain(text).replace(/[⟦⟪]/g, "[").replace(/[⟧⟫]/g, "]") + close;
}

/** Colours what stands in brackets, line by line, so that no colour runs on over a line's end into a pager. */
function coloured(lines: readonly string[]): string[] {
  const open = { statement: 0, meeting: 0 };
  const colour = () => (open.meeting > 0 ? MEETING : open.statement > 0 ? STATEMENT : "");
  return lines.map((line) => {
    const parts = line.split(/([⟦⟪]|[⟧⟫][SM][0-9]+)/).map((part) => {
      const type = /^[⟪⟫]/.test(part) ? "meeting" : "statement";
      if (/^[⟦⟪]/.test(part)) open[type]++;
      const code = colour();
      if (/^[⟧⟫]/.test(part)) open[type]--;
      return code === "" || part === "" ? part : code + part + OFF;
    });
    return parts.join("");
  });
}
