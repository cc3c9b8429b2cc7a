import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommuniqueError } from "../errors/communique-error.ts";
import { cropAround } from "./crop.ts";
import { cuesOf } from "./cues.ts";
import { decodeFrame } from "./decode.ts";
import { openSession } from "./session.ts";
import { softmax } from "./softmax.ts";
import type { AttributionFrame, AttributionReader } from "./types.ts";
import { windowsOf } from "./windows.ts";
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
  readonly vocabulary: string;
  /** Where a cue may begin; the surer ones are kept, but a weak one still takes the words that would else join a neighbour. */
  readonly candidateThreshold: number;
  /** What a cue needs to be kept. */
  readonly cueThreshold: number;
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

/**
 * Opens the learned reader of attributions (about 0.1 s). The reader keeps nothing between texts, reads a text window
 * by window in constant memory, and may be called again before an earlier call has answered.
 *
 * @throws CommuniqueError `model-missing` where a file of the model is not there or not what it should be.
 */
export async function openReader(options: ReaderOptions = {}): Promise<AttributionReader> {
  const folder = options.models ?? MODELS;
  const settings = await readSettings(join(folder, "reader.json"));
  const pieces = wordPieces(parseVocabulary(await readFile(await requireFile(join(folder, settings.vocabulary)), "utf8")));
  const session = await openSession(
    await requireFile(join(folder, settings.encoder)),
    await requireFile(join(folder, settings.roles)),
    options.threads ?? 1,
  );
  const transitions = settings.transitions.map((row) => row.map((value) => value * settings.transitionWeight));

  return {
    version: settings.version,
    async read(text) {
      const frames: AttributionFrame[] = [];
      for (const window of windowsOf(text, pieces)) {
        const { cue, states } = await session.encode(window);
        const cues = cuesOf(softmax(cue, 3), window, settings.candidateThreshold).filter(({ score }) => score >= settings.cueThreshold);
        if (cues.length === 0) continue;
        const crops = cues.map((found) => cropAround(found, window));
        const logits = await session.roles(states, crops);
        for (const [k, found] of cues.entries()) {
          const crop = crops[k];
          const rows = logits[k];
          if (!crop || !rows) continue;
          const frame = decodeFrame(found, crop, softmax(rows, 3), window, transitions);
          if (frame) frames.push(frame);
        }
      }
      return frames;
    },
    close: () => session.close(),
  };
}
