import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeText } from "../../lib/article/normalize.ts";

describe("normalizeText", () => {
  it("composes to NFC and keeps line ends, tabs, direction marks and emoji", () => {
    expect(normalizeText("Cafe\u0301\r\n\tשלום\u200f 🕊️\n")).toBe("Café\r\n\tשלום\u200f 🕊️\n");
  });

  it("replaces NULs, controls and lone surrogates one for one", () => {
    expect(normalizeText("a\u0000b\u001bc\u007fd\u0085e\ud800f\udc00g")).toBe("a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg");
  });

  it("is idempotent and well-formed for any string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const once = normalizeText(text);
        expect(normalizeText(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
        expect(once).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/);
      }),
    );
  });

  it("refuses combining marks without end, which would take quadratic time", () => {
    expect(() => normalizeText(`a${"\u0315\u0300".repeat(1_000_000)}`)).toThrow(expect.objectContaining({ code: "input-malformed" }));
  });
});
