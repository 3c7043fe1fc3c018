import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ROOT } from "./bundles";
import { launched } from "./launched-program";

const PROGRAM = 'const words = `"*/" → ${"aab".replace(/a*/, "é")}`; /* a comment */ require("./saying.js").say(words); exports.known = "known";';
/** Asked for by the entry, and asks it back before that has ended. */
const SAYING = 'const entry = require("./program.js"), { format } = require("node:util"); exports.say = (words) => console.log(format("%s %s", words, process.argv.slice(2).join()), entry.known ?? "");';
const parts = (program: string) => new Map([["program.js", program], ["saying.js", SAYING], ["never.js", "throw new Error('nobody asks for this');"]]);
const SAID = '"*/" → éb one,two \n';

describe("the command line behind its launcher", () => {
  let folder: string, file: string, code: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-launcher-"));
    file = join(folder, "program.js");
    code = join(folder, "program.code");
    write(PROGRAM);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (program: string) => writeFileSync(file, launched(readFileSync(join(ROOT, "cli/launcher.cjs"), "utf8"), "program.js", parts(program)));
  const run = (environment: Readonly<Record<string, string>> = {}, started = file) => spawnSync(process.execPath, [started, "one", "two"], { encoding: "utf8", env: { ...process.env, ...environment } });

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

  it("runs all the same where the compiled code is damaged, anywhere", () => {
    run({ BULKHEAD_KEEP_CODE: "1" });
    const kept = readFileSync(code);
    for (const damaged of [Buffer.from("not compiled code"), kept.subarray(0, kept.length >> 1), ...[0.1, 0.5, 0.9].map((part) => flipped(kept, Math.floor(kept.length * part)))]) {
      writeFileSync(code, damaged);
      expect(run()).toMatchObject({ status: 0, stdout: SAID, stderr: "" });
    }
  });

  it("does not run the compiled code of another program of the same length, and keeps its own", () => {
    run({ BULKHEAD_KEEP_CODE: "1" });
    write(PROGRAM.replace('"aab"', '"aac"'));
    expect(run()).toMatchObject({ status: 0, stdout: SAID.replace("éb", "éc"), stderr: "" });
    expect(run({ BULKHEAD_KEEP_CODE: "1" }).stdout).toBe(SAID.replace("éb", "éc"));
    expect(run().stdout).toBe(SAID.replace("éb", "éc"));
  });

  it("runs in a folder of modules, under a path with spaces and numbers and by a link, with and without compiled code", () => {
    const modules = join(folder, "of modules #1:2:3");
    mkdirSync(modules);
    writeFileSync(join(modules, "package.json"), JSON.stringify({ type: "module" }));
    copyFileSync(file, join(modules, "program.js"));
    symlinkSync(join(modules, "program.js"), join(folder, "link"));
    for (const started of [join(modules, "program.js"), join(folder, "link")]) {
      expect(run({}, started)).toMatchObject({ status: 0, stdout: SAID, stderr: "" });
      expect(run({ BULKHEAD_KEEP_CODE: "1" }, started)).toMatchObject({ status: 0, stdout: SAID });
      expect(existsSync(join(modules, "program.code"))).toBe(true);
      expect(run({}, started)).toMatchObject({ status: 0, stdout: SAID, stderr: "" });
    }
  });

  it.each(["program.cjs", "program.mjs", "program"])("is never overwritten by its compiled code, called %s", (name) => {
    const named = join(folder, name);
    copyFileSync(file, named);
    expect(run({ BULKHEAD_KEEP_CODE: "1" }, named)).toMatchObject({ status: 0, stdout: SAID });
    expect(readFileSync(named).equals(readFileSync(file))).toBe(true);
    expect(existsSync(code)).toBe(true);
    expect(run({}, named)).toMatchObject({ status: 0, stdout: SAID, stderr: "" });
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x5a;
  return copy;
}
