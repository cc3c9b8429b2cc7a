import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const LIB = fileURLToPath(new URL("../../lib", import.meta.url));

const READING = ["errors", "article", "text", "gazetteer", "reader", "extraction"];
const WRITING = [...READING, "graph", "serialization", "linking", "store", "convert"];
const SERVING = [...WRITING, "publication", "sparql", "site", "http"];

/** What each folder of lib/ may import from: the layers below it. Kept by hand, since a new arrow is a decision. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  http: [],
  article: ["errors"],
  text: ["errors", "article"],
  gazetteer: ["errors", "article", "text"],
  reader: ["errors", "article", "text"],
  extraction: ["errors", "article", "text", "gazetteer", "reader"],
  graph: READING,
  serialization: [...READING, "graph"],
  linking: [...READING, "graph"],
  store: ["errors"],
  convert: [...READING, "graph", "serialization"],
  publication: WRITING,
  sparql: [...WRITING, "http"],
  site: SERVING,
  intake: [...WRITING, "publication"],
  neptune: [...WRITING, "publication"],
  aws: ["errors", "store", "intake", "neptune"],
  stack: SERVING,
  cli: [...SERVING, "intake", "aws"],
};

/** Packages that only some layers may know. */
const PACKAGES: readonly [pattern: RegExp, folders: readonly string[]][] = [
  [/^(?:n3|jsonld|rdf-validate-shacl|@rdfjs\/)/, ["graph", "serialization", "linking", "convert", "publication", "sparql", "site", "cli"]],
  [/^(?:@aws-sdk|aws-)/, ["store", "aws", "stack"]],
  [/^(?:@aws-lambda-powertools|@smithy)\//, ["aws"]],
  [/^(?:constructs|cdk-nag|esbuild)$/, ["stack"]],
  [/^onnxruntime/, ["reader"]],
  [/^wink-/, ["text"]],
  [/^(?:linkedom|htmlparser2|@mozilla\/)/, ["article"]],
  [/^commander$/, ["cli"]],
];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Expression | undefined, typeOnly: boolean): void => {
    if (node !== undefined && ts.isStringLiteral(node)) found.push({ file, target: node.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], true);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, false));
  return found;
}

const files = readdirSync(LIB, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")).map((name) => join(LIB, name));
const imports = files.flatMap(importsOf);
const folderOf = (file: string): string => relative(LIB, file).split(sep)[0] ?? "";
const name = (file: string): string => relative(LIB, file).replaceAll(sep, "/");

describe("dependencies", () => {
  it("point one way between the folders of lib/", () => {
    const wrong = imports
      .filter(({ file, target }) => target.startsWith(".") && dirname(file) !== LIB)
      .map(({ file, target }) => ({ file, target: resolve(dirname(file), target) }))
      .filter(({ file, target }) => target.startsWith(LIB + sep) && folderOf(file) !== folderOf(target) && dirname(target) !== LIB && !BELOW[folderOf(file)]?.includes(folderOf(target)))
      .map(({ file, target }) => `${name(file)} → ${name(target)}`);
    expect(wrong).toEqual([]);
  });

  it("on packages stay in the layers that may know them", () => {
    const wrong = imports
      .filter(({ file, target }) => dirname(file) !== LIB && PACKAGES.some(([pattern, folders]) => pattern.test(target) && !folders.includes(folderOf(file))))
      .map(({ file, target }) => `${name(file)} → ${target}`);
    expect(wrong).toEqual([]);
  });

  it("have no circles between modules, but for types", () => {
    const next = new Map<string, string[]>();
    for (const { file, target, typeOnly } of imports) {
      if (!typeOnly && target.startsWith(".")) next.set(file, [...(next.get(file) ?? []), resolve(dirname(file), target)]);
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].map(name).join(" → "));
      if (done.has(file)) return;
      done.add(file);
      for (const target of next.get(file) ?? []) walk(target, [...path, file]);
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });

  it("are known for every folder", () => {
    const folders = new Set(files.filter((file) => dirname(file) !== LIB).map(folderOf));
    expect([...folders].filter((folder) => BELOW[folder] === undefined)).toEqual([]);
  });
});
