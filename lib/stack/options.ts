import { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Node } from "constructs";
import { CommuniqueError } from "../errors/communique-error.ts";
import type { TextPolicy } from "../publication/types.ts";

/** What one who deploys may choose. Every field can be given as context of the same name: `cdk deploy -c base=https://…`. */
export interface StackOptions {
  /** Separates deployments in one account and region: part of the stack's name. */
  readonly stage?: string;
  /** Base IRI of all that is published, with a slash at its end. Default: that of the domain, else of the distribution. */
  readonly base?: string;
  /** A host name of one's own, with the ARN of its certificate, which must lie in us-east-1 for CloudFront. */
  readonly domain?: string;
  readonly certificate?: string;
  readonly architecture: "arm64" | "x64";
  /** Days that overwritten and deleted articles, and old versions of the log, can still be restored. */
  readonly retentionDays: number;
  /** Days that logs are kept. */
  readonly logDays: RetentionDays;
  /** Who is told of alarms. */
  readonly alarmEmail?: string;
  /** How many conversions run at a time at most. */
  readonly convertConcurrency: number;
  /** Reserves so many runs for SPARQL, and bounds it to them; not reserved by default, since new accounts have nothing to reserve. */
  readonly sparqlConcurrency?: number;
  /** How many batches of a backfill run at a time at most. */
  readonly backfillConcurrency: number;
  readonly publishText: TextPolicy;
  /** What the dataset says of itself: its title, publisher and licence (an IRI). */
  readonly title?: string;
  readonly publisher?: string;
  readonly license?: string;
  /** Whether Amazon Neptune is set up beside it: some 120 US dollars a month at the least. */
  readonly neptune: boolean;
  /** Whether the articles of `seeds/` are deployed with the stack. */
  readonly seeds: boolean;
}

export const DEFAULT_OPTIONS = {
  architecture: "arm64",
  retentionDays: 30,
  logDays: RetentionDays.ONE_MONTH,
  convertConcurrency: 10,
  backfillConcurrency: 10,
  publishText: "full",
  neptune: false,
  seeds: true,
} as const satisfies StackOptions;

/** The periods that CloudWatch Logs knows, but for ever. */
const LOG_DAYS: readonly RetentionDays[] = Object.values(RetentionDays).filter((days) => typeof days === "number" && days !== RetentionDays.INFINITE);

/** In the order in which they are told. */
export const OPTION_NAMES: readonly string[] = Object.keys({
  stage: true, base: true, domain: true, certificate: true, architecture: true, retentionDays: true, logDays: true, alarmEmail: true,
  convertConcurrency: true, sparqlConcurrency: true, backfillConcurrency: true, publishText: true, title: true, publisher: true, license: true,
  neptune: true, seeds: true,
} satisfies Record<keyof StackOptions, true>);

/** @throws CommuniqueError "option-invalid" where the context has a value that cannot be, or a name that is no option. */
export function optionsFromContext(node: Node): StackOptions {
  checkNames(node);
  return checkOptions({
    ...DEFAULT_OPTIONS,
    ...optional("stage", raw(node, "stage")),
    ...optional("base", raw(node, "base")),
    ...optional("domain", raw(node, "domain")),
    ...optional("certificate", raw(node, "certificate")),
    ...optional("architecture", choice(node, "architecture", ["arm64", "x64"])),
    ...optional("retentionDays", whole(node, "retentionDays")),
    ...optional("logDays", choice(node, "logDays", LOG_DAYS)),
    ...optional("alarmEmail", raw(node, "alarmEmail")),
    ...optional("convertConcurrency", whole(node, "convertConcurrency")),
    ...optional("sparqlConcurrency", whole(node, "sparqlConcurrency")),
    ...optional("backfillConcurrency", whole(node, "backfillConcurrency")),
    ...optional("publishText", choice(node, "publishText", ["full", "evidence", "none"])),
    ...optional("title", raw(node, "title")),
    ...optional("publisher", raw(node, "publisher")),
    ...optional("license", raw(node, "license")),
    ...optional("neptune", flag(node, "neptune")),
    ...optional("seeds", flag(node, "seeds")),
  });
}

