import type { MeetingStatus } from "../reader/types.ts";
import type { Span, TextDocument } from "../text/types.ts";
import lexicon from "./lexicon/meetings.json" with { type: "json" };

const STATUS = lexicon.status.map(([status, pattern]) => ({ status: status as MeetingStatus, pattern: new RegExp(pattern ?? "", "i") }));
const STATUS_AFTER = lexicon.statusAfter.map(([status, pattern]) => ({ status: status as MeetingStatus, pattern: new RegExp(pattern ?? "", "i") }));
const ENDED: ReadonlySet<MeetingStatus> = new Set<MeetingStatus>(["cancelled", "postponed"]);
const PRESENT = /^(?:meets?|visits?|hosts?|arrives?|receives?|welcomes?|speaks?|phones?|telephones?|confers?|meeting|holds?|begins?|opens?|attends?|starts?|resumes?|travels?|pays?|makes?|convenes?|gathers?|conducts?|summons?|concludes?|continues?|ends?|joins?|chairs?|calls?|leads?)$/;
/** What those who meet do in the present, as the plural has it: "leaders at the summit call for". */
const PLURAL_PRESENT = /^(?:call|issue|agree|pledge|discuss|sign|say|warn|urge|fail|vow|announce|condemn|adopt|approve|reach|address|settle|reject|accuse|demand|propose|express|decide|become|come|gather|meet|hold|open|begin|start|resume|end|conclude|arrive|travel)$/;
/** "the planned EU summit", "his scheduled trip". */
const SET = /\b(?:planned|scheduled|upcoming|forthcoming)\s(?:[\p{L}\d.’'–-]+\s){0,4}$/iu;
/** "agree to extend talks": they are under way. */
const GOING_ON = /\bagree[sd]? to (?:extend|prolong|continue|keep up|go on with)\b/i;
/** "may cancel a visit", "refuses to call off talks": it is not cancelled. */
const MAY_END = /\b(?:(?:may|might|could)(?: yet| still| also)?|(?:consider|threaten)(?:s|ed|ing)?(?: to)?) (?:cancel(?:l?ing)?|postpon(?:e|ing)|delay(?:ing)?|call(?:ing)? off)\b/gi;
const STAYS = /\b(?:(?:refus(?:es|ed|al|ing)|declin(?:es|ed|ing)|urg(?:es|ed|ing)|ask(?:s|ed|ing)|call(?:s|ed|ing) (?:on|for)|press(?:es|ed|ing)|demand(?:s|ed|ing))\b[^,;.]{0,40} to|(?:will|would|does|did) not|w(?:on|ould)n[’']t) (?:cancel|postpone|delay|call off)\b/gi;
/** "approve the proposed deal, at a summit": the deal is proposed. */
const OF_ANOTHER = /\b(?:proposed|planned|possible|potential|suggested|expected)\b(?=[^,;]*,\s(?:at|during|in)\b)/gi;
/** "becomes the first president to visit Cuba": the infinitive is no intention. */
const RANKED = /\b(?:first|second|third|only|latest|highest[- ]ranking)\b[^,;]*\bto\s+(?:\w+ )?$/i;
/** "flew to Kyiv to meet": who made the journey met. */
const JOURNEY = /\b(travels?|travell?ed|fl(?:y|ies|ew)|arrives?|arrived|returns?|returned|goes|went|comes|came|visits?|visited)\s[^;]{0,80}\bto\s+(?:\w+ )?$/i;
/** "talks are held", "the summit opens": the noun's own verb in the present. */
const OPENS = /^[^,.;:]{0,50}?\b(?:is|are) (?:being |also )?(?:held|under ?way|taking place|opened|convened)\b|^\s+(?:opens?|begins?|starts?|concludes?|ends?|resumes?)\b/i;

/** Status by the words that govern the trigger: those before it in its clause, and a few after a noun ("the visit was cancelled"). */
export function statusOf(document: TextDocument, at: number, clause: Span, isVerb: boolean, reported: boolean): MeetingStatus {
  const trigger = document.tokens[at];
  if (trigger === undefined) return "held";
  const before = document.text.slice(Math.max(clause.start, trigger.start - 90), trigger.start);
  const governed = `${before.replace(/^.*[,:](?= (?!and \p{Lu}|\p{Lu}\S+,))/su, (m) => (m.length < before.length - 12 ? "" : m))}${trigger.text}`;
  // "would go on talking after he held talks": what the later clause tells has its own tense.
  const own = governed.replace(/^.*\b(?:after|when|since|following)\s+(?=\S)/s, "").replace(MAY_END, "may").replace(STAYS, "plans").replace(OF_ANOTHER, "");
  // "cancelled a meeting that was planned": what became of it before what had been meant.
  for (const { status, pattern } of STATUS) if (ENDED.has(status) && pattern.test(own)) return status;
  if (!isVerb) {
    const after = document.text.slice(trigger.end, Math.min(clause.end, trigger.end + 160)).replace(/, (?:originally |first )?(?:scheduled|due|planned|set)\b[^,]*,/g, "").replace(/[,.;:“”"].*$|\sand [a-z]+ (?:that|to)\s.*$|\sthat\s.*$/s, "");
    for (const { status, pattern } of STATUS_AFTER) if (pattern.test(after)) return status;
  }
  // "in May" is no "may".
  const unnamed = own.replace(/\bMay\b/g, "month");
  // In reported speech "would" is the future: "he said he would meet Putin".
  const tensed = reported ? unnamed.replace(/\bwould\b(?! (?:like|be willing|welcome|consider))/g, "will") : unnamed;
  for (const { status, pattern } of STATUS) {
    if (!pattern.test(tensed)) continue;
    // "would be ready to host the planned summit", but "rejects the planned summit".
    if (status !== "refused" && !isVerb && SET.test(before)) return "planned";
    return GOING_ON.test(tensed) ? "held" : status;
  }
  if (isVerb && /\bto\s+(?:\w+\s)?$/i.test(before) && !RANKED.test(before) && !JOURNEY.test(before)) return "planned";
  return "held";
}

/** "an investigation into Roe's phone call": it was before what is told of it now. */
const LOOKED_INTO = /\b(?:investigat\w+|inquir(?:y|ies)|probes?|transcripts?|recordings?|details|criticism|controversy|outcry) (?:in)?(?:to|of|about|over|on|from)\b/i;

/** Told in the present tense: by the verb that governs the trigger, else by the first verb of its sentence. */
export function isPresent(document: TextDocument, at: number, index: number, governor: string | undefined): boolean {
  const trigger = document.tokens[at];
  const word = governor ?? trigger?.lower ?? "";
  // "says he agrees after talks with X": the talks were before; "After talks with X, he says": they open what is told.
  const opening = document.sentences[index]?.first;
  for (let i = at - 1; governor === undefined && i >= at - 7; i--) {
    if (/^[,;:]$/.test(document.tokens[i]?.text ?? "")) break;
    if (i !== opening && /^(?:after|following|since)$/.test(document.tokens[i]?.lower ?? "")) return false;
  }
  const before = document.text.slice(Math.max(document.sentences[index]?.start ?? 0, (trigger?.start ?? 0) - 90), trigger?.start ?? 0);
  if (RANKED.test(before)) return /\bbecomes?\b/i.test(before);
  if (LOOKED_INTO.test(before)) return false;
  if (/\b(?:currently|presently|now)\s$/i.test(before)) return true;
  // "is visiting"
  if (/ing$/.test(trigger?.lower ?? "") && /^(?:is|are)$/.test(document.tokens[at - 1]?.lower ?? "")) return true;
  const journey = JOURNEY.exec(before)?.[1];
  if (journey !== undefined) return PRESENT.test(journey.toLowerCase()) || /^(?:fl(?:y|ies)|goes|comes|returns?)$/i.test(journey);
  if (OPENS.test(document.text.slice(trigger?.end ?? 0, document.sentences[index]?.end ?? 0))) return true;
  if (PRESENT.test(word) && !/ing$/.test(word)) return true;
  const sentence = document.sentences[index];
  if (sentence === undefined || (governor !== undefined && /ed$|^(?:met|held|had|made|began|paid|spoke|went|took)$/.test(word))) return false;
  for (let i = sentence.first; i < sentence.last; i++) {
    const token = document.tokens[i];
    if (token?.tag === "VERB" && /ing$/.test(token.lower)) continue;
    if (token?.tag === "VERB" || token?.tag === "AUX") return (PLURAL_PRESENT.test(token.lower) || /[^s]s$/.test(token.lower) || PRESENT.test(token.lower)) && !/^(?:was|has|is|does)$/.test(token.lower);
  }
  return false;
}
