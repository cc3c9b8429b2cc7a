import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { communique } from "../support/command.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "communique-"));
  mkdirSync(join(folder, "news"));
  write("news/b.txt", "French President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin on Tuesday, officials said.");
  write("news/a.html", "<html><head><meta property='article:published_time' content='2024-03-05T10:00:00Z'></head><body><p>“We will talk again,” Macron told reporters in Paris on Monday.</p><script>x</script></body></html>");
  write("news/c.jsonl", [
    JSON.stringify({ id: "c1", text: "Japan and India agreed on a treaty, Kyodo reported." }), "{broken",
    JSON.stringify({ id: "c2", text: "Brazil said it would host the talks. 🕊️\0\ud800 It “hopes" }),
  ].join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);
const write = (name: string, content: string): string => (writeFileSync(path(name), content), path(name));
const contents = (name: string): Record<string, string> =>
  Object.fromEntries(readdirSync(path(name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "utf8")]));

describe("communique convert", () => {
  it("writes the same bytes for any order of input and number of jobs, reports a bad line and goes on", async () => {
    const formats = ["--to", "ttl,nq,trig,jsonld,html,extraction"];
    const whole = await communique(["convert", path("news"), ...formats, "--out", path("out1"), "--summary", "--check"]);
    expect(whole.stderr).toBe(`communique: ${path("news/c.jsonl")}:2: this is no JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2) [input-malformed]\n`);
    expect(whole.code).toBe(2);
    expect(whole.stdout).toMatch(/^article +words +entities +meetings +statements +fact quads +evidence quads\n/);
    expect(whole.stdout).toMatch(/^all 4 /m);
    const files = contents("out1");
    expect(Object.keys(files).filter((name) => name.startsWith("c1.")).sort()).toEqual(["c1.extraction.json", "c1.html", "c1.jsonld", "c1.nq", "c1.trig", "c1.ttl"]);
    expect(Object.keys(files).filter((name) => name.includes("tmp"))).toEqual([]);

    await communique(["convert", path("news/c.jsonl"), path("news/b.txt"), path("news/a.html"), ...formats, "--out", path("out2"), "--jobs", "3"]);
    expect(contents("out2")).toEqual(files);
    await communique(["convert", path("news/b.txt"), "--to", "nq", "--out", path("out3")]);
    const alone = Object.entries(contents("out3")).filter(([name]) => name.startsWith("b-"));
    expect(alone).toHaveLength(1);
    for (const [name, content] of alone) expect(files[name]).toBe(content);
  });

  it("streams several articles to standard output, quietly", async () => {
    const { stdout, stderr, code } = await communique(["convert", "-", "--from", "jsonl", "--to", "extraction"], {
      input: `${JSON.stringify({ id: "x", text: "Xi met Putin." })}\n${JSON.stringify({ id: "y", text: "Putin met Xi." })}\n`,
    });
    expect([stderr, code]).toEqual(["", 0]);
    expect(stdout.trimEnd().split("\n").map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(["x", "y"]);
  });

  it.each([
    [["convert", "x.txt", "--to", "rdf"], "option-invalid"],
    [["convert", "x.txt", "--published", "yesterday"], "option-invalid"],
    [["convert", "x.txt", "--base", "nowhere"], "option-invalid"],
    [["convert", "x.txt", "--to", "nq,ttl"], "option-invalid"],
    [["convert", "no-such-file.txt"], "input-not-found"],
    [["convert", "x.txt", "--form", "txt"], "option-invalid"],
    [["convert"], "option-invalid"],
    [["convrt"], "option-invalid"],
    [["gazetteer", "lookup"], "option-invalid"],
    [["publish", "x.txt"], "option-invalid"],
    [["validate", "x.ttl"], "input-unsupported"],
  ])("answers %j with %s and exit code 2", async (args, code) => {
    const result = await communique(args);
    expect(result.stderr).toMatch(new RegExp(`^communique: .*\\[${code}\\]\n$`));
    expect(result.code).toBe(2);
    expect(result.stdout).toBe("");
  });

  it("says that a folder has no articles, and reads the others", async () => {
    mkdirSync(path("none/.hidden"), { recursive: true });
    write("none/articles.json", "[]");
    const { stdout, stderr, code } = await communique(["convert", path("none"), path("news/b.txt")]);
    expect(stderr).toMatch(/^communique: .*none: the folder holds no articles \(.*\) \[input-empty\]\n$/);
    expect(stdout).toContain("cq:MeetingReport");
    expect(code).toBe(2);
  });

  it("reads what is not UTF-8 with a warning, whoever reads it", async () => {
    const latin = Buffer.from("Macron said that the caf\xe9 and the r\xf4le were French.", "latin1");
    writeFileSync(path("latin.txt"), latin);
    const warning = "warning: not valid UTF-8: 2 characters could not be read\n";
    const file = await communique(["convert", path("latin.txt"), "--to", "nq"]);
    expect([file.stderr, file.code]).toEqual([`communique: ${path("latin.txt")}: ${warning}`, 0]);
    expect(file.stdout).toContain("caf\ufffd and");
    const lines = Buffer.concat([Buffer.from('{"text": "Macron said no."}\n{"text": "'), latin, Buffer.from('"}\n')]);
    const piped = await communique(["explain", "-", "--from", "jsonl"], { input: lines });
    expect([piped.stderr, piped.code]).toEqual([`communique: <stdin>:2: ${warning}`, 0]);
  });

  it("answers to hostile files with errors or results, never a stack", async () => {
    mkdirSync(path("hostile"));
    const hostile: Record<string, string> = {
      "empty.txt": "", "spaces.txt": " \n\n ", "nul.txt": "Xi\0 met Putin.\0", "line.txt": "word ".repeat(20_000), "quotes.txt": "“Xi said “".repeat(500),
      "rtl.txt": "\u202eXi met\u202c Putin\u200f.", "emoji.txt": "👩‍👩‍👧 Xi met 🕊 Putin 🇷🇺.", "deep.html": "<div>".repeat(100_000), "deep.json": "[".repeat(100_000),
      "marks.txt": `a${"\u0301\u0315".repeat(10_000)}`, "letters.txt": "x".repeat(100_000), "script.html": "<p>Xi met Putin in Moscow.</p><script>while(1);</script>",
      "surrogates.json": '{"text": "Xi \\ud800met\\udc00 Putin."}', "stops.txt": ".".repeat(20_000) + "x",
    };
    for (const [name, content] of Object.entries(hostile)) write(`hostile/${name}`, content);
    const { stderr, code } = await communique(["convert", path("hostile"), "--to", "nq,html", "--out", path("hostile-out"), "--check"]);
    const failed = stderr.trimEnd().split("\n").map((line) => /([\w-]+\.\w+): .*\[([\w-]+)\]$/.exec(line)?.slice(1).join(" "));
    expect(failed).toEqual(["deep.html input-too-deep", "deep.json input-too-deep", "empty.txt input-empty", "marks.txt input-malformed", "spaces.txt input-empty"]);
    expect(code).toBe(2);
    expect(readdirSync(path("hostile-out")).filter((name) => name.endsWith(".nq"))).toHaveLength(9);
  });
});

describe("communique validate", () => {
  it("accepts what convert writes, in every dataset format, and rejects what was tampered with", async () => {
    const text = "Macron said that France would host the talks.";
    const article = write("say.txt", text);
    await communique(["convert", article, "--to", "nq,trig,jsonld", "--out", path("said")]);
    const files = readdirSync(path("said")).filter((name) => name.startsWith("say-")).map((name) => path(`said/${name}`));
    expect(files).toHaveLength(3);
    const good = await communique(["validate", ...files, "--text", article]);
    expect(good.stdout.match(/ conforms$/gm)).toHaveLength(3);
    expect(good.code).toBe(0);

    const nquads = readFileSync(files.find((name) => name.endsWith(".nq")) ?? "", "utf8");
    const bad = await communique(["validate", write("bad.nq", nquads.replaceAll("France would", "France wouldn't"))]);
    expect(bad.stdout).toMatch(/does not conform/);
    expect(bad.code).toBe(2);
    const broken = await communique(["validate", write("broken.nq", "<a> <b"), path("none.nq")]);
    expect(broken.stderr).toMatch(/broken\.nq: .*\[input-malformed\]\n.*none\.nq: .*\[input-not-found\]/);
    expect(broken.code).toBe(2);
  });
});

describe("communique explain and gazetteer", () => {
  it("explain marks the evidence and obeys no escape sequence of the text", async () => {
    const { stdout, code } = await communique(["explain", "-"], { input: "\u001b[2JMacron said that France would host the talks." });
    expect(code).toBe(0);
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toMatch(/⟦.*France.*⟧S1/s);
  });

  it("gazetteer lookup tells who held an office on a day", async () => {
    const found = await communique(["gazetteer", "lookup", "Medvedev", "--on", "2010-06-01"]);
    expect(found.stdout).toMatch(/person\/dmitry-medvedev/);
    expect(found.stdout).toMatch(/President/);
    expect(found.code).toBe(0);
    expect((await communique(["gazetteer", "lookup", "Nobody", "Known"])).code).toBe(2);
  });

  it("stops quietly when its reader does", async () => {
    const { execFileSync } = await import("node:child_process");
    if (process.platform === "win32") return;
    const output = execFileSync("sh", ["-c", `"$0" bin/communique.mjs convert "$1" --to nq 2>/dev/null | head -n 1`, process.execPath, path("news/b.txt")], { encoding: "utf8" });
    expect(output.split("\n")).toHaveLength(2);
  });
});
