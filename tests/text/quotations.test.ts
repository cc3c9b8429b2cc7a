import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quotations } from "../../lib/text/quotations.ts";

const quotesOf = (text: string): string[] => quotations(text, { start: 0, end: text.length }).map((q) => text.slice(q.start, q.end));

describe("quotations", () => {
  it.each([
    ["He spoke of “talks” and «peace».", ["“talks”", "«peace»"]],
    ['She said "no" and "never".', ['"no"', '"never"']],
    ["Putin pushes for ‘capitulation’ again", ["‘capitulation’"]],
    ["It was 'a step', he said.", ["'a step'"]],
    ["“He told us ‘no’ twice,” she said.", ["“He told us ‘no’ twice,”"]],
  ])("finds them in %s", (text, expected) => {
    expect(quotesOf(text)).toEqual(expected);
  });

  it.each(["Russia’s talks and the states’ plans", "It's the ministers' day", "in the '90s"])("takes no apostrophe for a mark: %s", (text) => {
    expect(quotesOf(text)).toEqual([]);
  });

  it("runs an unclosed quotation to the paragraph's end", () => {
    expect(quotesOf("He said: “We will stay.")).toEqual(["“We will stay."]);
  });

  it("gives spans in order and apart, within the paragraph", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", " ", "“", "”", "‘", "’", '"', "'", "«", "»", "."), maxLength: 60 }), (text) => {
        let end = 0;
        for (const quote of quotations(text, { start: 0, end: text.length })) {
          expect(quote.start).toBeGreaterThanOrEqual(end);
          expect(quote.end).toBeGreaterThan(quote.start);
          end = quote.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
