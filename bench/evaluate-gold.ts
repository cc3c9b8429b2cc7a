import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Extraction, Span } from "../lib/extraction/types.ts";
import { codePoints, spanToCodePoints } from "../lib/text/code-points.ts";
import type { GoldEvents, GoldEventStatement } from "./evaluate-corpora.ts";
import { wordOverlap, type GoldStatement } from "./evaluate-misses.ts";

/**
 * The statements of the events. Joint speakers, marked by one statement each, are speakers of one. Two names are the same
 * where they share their last word.
 */
export function eventStatements(text: string, { statements }: GoldEvents, extraction: Extraction | undefined): GoldStatement[] {
  const names = new Map((extraction?.entities ?? []).map(({ key, name, names }) => [key, [name, ...names].map(lastWord)]));
  const joint = Map.groupBy(statements, ({ content, cue }) => `${cue}\n${content}`);
  return [...joint.values()].map((same) => {
    const all = [...new Set(same.flatMap(speakersOf))];
    const last = new Set(all.map(lastWord));
    return {
      content: [...new Set(same.flatMap(({ content, content_more: more = [] }) => [content, ...more]))].flatMap((part) => find(text, part)),
      cue: same[0]?.cue ?? "",
      source: all.join(", "),
      sameSource: ({ speakers }) => (last.size === 0 ? speakers.length === 0 : speakers.some((key) => names.get(key)?.some((word) => last.has(word)))),
    };
  });
}

function speakersOf({ speaker, speakers = [] }: GoldEventStatement): string[] {
  return [...(speaker === null ? [] : [speaker]), ...speakers].map((one) => (typeof one === "string" ? one : one.name));
}

function find(text: string, part: string): Span[] {
  const start = text.indexOf(part);
  return start < 0 ? [] : [spanToCodePoints({ start, end: start + part.length }, codePoints(text))];
}

/** The attributions of a PolNeAR text (brat standoff), those of its first annotator, as the scorer takes them. */
export function polnearStatements(folder: string, id: string, text: string): GoldStatement[] {
  const annotations = join(folder, "attributions");
  const file = readdirSync(annotations).sort().find((name) => name.startsWith(`${id}_`) && name.endsWith(".ann"));
  return file === undefined ? [] : parseStandoff(readFileSync(join(annotations, file), "utf8"), text);
}

/** Reads attributions of the lines of brat's standoff format: `T` lines mark text, `E` lines say which marks belong together. */
export function parseStandoff(lines: string, text: string): GoldStatement[] {
  const marks = new Map<string, Span[]>();
  const statements: GoldStatement[] = [];
  const characters = Array.from(text);
  const words = (spans: readonly Span[]): string => spans.map(({ start, end }) => characters.slice(start, end).join("").replace(/\s+/g, " ")).join(" … ");
  for (const line of lines.split(/\r?\n/)) {
    const [id = "", fields = ""] = line.split("\t");
    if (id.startsWith("T")) {
      const parts = fields.slice(fields.indexOf(" ") + 1).split(";").map((part) => part.split(" ").map(Number));
      marks.set(id, parts.map(([start = 0, end = 0]) => ({ start, end })));
    } else if (id.startsWith("E")) {
      const roles = fields.split(" ").map((field) => field.split(":"));
      const of = (role: string): Span[] => roles.flatMap(([name = "", mark = ""]) => (name.replace(/\d+$/, "") === role ? (marks.get(mark) ?? []) : []));
      const [content, cue, source] = [of("Content"), of("Cue"), of("Source")];
      if (content.length === 0) continue;
      statements.push({ content, cue: words(cue), source: words(source), sameSource: (statement) => wordOverlap(text, source, statement.source) >= 0.5 });
    }
  }
  return statements;
}

function lastWord(name: string): string {
  return name.toLowerCase().split(/\s+/).at(-1) ?? "";
}
