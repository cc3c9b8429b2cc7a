/** Prints how long the gazetteer takes to load and how fast it finds names: `node bench/gazetteer.ts`. */
import { performance } from "node:perf_hooks";
import { loadGazetteer } from "../lib/gazetteer/load-gazetteer.ts";
import { splitWords } from "../lib/gazetteer/name-words.ts";

const start = performance.now();
const first = loadGazetteer();
const loaded = performance.now() - start;
first.match(["Russia"], 0);
first.holders("state/russia", "head-of-state", "2010-06-01");
const ready = performance.now() - start;

const loads = Array.from({ length: 9 }, () => {
  const before = performance.now();
  loadGazetteer();
  return performance.now() - before;
}).sort((a, b) => a - b);

const text =
  "Russian President Vladimir Putin and Chinese leader Xi Jinping held a video call on Monday, the Kremlin said. " +
  "U.S. President Donald Trump told Ukraine's Volodymyr Zelenskyy that Washington would host talks in Saudi Arabia. " +
  "“We welcome it,” Foreign Ministry spokesman Guo Jiakun told reporters in Beijing; Mr. Smith of Acme Corp. did not comment. ";
const words = splitWords(text.repeat(2_000));
const gazetteer = loadGazetteer();
let found = 0;
const before = performance.now();
for (let i = 0; i < words.length; i++) if (gazetteer.match(words, i) !== undefined) found++;
const seconds = (performance.now() - before) / 1000;

console.table({
  "first load, ms": loaded.toFixed(1),
  "with the first name and office asked for, ms": ready.toFixed(1),
  "later loads, median ms": (loads[4] ?? 0).toFixed(1),
  "words asked": words.length,
  "names found": found,
  "words/s": Math.round(words.length / seconds),
});
