import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readArticles, type ReadOptions } from "../../lib/article/index.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "communique-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
};
/** Ids and error codes, in order; errors with their place. */
const read = async (paths: string[], options?: ReadOptions): Promise<string[]> => {
  const found: string[] = [];
  for await (const reading of readArticles(paths, options)) {
    found.push("article" in reading ? reading.article.id : `${reading.error.code} ${(reading.error.location ?? "").replace(folder, "")}`);
  }
  return found;
};
const line = (id: string, text = `Text of ${id}.`): string => JSON.stringify({ id, text });

describe("readArticles", () => {
  it("reads every format of a folder, whatever order the paths are given in", async () => {
    write("b.txt", "Jane Roe met John Doe.");
    write("sub/a.json", line("in-json"));
    write("sub/deep/c.jsonl", `${line("one")}\n\n${line("two")}\r\n`);
    write("d.html", "<p>Jane Roe met John Doe, she said.</p>");
    write(".hidden.txt", "Hidden.");
    write("notes.pdf", "%PDF");
    const all = await read([folder]);
    expect(all.map((id) => id.replace(/-[0-9a-f]{8}$/, ""))).toEqual(["b", "d", "in-json", "one", "two"]);
    expect(await read([join(folder, "sub"), join(folder, "d.html"), join(folder, "b.txt"), folder])).toEqual(all);
  });

  it("reports a bad line with its number, and one too long, and goes on", async () => {
    const path = write("a.jsonl", [line("one"), "{", line("long", "x".repeat(5000)), `{"text": 1}`, line("two")].join("\n"));
    expect(await read([path], { limits: { maxBytes: 1000 } })).toEqual([
      "one", "input-malformed /a.jsonl:2", "input-too-large /a.jsonl:3", "article-invalid /a.jsonl:4", "two",
    ]);
  });

  it("reports files that are missing, unknown, too large or empty", async () => {
    const big = write("big.txt", "word ".repeat(300));
    expect(await read([join(folder, "none.txt"), write("x.doc", "x"), big, write("empty.txt", "")], { limits: { maxBytes: 1000 } })).toEqual([
      "input-too-large /big.txt", "input-empty /empty.txt", "input-not-found /none.txt", "input-unsupported /x.doc",
    ]);
  });

  it("passes over a repeated article and reports one that takes another's id", async () => {
    const path = write("a.jsonl", [line("one"), line("one"), line("ONE", "Other."), line("two")].join("\n"));
    expect(await read([path])).toEqual(["one", "article-duplicate /a.jsonl:3", "two"]);
  });

  it("reads standard input in the format named", async () => {
    expect(await read(["-"], { format: "jsonl", stdin: Readable.from([Buffer.from(line("o")), Buffer.from(`\n${line("t")}`)]) })).toEqual(["o", "t"]);
    expect(await read(["-"], { stdin: Readable.from([Buffer.from("Words.")]) })).toEqual([expect.stringMatching(/^stdin-[0-9a-f]{8}$/)]);
    expect(await read(["-"], { stdin: Readable.from([Buffer.alloc(2000, 97)]), limits: { maxBytes: 1000 } })).toEqual(["input-too-large <stdin>"]);
  });

  it("takes what a folder's articles.json or a metadata file knows over what the file says", async () => {
    write("call.txt", "Jane Roe called John Doe.");
    write("articles.json", JSON.stringify([{ file: "call.txt", id: "call", published: "2025-03-04", note: "invented" }]));
    const dates: (string | undefined)[] = [];
    for await (const reading of readArticles([folder])) if ("article" in reading) dates.push(reading.article.id, reading.article.published);
    expect(dates).toEqual(["call", "2025-03-04"]);
    write("named/call.txt", "Jane Roe called John Doe.");
    write("named/named.json", JSON.stringify([{ file: "call.txt", id: "named-call" }]));
    expect(await read([join(folder, "named")])).toEqual(["named-call"]);
    rmSync(join(folder, "named"), { recursive: true });
    const other = write("meta.json", JSON.stringify([{ file: "call.txt", id: "other" }]));
    expect(await read([folder], { metadata: other })).toEqual(["other"]);
    await expect(read([folder], { metadata: write("bad.json", "[{}]") })).rejects.toMatchObject({ code: "article-invalid" });
  });

  it("gives a date only to articles without one", async () => {
    const path = write("a.jsonl", `${JSON.stringify({ id: "a", text: "One.", published: "2020-01-01" })}\n${JSON.stringify({ id: "b", text: "Two." })}`);
    const dates: (string | undefined)[] = [];
    for await (const reading of readArticles([path], { published: "2025-03-04" })) if ("article" in reading) dates.push(reading.article.published);
    expect(dates).toEqual(["2020-01-01", "2025-03-04"]);
  });

  it("does not follow links out of a folder or in circles", async () => {
    write("in/a.json", line("a"));
    symlinkSync(join(folder, "in"), join(folder, "in", "loop"));
    expect(await read([join(folder, "in")])).toEqual(["a"]);
  });

  it("refuses a book at once", async () => {
    const codes = await read([write("ten.txt", "word ".repeat(2_000_000)), write("more.txt", "word ".repeat(2_000_001))]);
    expect(codes).toEqual(["input-too-large /more.txt", "input-too-large /ten.txt"]);
  });

  it("answers to hostile text", async () => {
    const hostile: Record<string, string | Uint8Array> = {
      "nul.txt": "a\0b", "rtl.txt": "\u202eabc\u202c.", "emoji.txt": "👩‍👩‍👧 met 🕊.", "line.txt": "word ".repeat(199_000),
      "quotes.txt": "“".repeat(100_000) + "x", "surrogates.json": '{"text": "a\\ud800b"}', "binary.txt": Uint8Array.from({ length: 256 }, (_, i) => i),
    };
    for (const [name, content] of Object.entries(hostile)) {
      expect(await read([write(name, content)])).toEqual([expect.stringMatching(new RegExp(`^${name.split(".")[0]}-[0-9a-f]{8}$`))]);
    }
  });
});
