/** The JSON of `matrix`, `trace`, `paths` and `check` to the letter of the command line's contract, for small hand-made documents. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "./main";
import { sandbox } from "./testing";

const own = sandbox();

/** Two tenants in one port group, a management interface and a BMC in another VLAN, and an external network beside the BMC. */
const DOCUMENT = {
  format: "bulkhead/1",
  name: "by hand",
  tenants: { "tenant-a": { name: "A" }, "tenant-b": { name: "B" } },
  hosts: { "host-1": { name: "host-1", bmc: { physicalSwitch: "tor-1", vlan: 20 } } },
  physicalSwitches: { "tor-1": { name: "tor-1" } },
  hypervisors: { "esx-1": { name: "esx-1", host: "host-1", platform: "esxi" } },
  managementInterfaces: { vmk0: { name: "vmk0", hypervisor: "esx-1", portGroup: "pg-mgmt", firewall: { enabled: true, ports: ["tcp/443"] } } },
  virtualSwitches: { "vsw-1": { name: "vSwitch1", kind: "standard", hypervisors: ["esx-1"] } },
  uplinks: { up0: { virtualSwitch: "vsw-1", hypervisor: "esx-1", physicalSwitch: "tor-1", port: { mode: "trunk", allowed: "10,20" } } },
  portGroups: {
    "pg-mgmt": { name: "Management", virtualSwitch: "vsw-1", vlan: { mode: "access", id: 20 } },
    "pg-prod": { name: "Production", virtualSwitch: "vsw-1", vlan: { mode: "access", id: 10 } },
  },
  vms: {
    "b-db": { name: "b-db", hypervisor: "esx-1", tenant: "tenant-b", nics: { eth0: { portGroup: "pg-prod" } } },
    "a-web": { name: "a-web", hypervisor: "esx-1", tenant: "tenant-a", nics: { eth0: { portGroup: "pg-prod" } } },
    gold: { name: "gold", hypervisor: "esx-1", tenant: "tenant-a", role: "template", nics: { eth0: { portGroup: "pg-prod" } } },
  },
  externalNetworks: { internet: { name: "Internet", trust: "untrusted", attachedTo: { physicalSwitch: "tor-1", vlan: 20 } } },
};

/** The status, and the output read as JSON. */
async function answer(document: object, command: string, ...options: string[]): Promise<{ status: number; json: unknown; text: string }> {
  const [file, output] = [join(own.folder, "net.bulkhead.json"), join(own.folder, "out.json")];
  writeFileSync(file, JSON.stringify(document));
  const status = await run([command, file, ...options, "--format", "json", "--today", "2026-11-23", "-o", output]);
  const text = readFileSync(output, "utf8");
  return { status, json: JSON.parse(text), text };
}

