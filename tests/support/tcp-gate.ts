import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Gate {
  /** Its address on loopback. */
  readonly url: string;
  /** Takes connections, but hands nothing on until `open`. */
  close(): void;
  open(): void;
  /** Breaks all connections, as time does with those of a process that stands still. */
  cut(): void;
  stop(): Promise<void>;
}

/** A gate before a server on loopback: open at first. */
export async function openGate(target: string): Promise<Gate> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];
  let closed = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  };
  const server = createServer((client) => {
    keep(client);
    const pass = (): void => {
      const origin = keep(connect(Number(port), hostname));
      client.pipe(origin).pipe(client);
      client.on("close", () => origin.destroy());
      origin.on("close", () => client.destroy());
    };
    if (closed) held.push(pass);
    else pass();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => (closed = true),
    open() {
      closed = false;
      for (const pass of held.splice(0)) pass();
    },
    cut,
    async stop() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
