import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePointOrder, compareCodePoints, compareNatural } from "../../lib/serialization/order.ts";

const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const text = fc.string({ unit: fc.constantFrom("a", "b", "\uff5e", "\ud7ff", "\ue000", "📞", "𝔸", "0"), maxLength: 6 });
const numbered = fc.string({ unit: fc.constantFrom("a", "0", "1", "9", "-", "#", "z", "📞"), maxLength: 7 });

describe("compareCodePoints", () => {
  it("agrees with the order of UTF-8 bytes", () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(bytes(a, b));
      }),
    );
  });
});

describe("codePointOrder", () => {
  it("sorts as UTF-8 bytes sort", () => {
    fc.assert(
      fc.property(fc.array(text), (strings) => {
        expect(codePointOrder([...strings])).toEqual(strings.toSorted(bytes));
      }),
    );
  });
});

describe("compareNatural", () => {
  it("counts", () => {
    const names = [
      "#statement-10",
      "#statement-2",
      "#statement-1",
      "#meeting-3",
      "char=9,12",
      "char=9,2",
      "char=10,11",
    ];
    expect(names.toSorted(compareNatural)).toEqual([
      "#meeting-3",
      "#statement-1",
      "#statement-2",
      "#statement-10",
      "char=9,2",
      "char=9,12",
      "char=10,11",
    ]);
  });

  it("compares numbers beyond any number type", () => {
    expect(compareNatural("x99999999999999999999", "x100000000000000000000")).toBeLessThan(0);
  });

  it("is a total order", () => {
    fc.assert(
      fc.property(numbered, numbered, numbered, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b)) + Math.sign(compareNatural(b, a))).toBe(0);
        expect(compareNatural(a, b) === 0).toBe(a === b);
        const [x = "", y = "", z = ""] = [a, b, c].sort(compareNatural);
        expect(compareNatural(x, y)).toBeLessThanOrEqual(0);
        expect(compareNatural(y, z)).toBeLessThanOrEqual(0);
        expect(compareNatural(x, z)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