describe("matrix --format json", () => {
  it("lists rows, and only pairs between which something passes, sorted, with their fields in order", async () => {
    const { status, json, text } = await answer(DOCUMENT, "matrix");
    const both = (from: string, to: string, services: string[], verdict: string) => ({ from, to, layer: 2, frames: "both", services, oneWay: [], verdict });
    const expected = {
      by: "vm", assume: "hostile", rows: ["a-web", "b-db", "host-1/bmc", "internet", "vmk0"],
      pairs: [
        both("a-web", "b-db", ["any"], "violating"), both("b-db", "a-web", ["any"], "violating"), both("host-1/bmc", "internet", ["any"], "violating"), both("host-1/bmc", "vmk0", ["tcp/443"], "permitted"),
        both("internet", "host-1/bmc", ["any"], "violating"), both("internet", "vmk0", ["tcp/443"], "violating"), both("vmk0", "host-1/bmc", ["any"], "permitted"), both("vmk0", "internet", ["any"], "violating"),
      ],
    };
    expect(status).toBe(0);
    expect(json).toEqual(expected);
    expect(text).toBe(`${JSON.stringify(expected, null, 2)}\n`);
  });

  it("by tenant and by port group has their ids as rows", async () => {
    expect((await answer(DOCUMENT, "matrix", "--by", "tenant")).json).toMatchObject({ by: "tenant", rows: ["tenant-a", "tenant-b"], pairs: [{ from: "tenant-a", to: "tenant-b" }, { from: "tenant-b", to: "tenant-a" }] });
    expect((await answer(DOCUMENT, "matrix", "--by", "portgroup")).json).toMatchObject({ by: "portgroup", rows: ["pg-mgmt", "pg-prod"], pairs: [{ from: "pg-prod", to: "pg-prod" }] });
  });

  it("lists unknown pairs with what is missing, and says what it assumed", async () => {
    const unsaid = { ...DOCUMENT, externalNetworks: { lan: { name: "LAN", attachedTo: { physicalSwitch: "tor-1", vlan: 10 } } }, uplinks: { "up.0": { ...DOCUMENT.uplinks.up0, port: { mode: "trunk" } } } };
    const { json } = await answer(unsaid, "matrix", "--assume", "configured");
    expect(json).toMatchObject({ assume: "configured" });
    const hostile = (await answer(unsaid, "matrix")).json as { pairs: { from: string; to: string }[] };
    expect(hostile.pairs.find(({ from, to }) => from === "a-web" && to === "lan"))
      .toEqual({ from: "a-web", to: "lan", layer: 2, services: [], oneWay: [], verdict: "unknown", missing: ['$.uplinks["up.0"].port.allowed'] });
  });

  it("marks a verdict that rests on an address taken over from a neighbour as forged", async () => {
    const nic = (portGroup: string, address: string) => ({ eth0: { portGroup, addresses: [address] } });
    const forging = {
      ...DOCUMENT,
      vms: {
        "a-web": { name: "a-web", hypervisor: "esx-1", tenant: "tenant-a", nics: nic("pg-prod", "10.1.0.10/24") }, "a-two": { name: "a-two", hypervisor: "esx-1", tenant: "tenant-a", nics: nic("pg-prod", "10.1.0.11/24") },
        "b-db": { name: "b-db", hypervisor: "esx-1", tenant: "tenant-b", nics: nic("pg-mgmt", "10.2.0.10/24") },
      },
      firewalls: { fw: { name: "fw", hypervisor: "esx-1", interfaces: { in: { portGroup: "pg-prod" }, out: { portGroup: "pg-mgmt" } }, rules: [{ id: "r1", action: "allow", from: ["vm:a-two"], to: ["vm:b-db"], services: ["tcp/22"] }] } },
    };
    const { pairs } = (await answer(forging, "matrix")).json as { pairs: { from: string; to: string }[] };
    const pair = (from: string) => pairs.find((one) => one.from === from && one.to === "b-db");
    expect(pair("a-web")).toEqual({ from: "a-web", to: "b-db", layer: 3, services: ["tcp/22"], oneWay: [], verdict: "violating", forged: true });
    expect(pair("a-two")).toEqual({ from: "a-two", to: "b-db", layer: 3, services: ["tcp/22"], oneWay: [], verdict: "violating" });
  });
});

describe("trace --format json", () => {
  it("gives the hops of a path in the contract's words", async () => {
    const { status, json } = await answer(DOCUMENT, "trace", "--from", "vm:a-web", "--to", "vm:b-db");
    expect(status).toBe(0);
    expect(json).toMatchObject({ reachable: true, services: ["any"], blockedBy: [] });
    const [path = []] = (json as { paths: { at: string; kind: string; does: string; vlan?: number }[][] }).paths;
    expect(path[0]).toMatchObject({ at: "a-web/eth0", kind: "vm", does: "sends" });
    expect(path.some(({ at, kind, vlan }) => at === "vsw-1" && kind === "virtualSwitch" && vlan === 10)).toBe(true);
    expect(path.at(-1)).toMatchObject({ at: "b-db/eth0", kind: "vm" });
  });

  it("narrows to a service", async () => {
    expect((await answer(DOCUMENT, "trace", "--from", "external:internet", "--to", "management", "--service", "tcp/443")).json).toMatchObject({ reachable: true, services: ["tcp/443"] });
    expect(await answer(DOCUMENT, "trace", "--from", "external:internet", "--to", "management", "--service", "tcp/22")).toMatchObject({ status: 1, json: { reachable: false, services: [], paths: [] } });
  });

  it("is reachable if any member reaches any member, and says where it stops if none does", async () => {
    expect((await answer(DOCUMENT, "trace", "--from", "any", "--to", "tenant:tenant-b")).json).toMatchObject({ reachable: true });
    const { status, json } = await answer(DOCUMENT, "trace", "--from", "tenant:tenant-a", "--to", "bmc");
    expect(status).toBe(1);
    expect(Object.keys(json as object).slice(0, 4)).toEqual(["reachable", "services", "paths", "blockedBy"]);
    expect((json as { blockedBy: unknown[] }).blockedBy.length).toBeGreaterThan(0);
  });
});

