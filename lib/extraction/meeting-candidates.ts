import type { Candidate } from "../reader/types.ts";
import type { TextDocument } from "../text/types.ts";
import type { IsoDate } from "./calendar.ts";
import type { WorkingMention } from "./mention.ts";
import { timeExpressions } from "./time.ts";

/** What may have a part in a meeting, sorted by start: the mentions, and the words for a time. */
export interface MeetingCandidates {
  readonly all: readonly Candidate[];
  readonly mentionOf: ReadonlyMap<Candidate, WorkingMention>;
}

/** Both readings of a time are offered, that of the past and that of the future: which one counts, the status tells. */
export function meetingCandidates(document: TextDocument, mentions: readonly WorkingMention[], reference: IsoDate | undefined): MeetingCandidates {
  const mentionOf = new Map<Candidate, WorkingMention>();
  for (const mention of mentions) {
    const { start, end, kind, type, inTitle, possessive, locative, proxy, weak } = mention;
    mentionOf.set({ start, end, kind, type, inTitle, possessive, locative, proxy, weak }, mention);
  }
  const times = new Map<string, Candidate>();
  for (const sentence of document.sentences) {
    const text = document.text.slice(sentence.start, sentence.end);
    for (const future of [false, true]) {
      for (const { start, end } of timeExpressions(text, sentence.start, reference, future)) {
        const key = `${start} ${end}`;
        if (!times.has(key)) times.set(key, { start, end, kind: "time", type: "name", inTitle: false, possessive: false, locative: false, proxy: false, weak: false });
      }
    }
  }
  return { all: [...mentionOf.keys(), ...times.values()].sort((a, b) => a.start - b.start), mentionOf };
}
