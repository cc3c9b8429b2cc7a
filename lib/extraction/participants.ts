import type { MeetingKind } from "../reader/types.ts";
import type { TextDocument, Token } from "../text/types.ts";
import lexicon from "./lexicon/meetings.json" with { type: "json" };
import { withoutAppositions } from "./appositions.ts";
import { isTalking, mayTellOfMeeting } from "./meeting-words.ts";
import { isOccasionOf, ownerOf } from "./meeting-owner.ts";
import { isActor, type WorkingMention } from "./mention.ts";
import { MentionGroups, withoutStandIns } from "./mention-groups.ts";
import { raisedSubjects } from "./raised-subjects.ts";
import { isByTelephone, openingCallers, opensWithCall, telephoned, type Callers } from "./telephoned.ts";

const LIGHT = new Set(lexicon.lightVerbs);
const ADJUNCT = new Set(["in", "during", "after", "following", "at", "before", "ahead", "on", "over", "via", "for"]);
const SUBORDINATING = /^(?:after|while|as|because|although|though|when|before|since)$/;
const BRINGING = /^(?:invit|host|receiv|welcom|ask|urg|call|summon|join|offer|bring|brought)/;

export interface Found {
  readonly actors: readonly WorkingMention[];
  readonly place: WorkingMention | undefined;
  /** The subject of "host", "receive" and "welcome". */
  readonly host: WorkingMention | undefined;
  /** The verb that governs a noun trigger. */
  readonly governor: string | undefined;
  /** Whose it is, as the noun's possessive says: spoken of rather than told. */
  readonly owned: boolean;
  /** How many that construction names. */
  readonly sides: number;
  /** Named by a construction of the trigger itself, not only near it. */
  readonly explicit: boolean;
}

/** The actors around one trigger: `mentions` are those of its clause. */
export class Participants {
  readonly #document: TextDocument;
  readonly #mentions: readonly WorkingMention[];
  readonly #groups: MentionGroups;
  readonly #at: number;
  readonly #isVerb: boolean;
  readonly #kind: MeetingKind;
  readonly #trigger: Token | undefined;

  constructor(document: TextDocument, mentions: readonly WorkingMention[], at: number, isVerb: boolean, kind: MeetingKind) {
    this.#document = document;
    this.#mentions = withoutStandIns(document, mentions.filter((m) => !m.inTitle));
    this.#groups = new MentionGroups(document, this.#mentions);
    this.#at = at;
    this.#isVerb = isVerb;
    this.#kind = kind;
    this.#trigger = document.tokens[at];
  }