describe("paths --format json", () => {
  it("has the keys of the contract in order, and ids that need no context", async () => {
    const { status, json } = await answer(DOCUMENT, "paths", "--from", "tenant:tenant-a", "--to", "tenant:tenant-b");
    expect(status).toBe(1);
    const { paths, reached, cuts } = json as { paths: { cost: number; steps: Record<string, unknown>[] }[]; reached: string[]; cuts: Record<string, unknown>[] };
    expect(Object.keys(json as object)).toEqual(["paths", "reached", "cuts", "separate"]);
    expect(paths[0]).toMatchObject({ cost: 1, steps: [{ from: "a-web", to: "b-db", channel: "network", rule: "NET-001" }] });
    expect(Object.keys(paths[0]?.steps[0] ?? {})).toEqual(["from", "to", "channel", "rule", "detail", "finding"]);
    expect(reached).toEqual(["b-db"]);
    expect(Object.keys(cuts[0] ?? {})).toEqual(["title", "edits", "cuts"]);
  });

  it("starts at an external network, and is 0 where there is no way", async () => {
    expect(await answer(DOCUMENT, "paths", "--from", "external:internet", "--to", "hypervisor:esx-1")).toMatchObject({
      status: 1, json: { paths: [{ steps: [{ from: "internet", channel: "network", rule: "MGT-002" }, { to: "esx-1", channel: "management" }] }] },
    });
    expect(await answer(DOCUMENT, "paths", "--from", "tenant:tenant-a", "--to", "management")).toMatchObject({ status: 0, json: { paths: [], cuts: [], separate: [] } });
  });

  it("names the VMs that have to move after the keys of the contract, and only where it is asked for", async () => {
    const second = { ...DOCUMENT.hypervisors["esx-1"], name: "esx-2", patchLevel: "behind" };
    const document = { ...DOCUMENT, hypervisors: { ...DOCUMENT.hypervisors, "esx-2": second }, virtualSwitches: { "vsw-1": { name: "dvs", kind: "distributed", hypervisors: ["esx-1", "esx-2"] } } };
    expect(await answer(document, "paths", "--from", "vm:a-web", "--to", "esx-2")).toMatchObject({ status: 0, json: { paths: [] } });
    const { status, json } = await answer(document, "paths", "--from", "vm:a-web", "--to", "esx-2", "--placement", "cluster");
    expect(status).toBe(1);
    const [step] = (json as { paths: { steps: Record<string, unknown>[] }[] }).paths[0]?.steps ?? [];
    expect(step).toEqual({ from: "a-web", to: "esx-2", channel: "escape", rule: "HV-002", detail: "esx-2 lacks security updates, only if a-web moves to esx-2", finding: "HV-002:esx-2", moves: [{ vm: "a-web", to: "esx-2" }] });
    expect(Object.keys(step ?? {})).toEqual(["from", "to", "channel", "rule", "detail", "finding", "moves"]);
  });
});

describe("check --format json", () => {
  it("has the summary's fields in order", async () => {
    const { status, json } = await answer(DOCUMENT, "check");
    expect(status).toBe(1);
    const { summary, findings } = json as { summary: Record<string, unknown>; findings: { id: string; severity: string }[] };
    expect(Object.keys(summary)).toEqual(["critical", "high", "medium", "low", "info", "accepted", "tenantPairs", "managementExposedTo"]);
    expect(summary).toMatchObject({ tenantPairs: { isolated: 0, permitted: 0, violating: 2, unknown: 0 }, managementExposedTo: ["internet"] });
    expect(findings.find(({ id }) => id.startsWith("NET-001"))).toMatchObject({ id: "NET-001:tenant-a+tenant-b@tor-1.10", severity: "critical" });
  });
});

