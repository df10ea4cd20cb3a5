import { connect, createServer, type Server, type Socket } from "node:net";

/** The network between a desk and its centre: a wire that can be cut and mended. */
export class NetworkLine {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private port = 0;

  constructor(private readonly target: URL) {}

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Lays the wire, or mends it at the same address. */
  async mend(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(Number(this.target.port), this.target.hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(one);
        one.on("error", () => other.destroy());
        one.on("close", () => {
          this.sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    await new Promise<void>((done, failed) => server.once("error", failed).listen(this.port, "127.0.0.1", done));
    this.port = (server.address() as { port: number }).port;
    this.server = server;
  }

  /** Cuts every connection in the middle of whatever it carries. */
  async cut(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (server === undefined) return;
    const closed = new Promise<void>((done) => server.close(() => done()));
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }
}
