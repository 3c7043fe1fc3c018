import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluate, type Evaluation } from "../analysis/evaluate";
import { applyEdits } from "../model/edit";
import type { Topology } from "../model/topology";
import { access, draw, guestTrunk, trunkPort, type Drawing } from "../network/testing";
import type { Place } from "../rules/rule";
import { smallestCut } from "./cuts";
import { drained } from "./drained";
import { attackPaths } from "./paths";

const today = "2026-11-25";
const sample = (name: string): Topology => JSON.parse(readFileSync(`assets/samples/${name}.bulkhead.json`, "utf8")) as Topology;
const evaluated = (topology: Topology): Evaluation => evaluate(topology, { today });
const membersOf = (topology: Topology, tenant: string): string[] => Object.entries(topology.vms ?? {}).flatMap(([id, vm]) => (vm.tenant === tenant ? [id] : []));

/** Each path in one line: `a-web -clipboard-> esx-1 -control-> b-app`. */
function ask(topology: Topology, from: readonly string[], to?: readonly Place[]): string[] {
  return attackPaths(evaluated(topology), { from, to }).paths.map(({ steps }) => steps.reduce((line, step) => `${line} -${step.channel}-> ${step.to}`, steps[0]?.from ?? ""));
}

/** One VLAN for each of two tenants, on one hypervisor, with nothing wrong about it. */
function apart(): Drawing {
  return draw().tenant("ta").tenant("tb").hypervisor("h1", "esxi").physicalSwitch("tor").vswitch("s", "distributed", "h1", { security: { promiscuous: "reject", macChanges: "reject", forgedTransmits: "reject" } }).uplink("u", "s", "h1", "tor", trunkPort("10,20"))
    .portGroup("pa", "s", access(10)).portGroup("pb", "s", access(20)).vm("a", "h1", "pa", { tenant: "ta" }).vm("b", "h1", "pb", { tenant: "tb" });
}
const patched = (drawing: Drawing, path: string, value: unknown): Topology => applyEdits(drawing.build(), [{ op: "add", path, value }]);

describe("the subject's own chain", () => {
  const flawed = sample("flawed-scenario");
  const from = membersOf(flawed, "tenant-a");
  const to = membersOf(flawed, "tenant-b").map((id): Place => `vm:${id}`);

  it("appears as it is drawn there: same VLAN, memory, clipboard, production network to management", () => {
    expect(ask(flawed, from, to)).toEqual([
      "a-db -network-> b-app",
      "a-web -clipboard-> esx-1 -control-> b-app",
      "a-web -memory-> b-app",
      "a-db -network-> esx-1-vmk0 -management-> esx-1 -control-> b-app",
      "a-web -core-> b-app",
    ]);
  });

  it("vanishes in the isolated version", () => {
    const isolated = sample("isolated-scenario");
    expect(attackPaths(evaluated(isolated), { from: membersOf(isolated, "tenant-a"), to: undefined })).toEqual({ paths: [], reached: [], cuts: [], separate: [] });
  });

  it("is closed by changes that are verified, and the single change that closes most comes first", () => {
    const { cuts, separate } = attackPaths(evaluated(flawed), { from, to });
    const counts = cuts.map((cut) => cut.cuts);
    expect(counts[0]).toBeGreaterThan(1);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    const mended = separate.reduce((topology, { edits }) => applyEdits(topology, edits), flawed);
    expect(separate.length).toBeGreaterThan(0);
    expect(ask(mended, from, to)).toEqual([]);
    expect(separate.reduce((sum, { cuts: closed }) => sum + closed, 0)).toBe(attackPaths(evaluated(flawed), { from, to }).paths.length * to.length);
  });

  it("names the finding and the rule of every step, and costs what its steps cost", () => {
    for (const { cost, steps } of attackPaths(evaluated(flawed), { from, to }).paths) {
      for (const { rule, finding } of steps) if (finding !== undefined) expect(finding.startsWith(`${rule}:`)).toBe(true);
      expect(cost).toBeGreaterThanOrEqual(steps.length);
    }
  });
});

