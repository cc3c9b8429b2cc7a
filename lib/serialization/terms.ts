/** What an IRIREF of N-Quads and Turtle may not hold, and lone surrogates, which no encoding can carry. */
const NOT_IN_IRI = /[\u0000-\u0020<>"{}|^`\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Has a scheme, and is therefore not relative. */
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** What canonical N-Quads writes as escapes. */
const TO_ESCAPE = /["\\\u0000-\u001f\u007f\ufffe\uffff]/;
const EACH_TO_ESCAPE = /["\\\u0000-\u001f\u007f\ufffe\uffff]/g;

const ECHAR: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

function escapeCharacter(character: string): string {
  return ECHAR[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * A literal's characters between quotation marks, escaped as canonical N-Quads has it: the short escapes for BS, HT,
 * LF, FF, CR, `"` and `\`, `\uXXXX` for the other control characters up to U+001F, DEL and the noncharacters U+FFFE
 * and U+FFFF, everything else as it is. Turtle and TriG read the same. Lone surrogates, which normalised text never
 * holds, throw a TypeError.
 */
export function escapeString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError("A literal holds a lone surrogate, which no RDF syntax can carry");
  return TO_ESCAPE.test(value) ? value.replace(EACH_TO_ESCAPE, escapeCharacter) : value;
}

/** An IRI in angle brackets. Throws a TypeError for what is no absolute IRI: escapes would only hide the fault. */
export function iriRef(value: string): string {
  if (!ABSOLUTE.test(value) || NOT_IN_IRI.test(value))
    throw new TypeError(`Not an absolute IRI: ${JSON.stringify(value)}`);
  return `<${value}>`;
}
