import type { Quad } from "@rdfjs/types";
import { slicer } from "../text/code-points.ts";
import type { Finding } from "./finding.ts";
import { cq } from "./vocabulary.ts";

interface SpanFacts {
  begin?: string;
  end?: string;
  exact?: string;
}

/**
 * Checks what SHACL Core cannot say of spans: their offsets are those of their IRI, and their words are as long as the
 * offsets say or, where the article's text is given, exactly the text's words there. Offsets count Unicode code points,
 * end exclusive. Missing values are the shapes' business. Linear in quads and text.
 */
export function validateOffsets(quads: Iterable<Quad>, text?: string): Finding[] {
  const words = text === undefined ? undefined : slicer(text);
  const findings: Finding[] = [];
  for (const [iri, { begin, end, exact }] of collectSpans(quads)) {
    if (begin === undefined || end === undefined || exact === undefined) continue;
    if (!iri.endsWith(`#char=${begin},${end}`)) {
      findings.push(finding(iri, cq.begin.value, "The offsets of a span are those of its IRI."));
    }
    const start = Number(begin);
    const stop = Number(end);
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(stop) || codePointLength(exact) !== stop - start) {
      findings.push(finding(iri, cq.exact.value, "The words of a span are as many characters as its offsets say."));
    } else if (words !== undefined && words({ start, end: stop }) !== exact) {
      findings.push(finding(iri, cq.exact.value, "The words of a span are those of the text at its offsets."));
    }
  }
  return findings;
}

function collectSpans(quads: Iterable<Quad>): Map<string, SpanFacts> {
  const spans = new Map<string, SpanFacts>();
  for (const { subject, predicate, object } of quads) {
    const property = PROPERTIES.get(predicate.value);
    if (property === undefined) continue;
    let facts = spans.get(subject.value);
    if (facts === undefined) spans.set(subject.value, (facts = {}));
    facts[property] = object.value;
  }
  return spans;
}

const PROPERTIES: ReadonlyMap<string, keyof SpanFacts> = new Map([
  [cq.begin.value, "begin"],
  [cq.end.value, "end"],
  [cq.exact.value, "exact"],
]);

function codePointLength(value: string): number {
  let length = 0;
  for (let i = 0; i < value.length; length++) i += (value.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
  return length;
}

function finding(focus: string, path: string, message: string): Finding {
  return { focus, path, message, severity: "violation" };
}
