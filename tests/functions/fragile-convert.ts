import { FATAL } from "./fatal.ts";

// As a fault in native code would.
const normalize = String.prototype.normalize;
String.prototype.normalize = function (this: string, form?: string): string {
  if (this.includes(FATAL)) process.kill(process.pid, "SIGKILL");
  return normalize.call(this, form);
};

export { handler } from "../../functions/convert.ts";
