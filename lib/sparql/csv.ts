interface ResultsJson {
  readonly head: { readonly vars?: readonly string[] };
  readonly boolean?: boolean;
  readonly results?: { readonly bindings: readonly Readonly<Record<string, { readonly type: string; readonly value: string }>>[] };
}

/**
 * SPARQL results in JSON as CSV (SPARQL 1.1 Query Results CSV Format; RFC 4180, lines ended by CRLF). The engine's own CSV
 * leaves IRIs unquoted, and those of our spans hold commas.
 */
export function resultsToCsv(json: string): string {
  const { head, boolean, results } = JSON.parse(json) as ResultsJson;
  if (boolean !== undefined) return `${boolean}\r\n`;
  const names = head.vars ?? [];
  const lines = [names.map(field).join(",")];
  for (const row of results?.bindings ?? []) {
    lines.push(names.map((name) => (Object.hasOwn(row, name) ? field(written(row[name] as { type: string; value: string })) : "")).join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}

function written({ type, value }: { readonly type: string; readonly value: string }): string {
  return type === "bnode" ? `_:${value}` : value;
}

function field(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
