import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const read = (name: string): string => readFileSync(path(name), "utf8");

interface Manifest {
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly optionalDependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
interface LockEntry {
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}
const manifest = JSON.parse(read("package.json")) as Manifest;
const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, LockEntry> };

describe("the package", () => {
  it("names every dependency by one exact version", () => {
    const versions = [manifest.dependencies, manifest.optionalDependencies, manifest.devDependencies].flatMap((set) => Object.entries(set));
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("locks packages without naming a host, so that any registry serves", () => {
    expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it("runs no install script; those that are there would fetch GPU code, build what tests do without or print a notice", () => {
    expect(read(".npmrc")).toMatch(/^ignore-scripts=true$/m);
    const scripted = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript).map(([name]) => name.replace(/^.*node_modules\//, ""));
    expect(scripted.filter((name) => !["onnxruntime-node", "esbuild", "aws-lambda-ric", "fsevents", "@fortawesome/free-solid-svg-icons", "@fortawesome/fontawesome-common-types"].includes(name))).toEqual([]);
  });

  it("gives its own Node to scripts: version 24, or the machine's own where that is newer and npm has none for it", () => {
    expect(Number(process.versions.node.split(".")[0])).toBeGreaterThanOrEqual(24);
    expect(Object.values(manifest.optionalDependencies).every((version) => version.startsWith("24."))).toBe(true);
  });

  it("tests in CI what the README says", () => {
    const command = read(".ci/run").trimEnd().split("\n").at(-1);
    expect(command).toBe("npm ci && npm test");
    expect(read("README.md")).toMatch(/^npm ci && npm test/m);
    if (process.platform !== "win32") expect(statSync(path(".ci/run")).mode & 0o111).not.toBe(0);
  });

  it("says of every dependency why it is there", () => {
    const names = [manifest.dependencies, manifest.optionalDependencies, manifest.devDependencies].flatMap((set) => Object.keys(set));
    const told = new Set([...read("docs/dependencies.md").matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(names.filter((name) => !told.has(name))).toEqual([]);
  });

  it("says of every folder of lib/ what it does", () => {
    const folders = readdirSync(path("lib"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const told = [...read("docs/architecture.md").matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(folders.sort());
  });

  it("keeps what the README promises: every script and file it names is there", () => {
    const readme = read("README.md");
    for (const [, script] of readme.matchAll(/npm run ([\w:-]+)/g)) expect(manifest.scripts).toHaveProperty([script ?? ""]);
    for (const [, link] of readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) expect(statSync(path(link ?? "")), link).toBeTruthy();
  });
});
