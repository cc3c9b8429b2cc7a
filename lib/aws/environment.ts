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

/** One of a few words, the first where nothing is given. @throws CommuniqueError "option-invalid" naming the variable. */
export function readChoice<Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]], environment: Environment = process.env): Choice {
  const given = environment[name] ?? "";
  const choice = given === "" ? choices[0] : choices.find((one) => one === given);
  if (choice === undefined) throw new CommuniqueError("option-invalid", `${name} is ${JSON.stringify(given.slice(0, 40))}, not one of ${choices.join(", ")}.`);
  return choice;
}
