import type { Quad } from "@rdfjs/types";
import type { Finding } from "./finding.ts";
import { partialDate } from "./partial-date.ts";
import { xsd } from "./vocabulary.ts";

/** Checks that every `xsd:date` is a day of the calendar: SHACL engines often look at its pattern only. */
export function validateDates(quads: Iterable<Quad>): Finding[] {
  const findings: Finding[] = [];
  for (const { subject, predicate, object } of quads) {
    if (object.termType !== "Literal" || object.datatype.value !== xsd.date.value) continue;
    if (object.value.length === "YYYY-MM-DD".length && partialDate(object.value) !== undefined) continue;
    findings.push({
      focus: subject.value,
      path: predicate.value,
      message: "A date is a day of the calendar, YYYY-MM-DD.",
      severity: "violation",
    });
  }
  return findings;
}