describe("diff --format json", () => {
  /** Compares two documents and gives the status and the bytes. */
  async function compare(old: object, now: object, ...options: string[]): Promise<{ status: number; text: string }> {
    const [before, after, output] = [join(own.folder, "old.json"), join(own.folder, "new.json"), join(own.folder, "out.json")];
    writeFileSync(before, JSON.stringify(old));
    writeFileSync(after, JSON.stringify(now));
    const status = await run(["diff", before, after, "--format", "json", "--today", "2026-11-23", "-o", output, ...options]);
    return { status, text: readFileSync(output, "utf8") };
  }

  const split = {
    ...DOCUMENT,
    uplinks: { up0: { ...DOCUMENT.uplinks.up0, port: { mode: "trunk", allowed: "10,20,30" } } },
    portGroups: { ...DOCUMENT.portGroups, "pg-b": { name: "B", virtualSwitch: "vsw-1", vlan: { mode: "access", id: 30 } } },
    vms: { ...DOCUMENT.vms, "b-db": { ...DOCUMENT.vms["b-db"], nics: { eth0: { portGroup: "pg-b" } } } },
  };
  const pair = (from: string, to: string) => ({ from, to, layer: 2, frames: "both", services: ["any"], oneWay: [], verdict: "violating" });

  it("lists edits, and the flows and findings that appeared or went, with their fields in order", async () => {
    const { status, text } = await compare(DOCUMENT, split);
    const checks = [(await answer(DOCUMENT, "check")).json, (await answer(split, "check")).json] as { findings: { id: string }[] }[];
    const [before, after] = checks.map(({ findings }) => findings.map(({ id }) => id).sort()) as [string[], string[]];
    const expected = {
      document: [
        { op: "replace", path: "/uplinks/up0/port/allowed", value: "10,20,30" },
        { op: "add", path: "/portGroups/pg-b", value: split.portGroups["pg-b"] },
        { op: "replace", path: "/vms/b-db/nics/eth0/portGroup", value: "pg-b" },
      ],
      flows: { added: [], removed: [pair("a-web", "b-db"), pair("b-db", "a-web")] },
      findings: { added: after.filter((id) => !before.includes(id)), removed: before.filter((id) => !after.includes(id)) },
    };
    expect(expected.findings.removed).toContain("NET-001:tenant-a+tenant-b@tor-1.10");
    expect(expected.findings.added.length).toBeGreaterThan(0);
    expect(text).toBe(`${JSON.stringify(expected, null, 2)}\n`);
    expect(status).toBe(1);
    expect((await compare(DOCUMENT, split)).text).toBe(text);
  });

  it("has a flow with other services as a removed and an added pair", async () => {
    const narrowed = { ...DOCUMENT, managementInterfaces: { vmk0: { ...DOCUMENT.managementInterfaces.vmk0, firewall: { enabled: true, ports: ["tcp/443", "tcp/902"] } } } };
    const { flows } = JSON.parse((await compare(DOCUMENT, narrowed)).text) as { flows: unknown };
    const to = (from: string, services: string[], verdict: string) => ({ ...pair(from, "vmk0"), services, verdict });
    expect(flows).toEqual({
      added: [to("host-1/bmc", ["tcp/443", "tcp/902"], "permitted"), to("internet", ["tcp/443", "tcp/902"], "violating")], removed: [to("host-1/bmc", ["tcp/443"], "permitted"), to("internet", ["tcp/443"], "violating")],
    });
  });

  it("exits 0 with empty lists where only the spelling differs, and 1 where only the picture does", async () => {
    const respelled = Object.fromEntries(Object.entries(DOCUMENT).reverse());
    expect(await compare(DOCUMENT, respelled)).toEqual({ status: 0, text: `${JSON.stringify({ document: [], flows: { added: [], removed: [] }, findings: { added: [], removed: [] } }, null, 2)}\n` });
    const moved = { ...DOCUMENT, layout: { "host-1": { x: 8, y: 0 } } };
    const { status, text } = await compare(DOCUMENT, moved);
    expect(JSON.parse(text)).toEqual({ document: [{ op: "add", path: "/layout", value: moved.layout }], flows: { added: [], removed: [] }, findings: { added: [], removed: [] } });
    expect(status).toBe(1);
  });

  it("judges both documents on the day and with the guests that are asked for", async () => {
    const allowing = (until: string) => ({ ...DOCUMENT, policy: { allow: [{ id: "p1", from: ["external:internet"], to: ["management"], services: ["tcp/443"], until }] } });
    const verdicts = async (day: string) => (JSON.parse((await compare(allowing("2026-11-23"), allowing("2027-11-23"), "--today", day)).text) as { flows: { added: { verdict: string }[]; removed: { verdict: string }[] } }).flows;
    expect(await verdicts("2026-11-23")).toEqual({ added: [], removed: [] });
    expect(await verdicts("2026-11-24")).toMatchObject({ added: [{ from: "internet", to: "vmk0", verdict: "permitted" }], removed: [{ from: "internet", to: "vmk0", verdict: "violating" }] });
    const trunk = { ...split, portGroups: { ...split.portGroups, "pg-b": { ...split.portGroups["pg-b"], vlan: { mode: "trunk", allowed: "10,30", native: 30 } } } };
    const added = async (assume: string) => (JSON.parse((await compare(split, trunk, "--assume", assume)).text) as { flows: { added: unknown[] } }).flows.added;
    expect(await added("configured")).toEqual([]);
    expect(await added("hostile")).toEqual([pair("a-web", "b-db"), pair("b-db", "a-web")]);
  });
});
