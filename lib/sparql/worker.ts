import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { openStore, Unloadable, type OxigraphStore } from "./oxigraph-store.ts";
import { SparqlProblem } from "./problem.ts";
import type { WorkerMessage, WorkerQuestion, WorkerStart } from "./worker-protocol.ts";

// The thread that holds one store. It loads its data, says so, and then answers one question after another.

const start = workerData as WorkerStart;
const say = (message: WorkerMessage): void => parentPort?.postMessage(message, message.type === "answer" ? [message.body] : []);

// A thread's resource limits leave WebAssembly's memory out; this bounds it (in pages of 64 KiB), if set before the first is made.
setFlagsFromString(`--wasm-max-mem-pages=${Math.min(65_536, start.memoryMegabytes * 16)}`);

try {
  const store = await openStore(start);
  parentPort?.on("message", (question: WorkerQuestion) => say(answer(store, question)));
  say({ type: "ready", coverage: store.coverage });
} catch (error) {
  if (error instanceof Unloadable) say({ type: "unloadable", code: error.code, message: error.message, location: error.part });
  else say({ type: "trapped", message: String(error) });
}

function answer(store: OxigraphStore, question: WorkerQuestion): WorkerMessage {
  try {
    return { type: "answer", body: store.query(question).buffer };
  } catch (error) {
    if (error instanceof SparqlProblem) return { type: "problem", code: error.code, status: error.status, message: error.message };
    return { type: "trapped", message: String(error) };
  }
}
