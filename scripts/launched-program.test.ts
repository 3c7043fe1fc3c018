import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ROOT } from "./bundles";
import { launched } from "./launched-program";

const PROGRAM = 'const words = `"*/" → ${"aab".replace(/a*/, "é")}`; /* a comment */ console.log(words, process.argv.slice(2).join());';
const SAID = '"*/" → éb one,two\n';

describe("the command line behind its launcher", () => {
  let folder: string, file: string, code: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-launcher-"));
    file = join(folder, "program.js");
    code = join(folder, "program.code");
    writeFileSync(file, launched(readFileSync(join(ROOT, "cli/launcher.cjs"), "utf8"), PROGRAM));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (environment: Readonly<Record<string, string>> = {}) => spawnSync(process.execPath, [file, "one", "two"], { encoding: "utf8", env: { ...process.env, ...environment } });

  it("runs alone, comments' ends and letters beyond ASCII included, and writes nothing", () => {
    expect(run()).toMatchObject({ status: 0, stdout: SAID, stderr: "" });
    expect(existsSync(code)).toBe(false);
  });

  it("leaves its compiled code when asked, and runs with it", () => {
    expect(run({ BULKHEAD_KEEP_CODE: "1" })).toMatchObject({ status: 0, stdout: SAID });
    const kept = readFileSync(code);
    expect(kept.length).toBeGreaterThan(100);
    expect(run()).toMatchObject({ status: 0, stdout: SAID, stderr: "" });
    expect(readFileSync(code).equals(kept)).toBe(true);
  });

  it("runs all the same where the compiled code is damaged", () => {
    writeFileSync(code, "not compiled code");
    expect(run()).toMatchObject({ status: 0, stdout: SAID, stderr: "" });
  });
});
