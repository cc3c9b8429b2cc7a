import { describe, expect, it } from "vitest";
import { isIsoDate, toIsoDate } from "../../lib/article/dates.ts";

describe("dates", () => {
  it("accepts days that exist", () => {
    expect(isIsoDate("2024-02-29")).toBe(true);
    for (const bad of ["2025-02-29", "2025-13-01", "2025-2-4", "25-02-04", "2025-02-24T00:00", "0000-00-00"]) expect(isIsoDate(bad)).toBe(false);
  });

  it("reads machine-written dates and keeps the day as written", () => {
    expect(toIsoDate("2025-02-24T23:30:00-08:00")).toBe("2025-02-24");
    expect(toIsoDate("20250224T101500Z")).toBe("2025-02-24");
    expect(toIsoDate("Mon, 24 Feb 2025 10:00:00 GMT")).toBe("2025-02-24");
    expect(toIsoDate("4 Feb 2025")).toBe("2025-02-04");
  });

  it("never guesses", () => {
    for (const vague of ["2 hours ago", "yesterday", "02/03/2025", "February 24, 2025", "2025", "2025-02-30T10:00", ""]) {
      expect(toIsoDate(vague)).toBeUndefined();
    }
  });
});
