import { describe, expect, it } from "vitest";
import { analyze } from "../../analysis/analyze";
import type { Finding } from "../../analysis/result";
import type { Condition, CustomRule } from "./schema";
import type { Topology } from "../../model/topology";
import { flawedScenario, TODAY } from "../testing";
import { toIsolationRule } from "./custom-rule";

const HOUSE: CustomRule = { id: "X-HOUSE", title: "House rule", severity: "high", select: ["vm"], when: {}, text: "Because." };

function findings(topology: Topology, when: Condition, changes: Partial<CustomRule> = {}): readonly Finding[] {
  const rule = toIsolationRule({ ...HOUSE, ...changes, when }, "house.rules.json");
  return analyze(topology, { today: TODAY, verifyFixes: false, customRules: [rule] }).findings.filter(({ rule: id }) => id === "X-HOUSE");
}

const ids = (...args: Parameters<typeof findings>): string[] => findings(...args).map(({ id }) => id);

/** The scenario with other fields in one VM. */
function withVm(id: string, fields: object): Topology {
  const document = flawedScenario();
  return { ...document, vms: { ...document.vms, [id]: { ...document.vms?.[id], ...fields } as NonNullable<Topology["vms"]>[string] } };
}

describe("a rule on a field", () => {
  it("fires on what is written, with the place, the text and the remedy", () => {
    const found = findings(withVm("a-web", { guest: { tools: "full" } }), { field: "guest.tools", equals: "full" }, { fix: "Use minimal tools." });
    expect(found[0]).toMatchObject({
      id: "X-HOUSE:a-web", severity: "high", title: "House rule: tenant-a-21", subjects: ["a-web"], root: "X-HOUSE", fixes: [],
      detail: "$.vms.a-web.guest.tools is full. Because. Only a person can mend it: X-HOUSE says: Use minimal tools.",
    });
  });

  it.each([
    [{ field: "hypervisor", in: ["esx-2"] }, ["a-db", "b-db"]],
    [{ field: "hypervisor", startsWith: "esx-1" }, ["a-web", "b-web"]],
    [{ field: "tenant.sensitive", equals: true }, ["a-db", "a-web"]],
    [{ field: "nics.*.portGroup.vlan.id", greater: 99 }, ["a-db", "a-web", "b-db", "b-web"]],
    [{ field: "nics.*.portGroup.vlan.id", less: 100 }, []],
    [{ field: "description", exists: true }, []],
    [{ field: "nics.*.passthrough", equals: "none" }, ["a-db", "a-web", "b-db", "b-web"]],
    [{ not: { field: "nics.*.passthrough", in: ["none", "pci"] } }, []],
    [{ field: "tags", contains: "pci" }, []],
  ] satisfies [Condition, string[]][])("%j", (when, vms) => expect(ids(flawedScenario(), when)).toEqual(vms.map((vm) => `X-HOUSE:${vm}`)));

  it("takes the default of the platform, and says so", () => {
    const on = (platform: "virtualbox" | "esxi"): readonly Finding[] => {
      const document = withVm("a-web", { guest: {} });
      const { "esx-1": first, ...others } = document.hypervisors ?? {};
      return findings({ ...document, hypervisors: { ...others, ...(first === undefined ? {} : { "esx-1": { ...first, platform } }) } }, { field: "guest.dragAndDrop", equals: false }, { select: ["vm:a-web"] });
    };
    expect(on("esxi")[0]?.detail).toMatch(/^\$\.vms\.a-web\.guest\.dragAndDrop is not set and off is assumed \(.+\)/);
    expect(on("esxi")[0]?.id).toBe("X-HOUSE:a-web");
  });

  it("is unknown where the field is absent and nobody knows, never clean, also behind not", () => {
    const document = withVm("a-web", { guest: {}, disks: [{ datastore: "ds" }] });
    for (const when of [{ field: "guest.tools", equals: "full" }, { not: { field: "guest.tools", equals: "full" } }] satisfies Condition[]) {
      const [found, ...more] = findings(document, when, { select: ["vm:a-web"], ifUnknown: "medium" });
      expect(more).toEqual([]);
      expect(found).toMatchObject({ id: "X-HOUSE:unknown", severity: "medium", subjects: ["a-web"] });
      expect(found?.detail).toContain("$.vms.a-web.guest.tools");
    }
    expect(ids(document, { field: "resources.memoryLimitMb", greater: 1000 }, { select: ["vm:a-web"] })).toEqual(["X-HOUSE:unknown"]);
  });

  it("settles all and any by one part, whatever is unknown in the others", () => {
    const open: Condition = { field: "guest.toolsCurrent", equals: true };
    const [yes, no] = [{ field: "name", exists: true }, { field: "name", exists: false }] as [Condition, Condition];
    const of = (when: Condition): string[] => ids(withVm("a-web", { guest: {} }), when, { select: ["vm:a-web"] });
    expect(of({ any: [open, yes] })).toEqual(["X-HOUSE:a-web"]);
    expect(of({ all: [open, no] })).toEqual([]);
    expect(of({ any: [open, no] })).toEqual(["X-HOUSE:unknown"]);
    expect(of({ all: [open, yes] })).toEqual(["X-HOUSE:unknown"]);
  });

  it("is about kinds and selectors, and leaves out elements that lack the field", () => {
    expect(ids(flawedScenario(), { field: "trust", in: ["untrusted", "corporate"] }, { select: ["any"] })).toEqual(["X-HOUSE:corporate", "X-HOUSE:internet"]);
    expect(ids(flawedScenario(), { field: "port.allowed", equals: "100" }, { select: ["uplink"] })).toEqual(["X-HOUSE:esx-1-up0", "X-HOUSE:esx-2-up0"]);
    expect(ids(withVm("a-web", { role: "template" }), { field: "name", exists: true }, { select: ["template", "tenant"] })).toEqual(["X-HOUSE:a-web", "X-HOUSE:tenant-a", "X-HOUSE:tenant-b"]);
  });
});

