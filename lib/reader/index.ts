import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommuniqueError } from "../errors/communique-error.ts";
import { placeCandidates, rulesByWord, typesOfPieces } from "./candidates.ts";
import { cropAround } from "./crop.ts";
import { cuesOf } from "./cues.ts";
import { decodeFrame } from "./decode.ts";
import { cropMeeting, toReading, triggersOf } from "./meetings.ts";
import { openSession, type Session } from "./session.ts";
import { sigmoid, softmax } from "./softmax.ts";
import { takingPart } from "./told.ts";
import type { AttributionFrame, Candidate, MeetingFrame, MeetingReading, Reader } from "./types.ts";
import { windowsOf, type Window } from "./windows.ts";
import { parseVocabulary, wordPieces } from "./wordpiece.ts";

export type * from "./types.ts";

export interface ReaderOptions {
  /** Folder of the weights; the package's own `models/` where not given. */
  readonly models?: string;
  /** Threads of one inference, 1 where not given. For many articles, several processes are faster than several threads. */
  readonly threads?: number;
}

/** `reader.json`: what goes with the weights and was set on development data. */
interface Settings {
  readonly version: string;
  readonly encoder: string;
  readonly roles: string;
  readonly meetings: string;
  readonly vocabulary: string;
  /** Where a cue may begin; the surer ones are kept, but a weak one still takes the words that would else join a neighbour. */
  readonly candidateThreshold: number;
  /** What a cue needs to be kept, and what it needs where it is surely said: `surelySaid` is how likely. */
  readonly cueThreshold: number;
  readonly weakCueThreshold: number;
  readonly surelySaid: number;
  /** What a word needs to be looked at as a trigger. */
  readonly triggerThreshold: number;
  readonly transitionWeight: number;
  /** Log-odds of one label after another (neither, source, content), learned from the training data. */
  readonly transitions: readonly (readonly number[])[];
}

const MODELS = fileURLToPath(new URL("../../models/", import.meta.url));

async function requireFile(path: string): Promise<string> {
  try {
    await access(path);
    return path;
  } catch (cause) {
    throw new CommuniqueError("model-missing", `The reader's file ${path} is missing.`, { cause, location: path });
  }
}

async function readSettings(path: string): Promise<Settings> {
  const json = await readFile(await requireFile(path), "utf8");
  try {
    return JSON.parse(json) as Settings;
  } catch (cause) {
    throw new CommuniqueError("model-missing", `The reader's file ${path} is not JSON.`, { cause, location: path });
  }
}

/** Windows whose states are kept until their meetings are asked for, of 400 kB each; later ones are encoded again. */
const KEPT = 128;

/** A window kept until its meetings are asked for. */
interface Kept {
  readonly window: Window;
  /** Of the first windows of a text only: they are large. */
  readonly states: Float32Array | undefined;
  /** Two logits a piece. */
  readonly trigger: Float32Array;
}

/**
 * Opens the learned reader (about 0.1 s). The reader keeps nothing between texts, reads a text window by window, and may be
 * called again before an earlier call has answered. A reading keeps up to 50 MB of states of its text.
 *
 * @throws CommuniqueError `model-missing` where a file of the model is not there or not what it should be.
 */
export async function openReader(options: ReaderOptions = {}): Promise<Reader> {
  const folder = options.models ?? MODELS;
  const settings = await readSettings(join(folder, "reader.json"));
  const pieces = wordPieces(parseVocabulary(await readFile(await requireFile(join(folder, settings.vocabulary)), "utf8")));
  const file = (name: string): Promise<string> => requireFile(join(folder, name));
  const files = { encoder: await file(settings.encoder), roles: await file(settings.roles), meetings: await file(settings.meetings) };
  const session = await openSession(files, options.threads ?? 1);
  const transitions = settings.transitions.map((row) => row.map((value) => value * settings.transitionWeight));

  return {
    version: settings.version,
    async read(text) {
      const attributions: AttributionFrame[] = [];
      const kept: Kept[] = [];
      for (const window of windowsOf(text, pieces)) {
        const { cue, trigger, states } = await session.encode(window);
        kept.push({ window, states: kept.length < KEPT ? states : undefined, trigger });
        const cues = cuesOf(softmax(cue, 3), window, settings.candidateThreshold).filter(({ score }) => score >= settings.weakCueThreshold);
        if (cues.length === 0) continue;
        const crops = cues.map((found) => cropAround(found, window));
        const logits = await session.roles(states, crops);
        for (const [k, found] of cues.entries()) {
          const crop = crops[k];
          const rows = logits[k];
          if (!crop || !rows) continue;
          const speech = sigmoid(rows.speech);
          const frame = decodeFrame(found, crop, { role: softmax(rows.role, 3), speech }, window, transitions);
          if (frame && (found.score >= settings.cueThreshold || speech >= settings.surelySaid)) attributions.push(frame);
        }
      }
      return { attributions, meetings: (candidates, rules) => readMeetings(session, kept, settings.triggerThreshold, candidates, rules) };
    },
    close: () => session.close(),
  };
}

async function readMeetings<Rule extends MeetingFrame>(session: Session, kept: readonly Kept[], threshold: number, candidates: readonly Candidate[], rules: readonly Rule[]): Promise<MeetingReading<Rule>[]> {
  const readings: MeetingReading<Rule>[] = [];
  for (const { window, states, trigger } of kept) {
    const own = rulesByWord(rules, window);
    const triggers = triggersOf(trigger, window, threshold, own);
    if (triggers.length === 0) continue;
    const placed = placeCandidates(candidates, window);
    const types = typesOfPieces(placed, window.ids.length);
    const counts = takingPart(own);
    const encoded = states ?? (await session.encode(window)).states;
    for (const found of triggers) {
      const crop = cropMeeting(found, window, placed, types, own, counts);
      readings.push(toReading(found, window, crop.placed, await session.meeting(encoded, crop)));
    }
  }
  return readings;
}
