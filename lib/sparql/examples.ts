import { readdir, readFile } from "node:fs/promises";

export interface ExampleQuery {
  /** The file's name without its extension. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** As in the file, title and description included as comments. */
  readonly query: string;
}

const FOLDER = new URL("./examples/", import.meta.url);
const EXAMPLE_BASE = "https://communique.example/";

/**
 * The queries that show what can be asked, in the order of their file names. Their IRIs stand under `base`, which must end with a
 * slash.
 */
export async function exampleQueries(base: string = EXAMPLE_BASE): Promise<ExampleQuery[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".rq")).sort();
  return Promise.all(
    names.map(async (name) => {
      const query = (await readFile(new URL(name, FOLDER), "utf8")).replaceAll(`<${EXAMPLE_BASE}`, `<${base}`);
      const comments = query.split("\n").filter((line) => line.startsWith("# ")).map((line) => line.slice(2));
      const [title = "", ...description] = comments;
      return { id: name.replace(/^\d+-|\.rq$/g, ""), title, description: description.join(" "), query };
    }),
  );
}
