import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { withLock } from "../../lib/store/file-lock.ts";
import { fromFileName, toFileName } from "../../lib/store/file-names.ts";
import { FileStore } from "../../lib/store/file-store.ts";
import { processTag } from "../../lib/store/process-tag.ts";
import { contract } from "./contract.ts";

const folder = await mkdtemp(join(tmpdir(), "communique-store-"));
afterAll(() => rm(folder, { recursive: true }));
let opened = 0;
const newRoot = (): string => join(folder, String(++opened));
const TEXT = { contentType: "text/plain; charset=utf-8" };

for (const [name, options] of [["files", {}], ["files without hard links or durability", { hardLinks: false, durable: false }]] as const) {
  const roots = new WeakMap<object, string>();
  const open = (root = newRoot()): FileStore => {
    const store = new FileStore(root, options);
    roots.set(store, root);
    return store;
  };
  contract(name, () => Promise.resolve(open()), { again: (store) => open(roots.get(store)) });
}

describe("the folder of a store", () => {
  it("holds each object as a file of its name, and nothing else beside the store's own", async () => {
    const root = newRoot();
    const store = new FileStore(root);
    await store.put("data/state/china.ttl", "x", { contentType: "text/turtle; charset=utf-8" });
    expect(await readFile(join(root, "data/state/china.ttl"), "utf8")).toBe("x");
    await store.put("data/state/china.html", "y", { contentType: "text/html", cacheControl: "no-store" });
    expect((await readdir(join(root, "data/state"))).sort()).toEqual(["china.html", "china.ttl"]);
    await store.delete("data/state/china.ttl");
    await store.delete("data/state/china.html");
    expect(await readdir(root)).toEqual(["+store"]);
    expect((await readdir(join(root, "+store"), { recursive: true })).sort()).toEqual(["headers", "locks", "tmp"]);
  });

  it("notes no headers where they are the usual ones", async () => {
    const root = newRoot();
    const usualHeaders = (): typeof TEXT & { cacheControl: string } => ({ ...TEXT, cacheControl: "max-age=60" });
    await new FileStore(root, { usualHeaders }).put("a.txt", "x", usualHeaders());
    expect(await readdir(join(root, "+store"))).toEqual(["locks", "tmp"]);
    expect((await new FileStore(root, { usualHeaders }).get("a.txt"))?.cacheControl).toBe("max-age=60");
  });

  it("may hold files of others", async () => {
    const root = newRoot();
    await mkdir(root);
    await writeFile(join(root, ".DS_Store"), "");
    await writeFile(join(root, "read me"), "");
    const keys: string[] = [];
    for await (const { key } of new FileStore(root).list("")) keys.push(key);
    expect(keys).toEqual([]);
  });

  it("gives way where an emptied folder has an object's name", async () => {
    const root = newRoot();
    const store = new FileStore(root);
    await mkdir(join(root, "a.ttl"), { recursive: true });
    await mkdir(join(root, "b.ttl"));
    await store.put("a.ttl", "x", TEXT);
    await store.put("b.ttl", "x", TEXT, { ifNoneMatch: "*" });
    expect((await store.get("a.ttl"))?.body.length).toBe(1);
    expect((await store.get("b.ttl"))?.body.length).toBe(1);
  });

  it("survives that many put and delete in one folder", async () => {
    const root = newRoot();
    const stores = [new FileStore(root), new FileStore(root)];
    await Promise.all(
      Array.from({ length: 16 }, async (_, i) => {
        for (let n = 0; n < 8; n++) {
          await stores[i % 2]!.put(`a/b/${i}.txt`, String(n), TEXT);
          await stores[n % 2]!.delete(`a/b/${i}.txt`);
        }
      }),
    );
    expect(await readdir(root)).toEqual(["+store"]);
  });

  it("loses what a dead process left half written", async () => {
    const root = newRoot();
    await mkdir(join(root, "+store", "tmp"), { recursive: true });
    const dead = processTag().replace(/\.\d+\./, `.${await deadPid()}.`);
    await writeFile(join(root, "+store", "tmp", dead), "a text that was to be withdrawn");
    await writeFile(join(root, "+store", "tmp", processTag()), "another writer's, alive");
    await new FileStore(root).put("a.txt", "x", TEXT);
    expect(await readdir(join(root, "+store", "tmp"))).toHaveLength(1);
  });

  it("is told by an error of its own where it cannot be written", async () => {
    const root = newRoot();
    await writeFile(root, "a file");
    await expect(new FileStore(root).put("a.txt", "x", TEXT)).rejects.toMatchObject({ code: "output-unwritable" });
    expect(await new FileStore(root).get("a.txt")).toBeUndefined();
  });

  it("is shared by processes: of four that add to one number, nothing is lost", async () => {
    const root = newRoot();
    const store = new FileStore(root);
    await store.put("n.json", "0", TEXT);
    const module = (name: string): string => JSON.stringify(new URL(`../../lib/store/${name}.ts`, import.meta.url));
    const program = `
      const { FileStore } = await import(${module("file-store")});
      const store = new FileStore(${JSON.stringify(root)});
      for (let added = 0; added < 10;) {
        const { body, etag } = await store.get("n.json");
        const next = String(Number(Buffer.from(body).toString()) + 1);
        await store.put("n.json", next, { contentType: "text/plain" }, { ifMatch: etag }).then(() => added++, (error) => {
          if (error.name !== "PreconditionFailed") throw error;
        });
      }`;
    const children = Array.from({ length: 4 }, () => spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "inherit", cwd: fileURLToPath(new URL("../..", import.meta.url)) }));
    const codes = await Promise.all(children.map(async (child) => ((await once(child, "exit")) as [number])[0]));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(Buffer.from((await store.get("n.json"))!.body).toString()).toBe("40");
  });
});

