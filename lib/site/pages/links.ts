import { encodeSegment } from "../../graph/iris.ts";
import type { ArticleRef, Participant, Ref } from "../../publication/types.ts";
import { time } from "./dates.ts";
import { html, joined, listed, name, type Content } from "./markup.ts";

/**
 * Links name files, with their extension, and lead from page to page by relative paths: so the pages work under any
 * address, with or without a server that negotiates.
 */
export interface Place {
  /** The way to the root: "../../". */
  readonly root: string;
  /** Id of the thing the page is about, which it need not link to. */
  readonly self?: string;
}

export function entityPath(id: string): string {
  return `data/${id.split("/").map(encodeSegment).join("/")}.html`;
}

export function articlePath(id: string, fragment?: string): string {
  return `article/${encodeSegment(id)}.html${fragment === undefined ? "" : `#${encodeSegment(fragment)}`}`;
}

/** A thing by its name, linked to where it is described. */
export function thing(ref: Ref, { root, self }: Place): Content {
  if (ref.id !== undefined && ref.id === self) return html`<strong>${name(ref.name)}</strong>`;
  const path = ref.id !== undefined ? entityPath(ref.id) : ref.local === undefined ? undefined : articlePath(ref.local.article, ref.local.fragment);
  return path === undefined ? name(ref.name) : html`<a href="${root}${path}">${name(ref.name)}</a>`;
}

export function things(refs: readonly Ref[], place: Place): Content {
  return listed(refs.map((ref) => thing(ref, place)));
}

/** "Xi Jinping (China) and Vladimir Putin (Russia)". */
export function participants(all: readonly Participant[], place: Place): Content {
  return listed(
    all.map((one) => {
      const { side } = one;
      const same = side === undefined || (side.id !== undefined && side.id === one.id);
      return same ? thing(one, place) : [thing(one, place), html` <span class="to">(${thing(side, place)})</span>`];
    }),
  );
}

/** "Headline, Publisher, 24 February 2025", linked to a claim of the article where a fragment is given. */
export function source(article: ArticleRef, root: string, fragment?: string): Content {
  const parts = [
    html`<a href="${root}${articlePath(article.id, fragment)}"><cite>${name(article.headline ?? article.id)}</cite></a>`,
    article.publisher === undefined ? undefined : name(article.publisher),
    article.published === undefined ? undefined : time(article.published),
  ];
  return joined(parts.filter((part) => part !== undefined), ", ");
}
