import type { Extraction } from "../lib/extraction/types.ts";
import { holdersOn } from "../lib/gazetteer/tenures.ts";
import type { Gazetteer } from "../lib/gazetteer/types.ts";
import type { CorpusArticle, GoldEvents, GoldName } from "./evaluate-corpora.ts";
import { share, type Measure } from "./evaluate-measures.ts";

/** A person whom annotators name and the gazetteer knows in office on the article's date. */
export interface OfficeHolder {
  readonly article: string;
  readonly name: string;
  /** Ids of the gazetteer's entries that the name may mean: one, but for a surname that two holders share. */
  readonly entries: readonly string[];
  readonly linked: boolean;
  /** Where not linked: keys of the persons in the extraction that bear the same last word. */
  readonly instead: readonly string[];
}

/**
 * Every speaker and participant of type person in the gold who holds an office on the article's date, once an article, and
 * whether the extraction has an entity with the key of that entry.
 */
export function officeHolders(gazetteer: Gazetteer, articles: readonly CorpusArticle[], gold: readonly GoldEvents[], extractions: readonly Extraction[]): OfficeHolder[] {
  const dates = new Map(articles.map(({ id, published }) => [id, published]));
  const found = new Map(extractions.map((extraction) => [extraction.id, extraction]));
  return gold.flatMap((events) => {
    const published = dates.get(events.id);
    if (published === undefined) return [];
    const entities = found.get(events.id)?.entities ?? [];
    const keys = new Set(entities.map(({ key }) => key));
    return personNames(events).flatMap((name): OfficeHolder[] => {
      const entries = inOffice(gazetteer, name, published);
      if (entries.length === 0) return [];
      const linked = entries.some((id) => keys.has(id));
      const last = name.split(/\s+/).at(-1) ?? name;
      const instead = linked ? [] : entities.filter((e) => e.kind === "person" && [e.name, ...e.names].some((form) => form.split(/\s+/).includes(last))).map(({ key }) => key);
      return [{ article: events.id, name, entries, linked, instead }];
    });
  });
}

/** The share of office holders that are linked, and the Wikidata items that articles link to: all, and different ones. */
export function entityMeasures(holders: readonly OfficeHolder[], extractions: readonly Extraction[]): Measure[] {
  const linked = holders.filter((holder) => holder.linked).length;
  const items = extractions.flatMap(({ entities }) => entities.flatMap(({ wikidata }) => (wikidata === undefined ? [] : [wikidata])));
  const count = (value: number): string => value.toLocaleString("en-US");
  return [
    { on: "events dev", measure: `office holders linked, of ${count(holders.length)}`, figure: share(holders.length === 0 ? null : linked / holders.length), goal: ".950" },
    { on: "all three", measure: `linked ids, of ${count(new Set(items).size)} items`, figure: count(items.length) },
  ];
}

/** The unlinked, one a line, as `--errors` prints them. */
export function unlinkedLines(holders: readonly OfficeHolder[], most: number): string[] {
  return holders
    .filter(({ linked }) => !linked)
    .slice(0, most)
    .map(({ article, name, entries, instead }) => `- ${article} ${name} is ${entries.join(" or ")}; came out as ${instead.length === 0 ? "nobody" : instead.join(", ")}`);
}

function personNames({ meetings, statements }: GoldEvents): string[] {
  const named: GoldName[] = meetings.flatMap(({ participants }) => participants);
  for (const { speaker, speakers } of statements) {
    if (speaker !== null) named.push(speaker);
    for (const other of speakers ?? []) if (typeof other !== "string") named.push(other);
  }
  return [...new Set(named.filter(({ type }) => type === "person").map(({ name }) => name))];
}

function inOffice(gazetteer: Gazetteer, name: string, on: string): string[] {
  const persons = gazetteer.lookup(name).map(({ entry }) => entry).filter(({ kind }) => kind === "person").map(({ id }) => id);
  return [...new Set(persons)].filter((id) => holdersOn(gazetteer.tenuresOf(id), on).length > 0);
}
