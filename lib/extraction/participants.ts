import type { MeetingKind } from "../reader/types.ts";
import type { TextDocument, Token } from "../text/types.ts";
import { withoutAppositions } from "./appositions.ts";
import { MeetingSubjects } from "./meeting-subjects.ts";
import { isTalking } from "./meeting-words.ts";
import { isOccasionOf, ownerOf } from "./meeting-owner.ts";
import { isUnknownWord, type WorkingMention } from "./mention.ts";
import { MentionGroups, withoutStandIns } from "./mention-groups.ts";
import { isByTelephone, openingCallers, opensWithCall, telephoned, type Callers } from "./telephoned.ts";

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
  readonly #subjects: MeetingSubjects;
  readonly #at: number;
  readonly #isVerb: boolean;
  readonly #kind: MeetingKind;
  readonly #trigger: Token | undefined;

  constructor(document: TextDocument, mentions: readonly WorkingMention[], at: number, isVerb: boolean, kind: MeetingKind) {
    this.#document = document;
    this.#mentions = withoutStandIns(document, mentions.filter((m) => !m.inTitle));
    this.#groups = new MentionGroups(document, this.#mentions);
    this.#subjects = new MeetingSubjects(document, this.#mentions, this.#groups, at, isVerb);
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
    const governor = this.#isVerb ? this.#at : this.#subjects.governor();
    const owner = this.#isVerb ? undefined : ownerOf(this.#document, this.#mentions, this.#at);
    let left: WorkingMention[] = compound;
    // "condemned a trip by Starmer": who speaks of a visit takes no part in it.
    if (!this.#isVerb && this.#kind === "Visit" && this.#by) left = right;
    else if (owner !== undefined && left.length < 2) left = unique([owner, ...left]);
    else if (left.length < 2 && !(right.length >= 2 && this.#between && this.#close)) left = unique([...this.#subjects.of(governor, right), ...left]);
    // "concluded talks on a truce between Kyiv and Moscow": what is far from the trigger belongs to something else.
    if (left.length >= 2 && !this.#close) right = [];
    const place = this.#visited(right) ?? this.#place();
    const actors = withoutAppositions(this.#document, this.#groups, unique([...left, ...right]).filter((m) => m.kind !== "place"));
    if (this.#kind === "Visit") this.#addHost(actors, place);
    const word = governor === undefined ? undefined : this.#document.tokens[governor]?.lower;
    const hosting = /^(?:host|receiv|welcom)/.test(word ?? "") && tokenBefore(this.#document, governor) !== "was" ? this.#subjects.of(governor, [])[0] : undefined;
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
        // "visits Tennessee" meets nobody.
        const group = this.#groups.from(i);
        found.push(...(this.#kind === "Visit" ? group.filter((m) => m.kind === "state" || m.kind === "place" || (m.kind === "person" && !isUnknownWord(m))) : group.filter((m) => !m.locative)));
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

function tokenBefore(document: TextDocument, index: number | undefined): string {
  return index === undefined ? "" : (document.tokens[index - 1]?.lower ?? "");
}

function unique(mentions: readonly WorkingMention[]): WorkingMention[] {
  const seen = new Set<string>();
  return mentions.filter((m) => !seen.has(m.entity) && seen.add(m.entity));
}
