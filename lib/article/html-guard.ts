import { Parser, type Handler } from "htmlparser2";
import { CommuniqueError } from "../errors/communique-error.ts";
import { tooDeep, type Limits } from "./limits.ts";

const MAX_ATTRIBUTES = 200;
/** Pieces of text and comments. A character reference makes a piece of its own, here or when a tree is written and read again. */
const MAX_NODES_PER_ELEMENT = 4;
const ESCAPED = /[&<>\u00a0]/g;

/**
 * Reads HTML once, before any tree is built of it, and refuses what would make a tree of it slow or deep. It uses the
 * parser that builds the tree, so that both count alike. A `handler` sees the same events.
 *
 * @throws CommuniqueError "input-too-deep", or "input-too-large" for too many elements or attributes.
 */
export function guardHtml(html: string, limits: Limits, handler: Partial<Handler> = {}): void {
  let depth = 0;
  let elements = 0;
  let nodes = 0;
  let raw = false;
  const countNodes = (count: number): void => {
    nodes += count;
    if (nodes > limits.maxElements * MAX_NODES_PER_ELEMENT) throw new CommuniqueError("input-too-large", "the HTML is in too many pieces");
  };
  const parser = new Parser({
    ...handler,
    onopentag(name, attributes, implied) {
      if (++depth > limits.maxDepth) throw tooDeep(limits, "the HTML");
      if (++elements > limits.maxElements) {
        throw new CommuniqueError("input-too-large", `the HTML has more than ${limits.maxElements} elements`);
      }
      if (Object.keys(attributes).length > MAX_ATTRIBUTES) {
        throw new CommuniqueError("input-too-large", `<${name.slice(0, 20)}> has more than ${MAX_ATTRIBUTES} attributes`);
      }
      raw = name === "script" || name === "style";
      handler.onopentag?.(name, attributes, implied);
    },
    ontext(text) {
      countNodes(raw ? 1 : 1 + occurrences(text, ESCAPED));
      handler.ontext?.(text);
    },
    oncomment(text) {
      countNodes(1);
      handler.oncomment?.(text);
    },
    onclosetag(name, implied) {
      depth--;
      raw = false;
      handler.onclosetag?.(name, implied);
    },
  });
  // In pieces, so that a hostile page is refused where it turns hostile.
  for (let start = 0; start < html.length; start += 65_536) parser.write(html.slice(start, start + 65_536));
  parser.end();
}

function occurrences(text: string, pattern: RegExp): number {
  let count = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) count++;
  return count;
}
