import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync, type Metafile } from "esbuild";
import { companionsOf, EXTERNAL, type Target } from "./companions.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface BundleProps extends Target {
  /** The folder of its code in the asset. */
  readonly name: string;
  /** The module with the handler, relative to the repository. */
  readonly entry: string;
  /** Modules beside it that are started by themselves, such as a worker's: `lib/sparql/worker.ts` becomes `worker.mjs`. */
  readonly beside?: readonly string[];
}

export interface Bundle {
  /** Bytes of JavaScript of ours and of packages, those carried as they are left out. */
  readonly code: number;
  /** Modules whose code is in it, relative to the repository. */
  readonly modules: readonly string[];
}

/** Some of the packages are CommonJS, and ask for `require` where ES modules have none. */
const BANNER = 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

/** The handler of a bundle's function, for Lambda. */
export function handlerOf(name: string): string {
  return `code/${name}/index.handler`;
}

/**
 * Writes a function's asset into a folder: its code as `code/<name>/index.mjs`, two levels below the root as the sources
 * are, so that what they find relative to themselves (`../../models/`, `../../ontology/`) they find here too; and of
 * such files exactly those that the modules in the bundle read. Modules loaded late stay files of their own. The same sources
 * give the same bytes in any folder. Nothing is fetched, and no container needed.
 *
 * @throws esbuild's error where an import cannot be resolved, an Error where a file to be carried is missing or not known.
 */
export function writeBundle(folder: string, { name, entry, beside = [], architecture }: BundleProps): Bundle {
  const code = `code/${name}`;
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [{ in: entry, out: "index" }, ...beside.map((path) => ({ in: path, out: basename(path, ".ts") }))],
    outdir: code,
    write: false,
    bundle: true,
    splitting: true,
    metafile: true,
    format: "esm",
    platform: "node",
    target: "node24",
    outExtension: { ".js": ".mjs" },
    banner: { js: BANNER },
    external: EXTERNAL,
    // Names stay: a stack trace in a log is to be read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "error",
  });
  for (const { path, text } of outputFiles) {
    if (/\b__(?:dirname|filename)\b/.test(text)) throw new Error(`A package in ${path} finds files relative to itself: it must be carried as it is (lib/stack/companions.ts).`);
  }
  for (const { path, contents } of outputFiles) put(join(folder, relative(ROOT, path)), contents);
  const modules = modulesOf(metafile);
  for (const { from, to } of companionsOf(modules, packagesOf(metafile), { code, architecture }, locatesFiles)) carry(join(ROOT, from), join(folder, to), name);
  return { code: outputFiles.reduce((sum, { contents }) => sum + contents.byteLength, 0), modules };
}

function put(path: string, contents: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

function carry(from: string, to: string, name: string): void {
  if (!existsSync(from)) throw new Error(`The function ${name} needs ${from}, which is not there: npm ci brings packages.`);
  mkdirSync(dirname(to), { recursive: true });
  // Types and source maps are for those who write programs.
  cpSync(from, to, { recursive: true, dereference: true, filter: (path) => !/\.(?:d\.[cm]?ts|map)$/.test(path) });
}

/** What was imported but left out of the bundle as needless is not in it. */
function modulesOf({ outputs }: Metafile): readonly string[] {
  const used = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0));
  return [...new Set(used.map(([path]) => relative(ROOT, resolve(ROOT, path)).split(sep).join("/")))].sort();
}

function packagesOf({ outputs }: Metafile): readonly string[] {
  const paths = Object.values(outputs).flatMap(({ imports }) => imports.filter(({ external }) => external === true).map(({ path }) => path));
  return EXTERNAL.filter((name) => paths.some((path) => path === name || path.startsWith(`${name}/`)));
}

function locatesFiles(module: string): boolean {
  return /^(?:lib|functions)\//.test(module) && readFileSync(join(ROOT, module), "utf8").includes("import.meta");
}
