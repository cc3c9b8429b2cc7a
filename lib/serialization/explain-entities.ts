import type { Article } from "../article/types.ts";
import type { Entity, Extraction, Span } from "../extraction/types.ts";

/** Different words shown of one entity: those of a much-named one would hide the others. */
const MAX_WORDS = 12;
/** Words that mean a day or a time only to someone who knows on which day they were written. */
const RELATIVE_DATE =
  /\b(?:(?:(?:last|next|this|on|late|early)\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tomorrow|(?:last|next|this)\s+(?:week|weekend|month|year))\b/gi;
const MAX_DATES = 3;

export interface EntityText {
  readonly title: string;
  /** One line each, not yet wrapped and not yet fit for a terminal. */
  readonly lines: readonly string[];
}

/**
 * Who or what an article names, in the order in which it does: what each was taken for (gazetteer id, Wikidata item,
 * offices on the article's day), and the words taken for it, so that a wrong one shows.
 */
export function entityTexts({ published, dated, entities, mentions }: Extraction, words: (span: Span) => string): EntityText[] {
  const day = published ?? dated?.date;
  const names = new Map(entities.map(({ key, name }) => [key, name]));
  const said = new Map<string, Map<string, number>>();
  for (const { entity, span } of mentions) {
    const own = said.get(entity) ?? new Map<string, number>();
    const form = words(span);
    said.set(entity, own.set(form, (own.get(form) ?? 0) + 1));
  }
  const order = [...said.keys()];
  const place = new Map(order.map((key, index) => [key, index]));
  const rank = ({ key }: Entity): number => place.get(key) ?? order.length;
  return [...entities]
    .sort((a, b) => rank(a) - rank(b))
    .map((entity) => ({
      title: `${entity.name}, ${entity.kind}`,
      lines: [
        identity(entity, (key) => names.get(key) ?? key),
        ...offices(entity, day, (key) => names.get(key) ?? key),
        `Words: ${wordList(said.get(entity.key) ?? new Map(entity.names.map((form) => [form, 1])))}`,
      ],
    }));
}

/**
 * What the dates and offices of an article rest on where it has no publication date: the words that date it, or that
 * nothing does, and which words stay open for it. Undefined where the date is known.
 */
export function datingNote(article: Article, { published, dated }: Extraction, words: (span: Span) => string): string | undefined {
  if (published !== undefined) return undefined;
  if (dated !== undefined) return `Read as of ${dated.date}, by ${dated.evidence.map((span) => `“${words(span)}”`).join(" ")}; the publication date is not known.`;
  const relative = new Set<string>();
  for (const [found] of article.text.matchAll(RELATIVE_DATE)) {
    relative.add(`“${found}”`);
    if (relative.size === MAX_DATES) break;
  }
  const open = relative.size === 0 ? "" : ` ${[...relative].join(", ")} could not be resolved, and`;
  return `Nothing dates this article:${open} offices are not known. Give its publication date (--published).`;
}

function identity({ key, wikidata, state }: Entity, name: (key: string) => string): string {
  if (key.startsWith("#")) return state === undefined ? "Not in the gazetteer" : `Not in the gazetteer; of ${name(state)}`;
  return `Taken for: ${key}${wikidata === undefined ? "" : `, Wikidata ${wikidata}`}`;
}

function offices({ key, kind, offices: held = [] }: Entity, day: string | undefined, name: (key: string) => string): string[] {
  if (kind !== "person" || key.startsWith("#") || day === undefined) return [];
  if (held.length === 0) return [`No office known on ${day}`];
  return held.map(({ title, of, since, until }) => `Office on ${day}: ${title} of ${name(of)}, from ${since}${until === undefined ? "" : ` until ${until}`}`);
}

/** The words, the most frequent first: `“Putin” (3), “he” (2), “Vladimir Putin”`. */
function wordList(said: ReadonlyMap<string, number>): string {
  // A state may be there for its president alone.
  if (said.size === 0) return "none of its own";
  const forms = [...said].sort(([, a], [, b]) => b - a);
  const shown = forms.slice(0, MAX_WORDS).map(([form, times]) => `“${form}”${times === 1 ? "" : ` (${times})`}`);
  if (forms.length > MAX_WORDS) shown.push(`and ${forms.length - MAX_WORDS} more`);
  return shown.join(", ");
}
