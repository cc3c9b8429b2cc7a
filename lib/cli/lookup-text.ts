import type { LookupReport, ReportedEntry, ReportedTenure } from "../gazetteer/index.ts";
import type { NameUse } from "../gazetteer/types.ts";
import { printable } from "./messages.ts";

const USES: Readonly<Record<NameUse, string>> = {
  name: "by its name",
  short: "by the name used alone",
  demonym: "by the adjective or the name of its people",
  capital: "by its capital",
  metonym: "by its seat",
};

/** What the gazetteer knows of a name, for people to read: one paragraph an entry. */
export function formatLookup(report: LookupReport): string {
  return report.entries.map((entry) => `${printable(entry.name)}, ${USES[entry.use]}\n${details(entry, report.on).map((line) => `  ${printable(line)}\n`).join("")}`).join("\n");
}

function details(entry: ReportedEntry, on: string | undefined): string[] {
  const lines = [`${entry.kind}, ${entry.id}${entry.wikidata === undefined ? "" : `, Wikidata ${entry.wikidata}`}`];
  if (entry.state !== undefined) lines.push(`of ${entry.state}`);
  if (entry.names.length > 0) lines.push(`also ${entry.names.join(", ")}`);
  for (const office of entry.offices ?? []) lines.push(tenure(office));
  for (const head of entry.heads ?? []) lines.push(`${head.person}: ${tenure(head)}`);
  if (entry.offices?.length === 0) lines.push(on === undefined ? "no office known" : `no office known on ${on}`);
  lines.push(`source: ${entry.source}, as of ${entry.asOf}`);
  return lines;
}

function tenure(held: ReportedTenure): string {
  const until = held.until === undefined ? "" : ` until ${held.until}`;
  const notes = [held.acting === true ? "acting" : "", held.disputed === true ? "disputed" : ""].filter((note) => note !== "");
  return `${held.title} of ${held.of}, from ${held.since}${until}${notes.length === 0 ? "" : ` (${notes.join(", ")})`} [${held.source}, as of ${held.asOf}]`;
}
