import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The built program; HASHMEND names another. The commands stand beside it. */
const hashmend = resolve(process.env.HASHMEND ?? join(import.meta.dirname, "../../build/bin/hashmend"));
const command = (name: string): string => join(dirname(hashmend), name);

/** A program of ours as a process of its own, with what it said. */
class Running {
  private constructor(
    private readonly child: ChildProcess,
    readonly address: string,
  ) {}

  /** Starts it and waits for the line that names its address. */
  static async start(file: string, args: string[]): Promise<Running> {
    if (!existsSync(file)) throw new Error(`${file} is not built: run make e2e`);
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
    const said: string[] = [];
    createInterface({ input: child.stderr! }).on("line", (line) => said.push(line));
    const address = await new Promise<string>((found, failed) => {
      createInterface({ input: child.stdout! }).on("line", (line) => {
        const url = /http:\/\/\S+/.exec(line)?.[0];
        if (url) found(url);
      });
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`${file} ended with ${code}: ${said.join("\n")}`)));
    });
    return new Running(child, address);
  }

  /** Ends it as a power cut would. */
  kill(): Promise<void> {
    return this.end("SIGKILL");
  }

  stop(): Promise<void> {
    return this.end("SIGTERM");
  }

  private end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    const ended = new Promise<void>((done) => this.child.once("exit", () => done()));
    this.child.kill(signal);
    return ended;
  }
}

/** A desk: the built program, serving its window to a browser. */
export class DeskProgram {
  private running: Running | undefined;

  constructor(readonly dir: string) {}

  /** Starts it and gives the address to open, which works once. */
  async start(): Promise<string> {
    this.running = await Running.start(hashmend, ["--data", this.dir, "--webdesk"]);
    return this.running.address;
  }

  async kill(): Promise<void> {
    await this.running?.kill();
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }
}

/** A row of `centred dump`. */
export interface DumpRow {
  t: string;
  id: string;
  work_order?: string;
  d: Record<string, unknown>;
}

/** A real after-sales centre, as a process of its own. */
export class CentreProgram {
  private running: Running | undefined;

  constructor(readonly dir: string) {}

  /** Makes the centre when it is not there yet: nothing but init does. */
  private async made(): Promise<void> {
    if (existsSync(join(this.dir, "centre.db"))) return;
    const words = ["--name", "After-sales centre", "--name-zh", "售后中心", "--tls", "off", "--listen", "127.0.0.1:0"];
    await run(command("centred"), ["init", "--data", this.dir, ...words, "--yes"]);
  }

  async start(listen = "127.0.0.1:0"): Promise<string> {
    await this.made();
    this.running = await Running.start(command("centred"), ["serve", "--data", this.dir, "--listen", listen]);
    return this.running.address;
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  /** Fills a new centre with plausible cases in every state. */
  async seed(): Promise<void> {
    await this.made();
    await run(command("centred"), ["seed", "--data", this.dir]);
  }

  /** A code that lets one install in. */
  async invite(role: string, name: string, account = ""): Promise<string> {
    await this.made();
    const args = ["invite", "--data", this.dir, "--role", role, "--name", name, "--account", account];
    return (await run(command("centred"), args)).stdout.trim();
  }

  /** Changes what the centre says about itself. */
  async setInfo(file: string): Promise<void> {
    await this.made();
    await run(command("centred"), ["info", "--data", this.dir, "--set", file]);
  }

  /** Everything it holds. */
  async dump(): Promise<DumpRow[]> {
    const { stdout } = await run(command("centred"), ["dump", "--data", this.dir], { maxBuffer: 64 << 20 });
    return stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as DumpRow);
  }

  async faults(): Promise<unknown[]> {
    const { stdout } = await run(command("centred"), ["check", "--data", this.dir]);
    return (JSON.parse(stdout) as { faults: unknown[] | null }).faults ?? [];
  }
}
