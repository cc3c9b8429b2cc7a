import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { CommuniqueError } from "../errors/communique-error.ts";
import { toArticle, type ArticleDraft } from "./article.ts";
import { decodeHtml, decodeText, type Decoded } from "./decode.ts";
import { articleFromHtml } from "./html.ts";
import { listInputs, metadataFiles, namedInput, standardInput, unreadable, type Input, type InputFormat } from "./inputs.ts";
import { articleFromJson } from "./json.ts";
import { DEFAULT_LIMITS, tooLarge, type Limits } from "./limits.ts";
import { readLines } from "./lines.ts";
import { readMetadata, type Metadata } from "./metadata.ts";
import { SeenArticles } from "./seen.ts";
import type { Article } from "./types.ts";

export interface ReadOptions {
  /** Format of standard input and of the files named; else the extension tells, and standard input is plain text. */
  readonly format?: InputFormat;
  /** ISO date for articles whose own date is unknown. */
  readonly published?: string;
  /** A metadata file (`readMetadata`), besides those of the folders (`metadataFiles`). */
  readonly metadata?: string;
  readonly limits?: Partial<Limits>;
  /** What "-" reads; standard input where not given. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/**
 * An article read, or why one could not be: the error's `location` names the file and, in JSON Lines, the line. An
 * article that could be read only in part has a `warning` for people.
 */
export type Reading = { readonly article: Article; readonly location: string; readonly warning?: string } | { readonly error: CommuniqueError };

/**
 * Reads articles from files, folders and "-" (standard input, first), file by file in the order of their paths, in
 * constant memory. An article that cannot be read is reported in its place and the rest goes on. A second article
 * of one id is passed over where its text is the same and reported ("article-duplicate") where it differs.
 *
 * @throws CommuniqueError for a metadata file or option that is wrong.
 */
export async function* readArticles(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<Reading> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const files = await listInputs(paths.filter((path) => path !== "-"), options.format);
  const inputs = paths.includes("-") ? [standardInput(options.format ?? "text"), ...files] : files;
  const metadata = new MetadataFinder(options.metadata === undefined ? new Map() : await readMetadata(options.metadata));
  const seen = new SeenArticles();
  for (const input of inputs) {
    if (input instanceof CommuniqueError) {
      yield { error: input };
      continue;
    }
    if (options.metadata !== undefined && resolve(input.path) === resolve(options.metadata)) continue;
    yield* unique(readInput(input, contentOf(input, options), await metadata.of(input), limits, options.published), seen);
  }
}

/**
 * Reads the articles of one file whose bytes are at hand, as `readArticles` does: `name` tells format and stem, `known` what is known of it
 * beside its text.
 */
export async function* readBytes(name: string, bytes: Uint8Array, known: Partial<ArticleDraft> = {}): AsyncGenerator<Reading> {
  const input = namedInput(name, bytes.length);
  if (input instanceof CommuniqueError) yield { error: input };
  else yield* unique(readInput(input, { name, whole: () => Promise.resolve(bytes), chunks: () => Readable.from([bytes]) }, known, DEFAULT_LIMITS), new SeenArticles());
}

/** Passes over an article met before, and reports another of the same id. */
async function* unique(readings: AsyncIterable<Reading>, seen: SeenArticles): AsyncGenerator<Reading> {
  for await (const reading of readings) {
    const status = "error" in reading ? "new" : seen.add(reading.article.id, reading.article.text);
    if (status === "new") yield reading;
    else if (status === "different" && "article" in reading) {
      const message = `another article of this run has the id "${reading.article.id}" and a different text`;
      yield { error: new CommuniqueError("article-duplicate", message, { location: reading.location }) };
    }
  }
}

/** How to get at what an input holds. */
interface Content {
  /** For messages. */
  readonly name: string;
  whole(limits: Limits): Promise<Uint8Array>;
  chunks(): string | AsyncIterable<Uint8Array>;
}

function contentOf(input: Input, options: ReadOptions): Content {
  if (!input.standardInput) return { name: input.path, whole: (limits) => readWhole(input, limits), chunks: () => input.path };
  const stdin = options.stdin ?? (process.stdin as AsyncIterable<Uint8Array>);
  return { name: "<stdin>", whole: (limits) => readAll(stdin, limits), chunks: () => stdin };
}

async function* readInput(input: Input, content: Content, known: Partial<ArticleDraft>, limits: Limits, published?: string): AsyncGenerator<Reading> {
  const dated = (article: Article): Article => (article.published === undefined && published !== undefined ? { ...article, published } : article);
  const attempt = async (location: string, read: () => Parsed | Promise<Parsed>): Promise<Reading> => {
    try {
      const { article, decoded } = await read();
      return { article: dated(article), location, ...(decoded.invalid === 0 ? {} : { warning: misread(decoded) }) };
    } catch (error) {
      if (!(error instanceof CommuniqueError)) throw error;
      return { error: new CommuniqueError(error.code, error.message, { cause: error, location }) };
    }
  };
  const { name } = content;
  try {
    if (input.format === "jsonl") {
      for await (const line of readLines(content.chunks(), limits.maxBytes)) {
        const { number, bytes } = line;
        if (bytes !== undefined && isBlank(bytes)) continue;
        yield await attempt(`${name}:${number}`, () => {
          if (bytes === undefined) throw tooLarge(limits, "the line");
          const decoded = decodeText(bytes);
          return { article: articleFromJson(decoded.text, input.stem, limits), decoded };
        });
      }
    } else {
      yield await attempt(name, async () => parse(await content.whole(limits), input, known, limits));
    }
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    yield { error: unreadable(name, cause) };
  }
}

interface Parsed {
  readonly article: Article;
  readonly decoded: Decoded;
}

async function parse(bytes: Uint8Array, input: Input, known: Partial<ArticleDraft>, limits: Limits): Promise<Parsed> {
  const decoded = input.format === "html" ? decodeHtml(bytes) : decodeText(bytes);
  const { text } = decoded;
  if (input.format === "html") return { article: await articleFromHtml(text, input.stem, limits, known), decoded };
  return { article: input.format === "json" ? articleFromJson(text, input.stem, limits, known) : toArticle({ ...known, text }, input.stem), decoded };
}

function misread({ encoding, invalid }: Decoded): string {
  return `not valid ${encoding.toUpperCase()}: ${invalid === 1 ? "1 character" : `${invalid} characters`} could not be read`;
}

async function readWhole(input: Input, limits: Limits): Promise<Uint8Array> {
  if (input.bytes > limits.maxBytes) throw tooLarge(limits, "the file");
  return readFile(input.path);
}

async function readAll(stream: AsyncIterable<Uint8Array>, limits: Limits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limits.maxBytes) throw tooLarge(limits, "the input");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

/** Looks up what is known of a file: in the metadata file given, then in those of its own folder. */
class MetadataFinder {
  readonly #given: Metadata;
  #folder: string | undefined;
  #ofFolder: Metadata = new Map();

  constructor(given: Metadata) {
    this.#given = given;
  }

  async of(input: Input): Promise<Partial<ArticleDraft>> {
    if (input.standardInput) return {};
    const path = resolve(input.path);
    const folder = dirname(path);
    if (folder !== this.#folder) {
      this.#folder = folder;
      this.#ofFolder = await metadataOf(folder);
    }
    return this.#given.get(path) ?? this.#ofFolder.get(path) ?? {};
  }
}

async function metadataOf(folder: string): Promise<Metadata> {
  for (const name of metadataFiles(folder)) {
    const path = join(folder, name);
    if (await stat(path).then((stats) => stats.isFile(), () => false)) return readMetadata(path);
  }
  return new Map();
}
