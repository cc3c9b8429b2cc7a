import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatError, formatUsageError, printable } from "../../lib/cli/messages.ts";
import { parseDate, parseInputFormat, parseJobs } from "../../lib/cli/options.ts";
import { fileName, writeFileAtomically } from "../../lib/cli/output.ts";
import { createProgram } from "../../lib/cli/program.ts";
import { RunSummary } from "../../lib/cli/summary.ts";
import { table } from "../../lib/cli/table.ts";
import { parseFormats } from "../../lib/convert/formats.ts";
import { CommuniqueError } from "../../lib/errors/communique-error.ts";

describe("messages", () => {
  it("say where and what, on one line, and nothing that a terminal obeys", () => {
    const error = new CommuniqueError("input-malformed", "bad \u001b[31mred\nline\u202e", { location: "a\u0007.txt:3" });
    expect(formatError(error)).toBe("communique: a?.txt:3: bad ?[31mred?line? [input-malformed]");
    expect(printable("naïve 日本 🕊")).toBe("naïve 日本 🕊");
  });
});

describe("wrong arguments", () => {
  it("are told in the form of our own errors", () => {
    expect(formatUsageError("error: unknown option '--form'\n(Did you mean --from?)\n", "communique convert")).toBe(
      "communique: unknown option '--form' (did you mean --from?); see communique convert --help [option-invalid]",
    );
    expect(formatUsageError("error: missing required argument 'name'\n", "communique gazetteer lookup")).toBe(
      "communique: missing required argument 'name'; see communique gazetteer lookup --help [option-invalid]",
    );
  });
});

describe("a run", () => {
  it("tells in a line what was written where", () => {
    const run = new RunSummary();
    const summary = { id: "a", words: 1, entities: 1, meetings: 0, statements: 0, facts: 1, evidence: 1 };
    run.add(summary);
    expect(run.written("out\u0007", ["ttl", "nq"])).toBe("Wrote 1 article to out?: ttl, nq\n");
    run.add(summary);
    expect(run.written("out", ["nq"])).toBe("Wrote 2 articles to out: nq\n");
  });
});

describe("options", () => {
  it("are read or refused", () => {
    expect(parseFormats("ttl, nq,html")).toEqual(["ttl", "nq", "html"]);
    expect(parseJobs("4")).toBe(4);
    expect(parseJobs("all")).toBeGreaterThan(0);
    for (const bad of [() => parseFormats("rdf"), () => parseFormats("toString"), () => parseJobs("0"), () => parseJobs("2.5"), () => parseDate("24.2.2025"), () => parseInputFormat("constructor")]) {
      expect(bad).toThrow(expect.objectContaining({ code: "option-invalid" }));
    }
  });
});

describe("files", () => {
  it("have safe names", () => {
    expect(fileName("a-1", "nq")).toBe("a-1.nq");
    expect(fileName("CON", "ttl")).toBe("~~CON.ttl");
    expect(fileName("nul.x", "extraction")).toBe("~~nul.x.extraction.json");
  });

  it("are replaced whole, or left as they were", async () => {
    const folder = mkdtempSync(join(tmpdir(), "communique-"));
    try {
      const path = join(folder, "a.nq");
      writeFileSync(path, "old");
      await writeFileAtomically(path, "new");
      expect(readFileSync(path, "utf8")).toBe("new");
      await expect(writeFileAtomically(join(folder, "none", "a.nq"), "x")).rejects.toMatchObject({ code: "output-unwritable" });
      await expect(writeFileAtomically(folder, "x")).rejects.toMatchObject({ code: "output-unwritable" });
      expect(readdirSync(folder)).toEqual(["a.nq"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("table", () => {
  it("aligns words left and numbers right", () => {
    expect(table(["name", "n"], [["a", 1], ["long name", 12345]])).toBe("name            n\n─────────  ──────\na               1\nlong name  12,345\n");
  });
});

describe("help", () => {
  const help = async (args: string[]): Promise<string> => {
    let text = "";
    const program = createProgram();
    for (const command of [program, ...program.commands, ...program.commands.flatMap((child) => child.commands)]) {
      command.configureOutput({ writeOut: (part) => (text += part) });
    }
    await program.parseAsync([...args, "--help"], { from: "user" }).catch(() => undefined);
    return text;
  };

  it.each([[[]], [["convert"]], [["validate"]], [["explain"]], [["gazetteer", "lookup"]], [["gazetteer", "refresh"]]])("of %j has a usage line and examples", async (args) => {
    const text = await help(args);
    expect(text).toMatch(/^Usage: communique/);
    expect(text).toMatch(/Examples:\n {2}communique /);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(110);
  });
});
