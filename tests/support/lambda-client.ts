import { request, Agent } from "node:http";
import Module from "node:module";

/**
 * Loaded before Lambda's runtime interface client: takes the place of its native part, which needs a C++ toolchain to build and
 * does nothing but speak the Runtime API over HTTP.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
const RUNTIME = "/2018-06-01/runtime/invocation";
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
/** The client does not wait for its answers to be taken, so the next invocation has to. */
let posted: Promise<unknown> = Promise.resolve();

interface Answer {
  readonly bodyJson: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

function call(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
  const [hostname, port] = (process.env["AWS_LAMBDA_RUNTIME_API"] ?? "").split(":");
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: RUNTIME + path, method, agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ bodyJson: text, headers: response.headers }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function post(path: string, body: string, headers: Record<string, string> = {}): void {
  posted = call("POST", path, body, { "content-type": "application/json", ...headers });
}

const client = {
  next: () => posted.then(() => call("GET", "/next")),
  done: (id: string, body: string) => post(`/${id}/response`, body),
  error: (id: string, body: string) => post(`/${id}/error`, body),
};

const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
const load = loader._load.bind(loader);
loader._load = (request, ...rest) => (request === "./rapid-client.node" ? client : load(request, ...rest));
