import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FeedState } from "../../lib/publication/states.ts";
import { openStore } from "../../lib/store/open.ts";
import { startS3Server, type S3Server } from "../support/s3-server.ts";
import { story } from "../support/stories.ts";
import { publicationOn } from "./support.ts";

const PUBLISHERS = 8;
/** COMMUNIQUE_CROWD=50 is four hundred articles. */
const EACH = Number(process.env["COMMUNIQUE_CROWD"] ?? 3);
const ENTRIES = 2;

/** Publishers with stores of their own on one place, as processes would have; each in several entries. */
async function crowd(target: string): Promise<void> {
  const numbers = await Promise.all(
    Array.from({ length: PUBLISHERS }, async (_, publisher) => {
      const publication = publicationOn(await openStore(target), { clock: Date.now });
      const articles = Array.from({ length: EACH }, (_, i) =>
        story({
          id: `p${publisher}-${i}`, published: "2025-03-03",
          meetings: [{ kind: "PhoneCall", who: ["person/mara-ellin", "person/tomas-varga"], on: "2025-03-03" }],
          statements: [{ by: "person/mara-ellin", words: `This is ${publisher}-${i}.` }],
        }),
      );
      const half = Math.ceil(EACH / ENTRIES);
      return [...(await publication.publish(articles.slice(0, half))), ...(await publication.publish(articles.slice(half)))];
    }),
  );
  expect(numbers.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: PUBLISHERS * ENTRIES }, (_, i) => i + 1));
  const store = await openStore(target);
  const report = await publicationOn(store).check({ shapes: false });
  expect(report.problems).toEqual([]);
  expect(report.articles).toBe(PUBLISHERS * EACH);
  const feed = JSON.parse(Buffer.from((await store.get("state/feed.json"))?.body ?? []).toString("utf8")) as FeedState;
  const members = feed.page === 1 ? feed.members : [];
  expect(new Set(members.map(({ article }) => article)).size).toBe(members.length);
}

describe("eight publishers at once", () => {
  it("lose nothing and order nothing twice in a folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), "communique-crowd-"));
    try {
      await crowd(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 600_000);

  describe("on S3", () => {
    let server: S3Server | undefined;

    beforeAll(async () => {
      server = await startS3Server();
      if (server !== undefined) Object.assign(process.env, server.environment);
    }, 400_000);
    afterAll(async () => server?.stop());

    it("lose nothing and order nothing twice", async (context) => {
      if (server === undefined) return context.skip();
      await crowd(`s3://${await server.createBucket()}/published`);
    }, 600_000);
  });
});
