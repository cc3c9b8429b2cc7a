/** One media range of an Accept header. */
interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  /** Names of the parameters that it asks for, but "q". */
  readonly parameters: readonly string[];
  readonly quality: number;
}

/** A representation that can be chosen. Where the header likes several equally, the earlier one is taken. */
export interface Offer {
  /** Without parameters, in lower case: `text/turtle`. */
  readonly mediaType: string;
}

/** Longer headers than any client sends are cut off here; what is cut off is not asked for. */
const MAX_HEADER = 1024;
const MAX_RANGES = 32;

const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const QUALITY = /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * The offer that an Accept header likes best (RFC 9110 §12.5.1), or undefined where it likes none. No header, or one
 * without a single valid range, accepts everything. For each offer the most specific range that matches it gives its quality.
 */
export function chooseOffer<T extends Offer>(accept: string | null | undefined, offers: readonly T[]): T | undefined {
  const ranges = parseAccept(accept ?? "");
  if (ranges.length === 0) return offers[0];
  let best: { offer: T; quality: number } | undefined;
  for (const offer of offers) {
    const quality = qualityOf(offer.mediaType, ranges);
    if (quality > 0 && (best === undefined || quality > best.quality)) best = { offer, quality };
  }
  return best?.offer;
}

/** Ranges that are not well formed are left out, as if they had not been sent. */
function parseAccept(header: string): MediaRange[] {
  const ranges: MediaRange[] = [];
  for (const part of splitOutsideQuotes(header.slice(0, MAX_HEADER).toLowerCase(), ",").slice(0, MAX_RANGES)) {
    const [range = "", ...rest] = splitOutsideQuotes(part, ";").map((piece) => piece.trim());
    const slash = range.indexOf("/");
    const type = range.slice(0, slash);
    const subtype = range.slice(slash + 1);
    if (slash < 0 || !TOKEN.test(type) || !TOKEN.test(subtype) || (type === "*" && subtype !== "*")) continue;
    const parameters: string[] = [];
    let quality: number | undefined = 1;
    for (const parameter of rest) {
      const equals = parameter.indexOf("=");
      if (equals < 0) continue;
      const name = parameter.slice(0, equals).trim();
      if (name === "q") {
        const value = parameter.slice(equals + 1).trim().replace(/^"(.*)"$/, "$1");
        quality = QUALITY.test(value) ? Number(value) : undefined;
        break; // What follows "q" are extensions of Accept, not parameters of the type.
      }
      if (!parameters.includes(name)) parameters.push(name);
    }
    if (quality !== undefined) ranges.push({ type, subtype, parameters, quality });
  }
  return ranges;
}

function qualityOf(mediaType: string, ranges: readonly MediaRange[]): number {
  const [type, subtype] = mediaType.split("/");
  let quality = 0;
  let best = -1;
  for (const range of ranges) {
    if (!matches(range, type, subtype)) continue;
    const specificity = range.type === "*" ? 0 : range.subtype === "*" ? 1 : 2 - Math.min(asked(range), 1) * 0.5;
    if (specificity > best || (specificity === best && range.quality > quality)) {
      best = specificity;
      quality = range.quality;
    }
  }
  return quality;
}

function matches({ type, subtype }: MediaRange, offeredType: string | undefined, offeredSubtype: string | undefined): boolean {
  return (type === "*" || type === offeredType) && (subtype === "*" || subtype === offeredSubtype);
}

/**
 * Parameters that a client asks for beyond charset. Our types carry none (a JSON-LD profile is a wish), so such a range
 * still matches, but gives way to one that asks for the type as it is.
 */
function asked({ parameters }: MediaRange): number {
  return parameters.length - (parameters.includes("charset") ? 1 : 0);
}

/** Commas and semicolons within quoted strings divide nothing. Linear in the text. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator).filter((part) => part.trim() !== "");
  const parts: string[] = [];
  let quoted = false;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted && character === "\\") i++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === separator) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part.trim() !== "");
}
