/** A sandbox of its own namespaces, in which one topology after the other is built and measured. Linux, as the superuser. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { BuildOrder } from "./build-order";

const RUNNER = fileURLToPath(new URL("runner.py", import.meta.url));
/** Everything that is made inside goes when the first process inside ends, for whatever reason. */
const COMMAND = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "/usr/bin/python3", "-B", RUNNER] as const;

/** That `listener` heard a frame which `sender` sent with one tag and it got with another; 0 is no tag. */
export type Heard = readonly [sender: number, tag: number, listener: number, tagHeard: number, arp: 0 | 1];

export class Sandbox {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: Interface;
  private readonly answers: AsyncIterator<string>;

  constructor() {
    const [program, ...args] = COMMAND;
    this.child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.child.stdout });
    this.answers = this.lines[Symbol.asyncIterator]();
  }

  /** Resolves once the switches' daemons run, with what the kernel lacks. */
  async ready(): Promise<readonly string[]> {
    const { result, error } = await this.next();
    if (error !== undefined) throw new Error(error);
    return result as readonly string[];
  }

  async build(order: BuildOrder): Promise<readonly Heard[]> {
    return (await this.ask("build", order)) as readonly Heard[];
  }

  close(): void {
    this.child.stdin.end();
    this.child.kill();
  }

  async ask(what: string, order: unknown): Promise<unknown> {
    this.child.stdin.write(`${JSON.stringify({ do: what, with: order })}\n`);
    const { result, error, trace } = await this.next();
    if (error !== undefined) throw new Error(`${error}\n${trace ?? ""}`);
    return result;
  }

  private async next(): Promise<{ result?: unknown; error?: string; trace?: string }> {
    const { value, done } = await this.answers.next();
    if (done === true) throw new Error("the sandbox ended");
    return JSON.parse(value) as { result?: unknown; error?: string; trace?: string };
  }
}
