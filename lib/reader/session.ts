import type { InferenceSession, Tensor } from "onnxruntime-node";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { Crop } from "./crop.ts";
import type { Window } from "./windows.ts";

/** What the encoder makes of a window: three logits a piece for cues and two for triggers, and the states the second passes go on from. */
export interface Encoding {
  readonly cue: Float32Array;
  readonly trigger: Float32Array;
  readonly states: Float32Array;
}

/** What one crop around a cue gives: three logits a piece, and one whether what is told there is said. */
export interface RoleLogits {
  readonly role: Float32Array;
  readonly speech: number;
}

/** The pieces around a trigger, and what stands among them. */
export interface MeetingCrop extends Crop {
  /** Rows of the model's tables of mentions, one a piece. */
  readonly kinds: Int32Array;
  readonly flags: Int32Array;
  /** Rows of the table of what rules read, one a piece. */
  readonly told: readonly number[];
  /** `pieces` counted from the crop's first. */
  readonly candidates: readonly { readonly pieces: readonly number[]; readonly code: number; readonly flags: number; readonly told: number }[];
}

/** What one crop around a trigger gives: logits of its event (statuses, kinds, validity, two of days, no place), and three a candidate. */
export interface MeetingLogits {
  readonly event: Float32Array;
  readonly candidates: Float32Array;
}

/** The three networks. Each call is a function of its arguments alone. */
export interface Session {
  encode(window: Window): Promise<Encoding>;
  roles(states: Float32Array, crops: readonly Crop[]): Promise<RoleLogits[]>;
  meeting(states: Float32Array, crop: MeetingCrop): Promise<MeetingLogits>;
  close(): Promise<void>;
}

const WIDTH = 384;

function floats(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new TypeError("the network's output is not float32");
  return tensor.data;
}

async function open(runtime: typeof import("onnxruntime-node"), file: string, threads: number): Promise<InferenceSession> {
  try {
    return await runtime.InferenceSession.create(file, {
      executionProviders: ["cpu"],
      executionMode: "sequential",
      // The graphs come optimised; going further would undo a choice made at export (see training/export.py).
      graphOptimizationLevel: "basic",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
  } catch (cause) {
    throw new CommuniqueError("model-missing", `The reader's file ${file} holds no network this version can run.`, { cause, location: file });
  }
}

/**
 * Opens the networks from their files, sequential, on `threads` threads: more than one changes the time alone.
 *
 * @throws CommuniqueError `model-missing` where a file is not a network.
 */
export async function openSession(files: { readonly encoder: string; readonly roles: string; readonly meetings: string }, threads: number): Promise<Session> {
  // Loaded here, so that what never reads a text does not wait for it.
  const runtime = await import("onnxruntime-node");
  const encoder = await open(runtime, files.encoder, threads);
  const roles = await open(runtime, files.roles, threads);
  const meetings = await open(runtime, files.meetings, threads);
  const integers = (values: readonly number[] | Int32Array): Tensor => new runtime.Tensor("int32", Int32Array.from(values), [1, values.length]);
  const cut = (states: Float32Array, { from, to }: Crop): Tensor => new runtime.Tensor("float32", states.subarray(from * WIDTH, to * WIDTH), [1, to - from, WIDTH]);
  return {
    async encode(window) {
      const out = await encoder.run({ ids: integers(window.ids), features: integers(window.features) });
      return { cue: floats(out["cue"]), trigger: floats(out["trigger"]), states: floats(out["states"]) };
    },
    async roles(states, crops) {
      const results: RoleLogits[] = [];
      for (const crop of crops) {
        const out = await roles.run({ states: cut(states, crop), mark: integers(crop.mark), distance: integers(crop.distance) });
        results.push({ role: floats(out["role"]), speech: floats(out["speech"])[0] ?? 0 });
      }
      return results;
    },
    async meeting(states, crop) {
      const length = crop.to - crop.from;
      // An empty tensor is none to the runtime: a candidate of no piece stands in, and its logits are left out.
      const count = Math.max(1, crop.candidates.length);
      const pool = new Float32Array(count * length);
      crop.candidates.forEach(({ pieces }, index) => {
        for (const piece of pieces) pool[index * length + piece] = 1 / pieces.length;
      });
      const row = (of: "code" | "flags" | "told"): number[] => (crop.candidates.length === 0 ? [0] : crop.candidates.map((candidate) => candidate[of]));
      const out = await meetings.run({
        states: cut(states, crop),
        mark: integers(crop.mark),
        distance: integers(crop.distance),
        kinds: integers(crop.kinds),
        flags: integers(crop.flags),
        told: integers(crop.told),
        pool: new runtime.Tensor("float32", pool, [1, count, length]),
        candidateKinds: integers(row("code")),
        candidateFlags: integers(row("flags")),
        candidateTold: integers(row("told")),
      });
      return { event: floats(out["event"]), candidates: floats(out["candidates"]).subarray(0, 3 * crop.candidates.length) };
    },
    async close() {
      await encoder.release();
      await roles.release();
      await meetings.release();
    },
  };
}
