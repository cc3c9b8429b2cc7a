import { keys } from "./layout.ts";
import type { Pages } from "./types.ts";

const SENTENCE = "This article was published here and has been withdrawn.";

/**
 * What lies where the documents of a withdrawn article lay, so that even a server that can look nothing up tells what was
 * withdrawn from what never was. Each is valid in its format and says nothing as data; nothing in it is the article's.
 */
export function tombstones(id: string, base: string, pages: Pages | undefined): readonly (readonly [key: string, body: string])[] {
  return [
    [keys.article(id, "html"), pages?.render({ type: "withdrawn", base }) ?? PLAIN],
    [keys.article(id, "ttl"), `# ${SENTENCE}\n`],
    [keys.article(id, "nq"), `# ${SENTENCE}\n`],
    // Keys that no context defines: JSON-LD without a triple.
    [keys.article(id, "jsonld"), `${JSON.stringify({ title: "Withdrawn", status: 410, detail: SENTENCE })}\n`],
    [keys.text(id), `${SENTENCE}\n`],
  ];
}

/** The page of trees that have no others. */
const PLAIN = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Withdrawn</title>
<h1>Withdrawn</h1>
<p>${SENTENCE}</p>
</html>
`;
