import { serve } from "@hono/node-server";
import type { Hono } from "hono";
import { CommuniqueError } from "../errors/communique-error.ts";

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Milliseconds for a client to send its request: slower ones hold a connection for nothing. */
const REQUEST_TIMEOUT = 30_000;
const HEADERS_TIMEOUT = 10_000;
const MAX_HEADER_BYTES = 16_384;

/**
 * Listens on a port (0: any free one).
 *
 * @throws CommuniqueError "option-invalid" where that cannot be.
 */
export function listen(site: Hono, options: { readonly port: number; readonly host: string }): Promise<RunningServer> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: site.fetch, port: options.port, hostname: options.host, serverOptions: { requestTimeout: REQUEST_TIMEOUT, headersTimeout: HEADERS_TIMEOUT, maxHeaderSize: MAX_HEADER_BYTES } },
      ({ port }) => resolve({ port, close: () => closing() }),
    );
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "something else listens there already" : error.message;
      reject(new CommuniqueError("option-invalid", `cannot listen on ${options.host}:${options.port}: ${reason}`, { cause: error }));
    });
    const closing = (): Promise<void> =>
      new Promise((done) => {
        server.close(() => done());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
  });
}
