/** The commands of the pipelines in docs/ci.md, in their order. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "./main";
import { sandbox } from "./testing";

const own = sandbox();
const COMMAND = 'node "$BULKHEAD" ', DIFFERS = " || [ $? -eq 1 ]";
const samples = join(import.meta.dirname, "../assets/samples");

/** Of each fenced block, the command lines that call Bulkhead. */
function pipelines(): readonly (readonly string[])[] {
  const text = readFileSync(join(import.meta.dirname, "../docs/ci.md"), "utf8");
  return [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, block = ""]) => block.split("\n").flatMap((line) => {
    const at = line.indexOf(COMMAND);
    return at < 0 ? [] : [line.slice(at + COMMAND.length)];
  }));
}

/** Runs one; files are those of the test's folder. */
async function status(command: string): Promise<number> {
  const argv = command.replace(DIFFERS, "").split(" ").map((word) => (/^[\w-]+(\.[a-z]+)+$/.test(word) ? join(own.folder, word) : word));
  return run([...argv, ...(/^(check|verify)/.test(command) ? ["--quiet"] : [])]);
}

function changed(before: string, after: string): void {
  copyFileSync(join(samples, `${before}.bulkhead.json`), join(own.folder, "base.bulkhead.json"));
  copyFileSync(join(samples, `${after}.bulkhead.json`), join(own.folder, "network.bulkhead.json"));
}

describe("the pipelines in docs/ci.md", { timeout: 300_000 }, () => {
  const [github = [], gitlab = []] = pipelines();

  it("call Bulkhead six and five times", () => {
    expect([github.length, gitlab.length]).toEqual([6, 5]);
  });

  it.each([["GitHub", github], ["GitLab", gitlab]])("%s: every step of a change that isolates passes", async (_name, commands) => {
    changed("flawed-scenario", "isolated-scenario");
    for (const command of commands) expect([command, await status(command)]).toEqual([command, command.endsWith(DIFFERS) ? 1 : 0]);
    expect(readFileSync(join(own.folder, "network-diff.md"), "utf8")).toContain("## Findings: ");
  });

  it.each([["GitHub", github], ["GitLab", gitlab]])("%s: a change that opens a grave finding is stopped by the last step only", async (_name, commands) => {
    changed("isolated-scenario", "flawed-scenario");
    for (const command of commands) expect([command, await status(command)]).toEqual([command, command.endsWith(DIFFERS) || command === commands.at(-1) ? 1 : 0]);
  });

  it("a comment is never longer than GitHub takes", async () => {
    const vms = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`vm-${"long-name-".repeat(9)}${index}`, { name: `vm ${index}`, hypervisor: "h", tenant: `t${index % 30}`, nics: { eth0: { portGroup: "p" } } }]));
    const tenants = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`t${index}`, { name: `Tenant ${index}` }]));
    const document = { format: "bulkhead/1", name: "Many", hosts: { host: { name: "host" } }, tenants, hypervisors: { h: { name: "h", host: "host", platform: "esxi" } }, virtualSwitches: { s: { name: "s", kind: "standard", hypervisors: ["h"] } }, portGroups: { p: { name: "p", virtualSwitch: "s", vlan: { mode: "access", id: 10 } } } };
    writeFileSync(join(own.folder, "base.bulkhead.json"), JSON.stringify({ ...document, vms: {} }));
    writeFileSync(join(own.folder, "network.bulkhead.json"), JSON.stringify({ ...document, vms }));
    expect(await status("diff base.bulkhead.json network.bulkhead.json --format md -o network-diff.md")).toBe(1);
    const comment = readFileSync(join(own.folder, "network-diff.md"), "utf8");
    expect(comment.length).toBeLessThanOrEqual(60_000);
    expect(comment).toMatch(/… and \d+ more/);
  });
});
