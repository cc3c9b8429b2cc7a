import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Parser, Store } from "n3";
import Validator from "rdf-validate-shacl";
import { describe, expect, it } from "vitest";
import { datasetQuads } from "../../lib/publication/dataset.ts";
import { DEFAULT_ABOUT } from "../../lib/publication/index.ts";
import { MemoryStore } from "../../lib/store/memory-store.ts";
import { publicationOn, SIX } from "./support.ts";

const suites = process.env["COMMUNIQUE_SUITES"];
const shapes = suites === undefined ? "" : join(suites, "shapes");
const skipped = !existsSync(shapes) || shapes === "";
if (skipped) console.warn("Skipped: the shapes of DCAT-AP and of the dataset register; COMMUNIQUE_SUITES names no folder that holds them.");

const INSTITUTE = { ...DEFAULT_ABOUT, publisher: { name: "Norhaven Institute", iri: "https://institute.example/", email: "data@institute.example" } };

async function description(about: typeof DEFAULT_ABOUT = INSTITUTE): Promise<Store> {
  const publication = publicationOn(new MemoryStore());
  await publication.publish(SIX);
  const manifest = await publication.manifest();
  if (manifest === undefined) throw new Error("nothing was published");
  return new Store(datasetQuads(manifest, about));
}

describe("the description of the dataset", () => {
  it.skipIf(skipped).each([
    ["dcat-ap-3.0.1.ttl", INSTITUTE], ["nde-dataset-register.ttl", INSTITUTE],
    ["dcat-ap-3.0.1.ttl", DEFAULT_ABOUT], ["nde-dataset-register.ttl", DEFAULT_ABOUT],
  ] as const)("passes the shapes of %s", async (file, about) => {
    const data = await description(about);
    // The validator knows SHACL Core alone: constraints in SPARQL are left to others.
    const core = new Parser().parse(readFileSync(join(shapes, file), "utf8")).filter(({ predicate }) => predicate.value !== "http://www.w3.org/ns/shacl#sparql");
    const validator = new Validator(new Store(core));
    const report = await validator.validate(data);
    const findings = report.results.map(({ severity, focusNode, path, message }) => `${severity?.value.split("#")[1] ?? ""} ${focusNode?.value ?? ""} ${path?.value ?? ""} ${message.map(({ value }) => value).join(" ")}`);
    expect(findings.filter((finding) => finding.startsWith("Violation"))).toEqual([]);
  });

  it("names every part of the dumps with its checksum, and adds up its triples", async () => {
    const data = await description();
    const dumps = data.getObjects("https://data.example/dataset", "http://rdfs.org/ns/void#dataDump", null);
    expect(dumps.length).toBeGreaterThan(4);
    for (const dump of dumps) expect(data.countQuads(null, "http://www.w3.org/ns/dcat#downloadURL", dump, null)).toBe(1);
    expect(data.countQuads(null, "http://spdx.org/rdf/terms#checksumValue", null, null)).toBe(dumps.length);
  });
});
