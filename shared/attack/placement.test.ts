import { describe, expect, it } from "vitest";
import { evaluate } from "../analysis/evaluate";
import type { AttackPaths } from "../analysis/result";
import { applyEdits } from "../model/edit";
import type { Topology } from "../model/topology";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import type { Place } from "../rules/rule";
import { AttackGraph } from "./graph";
import { attackPaths } from "./paths";
import { Placement } from "./placement";
import { Ways } from "./ways";

const SAFE = { security: { promiscuous: "reject", macChanges: "reject", forgedTransmits: "reject" } } as const;

/** Two tenants in VLANs of their own on a distributed switch over three hypervisors: a on h1, b on h2, nobody on h3. Nothing is wrong about it. */
function cluster(more: (drawing: Drawing) => Drawing = (drawing) => drawing): Topology {
  const drawing = draw().tenant("ta").tenant("tb").physicalSwitch("tor").hypervisor("h1").hypervisor("h2").hypervisor("h3").vswitch("s", "distributed", ["h1", "h2", "h3"], SAFE);
  for (const id of ["h1", "h2", "h3"]) drawing.uplink(`u-${id}`, "s", id, "tor", trunkPort("10,20"));
  return more(drawing.portGroup("pa", "s", access(10)).portGroup("pb", "s", access(20)).vm("a", "h1", "pa", { tenant: "ta" }).vm("b", "h2", "pb", { tenant: "tb" })).build();
}

const patched = (topology: Topology, path: string, value: unknown): Topology => applyEdits(topology, [{ op: "add", path, value }]);

function ask(topology: Topology, to: readonly Place[] | undefined = ["vm:b"], from = ["a"]): AttackPaths {
  return attackPaths(evaluate(topology, { today: "2026-11-25" }), { from, to, placement: "cluster" });
}

/** Each path in one line, with its cost: `7: a -device-> h1 -control-> b [b to h1]`. */
function lines(topology: Topology, to?: readonly Place[]): string[] {
  return ask(topology, to).paths.map(({ cost, steps }) => `${cost}: a` + steps.map(({ channel, to: place, moves = [] }) => ` -${channel}-> ${place}${moves.map((move) => ` [${move.vm} to ${move.to}]`).join("")}`).join(""));
}

/** Where VMs could run, by VM; those that stay are left out. */
function couldRun(topology: Topology): Record<string, readonly string[]> {
  const placement = new Placement(topology);
  return Object.fromEntries(Object.keys(topology.vms ?? {}).flatMap((id) => {
    const group = placement.groupOf(id);
    return group === undefined ? [] : [[id, group.hypervisors.map((place) => place.slice("hypervisor:".length))] as const];
  }));
}

describe("a VM could run", () => {
  it("on every hypervisor of its platform that has its networks", () => {
    expect(couldRun(cluster())).toEqual({ a: ["h1", "h2", "h3"], b: ["h1", "h2", "h3"] });
    expect(couldRun(patched(cluster(), "/hypervisors/h2/platform", "kvm"))).toEqual({ a: ["h1", "h3"] });
    expect(couldRun(cluster((drawing) => drawing.vswitch("own", "standard", "h1", SAFE).portGroup("po", "own", access(10)).vm("a", "h1", { eth0: { portGroup: "pa" }, eth1: { portGroup: "po" } }, { tenant: "ta" })))).toEqual({ b: ["h1", "h2", "h3"] });
  });

  it("only where its datastores are mounted; one that does not say where stands in no way", () => {
    const withDisk = (hypervisors: string[] | undefined): Topology => cluster((drawing) => drawing.put("datastores", "san", hypervisors === undefined ? {} : { hypervisors }).vm("a", "h1", "pa", { tenant: "ta", disks: [{ datastore: "san" }] }));
    expect(couldRun(withDisk(["h1", "h3"]))["a"]).toEqual(["h1", "h3"]);
    expect(couldRun(withDisk(["h1"]))["a"]).toBeUndefined();
    expect(couldRun(withDisk(undefined))["a"]).toEqual(["h1", "h2", "h3"]);
  });

  it("where a host's own switch has a port group of the same name, or a bridge is called the same", () => {
    const hosts = (kind: "standard" | "linux-bridge", switches: [string, string], groups: [string, string]): Topology => {
      const drawing = draw().tenant("ta");
      for (const [index, id] of ["h1", "h2"].entries()) {
        drawing.hypervisor(id, kind === "standard" ? "esxi" : "proxmox").vswitch(`s-${id}`, kind, id, { name: switches[index] as string }).portGroup(`p-${id}`, `s-${id}`, access(10), { name: groups[index] as string });
      }
      return drawing.vm("a", "h1", "p-h1", { tenant: "ta" }).build();
    };
    expect(couldRun(hosts("standard", ["vSwitch0", "vSwitch1"], ["Production", "Production"]))["a"]).toEqual(["h1", "h2"]);
    expect(couldRun(hosts("standard", ["vSwitch0", "vSwitch0"], ["Production", "Test"]))["a"]).toBeUndefined();
    expect(couldRun(hosts("linux-bridge", ["vmbr0", "vmbr0"], ["VLAN 10", "VLAN 20"]))["a"]).toEqual(["h1", "h2"]);
    expect(couldRun(hosts("linux-bridge", ["vmbr0", "vmbr1"], ["VLAN 10", "VLAN 10"]))["a"]).toBeUndefined();
  });

  it("nowhere else if it has a device of its host, no network and no datastore, or is a template", () => {
    expect(couldRun(cluster((drawing) => drawing.vm("a", "h1", { eth0: { portGroup: "pa", passthrough: "sriov" } })))["a"]).toBeUndefined();
    expect(couldRun(cluster((drawing) => drawing.vm("a", "h1", "pa", { devices: ["vfio-gpu"] })))["a"]).toBeUndefined();
    expect(couldRun(cluster((drawing) => drawing.vm("a", "h1", {})))["a"]).toBeUndefined();
    expect(couldRun(cluster((drawing) => drawing.vm("a", "h1", "pa", { role: "template" })))["a"]).toBeUndefined();
  });
});

