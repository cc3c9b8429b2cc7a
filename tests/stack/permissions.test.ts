import { beforeAll, describe, expect, it } from "vitest";
import { toArticle, type ArticleDraft } from "../../lib/article/index.ts";
import type { Article } from "../../lib/article/types.ts";
import { createCatalogue } from "../../lib/intake/catalogue.ts";
import { createConvert } from "../../lib/intake/convert.ts";
import { writeBell } from "../../lib/intake/messages.ts";
import type { Queue } from "../../lib/intake/queue.ts";
import { reasonKey } from "../../lib/intake/reasons.ts";
import type { ArticleSource, Reasons } from "../../lib/intake/source.ts";
import { createPublication } from "../../lib/publication/index.ts";
import { openEndpoint } from "../../lib/site/endpoint.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { SplitStore } from "../../lib/store/split-store.ts";
import type { ObjectHeaders, ObjectStore, ObjectSummary, PutCondition, StoredObject } from "../../lib/store/types.ts";
import { synthesise } from "../support/stack.ts";

type Action = "s3:GetObject" | "s3:PutObject" | "s3:DeleteObject" | "s3:ListBucket";

/** What the role of a function may do with objects, as the template says. Whatever it does beyond that throws, as S3 would refuse it. */
class Role {
  readonly unused = new Set<string>();
  readonly #allowed: readonly { readonly action: string; readonly bucket: string; readonly key: string }[];

  constructor(functionId: string) {
    const stack = synthesise();
    const { Role } = stack.one("AWS::Lambda::Function", functionId).Properties as { Role: { "Fn::GetAtt": [string, string] } };
    const policies = stack.resources("AWS::IAM::Policy").filter(({ Properties }) => JSON.stringify(Properties["Roles"]).includes(`"${Role["Fn::GetAtt"][0]}"`));
    const statements = policies.flatMap(({ Properties }) => (Properties["PolicyDocument"] as { Statement: readonly { Action: string | string[]; Resource: unknown }[] }).Statement);
    this.#allowed = statements.flatMap(({ Action, Resource }) =>
      [Action].flat().filter((action) => action.startsWith("s3:")).flatMap((action) =>
        [Resource].flat().map((resource) => {
          const [, bucket = "", key = ""] = /"(Storage[A-Za-z]+)[0-9A-F]{8}","Arn"\](?:\},"\/([^"]*)")?/.exec(JSON.stringify(resource)) ?? [];
          return { action, bucket: bucket.replace("Storage", ""), key };
        }),
      ),
    );
    for (const { action, bucket, key } of this.#allowed) this.unused.add(`${action} ${bucket}/${key}`);
  }

  check(action: Action, bucket: string, key: string): void {
    const covering = this.#allowed.filter((one) => one.action === action && one.bucket === bucket && (action === "s3:ListBucket" || one.key === key || (one.key.endsWith("*") && key.startsWith(one.key.slice(0, -1)))));
    if (covering.length === 0) throw new Error(`AccessDenied: ${action} ${bucket}/${key}`);
    for (const one of covering) this.unused.delete(`${one.action} ${one.bucket}/${one.key}`);
  }
}

/** A bucket as one role has it. */
class Guarded implements ObjectStore {
  readonly #store: ObjectStore;
  readonly #bucket: string;
  readonly #role: Role;

  constructor(store: ObjectStore, bucket: string, role: Role) {
    this.#store = store;
    this.#bucket = bucket;
    this.#role = role;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    this.#role.check("s3:GetObject", this.#bucket, key);
    const found = await this.#store.get(key);
    // Without it S3 says 403, which is a fault, and not 404.
    if (found === undefined) this.#role.check("s3:ListBucket", this.#bucket, "");
    return found;
  }

  put(key: string, body: Uint8Array | string, headers: ObjectHeaders, condition?: PutCondition): Promise<string> {
    this.#role.check("s3:PutObject", this.#bucket, key);
    // Replacing only what was read takes the right to read it.
    if (condition !== undefined && "ifMatch" in condition) this.#role.check("s3:GetObject", this.#bucket, key);
    return this.#store.put(key, body, headers, condition);
  }

