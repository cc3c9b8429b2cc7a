/** What a path of the site asks for. */
export type Target =
  /** One object, by its key. */
  | { readonly type: "object"; readonly key: string }
  /** A document that may come in several formats: its key without extension, and the extensions it is published in. */
  | { readonly type: "document"; readonly stem: string; readonly extensions: readonly string[] }
  /** A thing or a graph, which is no document: the path of the document that describes it. */
  | { readonly type: "thing"; readonly path: string }
  | { readonly type: "sparql" }
  | { readonly type: "void" };

/** Longer paths are none of ours. Both bounds leave room for an extension within those of keys (lib/store/keys.ts). */
const MAX_PATH = 880;
const MAX_SEGMENTS = 8;

/** As in keys of the store: nothing that means more to a file system, a shell or a URL than its letters; no full stop at the end. */
const SEGMENT = /^[A-Za-z0-9._~=,-]{0,179}[A-Za-z0-9_~=,-]$/;

/** How every key ends. */
const EXTENSION = /[^./]\.[A-Za-z0-9]{1,20}$/;

/**
 * The extensions that documents of a folder are published in, `""` standing for the root. Whatever lies in no folder
 * named here (the log, states, converted articles) is nobody's business.
 */
const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  article: ["html", "ttl", "jsonld", "nq"],
  data: ["html", "ttl", "jsonld"],
  month: ["html"],
  day: ["html"],
  index: ["html"],
  feed: ["ttl", "jsonld"],
  context: ["jsonld"],
};
const ROOT_DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  index: ["html"],
  query: ["html"],
  dataset: ["ttl", "jsonld"],
  feed: ["ttl", "jsonld"],
  ontology: ["ttl"],
  alignments: ["ttl"],
  shapes: ["ttl"],
};
/** Folders whose objects have no other formats. */
const FILES: readonly string[] = ["assets", "dumps", "text"];

/**
 * Reads the path of a URL (as it stands there, percent-encoded) under the site's root path. Undefined for whatever no
 * published address looks like: dots that climb, empty or encoded segments, private keys. The store is never asked for those.
 */
export function targetOf(pathname: string, root: string): Target | undefined {
  if (pathname === "/.well-known/void") return { type: "void" };
  if (!pathname.startsWith(root) || pathname.length - root.length > MAX_PATH) return undefined;
  const path = decoded(pathname.slice(root.length));
  if (path === undefined) return undefined;
  if (path === "") return document("index", ROOT_DOCUMENTS["index"]);
  if (path === "sparql") return { type: "sparql" };
  const segments = path.split("/");
  if (segments.length > MAX_SEGMENTS || !segments.every((segment) => SEGMENT.test(segment))) return undefined;
  const [folder = "", ...rest] = segments;
  if (rest.length === 0) return rootTarget(folder);
  if (folder === "id") return thing(rest);
  if (folder === "graph") return { type: "thing", path: isOwnGraph(rest) ? "dataset" : `article/${rest[0] ?? ""}` };
  // A member of the feed, a version of an article, is told of in one of its pages.
  if (folder === "feed" && rest.length === 2) return { type: "thing", path: "feed" };
  if (FILES.includes(folder)) return EXTENSION.test(path) ? { type: "object", key: path } : undefined;
  const extensions = own(DOCUMENTS, folder);
  if (extensions === undefined) return undefined;
  return hasExtension(path, extensions) ? { type: "object", key: path } : document(path, extensions);
}

/** The formats beside one another of which an object is one; none where it stands alone. */
export function siblingsOf(key: string): readonly string[] {
  const slash = key.indexOf("/");
  const extensions = slash < 0 ? own(ROOT_DOCUMENTS, stemOf(key)) : own(DOCUMENTS, key.slice(0, slash));
  return extensions !== undefined && hasExtension(key, extensions) ? extensions : [];
}

export function stemOf(key: string): string {
  return key.slice(0, key.lastIndexOf("."));
}

export function extensionOf(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

function rootTarget(name: string): Target | undefined {
  if (name === "manifest.json") return { type: "object", key: name };
  const extensions = own(ROOT_DOCUMENTS, name);
  if (extensions !== undefined) return document(name, extensions);
  return siblingsOf(name).length > 0 ? { type: "object", key: name } : undefined;
}

/** What is known of entities, and which reports tell of one meeting: no article's, but the dataset's. */
function isOwnGraph([name, ...more]: readonly string[]): boolean {
  return (name === "gazetteer" && more.length > 0) || (name === "links" && more.length === 0);
}

function thing([kind = "", slug, ...more]: readonly string[]): Target | undefined {
  if (slug === undefined) return undefined;
  if (kind === "article") return more.length === 0 ? { type: "thing", path: `article/${slug}` } : undefined;
  // A tenure is told of where its person is.
  if (kind === "tenure") return { type: "thing", path: `data/person/${slug}` };
  return more.length === 0 ? { type: "thing", path: `data/${kind}/${slug}` } : undefined;
}

function document(stem: string, extensions: readonly string[] = []): Target {
  return { type: "document", stem, extensions };
}

/** Names of articles may hold dots: what counts is whether the last part is an extension that is published there. */
function hasExtension(key: string, extensions: readonly string[]): boolean {
  return EXTENSION.test(key) && extensions.includes(extensionOf(key));
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  // As it was written before 2022: the CloudFront Function that is made of this module knows no Object.hasOwn.
  return Object.prototype.hasOwnProperty.call(record, name) ? record[name] : undefined;
}

/** Percent-encoding of what needs none (`%2D`) is undone; an encoded slash or anything else stays none of ours. */
function decoded(path: string): string | undefined {
  try {
    const plain = decodeURIComponent(path);
    return plain.split("/").length === path.split("/").length ? plain : undefined;
  } catch {
    return undefined;
  }
}
