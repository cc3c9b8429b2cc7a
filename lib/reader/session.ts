import { InferenceSession, Tensor } from "onnxruntime-node";
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

/** The numbers as the networks take them. */
function integers(values: readonly number[], dims: readonly number[]): Tensor {
  return new Tensor("int32", Int32Array.from(values), dims);
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new TypeError("the network's output is not float32");
  return tensor.data;
}

/** Opens the networks from their files. Sequential, on `threads` threads: more than one changes the time alone. */
export async function openSession(encoderFile: string, rolesFile: string, threads: number): Promise<Session> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ["cpu"],
    executionMode: "sequential",
    graphOptimizationLevel: "basic",
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  };
  const encoder = await InferenceSession.create(encoderFile, options);
  const roles = await InferenceSession.create(rolesFile, options);
  return {
    async encode(window) {
      const dims = [1, window.ids.length];
      const out = await encoder.run({ ids: integers(window.ids, dims), features: integers(window.features, dims) });
      return { cue: floats(out["cue"]), states: floats(out["states"]) };
    },
    async roles(states, crops) {
      const results: Float32Array[] = [];
      for (const crop of crops) {
        const length = crop.to - crop.from;
        const dims = [1, length];
        const out = await roles.run({
          states: new Tensor("float32", states.subarray(crop.from * WIDTH, crop.to * WIDTH), [1, length, WIDTH]),
          mark: integers(crop.mark, dims),
          distance: integers(crop.distance, dims),
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
