import type { Quad } from "@rdfjs/types";
import type { Article } from "../article/types.ts";
import { CommuniqueError } from "../errors/communique-error.ts";
import { toQuads } from "../graph/to-quads.ts";
import type { Conversion, Converter } from "./converter.ts";
import { toNQuads } from "../serialization/nquads.ts";
import { EXTENSIONS, isRdf, type OutputFormat } from "./formats.ts";

export interface RenderOptions {
  readonly formats: readonly OutputFormat[];
  readonly base: string;
  /** Refuse a dataset that does not conform to the shapes. */
  readonly check: boolean;
  /** One line a document for JSON-LD, as streams of several need. */
  readonly lines: boolean;
  /** Pages link to the other formats as files beside them. */
  readonly links: boolean;
}

/** What a conversion comes to, for tables. */
export interface Summary {
  readonly id: string;
  readonly words: number;
  readonly entities: number;
  readonly meetings: number;
  readonly statements: number;
  /** Quads of the graph of facts, and of its evidence. */
  readonly facts: number;
  readonly evidence: number;
}

/** One article in every format asked for. Plain data, so that it can come from a worker. */
export interface Rendered {
  readonly summary: Summary;
  /** In the order of the formats asked for, each ending with a line feed. */
  readonly outputs: readonly { readonly format: OutputFormat; readonly content: string }[];
  /** Keys of the gazetteer's entries that the article names. */
  readonly gazetteerKeys: readonly string[];
}

/**
 * Converts an article and writes it in the formats asked for. Modules that only some formats need are loaded when
 * first needed.
 *
 * @throws CommuniqueError "validation-failed" where `check` finds the dataset wrong.
 */
export async function render(converter: Converter, article: Article, options: RenderOptions): Promise<Rendered> {
  const conversion = await converter.convert(article);
  const { extraction } = conversion;
  const quads = toQuads({ ...conversion, base: options.base });
  if (options.check) await check(quads, article.text);
  const outputs = [];
  for (const format of options.formats) outputs.push({ format, content: await write(format, conversion, quads, options) });
  const factsGraph = `${options.base}graph/${article.id}`;
  const facts = quads.reduce((count, quad) => (quad.graph.value === factsGraph ? count + 1 : count), 0);
  return {
    summary: {
      id: article.id,
      words: countWords(article.text),
      entities: extraction.entities.length,
      meetings: extraction.meetings.length,
      statements: extraction.statements.length,
      facts,
      evidence: quads.length - facts,
    },
    outputs,
    gazetteerKeys: extraction.entities.map(({ key }) => key).filter((key) => !key.startsWith("#")),
  };
}

async function write(format: OutputFormat, conversion: Conversion, quads: readonly Quad[], options: RenderOptions): Promise<string> {
  if (format === "extraction") return `${JSON.stringify(conversion.extraction)}\n`;
  if (format === "nq") return toNQuads(quads);
  const { serialize, FORMATS } = await import("../serialization/index.ts");
  if (format === "html") {
    const { toHtml } = await import("../serialization/html.ts");
    // The other formats are files beside the page.
    const others = options.links ? options.formats.filter(isRdf) : [];
    const alternates = Object.fromEntries(others.map((other) => [`${conversion.article.id}${EXTENSIONS[other]}`, FORMATS[other].mediaType]));
    return toHtml({ ...conversion, base: options.base, alternates });
  }
  const text = await serialize(quads, format, { base: options.base, article: conversion.article.id });
  return format === "jsonld" && options.lines ? `${JSON.stringify(JSON.parse(text))}\n` : text;
}

/** Throws "validation-failed" where quads break a shape or a span does not match the text. */
export async function check(quads: readonly Quad[], text?: string): Promise<void> {
  const { validateDataset } = await import("../graph/validate.ts");
  const problems = (await validateDataset(quads, text === undefined ? {} : { text })).filter(({ severity }) => severity === "violation");
  const first = problems[0];
  if (first === undefined) return;
  const more = problems.length === 1 ? "" : ` (and ${problems.length - 1} more)`;
  throw new CommuniqueError("validation-failed", `the dataset breaks the shapes: <${first.focus}>: ${first.message}${more}`);
}

function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