describe("a way out of a VM", () => {
  it("is none where nothing is wrong", () => {
    expect(ask(apart().build(), ["a"])).toEqual([]);
  });

  it.each([
    ["a shared folder", "/vms/a/guest", { sharedFolders: [{ hostPath: "/srv", writable: true }] }, "shared-folder"],
    ["drag and drop", "/vms/a/guest", { dragAndDrop: true }, "drag-and-drop"],
    ["outdated tools", "/vms/a/guest", { tools: "minimal", toolsCurrent: false }, "tools"],
    ["an emulated floppy drive", "/vms/a/devices", ["floppy"], "device"],
    ["a hypervisor that is behind on patches", "/hypervisors/h1/patchLevel", "behind", "escape"],
  ])("is %s, and from the hypervisor everything that it runs", (_, path, value, channel) => {
    expect(ask(patched(apart(), path, value), ["a"], ["vm:b"])).toEqual([`a -${channel}-> h1 -control-> b`]);
    expect(ask(patched(apart(), path, value), ["a"], ["hypervisor:h1"])).toEqual([`a -${channel}-> h1`]);
  });

  it("is what a datastore keeps of deleted disks", () => {
    const drawing = apart().put("datastores", "san", { secureErase: false, encrypted: false });
    for (const id of ["a", "b"]) drawing.vm(id, "h1", id === "a" ? "pa" : "pb", { tenant: `t${id}`, disks: [{ datastore: "san", encrypted: false }] });
    expect(ask(drawing.build(), ["a"], ["vm:b"])).toContain("a -storage-> b");
  });

  it("is memory that the hypervisor shares between VMs", () => {
    expect(ask(patched(apart(), "/hypervisors/h1/memorySharing", "inter-vm"), ["a"], ["vm:b"])).toEqual(["a -memory-> b"]);
  });

  it("is a mirror to the attacker, from him to those whose traffic it copies and not back", () => {
    const topology = patched(apart(), "/virtualSwitches/s/mirrors", { m: { sources: ["vm:b"], destination: "vm:a" } });
    expect(ask(topology, ["a"], ["vm:b"])).toEqual(["a -mirror-> b"]);
    expect(ask(topology, ["b"], ["vm:a"])).toEqual([]);
  });

  it("leads on: over another VM of the segment to a hypervisor that only that one gets to", () => {
    const topology = patched(apart().hypervisor("h2", "esxi").vswitch("s", "distributed", ["h1", "h2"]).uplink("u2", "s", "h2", "tor", trunkPort("10,20")).vm("c", "h2", "pa", { tenant: "ta" }), "/vms/c/devices", ["floppy"]);
    expect(ask(topology, ["a"], ["hypervisor:h2"])).toEqual(["a -network-> c -device-> h2"]);
    expect(attackPaths(evaluated(topology), { from: ["a"], to: ["hypervisor:h2"] }).reached).toEqual(["c", "h2"]);
  });

  it("is frames where no packet passes: a distributed firewall does not see them", () => {
    const drawing = apart().portGroup("pb", "s", access(10)).put("distributedFirewalls", "dfw", { defaultAction: "deny", rules: [] });
    expect(ask(drawing.build(), ["a"], ["vm:b"])).toContain("a -spoof-> b");
  });

  it("is double tagging, one way", () => {
    const drawing = draw().tenant("ta").tenant("tb").hypervisor("h1", "esxi").hypervisor("h2", "esxi").physicalSwitch("t1", "t2").trunk("t", "t1", trunkPort("10,20", 10), "t2", trunkPort("10,20", 10))
      .vswitch("s1", "standard", "h1").uplink("u1", "s1", "h1", "t1", trunkPort("10,20")).vswitch("s2", "standard", "h2").uplink("u2", "s2", "h2", "t2", trunkPort("10,20"))
      .portGroup("pa", "s1", guestTrunk("10")).portGroup("pb", "s2", access(20)).vm("a", "h1", "pa", { tenant: "ta" }).vm("b", "h2", "pb", { tenant: "tb" }).station("x", "t1", 10);
    expect(ask(drawing.build(), ["a"], ["vm:b"])).toEqual(["a -vlan-hop-> b"]);
    expect(ask(drawing.build(), ["b"], ["vm:a"])).toEqual([]);
  });

  it("leads from the Internet to what is published, and no further than from there", () => {
    const drawing = apart().put("externalNetworks", "internet", { trust: "untrusted", attachedTo: { physicalSwitch: "tor", vlan: 10 } });
    expect(ask(drawing.build(), ["internet"], ["vm:a"])).toEqual(["internet -network-> a"]);
    expect(ask(drawing.build(), ["internet"], ["vm:b"])).toEqual([]);
  });
});

const cut = (...given: Parameters<typeof smallestCut>): readonly string[] | undefined => drained(smallestCut(...given));

describe("the smallest cut", () => {
  it("is one where every way comes together", () => {
    const topology = applyEdits(apart().build(), [
      { op: "add", path: "/vms/a/guest", value: { clipboard: true, dragAndDrop: true } },
    ]);
    expect(cut(evaluated(topology), { from: ["a"], to: ["vm:b"] })).toEqual(["VM-001:a"]);
  });

  it("is as many as there are ways that have nothing in common", () => {
    const topology = applyEdits(apart().build(), [
      { op: "add", path: "/vms/a/guest", value: { clipboard: true } }, { op: "add", path: "/vms/a/devices", value: ["floppy"] }, { op: "add", path: "/hypervisors/h1/memorySharing", value: "inter-vm" },
    ]);
    expect([...(cut(evaluated(topology), { from: ["a"], to: ["vm:b"] }) ?? [])].sort()).toEqual(["RES-001:h1", "VM-001:a", "VM-004:a"]);
  });

  it("is nothing where there is no way, and undefined where a way rests on no finding", () => {
    expect(cut(evaluated(apart().build()), { from: ["a"], to: ["vm:b"] })).toEqual([]);
    const permitted = { ...apart().portGroup("pb", "s", access(10)).build(), policy: { allow: [{ id: "p", from: ["tenant:ta"], to: ["tenant:tb"], reason: "x" }] } } as Topology;
    expect(cut(evaluated(permitted), { from: ["a"], to: ["vm:b"] })).toBeUndefined();
  });
});
