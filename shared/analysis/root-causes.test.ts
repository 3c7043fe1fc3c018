import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology";
import { finding } from "../reports/testing";
import { flawedScenario, TODAY } from "../rules/testing";
import { completed, evaluate } from "./evaluate";
import { rootCauses } from "./root-causes";

function grouped(topology: Topology): Record<string, { findings: string[]; consequences: string[] }> {
  const { findings } = evaluate(topology, { today: TODAY });
  const roots = rootCauses(findings);
  expect(roots.flatMap((root) => [...root.findings, ...root.consequences]).map(({ id }) => id).sort()).toEqual(findings.map(({ id }) => id).sort());
  return Object.fromEntries(roots.map((root) => [root.id, { findings: root.findings.map(({ id }) => id), consequences: root.consequences.map(({ id }) => id) }]));
}

describe("root causes", () => {
  it("hold every finding once: one setting in many places together, with what follows from it", () => {
    const roots = grouped(flawedScenario());
    expect(roots["VM-001"]?.findings).toEqual(["VM-001:a-db", "VM-001:a-web", "VM-001:b-db", "VM-001:b-web"]);
    expect(roots["VM-001"]?.consequences).toContain("HV-006:a-web");
    expect(roots["NET-001@tor-1.100"]).toEqual({ findings: ["NET-001:tenant-a+tenant-b@tor-1.100"], consequences: ["INT-001:tenant-a+tenant-b"] });
  });

  it("make a segment that three tenants share one matter, though it is a finding for each pair", () => {
    const document = flawedScenario();
    const { "b-db": third, ...vms } = document.vms ?? {};
    const shared = { ...document, tenants: { ...document.tenants, "tenant-c": { name: "Tenant C" } }, vms: { ...vms, ...(third === undefined ? {} : { "b-db": { ...third, tenant: "tenant-c" } }) } };
    const own = grouped(shared)["NET-001@tor-1.100"];
    expect(own?.findings).toEqual(["a+tenant-b", "a+tenant-c", "b+tenant-c"].map((pair) => `NET-001:tenant-${pair}@tor-1.100`));
    expect(own?.consequences).toEqual(["a+tenant-b", "a+tenant-c", "b+tenant-c"].map((pair) => `INT-001:tenant-${pair}`));
  });

  it("leave an accepted finding alone, and what follows from accepted ones only", () => {
    const accept = [{ finding: "NET-001:tenant-a+tenant-b@tor-1.100" }, { finding: "VM-001:a-web" }];
    const roots = grouped({ ...flawedScenario(), policy: { accept } });
    expect(roots["NET-001:tenant-a+tenant-b@tor-1.100"]).toEqual({ findings: ["NET-001:tenant-a+tenant-b@tor-1.100"], consequences: [] });
    expect(roots["VM-001:a-web"]?.findings).toEqual(["VM-001:a-web"]);
    expect(roots["VM-001"]?.findings).toEqual(["VM-001:a-db", "VM-001:b-db", "VM-001:b-web"]);
  });

  it("end where findings name one another", () => {
    const [a, b] = [finding({ id: "A:1", children: ["B:1"] }), finding({ id: "B:1", children: ["A:1"] })];
    expect(rootCauses([a, b]).flatMap((root) => [...root.findings, ...root.consequences])).toHaveLength(2);
  });
});

describe("findings", () => {
  it("name what they cause also where rules are run later", () => {
    const { "fw-1": edge } = flawedScenario().firewalls ?? {};
    const rules = Array.from({ length: 2001 }, (_, index) => ({ id: `r${index}`, action: "deny" as const }));
    const document = { ...flawedScenario(), ...(edge === undefined ? {} : { firewalls: { "fw-1": { ...edge, rules } } }) };
    const first = evaluate(document, { today: TODAY }, { without: "later" });
    expect(first.pending).toContain("FW-003");
    const work = completed(first);
    let step = work.next();
    while (step.done !== true) step = work.next();
    const cause = step.value.findings.find(({ id }) => id === "NET-001:tenant-a+tenant-b@tor-1.100");
    expect(cause?.children).toEqual(["INT-001:tenant-a+tenant-b"]);
  });

  it("show the paths of the first fifty of one root only", () => {
    const document = flawedScenario();
    const { "a-web": web } = document.vms ?? {};
    if (web === undefined) throw new Error("no a-web");
    const more = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`w${index}`, { ...web, name: `w${index}`, nics: {} }]));
    const nics = (index: number) => ({ eth0: { portGroup: "pg-prod-1", addresses: [`10.0.0.${100 + index}/24`], gateway: "10.0.0.1" } });
    const vms = Object.fromEntries(Object.entries(more).map(([id, vm], index) => [id, { ...vm, nics: nics(index) }]));
    const rules = [{ id: "in", action: "allow" as const, from: ["external:internet"] }];
    const edge = document.firewalls?.["fw-1"];
    const open = { ...document, vms: { ...document.vms, ...vms }, firewalls: { "fw-1": { ...edge, name: "fw-1", rules } } };
    const chains = evaluate(open, { today: TODAY }).findings.filter(({ rule }) => rule === "HV-006");
    expect(chains).toHaveLength(64);
    expect(chains.filter(({ path }) => path.length > 0)).toHaveLength(50);
  });
});
