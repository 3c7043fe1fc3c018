/** Programs in Python that Bulkhead is measured against. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Debian's packages are for its own interpreter, whatever else is called python3. */
const PYTHON = "/usr/bin/python3";

/** Whether the module can be imported; if not, one line says so. */
export function hasModule(module: string): boolean {
  if (spawnSync(PYTHON, ["-c", `import ${module}`], { stdio: "ignore" }).status === 0) return true;
  process.stderr.write(`python3-${module} is not installed: left out\n`);
  return false;
}

/** Gives the script the input as a JSON file and returns what it prints, parsed. Throws if it fails. */
export function askPython(script: string, input: unknown): unknown {
  const folder = mkdtempSync(join(tmpdir(), "bulkhead-bench-"));
  try {
    const file = join(folder, "input.json");
    writeFileSync(file, JSON.stringify(input));
    const { status, stdout, stderr, error } = spawnSync(PYTHON, [script, file], { encoding: "utf8", maxBuffer: 1 << 28 });
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`${script}: ${stderr}`);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
