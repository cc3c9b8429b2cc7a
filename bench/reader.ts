/**
 * Reads articles with the learned reader alone and prints how fast. With a second argument it writes what it read, one article
 * a line, in code points, as scorers of attributions expect it.
 *
 * usage: node bench/reader.ts ARTICLES.jsonl [OUT.jsonl] [MODELS]
 *   ARTICLES.jsonl has {"id", "text"} a line.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { openReader } from "../lib/reader/index.ts";
import { wordsOf } from "../lib/reader/words.ts";
import { codePoints, spanToCodePoints } from "../lib/text/code-points.ts";
import type { Span } from "../lib/text/types.ts";

const [input, output, models] = process.argv.slice(2);
if (input === undefined) throw new Error("usage: node bench/reader.ts ARTICLES.jsonl [OUT.jsonl] [MODELS]");
const articles = readFileSync(input, "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as { id: string; text: string });

const opening = performance.now();
const reader = await openReader(models === undefined ? {} : { models });
const opened = performance.now() - opening;

let words = 0;
for (const { text } of articles) for (const _ of wordsOf(text)) words++;
let frames = 0;
const lines: string[] = [];
const cpu = process.cpuUsage();
const start = performance.now();
for (const { id, text } of articles) {
  const { attributions: found } = await reader.read(text);
  frames += found.length;
  if (output === undefined) continue;
  const convert = codePoints(text);
  const points = (spans: readonly Span[]): Span[] => spans.map((span) => spanToCodePoints(span, convert));
  lines.push(JSON.stringify({ id, statements: found.map(({ content, cue, source }) => ({ content: points(content), cue: points(cue), source: points(source) })) }));
}
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpu);
const cpuSeconds = (user + system) / 1e6;
await reader.close();
if (output !== undefined) writeFileSync(output, lines.join("\n") + "\n");

const row = (name: string, value: string): void => console.log(`${name.padEnd(22)} ${value.padStart(10)}`);
row("articles", String(articles.length));
row("words", String(words));
row("frames", String(frames));
row("open, ms", opened.toFixed(0));
row("words/s", (words / seconds).toFixed(0));
row("words/s of processor", (words / cpuSeconds).toFixed(0));
row("peak memory, MB", (process.resourceUsage().maxRSS / 1024).toFixed(0));
