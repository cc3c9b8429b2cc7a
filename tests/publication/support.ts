import { createPublication, type Publication, type PublicationOptions } from "../../lib/publication/index.ts";
import type { ObjectStore } from "../../lib/store/types.ts";
import { tinyGazetteer } from "../graph/tiny-gazetteer.ts";
import { story } from "../support/stories.ts";

export const BASE = "https://data.example/";

/** Six small articles of two months: a call that two of them tell of, a summit planned, moved and held. */
export const SIX = [
  story({
    id: "a1", published: "2025-03-03", headline: "Call", url: "https://news.example/1",
    meetings: [{ kind: "PhoneCall", who: ["person/mara-ellin", "person/tomas-varga"], on: "2025-03-03" }, { kind: "Summit", status: "planned", who: ["person/mara-ellin", "person/tomas-varga"], on: "2025-03-12", place: "place/port-selen" }],
    statements: [{ by: "person/mara-ellin", words: "We want an open border.", about: ["state/esteria"] }],
  }),
  story({
    id: "a2", published: "2025-03-04", headline: "The call again", url: "https://news.example/2",
    meetings: [{ kind: "PhoneCall", who: ["person/mara-ellin", "person/tomas-varga"], on: "2025-03-03" }],
    statements: [{ by: "person/tomas-varga", words: "A secretive heron crossed the border." }],
  }),
  story({ id: "a3", published: "2025-03-10", meetings: [{ kind: "Summit", status: "postponed", who: ["person/mara-ellin", "person/tomas-varga"], on: "2025-03-12" }] }),
  story({ id: "a4", published: "2025-04-02", meetings: [{ kind: "Summit", who: ["person/mara-ellin", "person/tomas-varga"], on: "2025-04-02", place: "place/port-selen" }] }),
  story({ id: "a5", published: "2025-04-02", meetings: [{ kind: "Talks", who: ["person/jon-arvik", "person/lena-orsk"], on: "2025-04-02" }] }),
  story({ id: "a6", statements: [{ by: "person/lena-orsk", words: "No day is known here." }] }),
];

/** A clock of its own, an hour a look: leases of who crashed run out. */
export function publicationOn(store: ObjectStore, options: Partial<PublicationOptions> = {}): Publication {
  let now = Date.parse("2025-05-01T00:00:00Z");
  return createPublication({ store, base: BASE, clock: () => (now += 3_600_000), gazetteer: tinyGazetteer(), ...options });
}

/** Everything in a store, as text. */
export async function contents(store: ObjectStore): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for await (const { key } of store.list("")) all.set(key, Buffer.from((await store.get(key))?.body ?? []).toString("latin1"));
  return all;
}
