import { hash } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
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
  /** Whether to create by hard links. Default: tried once. All processes of a folder must agree. */
  readonly hardLinks?: boolean;
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
  #links: Promise<boolean> | undefined;
  #prepared: Promise<void> | undefined;

  constructor(root: string, options: FileStoreOptions = {}) {
    this.#root = resolve(root);
    this.#usual = options.usualHeaders ?? headersOfExtension;
    this.#links = options.hardLinks === undefined ? undefined : Promise.resolve(options.hardLinks);
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
      try {
        await this.#stage(staged, bytes, condition !== undefined);
        // Nothing counts as committed before what it may refer to is on the disk.
        if (condition !== undefined) await this.#durability?.flush();
        await this.#move(key, staged, path, { ...headers, etag }, condition);
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

  /** Makes the store's own folders and clears what dead processes left there, once. Gives whether the file system ignores case. */
  async #prepare(): Promise<boolean> {
    this.#prepared ??= (async () => {
      await mkdir(this.#own("tmp"), { recursive: true });
      await mkdir(this.#own("locks"), { recursive: true });
      await sweep(this.#own("tmp"), ABANDONED_MS);
    })();
    try {
      await this.#prepared;
    } catch (error) {
      this.#prepared = undefined;
      throw error;
    }
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

  /** Puts the staged file into its place, where the condition allows it. */
  async #move(key: string, staged: string, path: string, { etag, ...headers }: ObjectHeaders & { etag: string }, condition: PutCondition | undefined): Promise<void> {
    const into = (move: () => Promise<void>): Promise<void> => moveInto(key, path, this.#root, move, (first) => this.#durability?.made(first, path));
    const usual = this.#usual(key);
    const isCreate = condition !== undefined && "ifNoneMatch" in condition;
    const create = async (): Promise<void> => {
      try {
        await into(() => link(staged, path));
      } catch (error) {
        throw isCode(error, "EEXIST") ? new PreconditionFailed(key, { cause: error }) : error;
      }
    };
    const hasLinks = await this.#hasLinks();
    if (isCreate && hasLinks && isEqual(headers, usual)) return create();
    return this.#locked(key, async () => {
      if (isCreate && (await orUndefined(stat(path)))?.isFile() === true) throw new PreconditionFailed(key);
      if (condition !== undefined && "ifMatch" in condition) await this.#match(key, path, condition.ifMatch);
      await noteHeaders(this.#note(key), etag, headers, usual, this.#own("tmp", processTag()));
      // Where there are no links, all who create take the lock.
      if (isCreate && hasLinks) await create();
      else await into(() => patiently(() => rename(staged, path)));
    });
  }

  /** Some file systems (exFAT, shared folders) have no hard links. */
  #hasLinks(): Promise<boolean> {
    this.#links ??= (async () => {
      const [from, to] = [this.#own("tmp", processTag()), this.#own("tmp", processTag())];
      await writeFile(from, "");
      try {
        await link(from, to);
        return true;
      } catch (error) {
        if (isCode(error, "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EISDIR", "EINVAL")) return false;
        this.#links = undefined;
        throw error;
      } finally {
        await rm(from, { force: true });
        await rm(to, { force: true });
      }
    })();
    return this.#links;
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