  delete(key: string): Promise<void> {
    this.#role.check("s3:DeleteObject", this.#bucket, key);
    return this.#store.delete(key);
  }

  list(prefix: string): AsyncIterable<ObjectSummary> {
    this.#role.check("s3:ListBucket", this.#bucket, prefix);
    return this.#store.list(prefix);
  }
}

class Sent implements Queue {
  readonly bodies: string[] = [];

  send(bodies: readonly string[]): Promise<void> {
    this.bodies.push(...bodies);
    return Promise.resolve();
  }
}

const converter = {
  convert: (input: Article | ArticleDraft) => {
    const article = toArticle(input);
    return Promise.resolve({ article, extraction: { id: article.id, versions: { software: "communique/0", model: "none/0", gazetteer: "0" }, entities: [], mentions: [], statements: [], meetings: [] } });
  },
};
const PLENTY = { left: () => 100_000 };

describe("the roles of the functions", () => {
  const roles = { convert: new Role("IntakeConvertFunction"), catalogue: new Role("IntakeCatalogueFunction"), sparql: new Role("EndpointSparqlFunction") };

  beforeAll(async () => {
    const [published, log] = [new MemoryStore(), new MemoryStore()];
    const objects = new Map<string, string>();
    const bucket: ArticleSource & Reasons = {
      read: (key) => {
        roles.convert.check("s3:GetObject", "Articles", key);
        const body = objects.get(key);
        if (body === undefined) roles.convert.check("s3:ListBucket", "Articles", "");
        return Promise.resolve(body === undefined ? undefined : { key, bytes: Buffer.from(body), etag: body, metadata: { id: "a" } });
      },
      put: ({ key }) => {
        roles.convert.check("s3:PutObject", "Articles", reasonKey(key));
        return Promise.resolve();
      },
      clear: (key) => {
        roles.convert.check("s3:DeleteObject", "Articles", reasonKey(key));
        return Promise.resolve();
      },
    };
    const store = new Guarded(published, "Published", roles.convert);
    const [waiting, dead, rung] = [new Sent(), new Sent(), new Sent()];
    const convert = createConvert({ bucket: "articles", source: bucket, reasons: bucket, store, publication: createPublication({ store, base: "https://example.org/" }), converter, catalogue: waiting, dead });
    const tree = new SplitStore({ prefix: "log/", part: new Guarded(log, "Log", roles.catalogue), rest: new Guarded(published, "Published", roles.catalogue) });
    const catalogue = createCatalogue({ bucket: "articles", publication: createPublication({ store: tree, base: "https://example.org/" }), articles: rung });
    let sequencer = 0;
    const pass = async (key: string, body: string | undefined): Promise<void> => {
      if (body === undefined) objects.delete(key);
      else objects.set(key, body);
      await convert(writeBell({ bucket: "articles", key, sequencer: String(++sequencer).padStart(16, "0"), deleted: body === undefined }), PLENTY);
      const batch = waiting.bodies.splice(0).map((body, index) => ({ messageId: String(index), receives: 1, body }));
      expect(await catalogue(batch, PLENTY)).toMatchObject({ failed: [] });
    };
    await pass("in/a.txt", "They met.");
    await pass("in/a.txt", "They met, and met again.");
    // Another object with the same id is refused, for which what is there has to be read.
    await pass("in/b.txt", "Nobody met.");
    expect(dead.bodies).toHaveLength(1);
    const endpoint = await openEndpoint(new Guarded(published, "Published", roles.sparql), { base: "https://example.org/", workers: 1 });
    expect((await endpoint.handle(new Request("https://example.org/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D"))).status).toBe(200);
    await endpoint.close();
    await pass("in/a.txt", undefined);
    expect(await createPublication({ store: tree }).find("a")).toBe("withdrawn");
  });

  it.each(["convert", "catalogue"] as const)("let %s do all that it does, and allow nothing that it never does", (name) => {
    expect([...roles[name].unused]).toEqual([]);
  });

  it("let sparql read what it loads; that it finds no manifest on the first day is allowed for", () => {
    expect([...roles.sparql.unused]).toEqual(["s3:ListBucket Published/"]);
  });
});
