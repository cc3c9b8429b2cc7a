import lexicon from "./lexicon/speech.json" with { type: "json" };
import type { AttributionMode } from "./types.ts";

const IRREGULAR: Readonly<Record<string, readonly string[]>> = {
  say: ["said"], tell: ["told"], write: ["wrote", "written"], speak: ["spoke", "spoken"], swear: ["swore", "sworn"], think: ["thought"], feel: ["felt"], know: ["knew", "known"],
  see: ["saw", "seen"], understand: ["understood"], seek: ["sought"], choose: ["chose", "chosen"], find: ["found"], mean: ["meant"], forget: ["forgot", "forgotten"], set: ["set"], recount: ["recounted"], rebut: ["rebutted"], plan: ["planned", "planning"],
};

/** The regular inflections of an English verb, and its irregular ones: a generous set, no matter if some do not exist. */
function inflections(verb: string): string[] {
  const stem = verb.endsWith("e") ? verb.slice(0, -1) : verb;
  const doubled = verb + verb.slice(-1);
  const forms = [verb, `${verb}s`, `${verb}es`, `${stem}ed`, `${stem}ing`, `${verb}ing`, `${doubled}ed`, `${doubled}ing`, ...(IRREGULAR[verb] ?? [])];
  if (/[^aeiou]y$/.test(verb)) forms.push(`${verb.slice(0, -1)}ies`, `${verb.slice(0, -1)}ied`);
  return forms;
}

const SPEECH = new Set(lexicon.speech.flatMap(inflections));
const ATTITUDE = new Set(lexicon.attitude.flatMap(inflections));
const PARTICIPLES = new Set(lexicon.participles.map((p) => p.split(" ")[0] ?? p));
const REPORTED = new Set(lexicon.reported);
const NEGATION = /\b(?:not|never|no|nor|neither|cannot|without)\b|n[’']t\b/i;
const ABSENT = /\b(?:declin|refus|fail|stop(?:ped)? short)\w*\b/i;

export function isSpeechWord(lower: string): boolean {
  return SPEECH.has(lower);
}

export function isSpeechParticiple(lower: string): boolean {
  return PARTICIPLES.has(lower);
}

export function isReportingWord(lower: string): boolean {
  return REPORTED.has(lower);
}

/** How likely the model must hold it that a cue is said: one by a verb of speech, one by a verb of thinking, and any other. */
const SAID = { spoken: 0.3, thought: 0.95, other: 0.7 } as const;

/**
 * Whether a cue tells of a speech act or of an attitude. Of several verbs the first counts ("plans to announce" is no
 * announcement); a speech act that did not take place ("has never condemned") leaves an attitude. Quoted words are
 * speech whatever the verb.
 */
export function modeOf(cue: string, quoted: boolean, speech: number | undefined): AttributionMode {
  if (NEGATION.test(cue) || ABSENT.test(cue)) return "attitude";
  const verb = cue.toLowerCase().match(/[\p{L}]+/gu)?.find((word) => SPEECH.has(word) || ATTITUDE.has(word));
  const isSpoken = verb !== undefined && SPEECH.has(verb);
  if (speech === undefined) return quoted || isSpoken ? "speech" : "attitude";
  return speech >= SAID[isSpoken ? "spoken" : verb === undefined || quoted ? "other" : "thought"] ? "speech" : "attitude";
}
