import type { TextDocument, Token } from "../text/types.ts";
import lexicon from "./lexicon/meetings.json" with { type: "json" };
import { mayTellOfMeeting } from "./meeting-words.ts";
import { isActor, type WorkingMention } from "./mention.ts";
import type { MentionGroups } from "./mention-groups.ts";
import { raisedSubjects } from "./raised-subjects.ts";

const LIGHT = new Set(lexicon.lightVerbs);
const ADJUNCT = new Set(["in", "during", "after", "following", "at", "before", "ahead", "on", "over", "via", "for"]);
const SUBORDINATING = /^(?:after|while|as|because|although|though|when|before|since)$/;
const BRINGING = /^(?:invit|host|receiv|welcom|ask|urg|call|summon|join|offer|bring|brought)/;

/** The verb that governs a trigger, and whose deed it is: `mentions` are those of the trigger's clause. */
export class MeetingSubjects {
  readonly #document: TextDocument;
  readonly #mentions: readonly WorkingMention[];
  readonly #groups: MentionGroups;
  readonly #at: number;
  readonly #isVerb: boolean;
  readonly #trigger: Token | undefined;

  constructor(document: TextDocument, mentions: readonly WorkingMention[], groups: MentionGroups, at: number, isVerb: boolean) {
    this.#document = document;
    this.#mentions = mentions;
    this.#groups = groups;
    this.#at = at;
    this.#isVerb = isVerb;
    this.#trigger = document.tokens[at];
  }

  /** The verb of "held talks", "made a visit"; undefined where the noun stands in an adjunct or by itself. */
  governor(): number | undefined {
    const { tokens } = this.#document;
    for (let i = this.#at - 1; i >= this.#at - 16 && i >= 0; i--) {
      const token = tokens[i];
      if (token === undefined || token.sentence !== this.#trigger?.sentence) return undefined;
      if (LIGHT.has(token.lower)) return i;
      if (/^(?:following|ahead|during|after|before)$/.test(token.lower)) return undefined;
      if (token.tag === "VERB" && i < this.#at - 1 + (tokens[this.#at - 1] === token ? 1 : 0)) return i;
      if (token.tag === "PUNCT" && token.text !== "-" && token.text !== "'" && token.text !== "’") return undefined;
      if (ADJUNCT.has(token.lower) || token.lower === "with" || token.lower === "between" || token.lower === "by" || token.lower === "for") return undefined;
    }
    return undefined;
  }

  /** The actors before the verb; for a noun in an adjunct ("during a call with …") the subject of its sentence. */
  of(governor: number | undefined, right: readonly WorkingMention[]): WorkingMention[] {
    const { tokens } = this.#document;
    if (governor === undefined) {
      const lead = this.#lead();
      if (lead === undefined) return [];
      const subject = this.#mentions.find((m) => m.start < (tokens[lead]?.start ?? 0) && isActor(m) && !right.some((r) => r.entity === m.entity));
      return subject === undefined ? [] : this.#groups.joined(subject).filter((m) => m.end <= (tokens[lead]?.start ?? 0) && isActor(m));
    }
    const verb = tokens[governor];
    const raised = this.#isVerb ? raisedSubjects(this.#document, this.#mentions, this.#groups, this.#at) : [];
    if (raised.length > 0) return raised;
    const leading = this.#coordinated(governor);
    if (leading !== undefined) return leading;
    const before = this.#mentions.filter((m) => m.end <= (verb?.start ?? 0) && isActor(m) && !m.locative && !this.#namesEvent(m));
    const last = before[before.length - 1];
    if (last === undefined) return [];
    // Between a verb and the noun it governs stands nobody, unless the verb brings them in: "invited Iran to talks".
    const objects = this.#isVerb ? [] : this.#mentions.filter((m) => m.start >= (verb?.end ?? 0) && m.end <= (this.#trigger?.start ?? 0) && isActor(m) && m.kind !== "organisation");
    if (objects.length > 0 && !BRINGING.test(verb?.lower ?? "")) return [];
    // Back over those joined to it, to the first of the group; a noun's complement ("the leader of X") is not the subject.
    const group: WorkingMention[] = [last];
    for (let i = before.length - 2; i >= 0; i--) {
      const candidate = before[i];
      const head = group[0];
      if (candidate === undefined || head === undefined) break;
      const gap = this.#document.text.slice(this.#groups.end(candidate), this.#groups.titleStart(head));
      if (this.#groups.areJoint(candidate, head)) group.unshift(candidate);
      else if (/^(?:\s*[’']s)?\s+\w*\s*(?:of|for|in|to|over|on|with|against|from)\s+(?:the\s+)?(?:\w+\s+){0,2}$/.test(gap) && candidate.kind === "person" && head.kind !== "person") group.splice(0, group.length, candidate);
      else break;
    }
    return [...group, ...objects];
  }

  /** "attending a BRICS summit, announces": the summit's name announces nothing. */
  #namesEvent({ kind, last, end }: WorkingMention): boolean {
    const next = this.#document.tokens[last];
    return kind === "organisation" && next?.start === end + 1 && next.tag === "NOUN" && mayTellOfMeeting(next.lower);
  }

  /** "X met Y but cancelled a meeting with Z", "X, who met Y, cancelled …": the verb's subject is the sentence's. */
  #coordinated(governor: number): WorkingMention[] | undefined {
    const { tokens } = this.#document;
    let i = governor - 1;
    while (/^(?:ADV|AUX|PART)$/.test(tokens[i]?.tag ?? "") || (tokens[i]?.tag === "VERB" && tokens[i + 1]?.lower === "to")) i--;
    const before = tokens[i];
    if (before === undefined || before.sentence !== this.#trigger?.sentence || !/^(?:but|and|,)$/.test(before.lower)) return undefined;
    const from = this.#subordinate(i);
    const subject = this.#mentions.find((m) => m.start >= from && isActor(m) && !m.locative);
    if (subject === undefined || subject.end > before.start) return undefined;
    const group = this.#groups.joined(subject).filter((m) => isActor(m) && m.end <= before.start);
    // "France, Germany and Poland, met": the group may end at the comma itself.
    return group;
  }

  /** Where the subordinate clause begins that a token is in: "… after Roe calls him a liar and refuses to meet". */
  #subordinate(at: number): number {
    const { tokens } = this.#document;
    let hasVerb = false;
    for (let i = at; i >= 0; i--) {
      const token = tokens[i];
      if (token === undefined || token.sentence !== this.#trigger?.sentence) break;
      const next = tokens[i + 1];
      if (hasVerb && SUBORDINATING.test(token.lower) && next !== undefined && !(next.tag === "VERB" && next.lower.endsWith("ing"))) return token.end;
      hasVerb ||= i < at && token.tag === "VERB";
    }
    return 0;
  }

  /** Index of the preposition that leads the noun's phrase: "in a call", "after talks". */
  #lead(): number | undefined {
    const { tokens } = this.#document;
    for (let i = this.#at - 1; i >= this.#at - 6 && i >= 0; i--) {
      const lower = tokens[i]?.lower ?? "";
      if (ADJUNCT.has(lower)) return i;
      if (lower === "told" || lower === "addressed" || lower === "telling" || lower === "addressing") return i;
      if (lower === "of" || tokens[i]?.tag === "ADP" || tokens[i]?.tag === "VERB") return undefined;
    }
    return undefined;
  }
}
