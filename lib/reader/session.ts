import type { InferenceSession, Tensor } from "onnxruntime-node";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { Crop } from "./crop.ts";
import type { Window } from "./windows.ts";

/** What the encoder makes of a window: three logits a piece, and the states the second pass goes on from. */
export interface Encoding {
  readonly cue: Float32Array;
  readonly states: Float32Array;
}

/** The two networks. Each call is a function of its arguments alone. */
export interface Session {
  encode(window: Window): Promise<Encoding>;
  /** Three logits a piece for each crop. */
  roles(states: Float32Array, crops: readonly Crop[]): Promise<Float32Array[]>;
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
export async function openSession(encoderFile: string, rolesFile: string, threads: number): Promise<Session> {
  // Loaded here, so that what never reads a text does not wait for it.
  const runtime = await import("onnxruntime-node");
  const encoder = await open(runtime, encoderFile, threads);
  const roles = await open(runtime, rolesFile, threads);
  const integers = (values: readonly number[]): Tensor => new runtime.Tensor("int32", Int32Array.from(values), [1, values.length]);
  return {
    async encode(window) {
      const out = await encoder.run({ ids: integers(window.ids), features: integers(window.features) });
      return { cue: floats(out["cue"]), states: floats(out["states"]) };
    },
    async roles(states, crops) {
      const results: Float32Array[] = [];
      for (const crop of crops) {
        const length = crop.to - crop.from;
        const out = await roles.run({
          states: new runtime.Tensor("float32", states.subarray(crop.from * WIDTH, crop.to * WIDTH), [1, length, WIDTH]),
          mark: integers(crop.mark),
          distance: integers(crop.distance),
        });
        results.push(floats(out["role"]));
      }
      return results;
    },
    async close() {
      await encoder.release();
      await roles.release();
    },
  };
}
