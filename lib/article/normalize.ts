import { CommuniqueError } from "../errors/communique-error.ts";

/** No written language stacks this many marks on a letter; Unicode's own stream-safe format allows 30. */
const MAX_COMBINING_RUN = 500;

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * The text that offsets count into: NFC (UAX #15), with control characters other than tab, line feed and carriage
 * return, and lone surrogates, replaced one for one by U+FFFD. Line ends stay as they are. Idempotent, and linear in
 * the length of the text.
 *
 * @throws CommuniqueError "input-malformed" for more than 500 combining marks in a row: reordering them takes quadratic
 * time, and no article has them.
 */
export function normalizeText(text: string): string {
  const clean = text.toWellFormed().replace(CONTROLS, "\ufffd");
  refuseLongCombiningRuns(clean);
  return clean.normalize("NFC");
}

function refuseLongCombiningRuns(text: string): void {
  const runs = /\p{M}+/gu;
  for (let run = runs.exec(text); run !== null; run = runs.exec(text)) {
    if (run[0].length > MAX_COMBINING_RUN) {
      throw new CommuniqueError("input-malformed", `more than ${MAX_COMBINING_RUN} combining marks in a row`);
    }
  }
}
