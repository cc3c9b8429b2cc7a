import type { Article } from "../article/types.ts";
import type { Gazetteer } from "../gazetteer/types.ts";
import type { Reader } from "../reader/types.ts";
import { SOFTWARE_VERSION } from "../version.ts";
import { firstReading } from "./first-reading.ts";
import { meetingCandidates } from "./meeting-candidates.ts";
import { readMeetings } from "./meeting-frames.ts";
import { toFrames } from "./meeting-readings.ts";
import { buildMeetings } from "./meetings.ts";
import { toExtraction } from "./result.ts";
import type { Extraction } from "./types.ts";

export interface ExtractorParts {
  readonly reader: Reader;
  readonly gazetteer: Gazetteer;
}

export interface Extractor {
  /**
   * Everything read off an article: the same article and parts give the same value. Never throws for any text; reads
   * English, and of other languages little or nothing. Offsets of the result count Unicode code points.
   */
  extract(article: Article): Promise<Extraction>;
}

/** The one way from an article to its extraction: names, times, statements, meetings, in this order. */
export function createExtractor(parts: ExtractorParts): Extractor {
  return {
    async extract(article) {
      const first = await firstReading(article, parts);
      const candidates = meetingCandidates(first.document, first.mentions, first.reference);
      const rules = readMeetings(first);
      const meetings = buildMeetings(first, toFrames(first, await first.reading.meetings(candidates.all, rules), candidates));
      return toExtraction({
        ...first, article, meetings, mentions: [...first.mentions, ...first.pronouns],
        versions: { software: SOFTWARE_VERSION, model: parts.reader.version, gazetteer: parts.gazetteer.version },
      });
    },
  };
}
