/** The packages: what is in them, what their fuses say, and that the one for release runs, sandboxed, for an ordinary user. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { listPackage } from "@electron/asar";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { chromium } from "@playwright/test";
import { expect, test } from "./fixtures";

const RELEASE = process.env["BULKHEAD_E2E_RELEASE"] ?? "";
const TEST_PACKAGE = process.env["BULKHEAD_E2E_PACKAGE"] ?? "";
/** How Electron writes the state of a fuse into its executable: the characters 0 and 1. */
const OFF = 0x30;
const ON = 0x31;
const isRoot = process.getuid?.() === 0;

test("the package runs as one, shows the sample and saves", async ({ launch, folder }) => {
  const path = join(folder, "network.bulkhead.json");
  const text = '{\n  "format": "bulkhead/1",\n  "name": "before"\n}\n';
  writeFileSync(path, text);
  const { app, page } = await launch({ args: [path] });
  expect(await app.evaluate(({ app: program }) => [program.isPackaged, program.getName()])).toEqual([true, "Bulkhead"]);
  const saved = await page.evaluate(async () => {
    const start = await window.bulkhead.initialDocument();
    if (start.status !== "opened") return start;
    return window.bulkhead.save(start.file.handle, new TextDecoder().decode(start.file.bytes).replace("before", "after"), "x");
  });
  expect(saved).toMatchObject({ status: "saved", name: "network.bulkhead.json" });
  expect(readFileSync(path, "utf8")).toBe(text.replace("before", "after"));
  expect((await page.evaluate(() => window.bulkhead.samples())).map(({ name }) => name)).toContain("flawed-scenario");
});

test("a package holds what was built, the command line and nothing else", () => {
  const resources = join(dirname(RELEASE), "resources");
  expect(readdirSync(resources).sort()).toEqual(["app.asar", "cli"]);
  const packed = listPackage(join(resources, "app.asar"), { isPack: false }).map((path) => path.replaceAll("\\", "/"));
  const tops = new Set(packed.map((path) => path.split("/").slice(1, 3).join("/")));
  expect([...tops].sort()).toEqual(["assets", "assets/icon.png", "dist", "dist/electron", "dist/renderer", "dist/samples", "package.json"]);
  const help = spawnSync(join(dirname(RELEASE), "bulkhead"), ["--help"], { encoding: "utf8", env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` } });
  expect(help.stdout).toContain("check");
});

test("the fuses of the release are set, and the test package differs in the inspector's alone", async () => {
  const wanted = {
    [FuseV1Options.RunAsNode]: OFF,
    [FuseV1Options.EnableCookieEncryption]: ON,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
    [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
    [FuseV1Options.OnlyLoadAppFromAsar]: ON,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: OFF,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
  };
  expect(await getCurrentFuseWire(RELEASE)).toMatchObject(wanted);
  expect(await getCurrentFuseWire(TEST_PACKAGE)).toMatchObject({ ...wanted, [FuseV1Options.EnableNodeCliInspectArguments]: ON });
});

test("the release runs for an ordinary user with its sandbox on, and no Node environment bends it", async ({ folder }) => {
  test.skip(!isRoot, "starts the package as another user, which only the superuser can");
  const executable = forEveryone(folder);
  const marker = join(folder, "bent");
  writeFileSync(join(folder, "bend.cjs"), `require("node:fs").writeFileSync(${JSON.stringify(marker)}, "")`);
  const child = startAsNobody(executable, folder, { ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: `--require ${join(folder, "bend.cjs")}` });
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(child));
    const [context] = browser.contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent("page"));
    if (page === undefined) throw new Error("the release shows no window");
    await page.waitForURL("app://bulkhead/index.html");
    await expect(page.locator("body")).not.toBeEmpty();
    const renderers = processesOf(executable).filter(({ command }) => command.includes("--type=renderer"));
    expect(renderers.length).toBeGreaterThan(0);
    for (const { status, command } of renderers) {
      expect(status).toMatch(/^Seccomp:\s+2$/m);
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
      expect(command).not.toContain("no-sandbox");
    }
    expect(readdirSync(folder)).not.toContain("bent");
    await browser.close();
  } finally {
    end(executable);
    child.kill("SIGKILL");
  }
});

/** A copy of the release that any user may run. */
function forEveryone(folder: string): string {
  chmodSync(folder, 0o755);
  const copy = join(folder, "release");
  cpSync(dirname(RELEASE), copy, { recursive: true });
  return join(copy, "bulkhead-designer");
}

function startAsNobody(executable: string, folder: string, extra: Readonly<Record<string, string>>): ChildProcess {
  const profile = join(folder, "nobody");
  mkdirSync(profile);
  chmodSync(profile, 0o777);
  const authority = join(folder, "xauthority");
  const given = process.env["XAUTHORITY"];
  if (given !== undefined) {
    copyFileSync(given, authority);
    chmodSync(authority, 0o644);
  }
  const env = { DISPLAY: process.env["DISPLAY"] ?? "", PATH: process.env["PATH"] ?? "", TMPDIR: tmpdir(), HOME: profile, XDG_CONFIG_HOME: profile, XAUTHORITY: authority, ...extra };
  return spawn("runuser", ["-u", "nobody", "--", executable, "--remote-debugging-port=0"], { cwd: profile, env, stdio: ["ignore", "ignore", "pipe"] });
}

async function debuggingAddress(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error("no standard error");
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
    said.push(line);
  }
  throw new Error(`the release did not start:\n${said.join("\n")}`);
}

function end(executable: string): void {
  for (const { id } of processesOf(executable)) {
    try {
      process.kill(id, "SIGKILL");
    } catch {
      // It has gone with one that was ended before it.
    }
  }
}

/** The processes of an executable, from Linux's process table. */
function processesOf(executable: string): { id: number; command: string; status: string }[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const command = readFileSync(join("/proc", name, "cmdline"), "utf8").replaceAll("\0", " ");
      return command.startsWith(executable) ? [{ id: Number(name), command, status: readFileSync(join("/proc", name, "status"), "utf8") }] : [];
    } catch {
      return [];
    }
  });
}
