/**
 * `npm test`: everything that must hold before a change goes in. Installs what it needs, runs every step even if an earlier one
 * failed (unless it needs that one's result), and ends with the line `N passed, N failed`.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { ROOT } from "./bundles";

interface Step {
  readonly title: string;
  readonly command: readonly string[];
  /** Steps without which this one makes no sense. */
  readonly needs?: readonly string[];
  /** Where the step's runner leaves its counts. A step without a report counts only if it fails. */
  readonly report?: keyof typeof REPORTS;
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const REPORTS = { unit: join(ROOT, "test-results/unit.json"), journeys: join(ROOT, "test-results/report.json"), laboratory: join(ROOT, "test-results/laboratory.json") };
const tsx = (script: string, ...args: string[]): string[] => [process.execPath, "--import", "tsx", join(ROOT, "scripts", script), ...args];
const bin = (path: string, ...args: string[]): string[] => [process.execPath, join(ROOT, "node_modules", path), ...args];

const STEPS: readonly Step[] = [
  { title: "Debian packages", command: tsx("debian-packages.ts") },
  { title: "Electron", command: tsx("electron-runtime.ts") },
  { title: "types", command: tsx("typecheck.ts") },
  { title: "lint", command: ["npm", "run", "--silent", "lint"] },
  { title: "dead code", command: ["npm", "run", "--silent", "deadcode"] },
  { title: "generated documents", command: tsx("docs.ts", "--check") },
  { title: "unit tests", command: bin("vitest/vitest.mjs", "run", "--reporter=dot", "--reporter=json", `--outputFile.json=${REPORTS.unit}`), report: "unit" },
  { title: "laboratory", command: tsx("lab.ts", "--count", "50", "--if-possible"), report: "laboratory" },
  { title: "build", command: tsx("build.ts") },
  { title: "journeys", command: tsx("e2e.ts"), needs: ["Debian packages", "Electron", "build"], report: "journeys" },
  { title: "package", command: tsx("package.ts"), needs: ["Electron", "build"] },
  { title: "package for tests", command: tsx("package.ts", "--test"), needs: ["Electron", "build"] },
  { title: "journeys on the package", command: tsx("e2e.ts", "--package"), needs: ["Debian packages", "package", "package for tests"], report: "journeys" },
];

const vitestReport = z.object({
  numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number(),
  testResults: z.array(z.object({ name: z.string(), message: z.string().default(""), assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) })) })),
});
const playwrightReport = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }) });

const laboratoryReport = z.object({ passed: z.number(), failed: z.number(), skipped: z.number() });

const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
const succeeded = new Set<string>();
const timings: string[] = [];

for (const step of STEPS) {
  const missing = step.needs?.find((title) => !succeeded.has(title));
  if (missing !== undefined) {
    counts.failed += 1;
    timings.push(`${step.title}: not run, for “${missing}” failed`);
    continue;
  }
  process.stdout.write(`\n── ${step.title}\n`);
  if (step.report !== undefined) rmSync(REPORTS[step.report], { force: true });
  const startedAt = Date.now();
  const ok = await run(step.command);
  if (ok) succeeded.add(step.title);
  count(step, ok);
  timings.push(`${step.title}: ${((Date.now() - startedAt) / 1000).toFixed(1)} s${ok ? "" : ", FAILED"}`);
}
process.stdout.write(`\n${timings.join("\n")}\n\n`);
const skipped = counts.skipped === 0 ? "" : `, ${counts.skipped} skipped`;
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);

function run(command: readonly string[]): Promise<boolean> {
  const [program = "", ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}

/** Adds a step's tests. One that failed counts at least one failure, also when its runner left no report. */
function count({ report }: Step, ok: boolean): void {
  const found = report === undefined ? undefined : readReport(report);
  counts.passed += found?.passed ?? 0;
  counts.skipped += found?.skipped ?? 0;
  counts.failed += ok ? (found?.failed ?? 0) : Math.max(found?.failed ?? 0, 1);
}

function readReport(report: keyof typeof REPORTS): Counts | undefined {
  const path = REPORTS[report];
  if (!existsSync(path)) return undefined;
  const content: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (report === "unit") {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = vitestReport.parse(content);
    // Named again at the end: where the output is cut, its end is what is left.
    for (const { name, message, assertionResults } of testResults) {
      const failed = assertionResults.filter(({ status }) => status === "failed");
      for (const { fullName, failureMessages } of failed) timings.push(`  ${relative(ROOT, name)}: ${fullName}\n    ${failureMessages.join("\n").slice(0, 600)}`);
      if (failed.length === 0 && message !== "") timings.push(`  ${relative(ROOT, name)}: ${message.slice(0, 600)}`);
    }
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  }
  if (report === "laboratory") return laboratoryReport.parse(content);
  const { stats } = playwrightReport.parse(content);
  if (stats.flaky > 0) timings.push(`${stats.flaky} of the journeys needed a second try; the list above names them`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}
