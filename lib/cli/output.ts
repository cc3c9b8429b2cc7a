import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EXTENSIONS, type OutputFormat } from "../convert/formats.ts";
import type { Rendered } from "../convert/render.ts";
import { CommuniqueError } from "../errors/communique-error.ts";

/** Where results go. */
export interface Sink {
  write(rendered: Rendered): Promise<void>;
}

/** One file an article and format: `<id><extension>`. */
export async function folderSink(folder: string): Promise<Sink> {
  await makeFolder(folder);
  return {
    async write({ summary, outputs }) {
      for (const { format, content } of outputs) await writeFileAtomically(join(folder, fileName(summary.id, format)), content);
    },
  };
}

export async function makeFolder(folder: string): Promise<void> {
  await attempt(folder, () => mkdir(folder, { recursive: true }));
}

/** One document after another. */
export function streamSink(stream: NodeJS.WritableStream): Sink {
  return {
    async write({ outputs }) {
      for (const { content } of outputs) await writeToStream(stream, content);
    },
  };
}

/** Windows takes these names for devices, whatever the extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** The file of an article. Ids are safe file names but for devices; "~~" marks those. */
export function fileName(id: string, format: OutputFormat): string {
  return `${DEVICE.test(id) ? "~~" : ""}${id}${EXTENSIONS[format]}`;
}

/** Writes to standard output or the like, and waits while it is full. */
export function writeToStream(stream: NodeJS.WritableStream, content: string): Promise<void> {
  return new Promise((resolve) => {
    if (stream.write(content)) resolve();
    else stream.once("drain", resolve);
  });
}

/** Writes beside the file and renames: nobody ever sees half a file. */
export async function writeFileAtomically(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await attempt(path, async () => {
    try {
      await writeFile(temporary, content);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

async function attempt(path: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw new CommuniqueError("output-unwritable", `cannot be written${reason}`, { cause, location: path });
  }
}
