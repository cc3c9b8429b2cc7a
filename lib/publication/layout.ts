import type { ObjectHeaders } from "../store/types.ts";

/**
 * Where everything lies. Public are `index.html`, `query.html`, `article/`, `data/`, `month/`, `day/`, `index/`, `text/`, `dumps/`, `feed*`,
 * `dataset.*`, `ontology.ttl`, `alignments.ttl`, `shapes.ttl`, `context/`, `assets/` and `manifest.json`. `log/`, `g/`
 * and `state/` are the publisher's own and must never be served.
 */
export const keys = {
  manifest: "manifest.json",
  start: "index.html",
  log: (number: number) => `log/${twelve(number)}.json`,
  /** The immutable object of one conversion. */
  graph: (article: string, sha: string) => `g/${article}/${sha}.json.gz`,
  graphs: (article: string) => `g/${article}/`,
  article: (id: string, extension: ArticleExtension) => `article/${id}.${extension}`,
  text: (id: string) => `text/${id}.txt`,
  entity: (id: string, extension: DocumentExtension) => `data/${id}.${extension}`,
  sealed: (id: string, page: number, extension: DocumentExtension) => `data/${id}/${page}.${extension}`,
  month: (month: string) => `month/${month}.html`,
  day: (date: string) => `day/${date}.html`,
  index: (kind: string) => `index/${kind}.html`,
  dataset: (extension: "ttl" | "jsonld") => `dataset.${extension}`,
  feed: (extension: "ttl" | "jsonld") => `feed.${extension}`,
  feedPage: (page: number, extension: "ttl" | "jsonld") => `feed/${page}.${extension}`,
  part: (stream: string, name: string) => `dumps/${stream}/${name}.nq.gz`,
  state: {
    cursor: "state/cursor.json",
    lease: "state/lease.json",
    journal: (number: number) => `state/journal/${twelve(number)}.json.gz`,
    journals: "state/journal/",
    article: (id: string) => `state/article/${id}.json`,
    entity: (id: string) => `state/entity/${id}.json`,
    sealed: (id: string, page: number) => `state/entity/${id}/${page}.json`,
    links: (bucket: string) => `state/links/${bucket}.json`,
    day: (date: string) => `state/day/${date}.json`,
    month: (month: string) => `state/month/${month}.json`,
    index: (kind: string) => `state/index/${kind}.json`,
    start: "state/start.json",
    feed: "state/feed.json",
    statics: "state/statics.json",
  },
} as const;

export type DocumentExtension = "html" | "ttl" | "jsonld";
export type ArticleExtension = DocumentExtension | "nq";

/** Numbers of log entries sort as strings, a thousand billion of them. */
function twelve(number: number): string {
  return String(number).padStart(12, "0");
}

const MUTABLE = "public, max-age=60";
const IMMUTABLE = "public, max-age=31536000, immutable";
const PRIVATE = "private, no-store";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  ttl: "text/turtle; charset=utf-8",
  jsonld: "application/ld+json",
  nq: "application/n-quads",
  txt: "text/plain; charset=utf-8",
  json: "application/json",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/**
 * A directive of our own (RFC 9111 §5.2.3) in the Cache-Control of tombstones, which lie where a withdrawn article's documents
 * lay. Caches pass over it; servers that know it answer 410.
 */
const WITHDRAWN = "withdrawn";

/** What an object is served with, by its key and by whether it is the tombstone of what was there. */
export function headersOf(key: string, { withdrawn = false }: { readonly withdrawn?: boolean | undefined } = {}): ObjectHeaders {
  const gzipped = key.endsWith(".gz");
  const extension = (gzipped ? key.slice(0, -3) : key).split(".").at(-1) ?? "";
  const secret = /^(?:state|log|g)\//.test(key);
  const immutable = /^(?:dumps|context)\//.test(key);
  return {
    // A dump is a gzip file, whoever fetches it: an encoding would be undone on the way.
    contentType: gzipped ? "application/gzip" : (TYPES[extension] ?? "application/octet-stream"),
    cacheControl: withdrawn ? `${MUTABLE}, ${WITHDRAWN}` : secret ? PRIVATE : immutable ? IMMUTABLE : MUTABLE,
  };
}

/** Whether an object is a tombstone. */
export function isWithdrawn({ cacheControl = "" }: Pick<ObjectHeaders, "cacheControl">): boolean {
  return cacheControl.split(",").some((directive) => directive.trim() === WITHDRAWN);
}

const OURS = /^(?:article|text|data|month|day|index|dumps|feed|context|assets|state(?!\/source\/)|log|g)\/|^(?:(?:index|query)\.html|manifest\.json|(?:dataset|feed)\.(?:ttl|jsonld)|(?:ontology|alignments|shapes)\.ttl)$/;

/** Whether a key is one that publishing writes; others in the same store are left alone: `state/source/` is the intake's (lib/intake). */
export function isOurs(key: string): boolean {
  return OURS.test(key);
}
