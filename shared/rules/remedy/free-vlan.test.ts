import { describe, expect, it } from "vitest";
import { access, accessPort, draw, guestTrunk, isolated, overlay, trunkPort } from "../../network/testing";
import { freeVlan, freeVni } from "./free-vlan";

describe("freeVlan", () => {
  it("prefers 110, 120 … for tenants, small round numbers for management, and 999 for unused native VLANs", () => {
    const empty = draw().build();
    expect([freeVlan(empty, "tenant"), freeVlan(empty, "management"), freeVlan(empty, "native")]).toEqual([110, 10, 999]);
  });

  it("takes nothing that the document uses anywhere, but may take what a port merely allows", () => {
    const document = draw().hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").uplink("u1", "s1", "h1", "tor-1", trunkPort("180-200", 120))
      .portGroup("a", "s1", access(110)).portGroup("b", "s1", isolated(130, 140)).portGroup("c", "s1", guestTrunk("150-155", 160))
      .external("net", { physicalSwitch: "tor-1", vlan: 170 }).put("hosts", "h9", { bmc: { physicalSwitch: "tor-1", vlan: 180 } }).put("routers", "gw", { interfaces: { x: { physicalSwitch: "tor-1", vlan: 190 } } })
      .vm("v1", "h1", { eth0: { portGroup: "c", guestVlans: [200] } }).trunk("t", "tor-1", accessPort(210), "tor-1", accessPort(220)).build();
    expect(freeVlan(document, "tenant")).toBe(230);
  });
});

describe("freeVni", () => {
  it("counts up from 5001", () => {
    const drawing = draw().hypervisor("h1").vswitch("vds", "distributed", "h1").portGroup("a", "vds", overlay(5001));
    expect(freeVni(drawing.build())).toBe(5002);
  });
});
