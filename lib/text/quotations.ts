import type { Span } from "./types.ts";

const OPENING: Readonly<Record<string, string>> = { "“": "”", "«": "»", "„": "“", "‘": "’" };
const LETTER = /[\p{L}\p{N}]/u;

/**
 * The quotations of a paragraph, marks included, in order; of nested ones the outermost. A quotation left open runs to
 * the paragraph's end (one that goes on opens again in the next). Apostrophes are told from single marks by what
 * stands beside them. Linear.
 */
export function quotations(text: string, paragraph: Span): Span[] {
  const found: Span[] = [];
  let open: { start: number; close: string } | undefined;
  for (let i = paragraph.start; i < paragraph.end; i++) {
    const char = text.charAt(i);
    if (open !== undefined) {
      if (char === open.close && closes(text, i, char)) {
        found.push({ start: open.start, end: i + 1 });
        open = undefined;
      }
      continue;
    }
    const close = OPENING[char];
    if (close !== undefined && (char !== "‘" || opens(text, i))) open = { start: i, close };
    else if (char === '"') open = { start: i, close: '"' };
    else if (char === "'" && opens(text, i) && hasClose(text, i, paragraph.end)) open = { start: i, close: "'" };
  }
  if (open !== undefined && open.close !== "'" && open.close !== "’") found.push({ start: open.start, end: paragraph.end });
  return found;
}

function opens(text: string, at: number): boolean {
  return !LETTER.test(text.charAt(at - 1)) && LETTER.test(text.charAt(at + 1));
}

function closes(text: string, at: number, mark: string): boolean {
  if (mark !== "’" && mark !== "'") return true;
  return !LETTER.test(text.charAt(at + 1)) && text.charAt(at - 1) !== " ";
}

/** A straight single mark opens a quotation only where another closes it within reach. */
function hasClose(text: string, from: number, end: number): boolean {
  const limit = Math.min(end, from + 400);
  for (let i = from + 2; i < limit; i++) if (text.charAt(i) === "'" && closes(text, i, "'")) return true;
  return false;
}
