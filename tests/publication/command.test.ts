import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { communique } from "../support/command.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "communique-publish-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the command", () => {
  it("publishes, checks, rebuilds and withdraws", async () => {
    const place = join(folder, "public");
    expect(await communique(["publish", "seeds", "--to", place, "--base", "https://data.example/", "--publisher", "Norhaven Institute"])).toMatchObject({ code: 0, stdout: `Published 1 article to ${place}\n` });
    expect(await readFile(join(place, "article", "xi-putin-call.html"), "utf8")).toContain("https://data.example/");
    expect(await readFile(join(place, "dataset.ttl"), "utf8")).toContain("Norhaven Institute");
    expect(await communique(["check", place])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^All is well: 1 articles/) as string });
    await rm(join(place, "data", "person", "xi-jinping.ttl"));
    expect(await communique(["check", place, "--no-shapes"])).toMatchObject({ code: 2, stderr: expect.stringContaining("data/person/xi-jinping.ttl: is missing") as string });
    expect(await communique(["check", place, "--no-shapes", "--repair"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Repaired 1 objects\nAll is well/) as string });
    expect(await communique(["rebuild", place])).toMatchObject({ code: 0 });
    expect(await communique(["publish", "seeds", "--to", place, "--base", "https://other.example/"])).toMatchObject({ code: 2, stderr: expect.stringContaining("published under https://data.example/") as string });
    expect(await communique(["withdraw", "nobody", "xi-putin-call", "--from", place])).toMatchObject({ code: 2, stdout: "Withdrew xi-putin-call\n" });
    expect(await readFile(join(place, "text", "xi-putin-call.txt"), "utf8")).toBe("This article was published here and has been withdrawn.\n");
    expect(await communique(["check", place])).toMatchObject({ code: 0 });
  }, 60_000);
});
