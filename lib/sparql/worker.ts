import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { openStore, type OxigraphStore } from "./oxigraph-store.ts";
import { SparqlProblem } from "./problem.ts";
import type { EngineQuery } from "./types.ts";
import { Unloadable } from "./unloadable.ts";
import type { WorkerMessage, WorkerQuestion, WorkerStart, WorkerUpdate } from "./worker-protocol.ts";

// The thread that holds one store. It loads its data, says so, and then answers one question after another.

const start = workerData as WorkerStart;
const say = (message: WorkerMessage): void => parentPort?.postMessage(message, message.type === "answer" ? [message.body] : []);

// A thread's resource limits leave WebAssembly's memory out; this bounds it (in pages of 64 KiB), if set before the first is made.
setFlagsFromString(`--wasm-max-mem-pages=${Math.min(65_536, start.memoryMegabytes * 16)}`);

const failed = (error: unknown): WorkerMessage =>
  error instanceof Unloadable ? { type: "unloadable", code: error.code, message: error.message, location: error.part } : { type: "trapped", message: String(error) };

try {
  const store = await openStore(start);
  parentPort?.on("message", (question: WorkerQuestion) => say("snapshot" in question ? update(store, question) : answer(store, question)));
  say({ type: "ready", coverage: store.coverage });
} catch (error) {
  say(failed(error));
}

function update(store: OxigraphStore, { snapshot }: WorkerUpdate): WorkerMessage {
  try {
    return store.update(snapshot) ? { type: "updated", coverage: store.coverage } : { type: "kept" };
  } catch (error) {
    return failed(error);
  }
}

function answer(store: OxigraphStore, question: EngineQuery): WorkerMessage {
  try {
    return { type: "answer", body: store.query(question).buffer };
  } catch (error) {
    if (error instanceof SparqlProblem) return { type: "problem", code: error.code, status: error.status, message: error.message };
    return { type: "trapped", message: String(error) };
  }
}
