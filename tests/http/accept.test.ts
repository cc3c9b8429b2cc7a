import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseOffer } from "../../lib/http/accept.ts";
import { matchesEtag, quotedEtag } from "../../lib/http/conditional.ts";

const OFFERS = ["text/html", "text/turtle", "application/ld+json"].map((mediaType) => ({ mediaType }));
const choose = (accept: string | null) => chooseOffer(accept, OFFERS)?.mediaType;

describe("the choice of a format", () => {
  it.each([
    [null, "text/html"],
    ["", "text/html"],
    ["*/*", "text/html"],
    ["text/turtle", "text/turtle"],
    ["TEXT/Turtle ; Q=1", "text/turtle"],
    ["text/*;q=0.5, application/ld+json;q=0.6", "application/ld+json"],
    ["text/turtle;q=0.8, text/html;q=0.9", "text/html"],
    ["*/*;q=0.1, text/turtle", "text/turtle"],
    ["text/html;q=0, */*", "text/turtle"],
    ["text/html;q=0.3;level=1, text/turtle;q=0.4", "text/turtle"],
    ['application/ld+json;profile="http://www.w3.org/ns/json-ld#framed, x"', "application/ld+json"],
    ["text/turtle;charset=utf-8", "text/turtle"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "text/html"],
    ["image/png", undefined],
    ["*/*;q=0", undefined],
    ["text/turtle;q=2", "text/html"],
    [",,;=,/", "text/html"],
  ])("for %j is %j", (accept, expected) => {
    expect(choose(accept)).toBe(expected);
  });

  it("never throws and never picks what is refused, whatever the header", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (noise) => {
        choose(noise);
        expect(choose(`text/turtle;q=0, text/html;q=0, application/ld+json;q=0, x/y;a="${noise.replace(/["\\]/g, "")}"`)).toBeUndefined();
      }),
    );
  });

  it("keeps to its bound with a header of many ranges", () => {
    expect(choose(`${"a/b,".repeat(100_000)}text/turtle`)).toBeUndefined();
  });
});

describe("ETags", () => {
  it("match any of a list, weak or strong", () => {
    expect(matchesEtag('"a", W/"b"', '"b"')).toBe(true);
    expect(matchesEtag("*", '"b"')).toBe(true);
    expect(matchesEtag('"a"', '"b"')).toBe(false);
    expect(matchesEtag(null, '"b"')).toBe(false);
  });

  it("are quoted once and hold nothing a header cannot", () => {
    expect(quotedEtag("abc")).toBe('"abc"');
    expect(quotedEtag('"abc"')).toBe('"abc"');
    fc.assert(fc.property(fc.string(), (etag) => /^"[\x21\x23-\x7e]*"$/.test(quotedEtag(etag))));
  });
});
