import { describe, expect, it } from "vitest";
import type { Port } from "../model/primitives";
import type { PortGroupVlan } from "../model/kinds/port-group";
import type { VirtualSwitch } from "../model/kinds/virtual-switch";
import { compileNetwork } from "../network/network";
import { access, accessPort, draw, guestTrunk, trunkPort, untagged, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { net004 } from "./NET-004-double-tagging";
import { TODAY } from "./testing";

interface Parts {
  vlan?: PortGroupVlan;
  kind?: VirtualSwitch["kind"];
  vlanAware?: boolean;
  uplink?: Port | undefined;
  a?: Port | undefined;
  b?: Port | undefined;
  passthrough?: "sriov";
}

/** An attacker on a guest trunk of VLANs 1 and 10 behind tor-1; a trunk with native VLAN 1 to tor-2; a victim in VLAN 20 behind it. */
function network(parts: Parts = {}): Drawing {
  const { vlan = guestTrunk("1,10"), kind = "standard", vlanAware, passthrough } = parts;
  const port = (name: "uplink" | "a" | "b", fallback: Port): Port | undefined => (name in parts ? parts[name] : fallback);
  return draw().tenant("ta").tenant("tb").hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1", "tor-2").vswitch("s1", kind, "h1", vlanAware === undefined ? {} : { vlanAware }).vswitch("s2", "standard", "h2")
    .uplink("u1", "s1", "h1", "tor-1", port("uplink", trunkPort("1,10"))).uplink("u2", "s2", "h2", "tor-2", trunkPort("20"))
    .trunk("t", "tor-1", port("a", trunkPort("1,10,20", 1)), "tor-2", port("b", trunkPort("1,10,20", 1)))
    .portGroup("guests", "s1", vlan).portGroup("victims", "s2", access(20))
    .vm("attacker", "h1", { eth0: { portGroup: "guests", ...(passthrough === undefined ? {} : { passthrough }) } }, { tenant: "ta" }).vm("victim", "h2", "victims", { tenant: "tb" });
}
const found = (drawing: Drawing): Record<string, string> => severities(net004, drawing.build());

describe("NET-004", () => {
  it("fires where all five conditions hold, and not in the matrix", () => {
    expect(found(network())).toEqual({ guests: "high" });
    expect(compileNetwork(network().build(), { assume: "hostile", today: TODAY }).pairs).toEqual([]);
  });

  it("says which trunk takes the tag off, and shows the frame's way", () => {
    const [draft] = run(net004, network().build());
    expect(draft?.detail).toBe("attacker may send tagged frames. With the outer tag 1, which t takes off as native VLAN, and the inner tag 20 they get to victim (tb), one way, past every firewall.");
    expect(draft?.subjects).toEqual(["attacker", "guests", "t", "victim"]);
    const path = draft?.path;
    expect((typeof path === "function" ? path() : (path ?? [])).map(({ at, does }) => `${at} ${does}`)).toEqual([
      "attacker/eth0 sends tagged 1 and 20", "guests passes tag 1", "s1 carries", "u1 carries tagged 1", "tor-1 carries", "t takes off the native tag 1, leaving 20",
      "tor-2 carries", "u2 carries tagged 20", "s2 carries", "victims untags 20", "victim/eth0 receives",
    ]);
  });

  describe("(1) the guest's port forwards tagged frames", () => {
    it.each([
      ["a guest trunk", {}], ["untagged on VMware", { vlan: untagged }], ["Open vSwitch with no VLAN", { vlan: untagged, kind: "open-vswitch" }], ["a bridge without VLAN filtering", { vlan: access(10), kind: "linux-bridge" }],
      ["an Open vSwitch trunk", { kind: "open-vswitch" }], ["a Hyper-V trunk", { kind: "hyper-v" }],
    ] as const)("%s", (_what, parts) => {
      // The uplink takes VLAN 1 tagged, whatever else.
      expect(found(network(parts))).toEqual({ guests: "high" });
    });

    it.each([
      ["an access port on VMware", { vlan: access(1) }], ["on Open vSwitch", { vlan: access(1), kind: "open-vswitch" }], ["on Hyper-V", { vlan: access(1), kind: "hyper-v" }], ["untagged on Hyper-V", { vlan: untagged, kind: "hyper-v" }],
      ["a VLAN-aware bridge", { vlan: access(1), kind: "linux-bridge", vlanAware: true }], ["untagged on it", { vlan: untagged, kind: "linux-bridge", vlanAware: true }],
    ] as const)("not %s", (_what, parts) => {
      expect(found(network(parts))).toEqual({});
    });

    it("not by a list without the native VLAN", () => {
      expect(found(network({ vlan: guestTrunk("10") }))).toEqual({});
    });

    it("a vNIC passed through to a trunk, by itself", () => {
      expect(found(network({ vlan: access(10), passthrough: "sriov" }))).toEqual({ "attacker/eth0": "high" });
      expect(found(network({ vlan: access(10), passthrough: "sriov", uplink: accessPort(1) }))).toEqual({});
    });
  });

  it("(2) the outer tag is the native VLAN of a trunk on the way", () => {
    expect(found(network({ a: trunkPort("1,10,20", 99), b: trunkPort("1,10,20", 99) }))).toEqual({});
    expect(found(network({ a: trunkPort("1,10,20"), b: trunkPort("1,10,20") }))).toEqual({});
    expect(found(network({ uplink: trunkPort("10") }))).toEqual({});
    expect(found(network({ a: trunkPort("1,10,20", 10), b: trunkPort("1,10,20", 10) }))).toEqual({ guests: "high" });
  });

  it("(3) the trunk sends its native VLAN untagged", () => {
    expect(found(network({ a: trunkPort("1,10,20", 1, true) }))).toEqual({});
    expect(found(network({ a: trunkPort("10,20", 1) }))).toEqual({});
  });

  it("(4) the trunk allows the inner VLAN, at both ends", () => {
    expect(found(network({ a: trunkPort("1,10", 1), b: trunkPort("1,10", 1) }))).toEqual({});
    expect(found(network({ a: trunkPort("1,10", 1) }))).toEqual({});
    expect(found(network({ b: trunkPort("1,10", 1) }))).toEqual({});
  });

  it("(5) the victim is beyond the trunk", () => {
    expect(found(network().vm("victim", "h1", "near", { tenant: "tb" }).portGroup("near", "s1", access(20)))).toEqual({});
    expect(found(network().uplink("u2", "s2", "h2", "tor-2", trunkPort("30")))).toEqual({});
    expect(found(network().uplink("u2", "s2", "h2", "tor-1", trunkPort("20")))).toEqual({});
  });

  it("counts uplinks as trunks, to another host and not back to its own", () => {
    const flat = network().uplink("u2", "s2", "h2", "tor-1", trunkPort("1,20", 1));
    expect(found(flat)).toEqual({ guests: "high" });
    const own = network({ uplink: trunkPort("1,10,20", 1), a: trunkPort("10"), b: trunkPort("10") }).vm("victim", "h1", "near", { tenant: "tb" }).portGroup("near", "s1", access(20));
    expect(found(own)).toEqual({});
  });

  it("leaves out victims that exchange frames with the guest anyway, not those that only hear what it tags", () => {
    expect(found(network({ vlan: guestTrunk("1,20"), uplink: trunkPort("1,20") }))).toEqual({});
    expect(found(network({ vlan: untagged, uplink: trunkPort("1,20") }))).toEqual({ guests: "high" });
  });

  it("counts management, BMCs and networks as victims", () => {
    const drawing = network().vm("victim", "h2", "victims", { tenant: "tb", role: "template" }).station("x", "tor-2", 20);
    expect(found(drawing)).toEqual({ guests: "high" });
  });

  it("is low where the trunk is not described, naming what is missing", () => {
    const unsaid = network({ a: trunkPort(undefined, 1) });
    expect(found(unsaid)).toEqual({ guests: "low" });
    expect(run(net004, unsaid.build())[0]?.detail).toContain("$.trunks.t.a.port.allowed");
    expect(found(network({ a: undefined }))).toEqual({ guests: "low" });
  });

  it("is closed by another native VLAN, by a tagged one, and by a list without it", () => {
    expect(closingFixes(net004, network().build())).toEqual({ guests: ["Make VLAN 999 the native VLAN, tagged, instead of 1", "Tag the native VLAN on t", "Take VLAN 1 off the list of guests", "Put guests into VLAN 110 only"] });
    expect(closingFixes(net004, network({ vlan: access(10), passthrough: "sriov" }).build())["attacker/eth0"]).toContain("Put attacker/eth0 behind the virtual switch");
    expect(closingFixes(net004, network({ vlan: { mode: "untagged" } }).build()).guests).toContain("Put guests into VLAN 110 only");
  });
});
