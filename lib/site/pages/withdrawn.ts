import { framed } from "./frame.ts";
import { html } from "./markup.ts";

/** What stands where an article's page stood. */
export function withdrawnPage(): string {
  return framed({
    title: "Withdrawn",
    root: "../",
    main: html`<h1>Withdrawn</h1>
<p class="lead">This article was published here and has been withdrawn.</p>
<p class="more"><a href="../">To the start page</a></p>`,
  });
}
