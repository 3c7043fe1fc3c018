import { describe, expect, it } from "vitest";
import { applyEdits } from "../model/edit";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { fw006 } from "./FW-006-bypass";

const at = (vlan: number, address: string) => ({ physicalSwitch: "tor", vlan, addresses: [address] });
const drawing = (): Drawing => draw().tenant("a").hypervisor("hv").physicalSwitch("tor").vswitch("sw", "standard", "hv").portGroup("in", "sw", access(10)).portGroup("out", "sw", access(20)).uplink("up", "sw", "hv", "tor", trunkPort("10,20"))
  .put("firewalls", "fw", { interfaces: { inside: at(10, "10.0.10.1/24"), outside: at(20, "10.0.20.1/24") }, defaultAction: "deny" }).vm("a1", "hv", "in", { tenant: "a" }).vm("b1", "hv", "out", { tenant: "a" });
const twoNics = { eth0: { portGroup: "in" }, eth1: { portGroup: "out" } };
const router = { a: at(10, "10.0.10.2/24"), b: at(20, "10.0.20.2/24") };

describe("FW-006", () => {
  it("does not fire where the firewall is the only way", () => {
    expect(run(fw006, drawing().build())).toEqual([]);
  });

  it("fires for a second router, a dual-homed VM and a segment that is on both sides", () => {
    expect(severities(fw006, drawing().put("routers", "gw", { interfaces: router }).build())).toEqual({ fw: "high" });
    expect(run(fw006, drawing().vm("dual", "hv", twoNics).build())[0]?.detail).toBe("dual leads from inside (sw.10) to outside (sw.20) past it.");
    const one = drawing().put("firewalls", "fw", { interfaces: { inside: at(10, "10.0.10.1/24"), outside: at(10, "10.0.20.1/24") } });
    expect(run(fw006, one.build())[0]?.detail).toContain("inside and outside are in one segment");
  });

  it("fires for a transparent firewall with a port group beside it", () => {
    expect(severities(fw006, drawing().put("firewalls", "fw", { mode: "transparent", interfaces: { inside: { portGroup: "in" }, outside: { portGroup: "out" } } }).vm("dual", "hv", twoNics).build())).toEqual({ fw: "high" });
  });

  it("takes a second firewall, and a router that denies by default, for a boundary too", () => {
    expect(run(fw006, drawing().put("firewalls", "fw2", { interfaces: router }).build())).toEqual([]);
    expect(run(fw006, drawing().put("routers", "gw", { interfaces: router, defaultAction: "deny" }).build())).toEqual([]);
    expect(run(fw006, drawing().put("routers", "gw", { interfaces: router, rules: [{ id: "rest", action: "deny" }] }).build())).toEqual([]);
    expect(severities(fw006, drawing().put("routers", "gw", { interfaces: router, rules: [{ id: "some", action: "deny", services: ["tcp"] }] }).build())).toEqual({ fw: "high" });
  });

  it("needs somebody on both sides, and is medium through a jump host", () => {
    const empty = drawing().put("routers", "gw", { interfaces: router });
    expect(run(fw006, empty.vm("b1", "hv", "in").build())).toEqual([]);
    expect(severities(fw006, drawing().vm("jump", "hv", twoNics, { role: "jump-host" }).build())).toEqual({ fw: "medium" });
  });

  it("closes by closing the door, or by unplugging one of two interfaces in one segment", () => {
    expect(closingFixes(fw006, drawing().vm("dual", "hv", twoNics).build())).toEqual({ fw: ["Close the way through dual", "Close the way through dual, at its other end"] });
    expect(closingFixes(fw006, drawing().put("routers", "gw", { interfaces: router }).build()).fw).toContain("Close the way through gw");
    // All ways at once: what is left open behind the first is a bypass still.
    expect(closingFixes(fw006, drawing().put("routers", "gw", { interfaces: router }).vm("dual", "hv", twoNics).build()).fw).toContain("Close the way through dual and gw");
    const nobody = drawing().put("firewalls", "fw", { name: "fw", interfaces: { inside: at(10, "10.0.10.1/24"), outside: at(10, "10.0.20.1/24") } });
    expect(closingFixes(fw006, nobody.build())).toEqual({ fw: ["Unplug outside of fw, which is in one segment with another interface", "Unplug inside of fw, which is in one segment with another interface"] });
    const idle = drawing().put("firewalls", "fw", { interfaces: { inside: at(10, "10.0.10.1/24"), spare: at(10, "10.0.30.1/24") } }).vm("a1", "hv", { eth0: { portGroup: "in", addresses: ["10.0.10.9/24"] } }, { tenant: "a" });
    expect(closingFixes(fw006, idle.build())).toEqual({ fw: ["Unplug spare of fw, in whose subnet its segment has no address"] });
  });

  it("of three interfaces in one segment unplugs those without an address in their subnet, and parts two that have some", () => {
    const three = (second: string): Drawing => drawing().put("firewalls", "fw", { name: "fw", interfaces: { idle: at(10, "10.0.30.1/24"), one: at(10, "10.0.10.1/24"), two: at(10, second) } })
      .vm("a1", "hv", { eth0: { portGroup: "in", addresses: ["10.0.10.9/24"] } }, { tenant: "a" }).vm("a2", "hv", { eth0: { portGroup: "in", addresses: ["10.0.20.9/24"] } }, { tenant: "a" });
    expect(closingFixes(fw006, three("10.0.40.1/24").build())).toEqual({ fw: ["Unplug idle and two of fw, in whose subnet their segments have no address"] });
    const parted = three("10.0.20.1/24").build();
    expect(closingFixes(fw006, parted)).toEqual({ fw: ["Give two of fw, with those that it serves, a VLAN of its own; unplug idle", "Unplug two and idle of fw, which are in one segment with another interface"] });
    const edits = run(fw006, parted)[0]?.fixes?.()[0]?.edits ?? [];
    const after = applyEdits(parted, edits);
    expect([after.firewalls?.fw?.interfaces?.two?.vlan, after.firewalls?.fw?.interfaces?.idle?.physicalSwitch]).toEqual([110, undefined]);
    expect(after.portGroups?.[after.vms?.a2?.nics?.eth0?.portGroup ?? ""]?.vlan).toEqual({ mode: "access", id: 110 });
    expect(after.vms?.a1).toEqual(parted.vms?.a1);
  });

  it("gives the one interface that serves nobody the networks whose addresses nobody wrote", () => {
    const flat = drawing().external("internet", { physicalSwitch: "tor", vlan: 10 }).put("firewalls", "fw", { name: "fw", interfaces: { inside: at(10, "10.0.10.1/24"), outside: at(10, "203.0.113.2/24") } })
      .vm("a1", "hv", { eth0: { portGroup: "in", addresses: ["10.0.10.9/24"] } }, { tenant: "a" }).build();
    expect(closingFixes(fw006, flat).fw).toContain("Give outside of fw, with those that it serves, a VLAN of its own");
    const after = applyEdits(flat, run(fw006, flat)[0]?.fixes?.()[0]?.edits ?? []);
    expect([after.firewalls?.fw?.interfaces?.outside?.vlan, after.externalNetworks?.internet?.attachedTo]).toEqual([110, { physicalSwitch: "tor", vlan: 110 }]);
  });

  it("closes two interfaces in one segment and a way around together, and tells of both whichever comes first", () => {
    const near = { eth0: { portGroup: "in", addresses: ["10.0.10.9/24"] } };
    const interfaces = (...order: readonly string[]) => Object.fromEntries(order.map((local) => [local, local === "outside" ? at(20, "10.0.20.1/24") : at(10, local === "spare" ? "10.0.30.1/24" : "10.0.10.1/24")]));
    for (const order of [["inside", "outside", "spare"], ["outside", "inside", "spare"]]) {
      const both = drawing().put("firewalls", "fw", { interfaces: interfaces(...order) }).vm("a1", "hv", near, { tenant: "a" }).vm("dual", "hv", twoNics).build();
      const [draft] = run(fw006, both);
      expect(draft?.detail).toContain("inside and spare are in one segment, sw.10");
      expect(draft?.detail).toContain("dual leads from");
      expect(closingFixes(fw006, both).fw).toContain("Unplug spare of fw, in whose subnet its segment has no address; close the way through dual");
    }
  });
});
