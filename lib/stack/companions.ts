/** What a function runs on. */
export interface Target {
  readonly architecture: "arm64" | "x64";
}

/** A file or folder of the repository, and where it lies in a function's asset. */
export interface Carried {
  readonly from: string;
  readonly to: string;
}

/** Where a function's code lies in its asset, and what it runs on. */
interface Place extends Target {
  readonly code: string;
}

const same = (...paths: readonly string[]): readonly Carried[] => paths.map((path) => ({ from: path, to: path }));
const packaged = (name: string, ...paths: readonly string[]): readonly Carried[] => same(...["package.json", ...paths].map((path) => `node_modules/${name}/${path}`));

/**
 * The modules that find files relative to themselves, and which. A module that does so and is not named here cannot be bundled:
 * it would be missed only in the cloud.
 */
const OF_MODULES: Readonly<Record<string, (place: Place) => readonly Carried[]>> = {
  "lib/reader/index.ts": () => same("models/encoder.onnx", "models/roles.onnx", "models/meetings.onnx", "models/vocab.txt", "models/reader.json"),
  "lib/gazetteer/data-files.ts": ({ code }) => [{ from: "lib/gazetteer/data", to: `${code}/data` }],
  "lib/serialization/context.ts": () => same("ontology/context.jsonld"),
  "lib/publication/statics.ts": () => ontology(),
  "lib/graph/validate.ts": () => ontology(),
  "lib/site/assets.ts": ({ code }) => [
    { from: "lib/site/assets", to: `${code}/assets` },
    ...packaged("@zazuko/yasgui", "build/yasgui.min.js", "build/yasgui.min.css"),
  ],
  "lib/sparql/examples.ts": ({ code }) => [{ from: "lib/sparql/examples", to: `${code}/examples` }],
  // Their worker is a bundle beside them.
  "lib/sparql/oxigraph-engine.ts": () => [],
  "functions/sparql.ts": () => [],
};

/** The packages that are carried as they are, since they find files relative to themselves or are data for the most part. */
const OF_PACKAGES: Readonly<Record<string, (place: Place) => readonly Carried[]>> = {
  // One of its ten native parts: the others would be 400 MB.
  "onnxruntime-node": ({ architecture }) => [
    ...packaged("onnxruntime-node", "dist", `bin/napi-v6/linux/${architecture}`),
    ...packaged("onnxruntime-common", "dist/cjs"),
  ],
  oxigraph: () => packaged("oxigraph", "node.js", "node_bg.wasm"),
  "wink-eng-lite-web-model": () => packaged("wink-eng-lite-web-model", "dist"),
};

export const EXTERNAL = Object.keys(OF_PACKAGES);

/** @throws Error for a module that finds files relative to itself and is not known here. */
export function companionsOf(modules: readonly string[], packages: readonly string[], place: Place, locates: (module: string) => boolean): readonly Carried[] {
  const unknown = modules.filter((module) => !Object.hasOwn(OF_MODULES, module) && locates(module));
  if (unknown.length > 0) throw new Error(`Nobody has said which files ${unknown.join(", ")} read beside themselves: lib/stack/companions.ts is the place.`);
  return [...modules.map((module) => OF_MODULES[module]), ...packages.map((name) => OF_PACKAGES[name])].flatMap((carried) => carried?.(place) ?? []);
}

function ontology(): readonly Carried[] {
  return same(...["communique.ttl", "alignments.ttl", "shapes.ttl", "shapes-sparql.ttl", "context.jsonld"].map((name) => `ontology/${name}`));
}
