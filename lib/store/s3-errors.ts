import { asError } from "../errors/as-error.ts";
import { CommuniqueError } from "../errors/communique-error.ts";

/** What can be told of a failed call, whatever threw it: the service, the client or the socket. */
export interface Failure {
  readonly name: string;
  readonly status: number | undefined;
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  const { name, message, code, $metadata } = asError(error) as Error & {
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  // A system's code says more than the name ("Error", "AggregateError") of what carries it.
  return { name: code !== undefined && /^E[A-Z_]+$/.test(code) ? code : name, status: $metadata?.httpStatusCode, message };
}

const PASSING_STATUS = new Set([408, 429, 500, 502, 503, 504]);
const PASSING_NAME =
  /^(?:ConditionalRequestConflict|OperationAborted|SlowDown|RequestTimeout|RequestTimeTooSkewed|TimeoutError|AbortError|ECONN\w+|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)$/;

/** Whether the same call may succeed a little later: conflicts of conditional writes (409), throttling, timeouts, lost connections. */
export function isTransient(error: unknown): boolean {
  const { name, status, message } = failureOf(error);
  return (status !== undefined && PASSING_STATUS.has(status)) || PASSING_NAME.test(name) || /socket hang up|timed out/i.test(message);
}

/** A condition that does not hold: 412; or 404 for the object that was to be replaced. */
export function isPreconditionFailure(error: unknown): boolean {
  const { name, status } = failureOf(error);
  return status === 412 || name === "PreconditionFailed" || name === "NoSuchKey";
}

export function isMissing(error: unknown): boolean {
  const { name, status } = failureOf(error);
  return name === "NoSuchKey" || (status === 404 && name !== "NoSuchBucket");
}

/** What a user can mend (bucket, credentials, rights, endpoint) in words; anything else as it was. */
export function explained(error: unknown, place: string, doing: "read" | "write"): unknown {
  const { name, status, message } = failureOf(error);
  if (name === "NoSuchBucket") return new CommuniqueError("option-invalid", `There is no bucket for ${place}.`, { cause: error });
  if (message === "Region is missing") return new CommuniqueError("option-invalid", `AWS_REGION must say where the bucket of ${place} is.`, { cause: error });
  const isRefused = status === 403 || status === 401 || status === 301 || /^(?:CredentialsProviderError|ExpiredToken|ENOTFOUND|ECONNREFUSED)$/.test(name);
  if (!isRefused && !isTransient(error)) return error;
  return new CommuniqueError(doing === "read" ? "input-unreadable" : "output-unwritable", `Cannot ${doing} ${place}: ${message || name}.`, { cause: error });
}
