import { describe, expect, it } from "vitest";
import { access, draw, type Drawing } from "../network/testing";
import { fixesFor } from "../fixes/verify";
import { check, flawedScenario, found, idsOf, remediatedScenario } from "./testing";

const apart = (): Drawing => draw().tenant("a").tenant("b").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg-a", "s1", access(10)).portGroup("pg-b", "s1", access(20))
  .vm("a1", "h1", "pg-a", { tenant: "a" }).vm("b1", "h1", "pg-b", { tenant: "b" });

describe("INT-001", () => {
  it("is one parent per pair of customers, with the planes and the causes, and one towards management", () => {
    const evaluation = check(flawedScenario());
    expect(found(evaluation, "INT-001")).toEqual(["critical INT-001:tenant-a+tenant-b", "critical INT-001:workloads>management"]);
    const [pair] = evaluation.findings.filter((finding) => finding.rule === "INT-001");
    expect(pair?.title).toContain("(network, memory, clipboard)");
    expect(pair?.detail).toContain("NET-001:tenant-a+tenant-b@tor-1.100");
    expect(pair?.path.length).toBeGreaterThan(0);
    expect(idsOf(check(remediatedScenario()), "INT-001")).toEqual([]);
  });

  it("fires on the memory plane and on the clipboard plane alone, as severe as its cause and at least high", () => {
    expect(idsOf(check(apart().build()), "INT-001")).toEqual([]);
    const memory = check(apart().put("hypervisors", "h1", { host: "h1-host", platform: "esxi", memorySharing: "inter-vm" }).build());
    expect(found(memory, "INT-001")).toEqual(["high INT-001:a+b"]);
    const shared = { tenant: "a", guest: { clipboard: true } };
    expect(idsOf(check(apart().vm("a1", "h1", "pg-a", shared).build()), "INT-001")).toEqual([]);
    expect(found(check(apart().vm("a1", "h1", "pg-a", shared).vm("b1", "h1", "pg-b", { ...shared, tenant: "b" }).build()), "INT-001")).toEqual(["high INT-001:a+b"]);
  });

  it("fires on the folder plane where two tenants see one host folder", () => {
    const folder = { guest: { sharedFolders: [{ hostPath: "/srv/x" }] } };
    expect(found(check(apart().vm("a1", "h1", "pg-a", { tenant: "a", ...folder }).vm("b1", "h1", "pg-b", { tenant: "b", ...folder }).build()), "INT-001")).toEqual(["critical INT-001:a+b"]);
  });

  it("is about shared and provider tenants over the network, where they need an allow too, and about customers on every plane", () => {
    const drawing = apart().tenant("b", "shared").portGroup("pg-b", "s1", access(10));
    expect(found(check(drawing.build()), "INT-001")).toEqual(["critical INT-001:a+b"]);
    const allow = [{ id: "p1", from: ["tenant:a"], to: ["tenant:b"] }, { id: "p2", from: ["tenant:b"], to: ["tenant:a"] }];
    expect(idsOf(check({ ...drawing.build(), policy: { allow } }), "INT-001")).toEqual([]);
    const shared = { guest: { clipboard: true } };
    expect(idsOf(check(apart().tenant("b", "provider").vm("a1", "h1", "pg-a", { tenant: "a", ...shared }).vm("b1", "h1", "pg-b", { tenant: "b", ...shared }).build()), "INT-001")).toEqual([]);
  });

  it("fires where a workload reaches a BMC, as severe as MGT-009 and with its fix", () => {
    const drawing = apart().physicalSwitch("tor-1").uplink("u1", "s1", "h1", "tor-1", { mode: "trunk", allowed: "10" }).put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 10 } });
    const evaluation = check(drawing.build());
    expect(found(evaluation, "INT-001")).toEqual(["high INT-001:workloads>management"]);
    expect(fixesFor(evaluation, "INT-001:workloads>management").map(({ title }) => title)).toEqual(["Move the BMC of h1-host into an out-of-band VLAN"]);
    expect(evaluation.summary.managementExposedTo).toEqual(["a"]);
  });

  it("parts a jump host from another tenant's VMs, which no other rule does", () => {
    const drawing = draw().tenant("a").tenant("b").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg", "s1", access(10)).vm("a1", "h1", "pg", { tenant: "a" }).vm("jump", "h1", "pg", { tenant: "b", role: "jump-host" });
    const evaluation = check(drawing.build());
    expect(found(evaluation, "INT-001")).toEqual(["critical INT-001:a+b"]);
    expect(idsOf(evaluation, "NET-001")).toEqual([]);
    expect(fixesFor(evaluation, "INT-001:a+b").map(({ title }) => title)).toContain("Move jump of b into a VLAN of their own");
  });

  it("has MGT-007 for its cause where a workload reaches a storage adapter", () => {
    const drawing = draw().tenant("a").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("pg", "s1", access(10)).vm("a1", "h1", "pg", { tenant: "a" })
      .put("managementInterfaces", "vmk1", { hypervisor: "h1", portGroup: "pg", services: ["storage"], firewall: { enabled: false } });
    const [finding] = check(drawing.build()).findings.filter(({ rule }) => rule === "INT-001");
    expect(finding).toMatchObject({ id: "INT-001:workloads>management", severity: "high" });
    expect(finding?.detail).toContain("Caused by MGT-007:vmk1");
  });

  it("offers the fixes of its causes as one", () => {
    const evaluation = check(flawedScenario());
    for (const id of idsOf(evaluation, "INT-001")) {
      const [fix] = fixesFor(evaluation, id);
      expect(fix).toMatchObject({ verified: true, breaksRequired: [] });
    }
  });
});