  find(): Found {
    const trigger = this.#trigger;
    if (trigger === undefined) return { actors: [], place: undefined, host: undefined, governor: undefined, owned: false, explicit: false, sides: 0 };
    if (!this.#isVerb && isByTelephone(this.#document, this.#at)) return this.#called(telephoned(this.#document, this.#mentions, this.#groups, this.#at));
    let right = this.#right();
    if (right.length === 0 && this.#opens()) return this.#called(openingCallers(this.#document, this.#mentions, this.#groups, this.#at));
    const compound = this.#isVerb ? [] : this.#compound();
    const governor = this.#isVerb ? this.#at : this.#governor();
    const owner = this.#isVerb ? undefined : ownerOf(this.#document, this.#mentions, this.#at);
    let left: WorkingMention[] = compound;
    // "condemned a trip by Starmer": who speaks of a visit takes no part in it.
    if (!this.#isVerb && this.#kind === "Visit" && this.#by) left = right;
    else if (owner !== undefined && left.length < 2) left = unique([owner, ...left]);
    else if (left.length < 2 && !(right.length >= 2 && this.#between && this.#close)) left = unique([...this.#subject(governor, right), ...left]);
    // "concluded talks on a truce between Kyiv and Moscow": what is far from the trigger belongs to something else.
    if (left.length >= 2 && !this.#close) right = [];
    const place = this.#visited(right) ?? this.#place();
    const actors = withoutAppositions(this.#document, this.#groups, unique([...left, ...right]).filter((m) => m.kind !== "place"));
    if (this.#kind === "Visit") this.#addHost(actors, place);
    const word = governor === undefined ? undefined : this.#document.tokens[governor]?.lower;
    const hosting = /^(?:host|receiv|welcom)/.test(word ?? "") && tokenBefore(this.#document, governor) !== "was" ? this.#subject(governor, [])[0] : undefined;
    // "China will host talks between Hamas and Fatah"
    const venue = place ?? (hosting?.kind === "state" && !hosting.proxy ? hosting : undefined);
    return { actors, place: venue, host: hosting, governor: word, owned: owner !== undefined && governor === undefined && !isOccasionOf(this.#document, owner), explicit: right.length > 0 || compound.length > 0, sides: Math.max(right.length, compound.length) };
  }

  /** "In a call on Monday, …" */
  #opens(): boolean {
    const sentence = this.#document.sentences[this.#trigger?.sentence ?? -1];
    return sentence !== undefined && this.#at <= sentence.first + 3 && opensWithCall(this.#document.text.slice(sentence.start, sentence.end));
  }

  #called({ verb, actors: found }: Callers): Found {
    const actors = unique(found).filter((m) => m.kind !== "place");
    return { actors, place: undefined, host: undefined, governor: verb, owned: false, explicit: true, sides: 0 };
  }

  #between = false;
  #by = false;
  /** Whether what follows stands right after the trigger. */
  #close = true;

  /** What follows: "with X", "between X and Y", "of the Council", the object of "met". */
  #right(): WorkingMention[] {
    const { tokens } = this.#document;
    const found: WorkingMention[] = [];
    const last = this.#mentions[this.#mentions.length - 1]?.last ?? 0;
    for (let i = this.#at + 1; i < Math.min(last + 1, this.#at + 26); i++) {
      const token = tokens[i];
      if (token === undefined || token.sentence !== this.#trigger?.sentence) break;
      if (/^(?:with|between|among|alongside)$/.test(token.lower)) {
        const group = this.#groups.from(i + 1);
        // "the meeting of Roe with Doe" names both as well.
        if ((token.lower === "between" && group.length >= 2) || (token.lower === "with" && group.length > 0 && found.length > 0 && !this.#isVerb)) this.#between = true;
        if (group.length > 0) {
          found.push(...group);
          this.#close = i - this.#at <= 4;
          break;
        }
      } else if (token.lower === "of" && i === this.#at + 1 && !this.#isVerb) {
        const group = this.#groups.from(i + 1).filter((m) => m.kind !== "place");
        found.push(...group);
      } else if (token.lower === "by" && !this.#isVerb && this.#kind === "Visit") {
        const visitors = this.#groups.from(i + 1);
        this.#by ||= visitors.length > 0;
        found.push(...visitors);
      } else if (token.lower === "from" && i === this.#at + 1 && !this.#isVerb && this.#kind === "Visit") {
        // "postpones a visit from X": the subject is who is visited.
        found.push(...this.#groups.from(i + 1));
      } else if (token.lower === "by" && i === this.#at + 1 && this.#isVerb && /^(?:receiv|welcom|host)/.test(this.#trigger.lower)) {
        // "was received by"
        found.push(...this.#groups.from(i + 1));
        break;
      } else if (token.lower === "to" && this.#isVerb && this.#kind === "Visit" && i <= this.#at + 4) {
        found.push(...this.#groups.from(i + 1).filter((m) => m.kind === "state" || m.kind === "place"));
        break;
      } else if (token.lower === "to" && i === this.#at + 1 && this.#isVerb && isTalking(this.#trigger.lower)) {
        found.push(...this.#groups.from(i + 1).filter((m) => m.kind === "person"));
        break;
      } else if (i === this.#at + 1 && this.#isVerb) {
        const group = this.#groups.from(i);
        found.push(...(this.#kind === "Visit" ? group.filter((m) => m.kind === "state" || m.kind === "place" || (m.kind === "person" && !isUnknown(m))) : group.filter((m) => !m.locative)));
        if (found.length > 0) break;
      } else if (/^[;:—–]$/.test(token.text) || (token.tag === "VERB" && i > this.#at + 3 && token.lower !== "aimed")) {
        break;
      }
    }
    return found.filter((m) => m.kind !== "medium" && (m.kind !== "place" || this.#kind === "Visit"));
  }

  /** "Trump-Putin meeting", "US-China trade talks", "the Russian-Ukrainian talks". */
  #compound(): WorkingMention[] {
    const { tokens } = this.#document;
    let i = this.#at - 1;
    while (i > this.#at - 4 && /^(?:NOUN|ADJ|PROPN)$/.test(tokens[i]?.tag ?? "") && !this.#mentions.some((m) => m.last - 1 === i)) i--;
    const second = this.#mentions.find((m) => m.last - 1 === i);
    if (second === undefined) return [];
    const joint = tokens[second.first - 1]?.text ?? "";
    const first = /^[-‐–]$/.test(joint) ? this.#mentions.find((m) => m.last === second.first - 1) : undefined;
    if (first !== undefined && first.entity !== second.entity) return [first, second];
    // "the EU summit", "a Security Council session"
    return second.kind === "organisation" && !second.weak && !second.possessive ? [second] : [];
  }

  /** The verb of "held talks", "made a visit"; undefined where the noun stands in an adjunct or by itself. */
  #governor(): number | undefined {
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
  #subject(governor: number | undefined, right: readonly WorkingMention[]): WorkingMention[] {
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
    for (let i = at; i >= 0; i--) {
      const token = tokens[i];
      if (token === undefined || token.sentence !== this.#trigger?.sentence) break;
      const next = tokens[i + 1];
      if (SUBORDINATING.test(token.lower) && next !== undefined && !(next.tag === "VERB" && next.lower.endsWith("ing")) && tokens.slice(i + 1, at).some((t) => t.tag === "VERB")) return token.end;
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

  #place(): WorkingMention | undefined {
    const places = this.#mentions.filter((m) => (m.locative && (m.kind === "place" || m.kind === "state")) || (this.#kind === "Visit" && m.kind === "place"));
    const end = this.#trigger?.end ?? 0;
    return places.find((m) => m.start >= end && m.start - end < 160) ?? places.filter((m) => m.end <= end).pop();
  }

  /** "visits Niamey", "a trip to Cuba": where the visit goes is where it is. */
  #visited(right: readonly WorkingMention[]): WorkingMention | undefined {
    if (this.#kind === "Visit" && this.#isVerb && /^(?:invit|sen[dt]|dispatch)/.test(this.#trigger?.lower ?? "")) return this.#broughtTo();
    return this.#kind === "Visit" ? right.find((m) => (m.kind === "state" || m.kind === "place") && m.type !== "demonym" && m.type !== "pronoun" && !m.proxy) : undefined;
  }

  /** "invited Kim to the White House", "sends a delegation to Haiti" */
  #broughtTo(): WorkingMention | undefined {
    const { tokens } = this.#document;
    return this.#mentions.find((m) => {
      const before = tokens[m.first - 1]?.lower === "the" ? m.first - 2 : m.first - 1;
      return m.first > this.#at && (m.kind === "state" || m.kind === "place") && m.type !== "demonym" && tokens[before]?.lower === "to";
    });
  }

  /** A visitor's host is the state visited. */
  #addHost(actors: WorkingMention[], place: WorkingMention | undefined): void {
    if (place === undefined) return;
    const hosted = actors.slice(1).some((a) => a.kind === "state" || a.kind === "organisation");
    if (place.kind === "state" && !hosted && !actors.some((a) => a.entity === place.entity)) actors.push(place);
  }
}

/** "visits Tennessee": a word that nobody knows and no title introduces is sooner a place than somebody. */
function isUnknown({ weak, first, last, title }: WorkingMention): boolean {
  return weak && last - first === 1 && title === undefined;
}

function tokenBefore(document: TextDocument, index: number | undefined): string {
  return index === undefined ? "" : (document.tokens[index - 1]?.lower ?? "");
}

function unique(mentions: readonly WorkingMention[]): WorkingMention[] {
  const seen = new Set<string>();
  return mentions.filter((m) => !seen.has(m.entity) && seen.add(m.entity));
}
