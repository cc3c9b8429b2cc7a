import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { inOrderOfWorth, openEndpoint } from "../../lib/site/index.ts";
import type { DumpPart } from "../../lib/publication/types.ts";
import { headersOf } from "../../lib/publication/layout.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";

const COMMAND = fileURLToPath(new URL("../../bin/communique.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "communique-serve-"));
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts `communique serve` and waits for the address it names, or for its end. */
function serve(args: readonly string[]): Promise<{ address?: string; output: string; code?: number | null; child: ChildProcess }> {
  const child = spawn(process.execPath, [COMMAND, "serve", ...args], { stdio: ["ignore", "ignore", "pipe"] });
  running.push(child);
  return new Promise((resolve) => {
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const address = /at (http:\S+)/.exec(output)?.[1];
      if (address !== undefined) resolve({ address, output, child });
    });
    child.on("exit", (code) => resolve({ output, code, child }));
  });
}

const quad = (s: string, o: string) => `<https://data.example/id/person/${s}> <http://www.w3.org/2000/01/rdf-schema#label> "${o}" <https://data.example/graph/a> .\n`;

describe("communique serve", () => {
  it("serves dumps: endpoint, query page, things by what is said of them; and ends when told", async () => {
    const file = join(folder, "part.nq.gz");
    writeFileSync(file, gzipSync(quad("x", "X")));
    const { address = "", child } = await serve(["--from", file, "--port", "0", "--host", "127.0.0.1", "--base", "https://data.example/"]);
    const rows = await fetch(`${address}sparql?query=${encodeURIComponent("SELECT ?o { ?s ?p ?o }")}`, { headers: { accept: "text/csv" } });
    expect(await rows.text()).toMatch(/^o\r?\nX\r?\n$/);
    expect(await (await fetch(`${address}query`)).text()).toContain("Who spoke with whom by phone");
    const described = await fetch(`${address}id/person/x`, { headers: { accept: "application/n-triples" } });
    expect([described.status, await described.text()]).toEqual([200, '<https://data.example/id/person/x> <http://www.w3.org/2000/01/rdf-schema#label> "X" .\n']);
    expect(await (await fetch(address)).text()).toContain("part.nq.gz");
    const ended = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  it.each([
    [["--from", join(tmpdir(), "communique-nothing-here")], /nothing is published there/],
    [["--from", "nowhere.nq"], /nowhere\.nq: cannot be read/],
    [["--from", "a.nq", "--from", "b"], /not both/],
    [["--port", "70000"], /--port/],
    [["--port", "0", "--from", join(tmpdir(), "communique-nothing-here"), "--publish", "seeds"], /needs --base/],
  ])("refuses %j", async (args, message) => {
    const { output, code } = await serve(args);
    expect(output).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("the endpoint of a tree", () => {
  const part = (key: string, stream: string, type: DumpPart["type"], to = 1): DumpPart => ({ key, stream, type, from: 1, to, articles: 1, quads: 1, bytes: 1, sha256: "" });

  it("loads first what is worth most", () => {
    const parts = [part("e", "2025-03", "evidence"), part("a", "2024-12", "facts"), part("b", "2025-03", "facts", 1), part("c", "2025-03", "facts", 2), part("m", "meetings", "facts"), part("g", "gazetteer", "facts")];
    expect(inOrderOfWorth(parts).map(({ key }) => key)).toEqual(["m", "g", "c", "b", "a", "e"]);
  });

  it("follows the manifest, at most so often", async () => {
    const store = new MemoryStore();
    let now = 0;
    const publish = async (key: string, name: string): Promise<void> => {
      await store.put(key, gzipSync(quad("x", name)), headersOf(key));
      await store.put("manifest.json", JSON.stringify({ parts: [part(key, "2025-03", "facts")] }), headersOf("manifest.json"));
    };
    await publish("dumps/2025-03/1.nq.gz", "old");
    const errors: unknown[] = [];
    const endpoint = await openEndpoint(store, { base: "https://data.example/", clock: () => now, onError: (error) => errors.push(error) });
    const ask = async (): Promise<string> => {
      const response = await endpoint.handle(new Request(`https://data.example/sparql?query=${encodeURIComponent("SELECT ?o { ?s ?p ?o }")}`, { headers: { accept: "text/csv" } }));
      return (await response.text()).split(/\r?\n/)[1] ?? "";
    };
    await publish("dumps/2025-03/2.nq.gz", "new");
    expect(await ask()).toBe("old");
    now += 10_000;
    // The first query after a while sets the change going; nobody waits for it.
    await vi.waitFor(async () => expect(await ask()).toBe("new"), { timeout: 20_000, interval: 50 });
    expect(errors).toEqual([]);
    await endpoint.close();
  });
});
