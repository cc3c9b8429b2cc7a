/** The page that CloudFront shows where nothing is; the stack's own, not of the publication. */
export const NOT_FOUND = "not-found.html";

/**
 * The keys of the published bucket that CloudFront may read. Whatever is not named here stays the publisher's own: `state/`, `g/`
 * (converted articles, with their text) and all that may come.
 */
export const PUBLIC_KEYS: readonly string[] = [
  "article/*",
  "data/*",
  "month/*",
  "day/*",
  "index/*",
  "text/*",
  "dumps/*",
  "feed/*",
  "context/*",
  "assets/*",
  "index.html",
  "query.html",
  "manifest.json",
  "dataset.ttl",
  "dataset.jsonld",
  "feed.ttl",
  "feed.jsonld",
  "ontology.ttl",
  "alignments.ttl",
  "shapes.ttl",
  NOT_FOUND,
];