/** @throws CommuniqueError "option-invalid" naming the first option that cannot be, or cannot be with another. */
export function checkOptions(options: StackOptions): StackOptions {
  const { stage, base, domain, certificate, alarmEmail, license } = options;
  if (stage !== undefined && !/^[A-Za-z][A-Za-z0-9-]{0,31}$/.test(stage)) throw invalid("stage", stage, "letters, digits and hyphens, at most 32, a letter first");
  if (base !== undefined && !isBase(base)) throw invalid("base", base, "an https URL that ends with a slash, without query or fragment");
  if (domain !== undefined && !/^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(domain)) throw invalid("domain", domain, "a host name in lower case");
  if ((domain === undefined) !== (certificate === undefined)) throw new CommuniqueError("option-invalid", "domain and certificate are given together or not at all.");
  if (certificate !== undefined && !/^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/.test(certificate)) throw invalid("certificate", certificate, "the ARN of a certificate in us-east-1");
  if (alarmEmail !== undefined && !/^[^\s@]{1,64}@[^\s@]{1,255}$/.test(alarmEmail)) throw invalid("alarmEmail", alarmEmail, "an e-mail address");
  if (license !== undefined && !URL.canParse(license)) throw invalid("license", license, "an IRI");
  within("retentionDays", options.retentionDays, 1, 3650);
  // The bounds of SQS for the concurrency of an event source.
  within("convertConcurrency", options.convertConcurrency, 2, 1000);
  within("backfillConcurrency", options.backfillConcurrency, 1, 1000);
  if (options.sparqlConcurrency !== undefined) within("sparqlConcurrency", options.sparqlConcurrency, 1, 1000);
  return options;
}

function isBase(base: string): boolean {
  if (!URL.canParse(base)) return false;
  const { protocol, search, hash, username, password, href } = new URL(base);
  return protocol === "https:" && search === "" && hash === "" && username === "" && password === "" && href === base && base.endsWith("/");
}

function within(name: keyof StackOptions, value: number, least: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) throw invalid(name, value, `a whole number from ${least} to ${most}`);
}

/** A misspelt name would deploy something else than was asked for. What CDK itself keeps in the context has hyphens, colons or slashes in its name. */
function checkNames(node: Node): void {
  const unknown = Object.keys(node.getAllContext() as object).filter((name) => /^[A-Za-z]+$/.test(name) && !OPTION_NAMES.includes(name));
  if (unknown[0] !== undefined) throw new CommuniqueError("option-invalid", `There is no option ${unknown.slice(0, 5).join(", ")}. Options are ${OPTION_NAMES.join(", ")} (docs/deploy.md).`);
}

/** On the command line every value is a string, in `cdk.json` it may be a number or a boolean. */
function raw(node: Node, name: keyof StackOptions): string | undefined {
  const value: unknown = node.tryGetContext(name);
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") throw invalid(name, value, "a single value");
  return String(value);
}

function whole(node: Node, name: keyof StackOptions): number | undefined {
  const value = raw(node, name);
  if (value !== undefined && !/^-?[0-9.]{1,20}$/.test(value)) throw invalid(name, value, "a whole number");
  return value === undefined ? undefined : Number(value);
}

function flag(node: Node, name: keyof StackOptions): boolean | undefined {
  const value = choice(node, name, ["true", "false"]);
  return value === undefined ? undefined : value === "true";
}

function choice<const T extends string | number>(node: Node, name: keyof StackOptions, known: readonly T[]): T | undefined {
  const value = raw(node, name);
  if (value === undefined) return undefined;
  const found = known.find((one) => String(one) === value);
  if (found === undefined) throw invalid(name, value, `one of ${known.join(", ")}`);
  return found;
}

function optional<K extends keyof StackOptions>(name: K, value: StackOptions[K] | undefined): Partial<StackOptions> {
  return value === undefined ? {} : { [name]: value };
}

function invalid(name: string, value: unknown, wanted: string): CommuniqueError {
  return new CommuniqueError("option-invalid", `${name} is ${wanted}, not ${JSON.stringify(value)?.slice(0, 200) ?? "that"}.`);
}
