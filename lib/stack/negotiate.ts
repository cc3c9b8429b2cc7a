import { fileURLToPath } from "node:url";
import { Function, FunctionCode, FunctionEventType, FunctionRuntime, type FunctionAssociation } from "aws-cdk-lib/aws-cloudfront";
import { Construct } from "constructs";
import { buildSync, transformSync } from "esbuild";
import ts from "typescript";

export interface NegotiateProps {
  /** The path of the base IRI, where the site begins: "/" or "/…/". */
  readonly root: string;
}

/**
 * The CloudFront Function that chooses formats and answers for things. It is for the behaviours that lead to the published
 * bucket, not for `/sparql`. CloudFront refuses methods that a behaviour does not allow by itself, before the function
 * could; OPTIONS must be among those allowed.
 */
export class Negotiate extends Construct {
  readonly function: Function;
  /** For viewer requests and viewer responses. */
  readonly associations: FunctionAssociation[];

  constructor(scope: Construct, id: string, { root }: NegotiateProps) {
    super(scope, id);
    this.function = new Function(this, "Function", { code: FunctionCode.fromInline(negotiateSource(root)), runtime: FunctionRuntime.JS_2_0 });
    this.associations = [FunctionEventType.VIEWER_REQUEST, FunctionEventType.VIEWER_RESPONSE].map((eventType) => ({ eventType, function: this.function }));
  }
}

/** The most that CloudFront takes. */
const MAX_BYTES = 10_240;

/**
 * The source of the function: functions/negotiate.ts and what it takes from the local site, in one file. Its language is
 * ECMAScript 5, which CloudFront's runtime has whole, whereas of later years it has pieces. The same bytes for the same root.
 */
export function negotiateSource(root: string): string {
  const entry = fileURLToPath(new URL("../../functions/negotiate.ts", import.meta.url));
  const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, format: "esm", write: false, banner: { js: `var ROOT = ${JSON.stringify(root)};` }, logLevel: "silent" });
  const bundled = outputFiles[0]?.text ?? "";
  // Deprecated by TypeScript for new browsers' sake; where this runs, nothing newer is whole.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const { outputText } = ts.transpileModule(bundled, { compilerOptions: { target: ts.ScriptTarget.ES5, module: ts.ModuleKind.ES2022 } });
  const { code } = transformSync(outputText, { format: "esm", target: "es5", minify: true });
  // CloudFront calls a function of this name, and knows no modules.
  const source = code.replace(/export\s*\{\s*(\w+) as handler\s*\};\s*$/, "function handler(event){return $1(event)}\n");
  if (source === code) throw new Error("The bundle of negotiate exports no handler.");
  if (Buffer.byteLength(source) > MAX_BYTES) throw new Error(`negotiate has ${Buffer.byteLength(source)} bytes; CloudFront takes ${MAX_BYTES}.`);
  return source;
}
