/** Entries of the policy count up to and including their day; the day after, what they covered is open again. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "./main";
import { sandbox } from "./testing";

const own = sandbox();

const [LAST_DAY, DAY_AFTER] = ["2026-11-23", "2026-11-24"] as const;
const NET_002 = "NET-002:tenant-a>tenant-b";

/** A firewall lets one tenant's VM reach the other's on tcp/443. */
const guest = (tenant: string, portGroup: string, address: string) => ({ name: tenant, hypervisor: "esx-1", tenant, nics: { eth0: { portGroup, addresses: [address] } } });
const group = (id: number) => ({ name: `VLAN ${id}`, virtualSwitch: "vsw-1", vlan: { mode: "access", id } });
const DOCUMENT = {
  format: "bulkhead/1", name: "by hand", tenants: { "tenant-a": { name: "A" }, "tenant-b": { name: "B" } },
  hosts: { "host-1": { name: "host-1" } }, hypervisors: { "esx-1": { name: "esx-1", host: "host-1", platform: "esxi" } },
  virtualSwitches: { "vsw-1": { name: "vSwitch1", kind: "standard", hypervisors: ["esx-1"] } },
  portGroups: { "pg-a": group(10), "pg-b": group(20) },
  vms: { a: guest("tenant-a", "pg-a", "10.1.0.10/24"), b: guest("tenant-b", "pg-b", "10.2.0.10/24") },
  firewalls: { fw: { name: "fw", hypervisor: "esx-1", interfaces: { in: { portGroup: "pg-a" }, out: { portGroup: "pg-b" } }, rules: [{ id: "r1", action: "allow", from: ["vm:a"], to: ["vm:b"], services: ["tcp/443"], in: "in", out: "out" }] } },
};

const flow = { id: "p1", from: ["tenant:tenant-a"], to: ["tenant:tenant-b"], services: ["tcp/443"], reason: "shop front", by: "A. Admin" };
const ENTRIES = {
  allow: (until: string) => ({ allow: [{ ...flow, until }] }),
  require: (until: string) => ({ require: [{ ...flow, until }] }),
  accept: (until: string) => ({ accept: [{ finding: NET_002, reason: "migration", by: "A. Admin", until }] }),
} as const;

const withPolicy = (kind: keyof typeof ENTRIES, until: string): string => {
  const file = join(own.folder, `${kind}-${until}.json`);
  writeFileSync(file, JSON.stringify({ ...DOCUMENT, policy: ENTRIES[kind](until) }));
  return file;
};

async function output(...argv: string[]): Promise<{ status: number; text: string }> {
  const file = join(own.folder, "out");
  const status = await run([...argv, "-o", file]);
  return { status, text: readFileSync(file, "utf8") };
}

interface Report { readonly summary: { readonly accepted: number; readonly tenantPairs: object }; readonly findings: readonly { readonly id: string; readonly accepted: boolean }[] }

async function check(file: string, today: string): Promise<{ report: Report; open: string[] }> {
  const report = JSON.parse((await output("check", file, "--format", "json", "--today", today)).text) as Report;
  return { report, open: report.findings.filter(({ accepted }) => !accepted).map(({ id }) => id) };
}

describe.each(["allow", "require", "accept"] as const)("an entry of %s", (kind) => {
  it("covers its finding up to and including its last day, in check", async () => {
    const file = withPolicy(kind, LAST_DAY);
    expect((await check(file, LAST_DAY)).open).not.toContain(NET_002);
    expect((await check(file, DAY_AFTER)).open).toContain(NET_002);
  });

  it("lets its finding open again the day after, in diff against one that lasts", async () => {
    const [lasting, ending] = [withPolicy(kind, "2027-06-30"), withPolicy(kind, LAST_DAY)];
    const findings = async (today: string) => (JSON.parse((await output("diff", lasting, ending, "--format", "json", "--today", today)).text) as { findings: { added: string[]; removed: string[] } }).findings;
    expect(await findings(LAST_DAY)).toEqual({ added: [], removed: [] });
    expect((await findings(DAY_AFTER)).added).toContain(NET_002);
    const people = await output("diff", lasting, ending, "--today", DAY_AFTER);
    expect(people).toMatchObject({ status: 1 });
    expect(people.text).toMatch(new RegExp(`\\+ \\w+ +${NET_002}  `));
  });
});

it.each(["allow", "require"] as const)("the verdict follows an entry of %s", async (kind) => {
  const pairs = async (today: string) => (await check(withPolicy(kind, LAST_DAY), today)).report.summary.tenantPairs;
  expect(await pairs(LAST_DAY)).toMatchObject({ permitted: 1, violating: 0 });
  expect(await pairs(DAY_AFTER)).toMatchObject({ permitted: 0, violating: 1 });
});

describe("the acceptance of a finding", () => {
  it("is shown with owner, day and reason, and that it is over", async () => {
    const file = withPolicy("accept", LAST_DAY);
    const accepted = "by A. Admin until 2026-11-23: migration";
    for (const format of ["text", "md"]) {
      expect((await output("check", file, "--format", format, "--today", LAST_DAY)).text).toContain(`Accepted ${accepted}`);
      expect((await output("check", file, "--format", format, "--today", DAY_AFTER)).text).toContain(`No longer accepted, it was ${accepted}`);
    }
    expect((await output("diff", withPolicy("accept", "2027-06-30"), file, "--today", DAY_AFTER)).text).toContain(`No longer accepted, it was ${accepted} (was accepted)`);
  });

  it("counts as long as the longest of several entries about it", async () => {
    const file = join(own.folder, "twice.json");
    const entries = [...ENTRIES.accept("2026-01-01").accept, ...ENTRIES.accept("2026-12-31").accept, ...ENTRIES.accept(LAST_DAY).accept];
    writeFileSync(file, JSON.stringify({ ...DOCUMENT, policy: { accept: entries } }));
    expect((await check(file, DAY_AFTER)).report.summary.accepted).toBe(1);
    expect((await output("check", file, "--today", DAY_AFTER)).text).toContain("Accepted by A. Admin until 2026-12-31");
  });

  it("does not make a finding go, in diff", async () => {
    const bare = join(own.folder, "bare.json");
    writeFileSync(bare, JSON.stringify(DOCUMENT));
    const argv = ["diff", bare, withPolicy("accept", LAST_DAY), "--today", LAST_DAY] as const;
    expect(JSON.parse((await output(...argv, "--format", "json")).text)).toMatchObject({ flows: { added: [], removed: [] }, findings: { added: [], removed: [] } });
    expect((await output(...argv)).text).toMatch(new RegExp(`~ \\w+ +${NET_002}  .*Accepted by A. Admin until 2026-11-23: migration \\(was open\\)`));
  });
});
