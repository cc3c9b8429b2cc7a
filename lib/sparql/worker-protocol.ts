import type { ErrorCode } from "../errors/communique-error.ts";
import type { ProblemCode } from "./problem.ts";
import type { Snapshot } from "./source.ts";
import type { Coverage, EngineQuery } from "./types.ts";

/** What a worker is started with. */
export interface WorkerStart {
  readonly snapshot: Snapshot;
  readonly memoryMegabytes: number;
  readonly quads: number;
  readonly rows: number;
  readonly answerBytes: number;
}

export type WorkerQuestion = EngineQuery | WorkerUpdate;

/** Asks for other data in place of the present. */
export interface WorkerUpdate {
  readonly snapshot: Snapshot;
}

export type WorkerMessage =
  | { readonly type: "ready"; readonly coverage: Coverage }
  | { readonly type: "updated"; readonly coverage: Coverage }
  /** The update needs a worker that loads everything anew; this one still has what it had. */
  | { readonly type: "kept" }
  | { readonly type: "unloadable"; readonly code: ErrorCode; readonly message: string; readonly location: string }
  | { readonly type: "answer"; readonly body: ArrayBuffer }
  | { readonly type: "problem"; readonly code: ProblemCode; readonly status: number; readonly message: string }
  /** The engine's memory can no longer be trusted: the worker must be thrown away. */
  | { readonly type: "trapped"; readonly message: string };
