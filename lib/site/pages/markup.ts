import { escapeHtml, escapeJson } from "../../serialization/html-escape.ts";

/** Text that is HTML already. Nothing else in a template is: strings are escaped wherever they stand. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Content = Markup | string | number | undefined | readonly Content[];

/**
 * Writes HTML so that forgetting to escape is impossible: strings and numbers become text, between tags and in quoted
 * attributes alike; lists are joined; undefined is nothing. Addresses must be checked before (`safeHref`).
 */
export function html(literals: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts: string[] = [literals[0] ?? ""];
  for (const [i, value] of values.entries()) parts.push(write(value), literals[i + 1] ?? "");
  return new Markup(parts.join(""));
}

function write(value: Content): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "string") return escapeHtml(value);
  return typeof value === "number" ? String(value) : value.map(write).join("");
}

/** Puts markup or text between the members of a list: `joined(names, ", ")`. */
export function joined(items: readonly Content[], separator: string): Content {
  return items.flatMap((item, i) => (i === 0 ? [item] : [separator, item]));
}

/** "A", "A and B", "A, B and C". */
export function listed(items: readonly Content[]): Content {
  const last = items.at(-1);
  return items.length < 2 ? last : [joined(items.slice(0, -1), ", "), " and ", last];
}

/** A script element of JSON-LD. JSON given as text must be valid; no `<` of it reaches the page as one. */
export function jsonLdScript(json: string): Markup {
  return new Markup(`<script type="application/ld+json">\n${escapeJson(json)}\n</script>\n`);
}

/** A name as an article or a list writes it, kept from turning the direction of the words around it. */
export function name(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}
