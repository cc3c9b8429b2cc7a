/** Whether an If-None-Match header names this ETag (weak comparison, RFC 9110 §13.1.2): then 304 is the answer. */
export function matchesEtag(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (ifNoneMatch === null || ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  const opaque = etag.replace(/^W\//, "");
  return (ifNoneMatch.slice(0, 8192).match(/(?:W\/)?"[^"]*"/g) ?? []).some((one) => one.replace(/^W\//, "") === opaque);
}

/** An ETag as HTTP writes it; stores may give theirs with or without quotes. */
export function quotedEtag(etag: string): string {
  const opaque = etag.replace(/^W\//, "").replace(/^"|"$/g, "");
  // Visible ASCII only: a header holds nothing else.
  return `"${opaque.replace(/[^\x21\x23-\x7e]/g, (character) => encodeURIComponent(character.toWellFormed()))}"`;
}
