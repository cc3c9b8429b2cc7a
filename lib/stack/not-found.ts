import { framed } from "../site/pages/frame.ts";
import { html } from "../site/pages/markup.ts";

/** The page for an address where nothing is. It is shown at any depth, so that its links begin at the site's root. */
export function notFoundPage(root: string): string {
  return framed({
    title: "Not found",
    root,
    main: html`<p class="kicker">404</p>
<h1>Not found</h1>
<p class="lead">Nothing is published at this address. It may be mistyped, or what it names may not have been read yet.</p>
<p class="more"><a href="${root}">To the start page</a></p>`,
  });
}
