import { hash } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { etagOf, toBytes } from "./content.ts";
import { Durability } from "./durability.ts";
import { explained, isCode, orUndefined, patiently } from "./file-errors.ts";
import { headersOfExtension, isEqual, noteHeaders, readHeaders } from "./file-headers.ts";
import { withLock } from "./file-lock.ts";
import { pathOf } from "./file-names.ts";
import { moveInto, prune, sweep, walk } from "./file-tree.ts";
import { checkKey, checkPrefix } from "./keys.ts";
import { processTag } from "./process-tag.ts";
import { PreconditionFailed, type ObjectHeaders, type ObjectStore, type ObjectSummary, type PutCondition, type StoredObject } from "./types.ts";

export interface FileStoreOptions {
  /** The headers that objects have as a rule, by key: only others are noted in a file of their own. Default: the extension's content type. */
  readonly usualHeaders?: (key: string) => ObjectHeaders;
  /** Whether a commit waits until the disk has it, and all that was written before it (default); without, a loss of power may undo one. */
  readonly durable?: boolean;
}

/** The store's own folder beside the objects. No key holds a "+". */
const OWN = "+store";
/** What a process of another host left unfinished for so long is forgotten. */
const ABANDONED_MS = 3_600_000;

/**
 * An ObjectStore of plain files: an object is a file at its key below the root, so that any web server or RDF loader can
 * take the folder as it is. Writes are staged and moved into place; create-only is a hard link, which the file system gives
 * to one only; other writes of a key wait for each other under a lock. The folder may be shared by processes.
 */
export class FileStore implements ObjectStore {
  readonly #root: string;
  readonly #usual: (key: string) => ObjectHeaders;
  readonly #durability: Durability | undefined;
  #caseless: boolean | undefined;
  #swept: Promise<void> | undefined;

  constructor(root: string, options: FileStoreOptions = {}) {
    this.#root = resolve(root);
    this.#usual = options.usualHeaders ?? headersOfExtension;
    this.#durability = (options.durable ?? true) ? new Durability() : undefined;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    checkKey(key);
    const path = pathOf(this.#root, key, await this.#isCaseless());
    try {
      for (let attempt = 1; ; attempt++) {
        const body = await orUndefined(patiently(() => readFile(path)));
        if (body === undefined) return undefined;
        const etag = etagOf(body);
        const { noted, headers } = await readHeaders(this.#note(key), etag);
        // Notes that do not know this content were written for a newer one.
        if (headers === undefined && noted && attempt < 3) continue;
        return { key, body, etag, ...(headers ?? this.#usual(key)) };
      }
    } catch (error) {
      throw explained(error, path, "read");
    }
  }

  async put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition): Promise<string> {
    checkKey(key);
    const bytes = toBytes(body);
    const etag = etagOf(bytes);
    let path = this.#root;
    try {
      path = pathOf(this.#root, key, await this.#prepare());
      const staged = this.#own("tmp", processTag());
      const made = (first: string): void => this.#durability?.made(first, path);
      try {
        await this.#stage(staged, bytes, condition !== undefined);
        // Nothing counts as committed before what it may refer to is on the disk.
        if (condition !== undefined) await this.#durability?.flush();
        const create = condition !== undefined && "ifNoneMatch" in condition;
        if (create && isEqual(headers, this.#usual(key))) await this.#create(key, staged, path);
        else await this.#locked(key, async () => {
          if (create && (await orUndefined(stat(path)))?.isFile()) throw new PreconditionFailed(key);
          if (condition !== undefined && "ifMatch" in condition) await this.#match(key, path, condition.ifMatch);
          await noteHeaders(this.#note(key), etag, headers, this.#usual(key), this.#own("tmp", processTag()));
          if (create) await this.#create(key, staged, path);
          else await moveInto(key, path, this.#root, () => patiently(() => rename(staged, path)), made);
        });
      } finally {
        await rm(staged, { force: true });
      }
      await this.#durability?.written(path);
      if (condition !== undefined) await this.#durability?.flush();
      return etag;
    } catch (error) {
      throw explained(error, path, "write");
    }
  }

  async delete(key: string): Promise<void> {
    checkKey(key);
    const path = pathOf(this.#root, key, await this.#isCaseless());
    try {
      if ((await orUndefined(stat(path)))?.isFile() !== true) return;
      await this.#prepare();
      await this.#locked(key, async () => {
        await patiently(() => rm(path, { force: true }));
        await rm(this.#note(key), { force: true });
      });
      await prune(dirname(path), this.#root);
      await prune(dirname(this.#note(key)), this.#own("headers"));
      await this.#durability?.written(path);
    } catch (error) {
      throw explained(error, path, "write");
    }
  }

  async *list(prefix: string): AsyncIterable<ObjectSummary> {
    checkPrefix(prefix);
    const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
    const path = folder === "" ? this.#root : pathOf(this.#root, folder.slice(0, -1), await this.#isCaseless());
    try {
      yield* walk(path, folder, prefix, OWN);
    } catch (error) {
      throw explained(error, path, "read");
    }
  }

  /** Makes the store's own folders and, once, clears what dead processes left there. Gives whether the file system ignores case. */
  async #prepare(): Promise<boolean> {
    await mkdir(this.#own("tmp"), { recursive: true });
    await mkdir(this.#own("locks"), { recursive: true });
    this.#swept ??= sweep(this.#own("tmp"), ABANDONED_MS);
    await this.#swept;
    return this.#isCaseless();
  }

  /** Known only once there is a folder to ask for by another name; before that there are no objects either. */
  async #isCaseless(): Promise<boolean> {
    if (this.#caseless !== undefined) return this.#caseless;
    if ((await orUndefined(stat(this.#own()))) === undefined) return false;
    this.#caseless = (await orUndefined(stat(join(this.#root, OWN.toUpperCase())))) !== undefined;
    return this.#caseless;
  }

  async #stage(staged: string, bytes: Buffer, isCommit: boolean): Promise<void> {
    const handle = await open(staged, "wx");
    try {
      await handle.writeFile(bytes);
      if (isCommit && this.#durability !== undefined) await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  async #create(key: string, staged: string, path: string): Promise<void> {
    try {
      await moveInto(key, path, this.#root, () => link(staged, path), (first) => this.#durability?.made(first, path));
    } catch (error) {
      if (isCode(error, "EEXIST")) throw new PreconditionFailed(key, { cause: error });
      throw error;
    }
  }

  async #match(key: string, path: string, etag: string): Promise<void> {
    const body = await orUndefined(readFile(path));
    if (body === undefined || etagOf(body) !== etag) throw new PreconditionFailed(key);
  }

  #locked<T>(key: string, action: () => Promise<T>): Promise<T> {
    return withLock(this.#own("locks", hash("sha256", key, "hex").slice(0, 32)), action);
  }

  #note(key: string): string {
    return `${pathOf(this.#own("headers"), key, true)}+`;
  }

  #own(...path: string[]): string {
    return join(this.#root, OWN, ...path);
  }
}
