import type { Article } from "../article/types.ts";
import type { Extraction, Span } from "../extraction/types.ts";
import { codePoints } from "../text/code-points.ts";
import type { Fact, Role } from "./facts.ts";
import { escapeHtml } from "./html-escape.ts";
import { paragraphBreak } from "./paragraphs.ts";
import { runsOf, type Mark, type Run } from "./runs.ts";

/** What a stretch of text is: words of a fact, a mention of an entity, or the gap between two paragraphs. */
type Meaning =
  | { readonly role: Role; readonly fact: Fact }
  | { readonly role: "mention"; readonly entity: string }
  | { readonly role: "gap" };

/** The id of a span on the page: what RFC 5147 has as the fragment of the plain text. */
export function spanId({ start, end }: Span): string {
  return `char=${start},${end}`;
}

/**
 * The id of an entity in the page's list: the gazetteer's, or the fragment that names an entity only the article knows.
 * None where that would be no id or could be one of the page's own.
 */
export function entityId(key: string): string | undefined {
  const id = key.startsWith("#") ? key.slice(1) : key;
  return /^$|\s|^facts$|^(?:statement|meeting)-|^char=/.test(id) ? undefined : id.toWellFormed();
}

/** The class that marks all words of a fact, so that pointing at the fact can light them up. */
export function factClass(fact: Fact): string {
  return `of-${fact.id}`;
}

/**
 * The article's text as paragraphs of runs. Marks nest and cross, elements cannot: so every run is one element with the
 * classes of all its marks, and links to the innermost. Each span's id stands once, where it begins.
 */
export function textHtml(article: Article, extraction: Extraction, facts: readonly Fact[]): string {
  const marks: Mark<Meaning>[] = [...gaps(article.text)];
  for (const fact of facts) {
    for (const { role, span } of fact.marks) marks.push({ span, value: { role, fact } });
  }
  for (const { span, entity } of extraction.mentions) marks.push({ span, value: { role: "mention", entity } });

  const ids = new Set<string>();
  const paragraphs: string[] = [];
  let paragraph = "";
  for (const run of runsOf(article.text, marks)) {
    const fresh = run.begins
      .filter(({ value }) => value.role !== "gap")
      .map(({ span }) => spanId(span))
      .filter((id) => !ids.has(id) && ids.add(id));
    const gap = run.marks.some(({ value }) => value.role === "gap");
    if (gap && paragraph !== "") {
      paragraphs.push(paragraph);
      paragraph = "";
    }
    paragraph += runHtml(run, fresh, gap);
  }
  return [...paragraphs, paragraph]
    .filter((content) => content.trim() !== "")
    .map((content) => `<p dir="auto">${content}</p>\n`)
    .join("");
}

function gaps(text: string): Mark<Meaning>[] {
  const convert = codePoints(text);
  return [...text.matchAll(paragraphBreak(text))].map(({ index, 0: gap }) => ({
    span: { start: convert(index), end: convert(index + gap.length) },
    value: { role: "gap" },
  }));
}

function runHtml({ text, marks }: Run<Meaning>, ids: readonly string[], gap: boolean): string {
  const meanings = marks.map(({ value }) => value).filter((value) => value.role !== "gap");
  const [id, ...more] = ids;
  const anchors = more.map((other) => `<span class="at" id="${other}"></span>`).join("");
  // Of a gap only anchors show, where a span begins with its white space.
  if (gap || meanings.length === 0) {
    return (id === undefined ? "" : `<span class="at" id="${id}"></span>`) + anchors + (gap ? "" : escapeHtml(text));
  }
  const classes = new Set<string>(["run"]);
  for (const meaning of meanings) {
    classes.add(meaning.role);
    if ("fact" in meaning) classes.add(factClass(meaning.fact));
  }
  const attributes = [
    id === undefined ? "" : ` id="${id}"`,
    ` class="${[...classes].join(" ")}"`,
    ` href="#${escapeHtml(target(marks))}"`,
    ` title="${escapeHtml(
      meanings
        .map(describe)
        .filter((words, i, all) => all.indexOf(words) === i)
        .join("; "),
    )}"`,
  ];
  return `<a${attributes.join("")}>${anchors}${escapeHtml(text)}</a>`;
}

/** Where a run leads: to the innermost mark's fact or entity; to a fact where a mention is just as long. */
function target(marks: readonly Mark<Meaning>[]): string {
  const known = marks.filter(({ value }) => value.role !== "gap");
  const inner = known[0]?.span;
  const same = known.filter(({ span }) => span.start === inner?.start && span.end === inner.end);
  const rank = ({ value }: Mark<Meaning>) => (value.role === "mention" ? 1 : value.role === "support" ? 2 : 0);
  const best = same.toSorted((a, b) => rank(a) - rank(b))[0]?.value;
  if (best === undefined || best.role === "gap") return "";
  return "fact" in best ? best.fact.id : encodeURIComponent(entityId(best.entity) ?? "facts").replaceAll("%2F", "/");
}

function describe(meaning: Meaning): string {
  if (meaning.role === "gap") return "";
  if (meaning.role === "mention") return "mention";
  const number = meaning.fact.id.replace("-", " ");
  return meaning.role === "support" ? `shows who, in ${number}` : `${meaning.role} of ${number}`;
}
