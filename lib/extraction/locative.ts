import type { TextDocument } from "../text/types.ts";

const LOCATIVE = new Set(["in", "at", "near", "outside", "inside", "around", "across", "throughout", "within"]);
const DIRECTIONAL = new Set(["to", "from", "into", "for", "via", "through", "toward", "towards", "left"]);
const MOTION = /^(?:fl(?:y|ies|ew|ying|own|ight)|travel\w*|trip|trips|arriv\w*|return\w*|head(?:s|ed|ing)?|go|goes|going|went|gone|tour\w*|journey\w*|depart\w*|leave|leaves|leaving|left|visit|visits|came|come|coming|comes|moved?|drove|bound|stopover|route|sent|dispatched)$/;
/** How far back the motion may stand from its direction: "travelled on Monday with his aides to Moscow". */
const REACH = 8;

/** Whether a name stands where a place is meant, and not those who govern there: "in Moscow", "flew to Beijing". */
export function isLocative(document: TextDocument, first: number, last: number): boolean {
  const { tokens } = document;
  let i = first - 1;
  const sentence = tokens[first]?.sentence;
  while (tokens[i]?.lower === "the" || tokens[i]?.tag === "ADJ") i--;
  const before = tokens[i];
  const after = tokens[last];
  if (after?.lower === "-" && tokens[last + 1]?.lower === "based") return true;
  if (before === undefined || before.sentence !== sentence) return isDateline(document, first, last);
  if (LOCATIVE.has(before.lower)) return true;
  // "in the Swiss city of Geneva", "Geneva, Switzerland"
  if (before.lower === "of" && /^(?:city|town|capital|port|resort|village|region|province|island)$/.test(tokens[i - 1]?.lower ?? "")) return true;
  if (!DIRECTIONAL.has(before.lower)) return false;
  for (let k = i - (before.lower === "left" ? 0 : 1); k >= 0 && i - k <= REACH; k--) {
    const token = tokens[k];
    if (token === undefined || token.sentence !== sentence) return false;
    if (MOTION.test(token.lower)) return true;
    if (token.tag === "VERB") return false;
  }
  return false;
}

/** "KYIV (Reuters) –", "GENEVA, Feb. 24 –" at the start of a paragraph. */
function isDateline(document: TextDocument, first: number, last: number): boolean {
  const name = document.tokens[first];
  const before = document.tokens[first - 1];
  const paragraphOf = (token: { sentence: number } | undefined): number | undefined => document.sentences[token?.sentence ?? -1]?.paragraph;
  if (name === undefined || (before !== undefined && paragraphOf(before) === paragraphOf(name))) return false;
  const rest = document.text.slice(document.tokens[last - 1]?.end ?? 0, (document.tokens[last - 1]?.end ?? 0) + 50);
  return /^(?:\s*,[^.]{0,30})?\s*(?:\([\w ./-]+\)\s*)?(?:—|–|--| - )/.test(rest);
}
