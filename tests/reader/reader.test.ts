import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openReader, type AttributionFrame, type Reader } from "../../lib/reader/index.ts";
import type { Span } from "../../lib/text/types.ts";

const MODELS = fileURLToPath(new URL("../../models/", import.meta.url));
const SENTENCE = "“We will talk,” Prime Minister Jane Roe told reporters.";
const ARTICLE = `${SENTENCE} She added that a visit to Oslo was planned for Monday.

According to the foreign ministry, the talks had been useful. 🕊️ 🕊️

Ambassador John Doe warned on Tuesday that “time is running out”.`;

let reader: Reader;
beforeAll(async () => {
  reader = await openReader();
});
afterAll(() => reader.close());

async function attributions(text: string, of: Reader = reader): Promise<readonly AttributionFrame[]> {
  return (await of.read(text)).attributions;
}

describe("openReader", () => {
  it("reads who says what in an invented sentence", async () => {
    const [frame, ...rest] = await attributions(SENTENCE);
    const words = (spans: readonly Span[] = []): string[] => spans.map(({ start, end }) => SENTENCE.slice(start, end));
    expect(rest).toEqual([]);
    expect(words(frame?.cue)).toEqual(["told"]);
    expect(words(frame?.source)).toEqual(["Prime Minister Jane Roe"]);
    expect(words(frame?.content)).toEqual(["“We will talk,”"]);
    expect(frame?.score).toBeGreaterThan(0.9);
  });

  it("counts offsets in UTF-16 units into the text as given, line breaks and emoji included", async () => {
    const frames = await attributions(ARTICLE);
    const sources = frames.map(({ source }) => source.map(({ start, end }) => ARTICLE.slice(start, end)).join(" "));
    expect(sources).toEqual(["Prime Minister Jane Roe", "She", "the foreign ministry", "Ambassador John Doe"]);
  });

  it("gives the same frames again, after other texts, and while other texts are read", async () => {
    const first = await attributions(ARTICLE);
    const [again, , beside] = await Promise.all([attributions(ARTICLE), attributions(`${SENTENCE}\n${ARTICLE}`), attributions(ARTICLE)]);
    expect(again).toEqual(first);
    expect(beside).toEqual(first);
    const other = await openReader();
    expect(await attributions(ARTICLE, other)).toEqual(first);
    await other.close();
  });

  it("finds nothing in nothing", async () => {
    expect(await attributions("")).toEqual([]);
    expect(await attributions(" \n\u2028")).toEqual([]);
  });

  it("keeps every span inside the text, in order and apart, whatever the text", async () => {
    const part = fc.oneof(
      fc.constantFrom("said", "“", "”", '"', "he", "Roe", "that", "\n", ".", ",", "told", "🕊️", "\ud800", "according to", "北京"),
      fc.string({ unit: "binary", maxLength: 8 }),
    );
    const texts = fc.array(part, { maxLength: 60 }).map((parts) => parts.join(" "));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        for (const { cue, source, content, score } of await attributions(text)) {
          expect(cue.length).toBeGreaterThan(0);
          expect(content.length).toBeGreaterThan(0);
          expect(score).toBeGreaterThanOrEqual(0.6);
          expect(score).toBeLessThanOrEqual(1);
          for (const spans of [cue, source, content]) {
            let end = 0;
            for (const span of spans) {
              expect(span.start).toBeGreaterThanOrEqual(end);
              expect(span.end).toBeGreaterThan(span.start);
              end = span.end;
            }
            expect(end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("reads a paragraph longer than a window in parts, all of it", async () => {
    const text = Array.from({ length: 30 }, (_, day) => `Minister Roe said the talks of day ${day} were useful.`).join(" ");
    expect((await attributions(text)).length).toBeGreaterThanOrEqual(28);
  });

  it("says which file is missing or is no model", async () => {
    const folder = await mkdtemp(join(tmpdir(), "communique-"));
    const expectFailure = (file: string): Promise<void> =>
      expect(openReader({ models: folder })).rejects.toMatchObject({ name: "CommuniqueError", code: "model-missing", location: join(folder, file) });
    try {
      await expectFailure("reader.json");
      await writeFile(join(folder, "reader.json"), "{");
      await expectFailure("reader.json");
      for (const file of ["reader.json", "vocab.txt"]) await copyFile(join(MODELS, file), join(folder, file));
      await expectFailure("encoder.onnx");
      await writeFile(join(folder, "encoder.onnx"), "no network");
      for (const file of ["roles.onnx", "meetings.onnx"]) await copyFile(join(MODELS, file), join(folder, file));
      await expectFailure("encoder.onnx");
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
