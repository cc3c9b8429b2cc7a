import { describe, expect, it } from "vitest";
import { readChoice, readEnvironment } from "../../lib/aws/environment.ts";

describe("the environment of a function", () => {
  it("gives what is there and tells of all that is not, at once", () => {
    expect(readEnvironment(["A"], ["B", "C"], { A: "1", B: "2", C: "", D: "4" })).toEqual({ A: "1", B: "2" });
    expect(() => readEnvironment(["A", "B", "C"], [], { B: "2", C: "" })).toThrow(expect.objectContaining({ code: "option-invalid", message: "The environment lacks A, C." }));
  });

  it("takes one of a few words, and says which where it is none", () => {
    expect(readChoice("TEXT", ["full", "none"], {})).toBe("full");
    expect(readChoice("TEXT", ["full", "none"], { TEXT: "none" })).toBe("none");
    expect(() => readChoice("TEXT", ["full", "none"], { TEXT: "some" })).toThrow('TEXT is "some", not one of full, none.');
  });
});
