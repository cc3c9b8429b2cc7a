import { hash } from "node:crypto";
import { parseBell } from "./messages.ts";
import type { Delivered } from "./queue.ts";

/**
 * The order in which messages of one delivery are taken: those never delivered before first, then by how often they were. A message that ends
 * the process takes down all that come after it, every time. So those that came back stand in an order that has nothing to do with the
 * last one, and turns round from one delivery to the next: whoever stood behind such a message stands before it then. Bells of one object
 * stand together, so that nobody is caught between two of them.
 */
export function inOrder<Message extends Delivered>(messages: readonly Message[]): Message[] {
  const placed = messages.map((message) => ({ message, place: placeOf(message) }));
  return placed.sort((a, b) => a.message.receives - b.message.receives || a.place - b.place).map(({ message }) => message);
}

/** Every second delivery draws a new order, the one after it turns that round. */
function placeOf(message: Delivered): number {
  const { receives } = message;
  if (receives <= 1) return 0;
  const drawn = hash("sha256", `${receives >> 1} ${subjectOf(message)}`, "buffer").readUInt32BE(0);
  return receives % 2 === 0 ? drawn : -drawn;
}

function subjectOf({ messageId, body }: Delivered): string {
  try {
    return parseBell(body).key;
  } catch {
    return messageId;
  }
}
