import manifest from "../package.json" with { type: "json" };

/** Of this package, for provenance. */
export const SOFTWARE_VERSION = `communique/${manifest.version}`;
