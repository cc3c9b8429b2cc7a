/**
 * The stable codes of everything that can go wrong because of what a user gave us. A code never changes its meaning;
 * messages may be reworded.
 */
export type ErrorCode =
  | "input-not-found"
  | "input-unreadable"
  | "input-too-large"
  | "input-empty"
  | "input-malformed"
  | "input-unsupported"
  | "input-too-deep"
  | "article-invalid"
  | "article-duplicate"
  | "option-invalid"
  | "gazetteer-invalid"
  | "gazetteer-refresh-failed"
  | "model-missing"
  | "output-unwritable"
  | "stack-invalid"
  | "push-pending"
  | "validation-failed";

/**
 * The one family of errors a user can act on: bad input, bad options, a missing file. The command line prints
 * `message` and exits with 2. Anything thrown that is not one of these is a bug (exit code 1).
 */
export class CommuniqueError extends Error {
  readonly code: ErrorCode;
  /** Where the trouble is: a file, a line of a file, a field. */
  readonly location: string | undefined;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; location?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "CommuniqueError";
    this.code = code;
    this.location = options.location;
  }
}
