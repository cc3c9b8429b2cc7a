import { toArticle } from "../lib/article/article.ts";
import type { Article } from "../lib/article/types.ts";

// Articles made up of invented sentences about real states and invented persons: for speed and memory, not for quality.

const STATES = ["France", "Germany", "Japan", "Brazil", "India", "Egypt", "Kenya", "Norway", "Canada", "Indonesia", "Poland", "Vietnam"];
const PERSONS = ["Jane Roe", "John Doe", "Ada Smith", "Omar Bell", "Lena Holm", "Paul Okoro", "Mina Sato", "Ivo Marek", "Clara Dias", "Tom Byrne"];
const OFFICES = ["Foreign Minister", "President", "Prime Minister", "Deputy Foreign Minister", "Defence Minister", "special envoy", "spokesperson"];
const PLACES = ["Geneva", "Vienna", "New York", "Doha", "Nairobi", "Singapore", "Istanbul", "Brussels"];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const TOPICS = ["a ceasefire", "trade across the border", "the release of prisoners", "grain exports", "the fishing dispute", "a new embassy", "sanctions"];

type Pick = (words: readonly string[]) => string;

const SENTENCES: readonly ((pick: Pick) => string)[] = [
  (p) => `${p(OFFICES)} ${p(PERSONS)} of ${p(STATES)} met ${p(OFFICES)} ${p(PERSONS)} of ${p(STATES)} in ${p(PLACES)} on ${p(DAYS)} to discuss ${p(TOPICS)}.`,
  (p) => `“We have agreed on ${p(TOPICS)}, and we will meet again in ${p(PLACES)},” ${p(PERSONS)} told reporters after the talks.`,
  (p) => `${p(PERSONS)} said that ${p(STATES)} would not accept any plan that left out ${p(TOPICS)}.`,
  (p) => `According to officials in ${p(STATES)}, the two sides remain far apart on ${p(TOPICS)}, although both called the meeting “useful and frank”.`,
  (p) => `The leaders of ${p(STATES)} and ${p(STATES)} will hold a summit in ${p(PLACES)} next month, the foreign ministry of ${p(STATES)} announced on ${p(DAYS)}.`,
  (p) => `The road to ${p(PLACES)} was closed for most of the day, and shops near the conference hall shut early because of the rain.`,
  (p) => `In a phone call on ${p(DAYS)}, ${p(PERSONS)} urged ${p(PERSONS)} to return to talks on ${p(TOPICS)}.`,
  (p) => `Analysts believe that ${p(STATES)} hopes for a quick deal, while ${p(STATES)} has denied that ${p(TOPICS)} was ever on the table.`,
  (p) => `Exports fell by a tenth last year, and prices in ${p(STATES)} have risen faster than wages for the third year in a row.`,
];

/** The article of a number: always the same, about 180 words. */
export function generatedArticle(number: number): Article {
  let state = (number + 1) * 2_654_435_761;
  const pick = <T>(values: readonly T[]): T => {
    // A linear congruential generator (the constants of Numerical Recipes): quick, and the same everywhere.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return values[Math.floor((state / 2 ** 32) * values.length)] as T;
  };
  const paragraphs = Array.from({ length: 4 }, () => Array.from({ length: 2 }, () => pick(SENTENCES)(pick)).join(" "));
  return toArticle({ id: `generated-${number}`, text: paragraphs.join("\n"), published: "2025-03-04" });
}
