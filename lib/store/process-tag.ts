import { hash, randomUUID } from "node:crypto";
import { hostname } from "node:os";

const HOST = hash("sha256", hostname(), "hex").slice(0, 8);

/** A name that no other has, and that tells which process of which host made it. */
export function processTag(): string {
  return `${HOST}.${process.pid}.${randomUUID()}`;
}

/** Whether the process that made `tag` is known to be gone. Of another host's, or of a text that is no tag, nothing is known. */
export function isOfDeadProcess(tag: string): boolean {
  const [host, pid] = tag.split(".");
  if (host !== HOST || !/^[1-9]\d{0,9}$/.test(pid ?? "")) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM says that it lives, and is somebody else's.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
