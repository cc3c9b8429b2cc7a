import type { Reading } from "../article/read.ts";
import { warn } from "./messages.ts";

/** The readings as they come, with the warnings of each written to standard error; `before` frees the terminal's line. */
export async function* withWarnings(readings: AsyncIterable<Reading>, before: () => void = () => undefined): AsyncGenerator<Reading> {
  for await (const reading of readings) {
    if ("warning" in reading && reading.warning !== undefined) {
      before();
      warn(reading.location, reading.warning);
    }
    yield reading;
  }
}
