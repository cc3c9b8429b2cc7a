import { inspect } from "node:util";
import { CommuniqueError } from "../errors/communique-error.ts";

/** Exit codes of the command. */
export const EXIT = { ok: 0, bug: 1, input: 2, pending: 3 } as const;

/** `communique: file:line: message [code]`, on one line and without anything that a terminal obeys. */
export function formatError(error: CommuniqueError): string {
  const place = error.location === undefined ? "" : `${error.location}: `;
  return printable(`communique: ${place}${error.message} [${error.code}]`);
}

/** Control characters and line ends of names and messages become "?". */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "?");
}

export function report(error: CommuniqueError): void {
  process.stderr.write(`${formatError(error)}\n`);
}

/** What spoils nothing but should be known. */
export function warn(location: string, message: string): void {
  process.stderr.write(`${printable(`communique: ${location}: warning: ${message}`)}\n`);
}

/**
 * What commander says of wrong arguments, in the form of our own errors: "error: unknown option '--foo'\n(Did you mean
 * --from?)\n" becomes "communique: unknown option '--foo' (did you mean --from?); see communique convert --help
 * [option-invalid]".
 */
export function formatUsageError(message: string, command: string): string {
  const reason = message.replace(/^error: /, "").trim().replace(/\.?\s*\n\(Did you mean/, " (did you mean");
  return formatError(new CommuniqueError("option-invalid", `${reason}; see ${command} --help`));
}

/** Says what went wrong and gives the exit code: 2 for what the user can put right, 3 for what may only need more time, 1 for a bug. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommuniqueError) {
    report(error);
    return error.code === "push-pending" ? EXIT.pending : EXIT.input;
  }
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`communique: internal error: ${printable(reason)}\n`);
  if (process.env["COMMUNIQUE_DEBUG"]) process.stderr.write(`${inspect(error)}\n`);
  else process.stderr.write("Set COMMUNIQUE_DEBUG=1 to see where it happened.\n");
  return EXIT.bug;
}
