import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CommuniqueError } from "../../lib/errors/communique-error.ts";
import { parseBell, parseCatalogueMessage, writeBell } from "../../lib/intake/messages.ts";

const HASH = "0123456789abcdef0123456789abcdef";
const source = { bucket: "articles-bucket", key: "in/a b/ü.txt" };
const publish = { op: "publish", article: "a-1", sha: HASH, input: HASH, versions: "0.1.0 model gazetteer", text: "full", sequencer: "0055AED6DCD90281E5", source };
const event = { version: "0", "detail-type": "Object Created", source: "aws.s3", detail: { version: "0", bucket: { name: "articles-bucket" }, object: { key: "in/a b.txt", size: 5, etag: "x", sequencer: "0A" }, reason: "PutObject" } };

describe("a message to the catalogue", () => {
  it("is read as it was written, without what does not belong", () => {
    expect(parseCatalogueMessage(JSON.stringify({ ...publish, more: 1 }))).toEqual(publish);
    const withdraw = { op: "withdraw", article: "a-1", source };
    expect(parseCatalogueMessage(JSON.stringify({ ...withdraw, sha: HASH }))).toEqual(withdraw);
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["null", "null"],
    ["a path for an id", JSON.stringify({ ...publish, article: "../state/cursor" })],
    ["a path for a hash", JSON.stringify({ ...publish, sha: "../../state/cursor" })],
    ["a hash in capitals", JSON.stringify({ ...publish, sha: HASH.toUpperCase() })],
    ["another op", JSON.stringify({ ...publish, op: "rebuild" })],
    ["another text policy", JSON.stringify({ ...publish, text: "some" })],
    ["a sequencer that orders nothing", JSON.stringify({ ...publish, sequencer: "zz" })],
    ["a sequencer that is a number", JSON.stringify({ ...publish, sequencer: 7 })],
    ["no source", JSON.stringify({ ...publish, source: undefined })],
    ["a key that no bucket has", JSON.stringify({ ...publish, source: { ...source, key: "x".repeat(1025) } })],
    ["half a character in a key", JSON.stringify({ ...publish, source: { ...source, key: "\ud800" } })],
    ["versions of a megabyte", JSON.stringify({ ...publish, versions: "v".repeat(1 << 20) })],
  ])("with %s is none", (_, body) => {
    expect(() => parseCatalogueMessage(body)).toThrow(CommuniqueError);
  });
});

describe("a bell", () => {
  it("is S3's event as EventBridge hands it on", () => {
    expect(parseBell(JSON.stringify(event))).toEqual({ bucket: "articles-bucket", key: "in/a b.txt", sequencer: "0A", deleted: false });
    expect(parseBell(JSON.stringify({ ...event, "detail-type": "Object Deleted" })).deleted).toBe(true);
  });

  it("needs no sequencer, and is read as it is written", () => {
    const key = fc.string({ minLength: 1, maxLength: 40, unit: "binary" });
    const sequencer = fc.option(fc.stringMatching(/^[0-9A-F]{1,64}$/), { nil: undefined });
    fc.assert(
      fc.property(key, sequencer, fc.boolean(), (key, sequencer, deleted) => {
        const bell = { bucket: "articles-bucket", key, deleted, ...(sequencer === undefined ? {} : { sequencer }) };
        expect(parseBell(writeBell(bell))).toEqual(bell);
      }),
    );
  });

  it("throws nothing but that it is none, whatever it holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.json().map((detail) => `{"detail-type":"Object Created","detail":${detail}}`)), (body) => {
        for (const parse of [parseBell, parseCatalogueMessage]) {
          try {
            parse(body);
          } catch (error) {
            expect(error).toMatchObject({ code: "input-malformed" });
          }
        }
      }),
    );
  });
});