describe("a lock", () => {
  it("is taken over from a process that is gone, by one only", async () => {
    const path = join(folder, "dead.lock");
    await writeFile(path, processTag().replace(/\.\d+\./, `.${await deadPid()}.`));
    const old = new Date(Date.now() - 1000);
    await utimes(path, old, old);
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 10 }, () =>
        withLock(path, async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setTimeout(resolve, 1));
          inside--;
        }, { patienceMs: 5000 }),
      ),
    );
    expect(most).toBe(1);
    await expect(stat(path)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("is taken over from one of another host when it is old, and waited for while it is not", async () => {
    const path = join(folder, "other.lock");
    await writeFile(path, "0000aaaa.1.x");
    await expect(withLock(path, () => Promise.resolve(1), { patienceMs: 30 })).rejects.toMatchObject({ code: "output-unwritable" });
    const old = new Date(Date.now() - 60_000);
    await utimes(path, old, old);
    expect(await withLock(path, () => Promise.resolve(2))).toBe(2);
  });

  it("is given back after a failure", async () => {
    const path = join(folder, "failed.lock");
    await expect(withLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await withLock(path, () => Promise.resolve(3))).toBe(3);
  });
});

describe("names of files", () => {
  it("are the keys' own but for what some systems cannot hold, and tell which key they are of", () => {
    const names = ["china.ttl", "CON", "con.ttl", "Con.ttl", "com1.html", "console.ttl", "u.s.", ".well-known", "a=b,c~d.json", "ABC.ttl", "abc.ttl"];
    expect(names.slice(0, 1).map((name) => toFileName(name, false))).toEqual(["china.ttl"]);
    for (const caseless of [false, true]) {
      const files = names.map((name) => toFileName(name, caseless));
      expect(files.map(fromFileName)).toEqual(names);
      expect(files.filter((file) => /^(?:con|com1)(?:\.|$)|\.$/i.test(file))).toEqual([]);
      if (caseless) expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(names.length);
    }
  });
});

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid!;
}
