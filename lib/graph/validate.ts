import { readFile } from "node:fs/promises";
import type { Quad, Term } from "@rdfjs/types";
import { Parser, Store } from "n3";
import type SHACLValidator from "rdf-validate-shacl";
import { sortFindings, type Finding } from "./finding.ts";
import { unionGraph } from "./union.ts";
import { validateDates } from "./validate-dates.ts";
import { validateOffsets } from "./validate-offsets.ts";

const SHAPES = new URL("../../ontology/shapes.ttl", import.meta.url);

export interface ValidationOptions {
  /** The article's text: the words of every span are compared with it. */
  readonly text?: string;
}

/**
 * Checks the union of a dataset's graphs (facts, evidence, gazetteer) against `ontology/shapes.ttl`, and its spans and
 * days with `validateOffsets` and `validateDates`. Rejects, among others, a report without evidence, a statement without
 * content or span, offsets that do not match the quoted words, a tenure without source or that ends before it starts,
 * and attendance in a meeting that was not held. Answers with every finding, sorted; none where the dataset conforms. A
 * dataset that does not conform is an answer, not an error.
 */
export async function validateDataset(
  quads: Iterable<Quad>,
  { text }: ValidationOptions = {},
): Promise<readonly Finding[]> {
  const union = unionGraph(quads);
  const report = await (await validator()).validate(union);
  const findings = [...validateOffsets(union, text), ...validateDates(union)];
  for (const result of report.results) {
    findings.push({
      focus: result.focusNode?.value ?? "",
      path: result.path?.termType === "NamedNode" ? result.path.value : "",
      message: result.message.map(({ value }) => value).join(" "),
      severity: severityOf(result.severity),
    });
  }
  return sortFindings(findings);
}

let loading: Promise<SHACLValidator> | undefined;

/** The shapes are read and prepared once a process, and the engine loaded only where something is validated. */
function validator(): Promise<SHACLValidator> {
  loading ??= prepare();
  return loading;
}

async function prepare(): Promise<SHACLValidator> {
  const [{ default: Validator }, shapes] = await Promise.all([import("rdf-validate-shacl"), readFile(SHAPES, "utf8")]);
  return new Validator(new Store(new Parser().parse(shapes)));
}

function severityOf(term: Term | null | undefined): Finding["severity"] {
  if (term?.value.endsWith("#Warning") === true) return "warning";
  return term?.value.endsWith("#Info") === true ? "info" : "violation";
}
