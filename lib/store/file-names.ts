import { join } from "node:path";

/** Names that Windows keeps for devices, whatever extension follows. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The file of a key below `root`. It is named as the key is, but where a system could not tell it from another: a device's name
 * starts with "@", a last full stop is followed by it, and where case makes no difference capitals are spelled "+a". No key
 * holds these two characters.
 */
export function pathOf(root: string, key: string, caseless: boolean): string {
  return join(root, ...key.split("/").map((segment) => toFileName(segment, caseless)));
}

export function toFileName(segment: string, caseless: boolean): string {
  const name = `${DEVICE.test(segment) ? "@" : ""}${segment}${segment.endsWith(".") ? "@" : ""}`;
  return caseless ? name.replace(/[A-Z]/g, (capital) => `+${capital.toLowerCase()}`) : name;
}

/** Undoes `toFileName`. */
export function fromFileName(name: string): string {
  return name.replace(/^@|@$/g, "").replace(/\+([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
