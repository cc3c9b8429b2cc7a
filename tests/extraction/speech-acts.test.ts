import { describe, expect, it } from "vitest";
import { toAttribution } from "../../lib/extraction/attribution.ts";
import { modeOf } from "../../lib/extraction/speech-acts.ts";

describe("the mode of a statement", () => {
  it.each([
    ["says", false, undefined, "speech"], ["hopes", false, undefined, "attitude"], ["hopes", true, undefined, "speech"],
    // A verb that is plain needs less of the model than one of thinking.
    ["condemns", false, 0.35, "speech"], ["condemns", false, 0.1, "attitude"], ["believes", false, 0.9, "attitude"], ["believes", true, 0.9, "speech"],
    ["celebrates", false, 0.6, "attitude"], ["celebrates", false, 0.9, "speech"],
    ["has never condemned", false, 0.99, "attitude"], ["declined to say", false, 0.99, "attitude"],
  ] as const)("of “%s” (quoted: %s, speech: %s) is %4$s", (cue, quoted, speech, mode) => {
    expect(modeOf(cue, quoted, speech)).toBe(mode);
  });
});

describe("a reader's frame", () => {
  const text = "On Monday China’s state media, reported a call.";
  const source = (from: string, to: string): string => {
    const frame = { cue: [{ start: 31, end: 39 }], source: [{ start: text.indexOf(from), end: text.indexOf(to) + to.length }], content: [], score: 1, speech: 1 };
    return toAttribution(text, frame).source.map((s) => text.slice(s.start, s.end)).join("|");
  };

  it("has a source of whole words, without the marks at its edges", () => {
    expect(source("’s state", "media,")).toBe("China’s state media");
    expect(source("China", "media, reported")).toBe("China’s state media");
  });
});
