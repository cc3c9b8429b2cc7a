import type { NamedNode } from "n3";
import type { EntityKey, EntityKind } from "../extraction/types.ts";
import type { ArticleContext } from "./article-context.ts";
import { text } from "./literals.ts";
import { cq, rdfs } from "./vocabulary.ts";

const CLASS_OF: Readonly<Record<EntityKind, NamedNode>> = {
  person: cq.Person,
  state: cq.State,
  organisation: cq.Organization,
  group: cq.Group,
  medium: cq.Medium,
  place: cq.Place,
};

/**
 * Who and what the article speaks of. What only the article knows keeps the words that title it, as words; for the
 * rest the graph points at the tenures of the gazetteer that hold on the article's date.
 */
export function writeEntities({ extraction, iris, facts }: ArticleContext): void {
  const titles = localTitles(extraction.mentions);
  for (const entity of extraction.entities) {
    const iri = iris.entity(entity.key);
    const offices = entity.offices ?? [];
    facts.type(iri, CLASS_OF[entity.kind]);
    if (entity.kind === "person" && offices.length > 0) facts.type(iri, cq.Leader);
    facts.add(iri, rdfs.label, text(entity.name));
    if (entity.state !== undefined) facts.add(iri, cq.affiliation, iris.entity(entity.state));
    facts.addAll(
      iri,
      cq.tenure,
      offices.map(({ office, since }) => iris.tenure(entity.key, office, since)),
    );
    facts.addAll(iri, cq.titleInText, [...(titles.get(entity.key) ?? [])].map(text));
  }
}

function localTitles(
  mentions: readonly { readonly entity: EntityKey; readonly title?: string }[],
): ReadonlyMap<EntityKey, ReadonlySet<string>> {
  const titles = new Map<EntityKey, Set<string>>();
  for (const { entity, title } of mentions) {
    if (title === undefined || !entity.startsWith("#")) continue;
    const known = titles.get(entity);
    if (known === undefined) titles.set(entity, new Set([title]));
    else known.add(title);
  }
  return titles;
}
