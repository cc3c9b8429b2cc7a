import { enableCompileCache } from "node:module";
import { createConverter, type Converter } from "../convert/converter.ts";
import { render } from "../convert/render.ts";
import { toFailure, type Answer, type Task, type WorkerSettings } from "./worker-protocol.ts";

// The body of a worker process: the first message is its settings, the others are tasks. It ends with its parent.

enableCompileCache();

let settings: WorkerSettings | undefined;
let converter: Promise<Converter> | undefined;

process.on("message", (message: WorkerSettings | Task) => {
  if ("converter" in message) {
    settings = message;
    converter = createConverter(message.converter);
    // Where it cannot be opened, every task says so.
    converter.catch(() => undefined);
  } else {
    // Where the parent has gone, nobody waits for the answer.
    void answer(message).then((result) => process.send?.(result, undefined, undefined, () => undefined));
  }
});
process.on("disconnect", () => process.exit());

async function answer({ id, article }: Task): Promise<Answer> {
  try {
    if (settings === undefined || converter === undefined) throw new Error("a worker got a task before its settings");
    return { id, rendered: await render(await converter, article, settings.render) };
  } catch (error) {
    return { id, failure: toFailure(error) };
  }
}
