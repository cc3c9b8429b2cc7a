import type { TextDocument } from "../text/types.ts";
import { equals } from "./spans.ts";
import { titledStart, type WorkingMention } from "./mention.ts";

/** "and Senator": a word that "and" may have before the next name's own, no verb and no preposition. */
const JOINT = /^\s*(?:(?:,|and|&|, and|as well as|along with|,? together with|accompanied by)\s*(?:the\s+|also\s+|by\s+|his\s+|her\s+)?|,?\s*and\s+(?![a-z]+(?:ing|ed)\s|(?:as|in|on|at|to|for|with|by|from|after|before|while|when|then|later|said|says|will|has|is|was)\s)[a-z]+\s+)$/;
/** Those whom "of" or "from" gives their states. */
const PEOPLE = /^(?:leaders|presidents|ministers|governments|officials|representatives|delegations|delegates|members|envoys|diplomats|negotiators|heads|ambassadors)$/;

/** "officials from Hungary": who stands for the one named behind is no actor beside it. */
export function withoutStandIns({ tokens }: TextDocument, mentions: readonly WorkingMention[]): readonly WorkingMention[] {
  return mentions.filter((m, i) => {
    const next = mentions[i + 1];
    const standsIn = m.type === "nominal" && PEOPLE.test(tokens[m.last - 1]?.lower ?? "") && /^(?:of|from)$/.test(tokens[m.last]?.lower ?? "");
    return !standsIn || next === undefined || next.first > m.last + 2;
  });
}

/** Mentions in their order, and those that commas and "and" join into a group. */
export class MentionGroups {
  readonly #document: TextDocument;
  readonly #mentions: readonly WorkingMention[];

  constructor(document: TextDocument, mentions: readonly WorkingMention[]) {
    this.#document = document;
    this.#mentions = mentions;
  }

  /** The actor at or right after a token, past its title and articles, and those joined to it. */
  from(index: number): WorkingMention[] {
    const { tokens } = this.#document;
    const start = tokens[index]?.start ?? Infinity;
    // "with China’s Wang Yi" is with him; "with Myanmar’s war" is with nobody.
    const first = this.#mentions.find((m) => !m.possessive && (this.titleStart(m) >= start || (m.start >= start && m.title !== undefined)));
    if (first === undefined || !this.#near(index, first)) return [];
    const group = this.joined(first);
    // "with Belarusian opposition leader Sviatlana Tsikhanouskaya": the people's name belongs to who follows.
    return group.length === 0 && first.type === "demonym" ? this.from(first.last) : group;
  }

  #near(index: number, mention: WorkingMention): boolean {
    const { tokens } = this.#document;
    const titled = mention.title === undefined || mention.title.first > mention.first ? mention.first : mention.title.first;
    for (let i = index; i < Math.min(titled, mention.first); i++) {
      const token = tokens[i];
      if (token === undefined || i - index > 5) return false;
      // "between the leaders of Japan and ASEAN"
      const of = /^(?:of|from)$/.test(token.lower) && PEOPLE.test(tokens[i - 1]?.lower ?? "");
      if ((token.tag === "VERB" && !/(?:ed|ing)$/.test(token.lower)) || (token.tag === "PUNCT" && !/^[’']$/.test(token.text)) || (token.tag === "ADP" && !of)) return false;
    }
    return true;
  }

  /** Where a mention starts, its title included. */
  titleStart(mention: WorkingMention): number {
    return titledStart(this.#document, mention);
  }

  /** Where a mention ends, a description after it included. */
  end(mention: WorkingMention): number {
    const title = mention.title;
    return title !== undefined && title.first >= mention.last ? (this.#document.tokens[title.last - 1]?.end ?? mention.end) : mention.end;
  }

  /** A mention and those joined to it after it. */
  joined(first: WorkingMention): WorkingMention[] {
    const group = [first];
    let last = first;
    for (const next of this.#mentions) {
      if (next === last || next.start < last.start || (next.start === last.start && group.includes(next))) continue;
      if (!this.areJoint(last, next)) break;
      group.push(next);
      last = next;
    }
    return group.filter((m) => m.type !== "demonym" || group.some((n) => n.type === "nominal" && n.entity !== m.entity));
  }

  /** "army officials, including Khalifa Haftar,": one of those who are called by what they are. */
  #includes(a: WorkingMention, b: WorkingMention): boolean {
    return b.kind === "person" && (a.proxy || a.kind === "group" || a.type === "nominal") && /^[^,.;]{0,30},? (?:including|among them) (?:the )?$/.test(this.#document.text.slice(this.end(a), this.titleStart(b)));
  }

  /** Whether only a comma or "and" stands between; "they" are joined too. */
  areJoint(a: WorkingMention, b: WorkingMention): boolean {
    return equals(a, b) || this.#includes(a, b) || JOINT.test(this.#document.text.slice(this.end(a), this.titleStart(b)));
  }
}
