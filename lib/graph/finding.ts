/** One thing wrong with a dataset. */
export interface Finding {
  /** IRI of the node it is about. */
  readonly focus: string;
  /** IRI of the property it is about; empty where it is about the node itself or a longer path. */
  readonly path: string;
  readonly message: string;
  readonly severity: "violation" | "warning" | "info";
}

/** Each finding once, sorted by focus, path and message. */
export function sortFindings(findings: Iterable<Finding>): readonly Finding[] {
  const distinct = new Map<string, Finding>();
  for (const finding of findings) distinct.set(sortKey(finding), finding);
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
}

function sortKey({ focus, path, message }: Finding): string {
  return `${focus}\n${path}\n${message}`;
}
