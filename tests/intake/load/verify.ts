import { gunzipSync } from "node:zlib";
import { readBytes } from "../../../lib/article/index.ts";
import { parseBell } from "../../../lib/intake/messages.ts";
import type { Manifest } from "../../../lib/publication/index.ts";
import type { Simulation } from "./simulate.ts";

/** What is there of the bucket that should be published, by id: the text. */
async function wanted(simulation: Simulation): Promise<{ readonly live: ReadonlyMap<string, string>; readonly bad: ReadonlySet<string> }> {
  const live = new Map<string, string>();
  const bad = new Set<string>();
  for (const { key, bytes } of simulation.bucket.objects.values()) {
    if (simulation.authors.killers.has(key)) continue;
    for await (const reading of readBytes(key, bytes)) {
      if ("error" in reading) bad.add(key);
      else live.set(reading.article.id, reading.article.text);
    }
  }
  return { live, bad };
}

/** Everything that is not as it must be, once all messages are done with. Empty where all is well. */
export async function verify(simulation: Simulation): Promise<string[]> {
  const { store, bucket, authors, bugs, dead, deadCatalogue } = simulation;
  const problems = bugs.map((error) => `unexplained: ${error instanceof Error ? error.stack : String(error)}`);
  const { live, bad } = await wanted(simulation);
  const publication = simulation.publication();
  const report = await publication.check({ shapes: false });
  problems.push(...report.problems.map(({ key, message }) => `${key} ${message}`));
  if (report.articles !== live.size) problems.push(`${report.articles} articles are published, ${live.size} should be`);

  for (const [id, text] of live) {
    const found = await store.get(`text/${id}.txt`);
    const published = found === undefined ? undefined : Buffer.from(found.body).toString();
    if (published !== text) problems.push(`${id} is ${published === undefined ? "not published" : "not published as it is now"}`);
  }

  const current = new Set([...live.values()].flatMap((text) => /mark-\d+-end/.exec(text)?.[0] ?? []));
  const named = new Set(((JSON.parse(Buffer.from((await store.get("manifest.json"))?.body ?? Buffer.from("{}")).toString())) as Manifest).parts.map(({ key }) => key));
  for await (const { key } of store.list("")) {
    // Of an article that was replaced, what nobody is led to may stay for a while; of a withdrawn one nothing.
    const article = /^g\/([^/]+)/.exec(key)?.[1];
    if ((article !== undefined && live.has(article)) || (key.startsWith("dumps/") && !named.has(key))) continue;
    const body = (await store.get(key))?.body ?? new Uint8Array();
    const words = key.endsWith(".gz") ? gunzipSync(body).toString() : Buffer.from(body).toString();
    for (const [mark] of words.matchAll(/mark-\d+-end/g)) if (!current.has(mark)) problems.push(`${key} holds ${mark}, which is gone`);
  }

  const deadKeys = new Set(dead.bodies.flatMap((body) => keyOf(body) ?? []));
  const due = new Set([...authors.killers, ...bad].filter((key) => bucket.objects.has(key)));
  for (const key of due) if (!deadKeys.has(key)) problems.push(`${key} is not among the dead`);
  for (const key of deadKeys) if (!due.has(key) && !authors.killers.has(key) && !/\/(?:bad|mended)/.test(key)) problems.push(`${key} is among the dead`);
  for (const key of bad) if (!bucket.reasons.has(key)) problems.push(`${key} has no reason`);
  for (const key of bucket.reasons.keys()) if (!bad.has(key)) problems.push(`${key} has a reason, and is not bad`);
  for (const body of deadCatalogue.bodies) if (body.includes('"source"')) problems.push(`the catalogue gave up: ${body}`);
  return problems;
}

function keyOf(body: string): string | undefined {
  try {
    return parseBell(body).key;
  } catch {
    return undefined;
  }
}
