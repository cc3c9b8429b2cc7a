/** Longer than any client's; what is beyond is not read. */
const MAX_HEADER = 4096;

/**
 * The offer an `Accept` header likes best (RFC 9110 §12.5.1): each offer gets the quality of the most specific range that names it, and of
 * equals the first is taken. Undefined where none is liked. A missing or blank header likes everything.
 */
export function chooseMediaType(accept: string | null, offers: readonly string[]): string | undefined {
  const ranges = (accept ?? "").slice(0, MAX_HEADER).toLowerCase().split(",").map(mediaRange).filter((range) => range.type !== "");
  if (ranges.length === 0) return offers[0];
  let best: string | undefined;
  let bestQuality = 0;
  for (const offer of offers) {
    const family = `${offer.slice(0, offer.indexOf("/"))}/*`;
    const range = [offer, family, "*/*"].map((type) => ranges.find((range) => range.type === type)).find((range) => range !== undefined);
    if (range !== undefined && range.quality > bestQuality) {
      best = offer;
      bestQuality = range.quality;
    }
  }
  return best;
}

/** Parameters other than `q` (a charset, a profile) are taken as wishes that do not bind. */
function mediaRange(part: string): { readonly type: string; readonly quality: number } {
  const [type = "", ...parameters] = part.split(";").map((piece) => piece.trim());
  const q = parameters.find((parameter) => /^q\s*=/.test(parameter));
  if (q === undefined) return { type, quality: 1 };
  const quality = Number(q.slice(q.indexOf("=") + 1));
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}