describe("a rule on reach", () => {
  it("fires with services and a path, for every element by its own name", () => {
    const found = findings(flawedScenario(), { reaches: ["external:corporate"], services: ["tcp/22", "tcp/443"] });
    expect(found.map(({ id }) => id)).toEqual(["a-db", "a-web", "b-db", "b-web"].map((vm) => `X-HOUSE:${vm}`));
    for (const { subjects: [vm = ""], detail, services, path } of found) {
      expect(detail).toMatch(new RegExp(`^${vm} reaches corporate on tcp/22, tcp/443\\.`, "i"));
      expect(services).toEqual(["tcp/22", "tcp/443"]);
      expect(path[0]?.at).toBe(`${vm}/eth0`);
    }
  });

  it("is unknown before a management interface whose own firewall nobody describes", () => {
    expect(ids(flawedScenario(), { reaches: ["management"], services: ["tcp/22"] })).toEqual(["X-HOUSE:unknown"]);
  });

  it("asks the other way, by service and verdict", () => {
    const from = (condition: Partial<Condition>): string[] => ids(flawedScenario(), { reachedBy: ["external:internet"], ...condition });
    expect(from({ services: ["tcp/443"], verdicts: ["permitted"] })).toEqual(["X-HOUSE:a-web"]);
    expect(from({ services: ["tcp/22"], verdicts: ["permitted"] })).toEqual([]);
  });

  it("never takes an element for its own neighbour", () => {
    const alone = { ...flawedScenario(), vms: Object.fromEntries(Object.entries(flawedScenario().vms ?? {}).filter(([id]) => id === "a-web")) };
    expect(ids(alone, { reaches: ["vm:a-web"] })).toEqual([]);
    expect(ids(flawedScenario(), { reaches: ["tenant:tenant-a"] })).toEqual(["a-db", "a-web", "b-db", "b-web"].map((vm) => `X-HOUSE:${vm}`));
  });

  it("gives the same over rows of the matrix as one by one", () => {
    const document = flawedScenario();
    const web = document.vms?.["a-web"];
    if (web === undefined) throw new Error("no a-web");
    const many = Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`t${index}`, { ...web, name: `t${index}`, tenant: `tenant-${index}`, nics: { eth0: { portGroup: "pg-prod-1", addresses: [`10.1.${index}.1/24`] } } }]));
    const tenants = Object.fromEntries(Object.keys(many).map((_, index) => [`tenant-${index}`, { name: `T${index}` }]));
    const large = { ...document, tenants: { ...document.tenants, ...tenants }, vms: { ...document.vms, ...many } };
    expect(ids(large, { reaches: ["workloads"] })).toEqual(ids(large, { reaches: ["vm:t1", "vm:t2"] }));
  });

  it("is unknown where an absent field decides about these services, though others pass for certain", () => {
    const document = flawedScenario();
    const edge = document.firewalls?.["fw-1"];
    const rules = [{ id: "web", action: "allow" as const, from: ["external:internet"], to: ["vm:a-web"], services: ["tcp/443"] }, { id: "ssh", action: "allow" as const, from: ["external:internet"], to: ["cidr:10.9.0.0/24"], services: ["tcp/22"] }];
    const { "a-web": web, ...vms } = document.vms ?? {};
    if (web === undefined || edge === undefined) throw new Error("the scenario has changed");
    const { addresses: _, ...nic } = web.nics?.["eth0"] ?? {};
    const open = { ...document, firewalls: { "fw-1": { ...edge, rules } }, vms: { ...vms, "a-web": { ...web, nics: { eth0: nic } } } };
    const found = findings(open, { reachedBy: ["external:internet"], services: ["tcp/22"] }, { select: ["vm:a-web"] });
    expect(found.map(({ id }) => id)).toEqual(["X-HOUSE:unknown"]);
    expect(found[0]?.detail).toContain("$.vms.a-web.nics.eth0.addresses");
  });
});

describe("the engine", () => {
  it("accepts a finding of such a rule, and counts the others", () => {
    const document = { ...flawedScenario(), policy: { ...flawedScenario().policy, accept: [{ finding: "X-HOUSE:a-web" }] } };
    const found = findings(document, { field: "name", exists: true });
    expect(found.filter(({ accepted }) => accepted).map(({ id }) => id)).toEqual(["X-HOUSE:a-web"]);
  });
});
