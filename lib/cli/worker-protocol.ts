import type { Article } from "../article/types.ts";
import type { ConverterOptions } from "../convert/converter.ts";
import type { Rendered, RenderOptions } from "../convert/render.ts";
import { CommuniqueError, type ErrorCode } from "../errors/communique-error.ts";

/** What a worker is told first. */
export interface WorkerSettings {
  readonly converter: ConverterOptions;
  readonly render: RenderOptions;
}

/** One article for a worker to convert. */
export interface Task {
  readonly id: number;
  readonly article: Article;
}

/** Errors of ours keep their code on the way between processes; others are bugs and keep their stack. */
export interface Failure {
  readonly message: string;
  readonly code?: ErrorCode;
  readonly stack?: string;
}

export type Answer = { readonly id: number } & ({ readonly rendered: Rendered } | { readonly failure: Failure });

export function toFailure(error: unknown): Failure {
  if (error instanceof CommuniqueError) return { message: error.message, code: error.code };
  if (error instanceof Error) return { message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
  return { message: String(error) };
}

export function fromFailure(failure: Failure): Error {
  if (failure.code !== undefined) return new CommuniqueError(failure.code, failure.message);
  const error = new Error(failure.message);
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
