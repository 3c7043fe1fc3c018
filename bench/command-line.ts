/** What people wait for when a pipeline checks a small document: the command line as a process, against a node that does nothing. */
import { spawnSync } from "node:child_process";
import type { Results } from "./analysis-ratios";
import { always, interleave, medianRatio } from "./statistics";

/** The ratio of one `check` over one `node -e 0`, each a process of its own, in turn. Throws where the document is not checked. */
export function checkOverNode(program: string, document: string, rounds: number): Results {
  const times = interleave(rounds, {
    check: always(() => run([program, "check", document, "--fail-on", "none"])),
    node: always(() => run(["-e", "0"])),
  });
  return { checkOverNode: medianRatio(times.check, times.node) };
}

function run(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")}: ${stderr}`);
}
