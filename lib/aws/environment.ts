import { CommuniqueError } from "../errors/communique-error.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables that a function is set up by. Empty ones count as missing; all that are missing are told at once.
 *
 * @throws CommuniqueError "option-invalid".
 */
export function readEnvironment<Required extends string, Optional extends string = never>(
  required: readonly Required[], optional: readonly Optional[] = [], environment: Environment = process.env,
): Readonly<Record<Required, string> & Partial<Record<Optional, string>>> {
  const missing = required.filter((name) => (environment[name] ?? "") === "");
  if (missing.length > 0) throw new CommuniqueError("option-invalid", `The environment lacks ${missing.join(", ")}.`);
  const given = [...required, ...optional].flatMap((name) => ((environment[name] ?? "") === "" ? [] : [[name, environment[name]]]));
  return Object.fromEntries(given) as Record<Required, string> & Partial<Record<Optional, string>>;
}