describe("if VMs move within their cluster", () => {
  it("nothing follows where no hypervisor leaks", () => {
    expect(ask(cluster(), undefined)).toEqual({ paths: [], reached: [], cuts: [], separate: [] });
  });

  it("memory is shared on the hypervisor that one of them has to go to", () => {
    const topology = patched(cluster(), "/hypervisors/h2/memorySharing", "inter-vm");
    expect(lines(topology)).toEqual(["6: a -memory-> b [a to h2]"]);
    expect(ask(topology).paths[0]?.steps[0]?.detail).toBe("h2 shares memory pages between VMs, only if a moves to h2");
    expect(attackPaths(evaluate(topology, {}), { from: ["a"], to: ["vm:b"] }).paths).toEqual([]);
  });

  it("memory is shared on a hypervisor that both have to go to, at the cost of two moves", () => {
    expect(lines(patched(cluster(), "/hypervisors/h3/memorySharing", "inter-vm"))).toEqual(["8: a -memory-> b [a to h3] [b to h3]"]);
  });

  it("a VM that has opted out shares no memory wherever it goes", () => {
    const topology = patched(patched(cluster(), "/hypervisors/h2/memorySharing", "inter-vm"), "/vms/a/resources", { memorySharing: "off" });
    expect(lines(topology)).toEqual([]);
  });

  it("cores are shared, and one of one tenant alone is no step", () => {
    const smt = (topology: Topology): Topology => patched(patched(topology, "/hosts/h2-host/cpu", { smt: true }), "/hypervisors/h2/sideChannelScheduler", false);
    expect(lines(smt(cluster()))).toEqual(["7: a -core-> b [a to h2]"]);
    expect(lines(smt(cluster((drawing) => drawing.vm("b", "h2", "pa", { tenant: "ta" }))), ["vm:b"])).toEqual(["3: a -network-> b"]);
  });

  it("a guest escapes from the hypervisor that it goes to, and gets at what could run there", () => {
    expect(lines(patched(cluster(), "/hypervisors/h2/patchLevel", "behind"))).toEqual(["7: a -escape-> h2 [a to h2] -control-> b"]);
    expect(lines(patched(cluster(), "/hypervisors/h1/patchLevel", "behind"))).toEqual(["7: a -escape-> h1 -control-> b [b to h1]"]);
  });

  it("a VM takes its own flaws along", () => {
    const topology = patched(cluster(), "/vms/a/devices", ["floppy"]);
    expect(lines(topology, ["hypervisor:h1"])).toEqual(["4: a -device-> h1"]);
    expect(lines(topology, ["hypervisor:h3"])).toEqual(["6: a -device-> h3 [a to h3]"]);
    expect(ask(topology).paths[0]?.cost).toBe(7);
    expect(ask(topology).reached).toEqual(["b", "h1", "h2", "h3"]);
  });

  it("what is drawn on one hypervisor needs no move", () => {
    const topology = patched(cluster((drawing) => drawing.vm("b", "h1", "pb", { tenant: "tb" })), "/hypervisors/h1/memorySharing", "inter-vm");
    expect(lines(topology)).toEqual(["4: a -memory-> b"]);
    expect(ask(topology).paths[0]?.steps[0]?.finding).toBe("RES-001:h1");
  });

  it("changes are tried that keep a finding from arising: they close the way and leave none", () => {
    const topology = patched(cluster(), "/hypervisors/h3/memorySharing", "inter-vm");
    const { cuts, separate } = ask(topology);
    expect(cuts.map(({ title, cuts: count }) => `${count} ${title}`)).toContain("1 Share memory within each VM only on h3");
    expect(separate.map(({ title }) => title)).toEqual(["Share memory within each VM only on h3"]);
    expect(ask(separate.reduce((before, { edits }) => applyEdits(before, edits), topology)).paths).toEqual([]);
  });

  it("one cluster of a hundred hosts is gone through once, not pair by pair", () => {
    const drawing = draw().tenant("ta").tenant("tb").physicalSwitch("tor");
    const hosts = Array.from({ length: 100 }, (_, index) => `h${index}`);
    for (const id of hosts) drawing.put("hosts", `${id}-host`, {}).put("hypervisors", id, { host: `${id}-host`, platform: "proxmox", patchLevel: "behind" });
    drawing.vswitch("s", "distributed", hosts, SAFE).portGroup("pa", "s", access(10)).portGroup("pb", "s", access(20));
    for (let index = 0; index < 1500; index += 1) drawing.vm(`v${index}`, `h${index % 100}`, index % 2 === 0 ? "pa" : "pb", { tenant: index % 2 === 0 ? "ta" : "tb" });
    const graph = new AttackGraph(evaluate(drawing.build(), {}, { paths: false }), "cluster");
    expect(new Ways(graph, { from: ["v0"], to: undefined }).reached.length).toBe(1500 - 1 + 100);
  });
});
