import { CommuniqueError } from "../errors/communique-error.ts";
import type { RdfFormat } from "../serialization/index.ts";

/** What a conversion can be written as: RDF, a page, or the extraction as JSON. */
export type OutputFormat = RdfFormat | "html" | "extraction";

/** File name extensions, in the order in which `--help` and tables name the formats. */
export const EXTENSIONS: Readonly<Record<OutputFormat, string>> = {
  ttl: ".ttl",
  nq: ".nq",
  trig: ".trig",
  jsonld: ".jsonld",
  html: ".html",
  extraction: ".extraction.json",
};

export const OUTPUT_FORMATS = Object.keys(EXTENSIONS) as readonly OutputFormat[];

/** Reads names of formats, separated by commas. */
export function parseFormats(value: string): OutputFormat[] {
  return value.split(",").map((name) => {
    const format = OUTPUT_FORMATS.find((known) => known === name.trim());
    if (format === undefined) {
      throw new CommuniqueError("option-invalid", `--to: ${JSON.stringify(name)} is none of ${OUTPUT_FORMATS.join(", ")}`);
    }
    return format;
  });
}

/** Whether a format is made of the RDF dataset. */
export function isRdf(format: OutputFormat): format is RdfFormat {
  return format !== "html" && format !== "extraction";
}
