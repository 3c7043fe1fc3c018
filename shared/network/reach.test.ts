import { describe, expect, it } from "vitest";
import { interfaces, networkOf, nic, pairOf, router, rule, twoTenants } from "./fixtures/two-tenants";
import { access, community, isolated, promiscuous, trunkPort } from "./testing";

describe("the hostile guest", () => {
  it("reaches everyone in its broadcast domain on every service, whatever their subnets", () => {
    expect(pairOf(twoTenants().vm("b", "h1", nic("p10", "192.168.7.7/30"), { tenant: "tb" }), "a", "b")).toBe("any / - / violating / 2 / both");
  });

  it("forwards between its own vNICs", () => {
    const dual = twoTenants().vm("m", "h1", { e0: { portGroup: "p10" }, e1: { portGroup: "p20" } }, { tenant: "ta" });
    expect(pairOf(dual, "a", "b")).toBe("any / - / violating / 3 / -");
    expect(pairOf(dual, "a", "b", "configured")).toBe("- / - / isolated / 3 / -");
  });

  it("forwards between the VLANs of the physical port that its passthrough vNIC sits on, whatever private VLAN its port group has", () => {
    const past = twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", trunkPort("10,20"))
      .portGroup("private", "vsw-1", isolated(100, 101)).vm("m", "h1", { e0: { portGroup: "private", passthrough: "sriov" } }, { tenant: "ta" });
    expect(pairOf(past, "a", "b")).toBe("any / - / violating / 3 / -");
  });

  it("forwards between the VLANs that a bridge without VLAN filtering passes, whatever private VLAN its port group has", () => {
    const bridge = twoTenants().vswitch("br", "linux-bridge", "h1").uplink("u2", "br", "h1", "tor-1", trunkPort("10,20"))
      .portGroup("private", "br", isolated(100, 101)).vm("m", "h1", nic("private"), { tenant: "ta" });
    expect(pairOf(bridge, "a", "b")).toBe("any / - / violating / 3 / -");
  });

  it("does not forward between two vNICs of one segment", () => {
    const ports = twoTenants().portGroup("i10", "vsw-1", access(10), { isolatedPorts: true })
      .vm("a", "h1", nic("i10"), { tenant: "ta" }).vm("b", "h1", nic("i10"), { tenant: "tb" });
    expect(pairOf(ports.vm("m", "h1", { e0: { portGroup: "p10" }, e1: { portGroup: "p10" } }), "a", "b")).toBe("- / - / isolated / 3 / -");
    expect(pairOf(ports.vm("m", "h1", { e0: { portGroup: "p10" } }, { forwarding: true }), "a", "b")).toBe("any / - / violating / 3 / -");
  });

  it("is stopped by port isolation", () => {
    const ports = twoTenants().portGroup("i10", "vsw-1", access(10), { isolatedPorts: true });
    expect(pairOf(ports.vm("a", "h1", nic("i10")).vm("b", "h1", nic("i10")), "a", "b")).toBe("- / - / isolated / 3 / -");
  });

  it("takes over a neighbour's address, and the verdict says that it rests on that", () => {
    const filtered = twoTenants().vm("a2", "h1", nic("p10", "10.1.0.11/24"), { tenant: "ta" })
      .put("firewalls", "fw", router([rule("allow tcp/443 vm:a2 > vm:b")]));
    expect(pairOf(filtered, "a", "b")).toBe("tcp/443 / - / violating / 3 / -");
    expect(networkOf(filtered).pair("a", "b").forged).toBe(true);
    expect(networkOf(filtered).pair("a2", "b").forged).toBeUndefined();
  });

  it("takes over the receiver's neighbour's address too", () => {
    const filtered = twoTenants().vm("b2", "h1", nic("p20", "10.2.0.11/24"), { tenant: "tb" })
      .put("firewalls", "fw", router([rule("allow tcp/443 vm:a > vm:b2")]));
    expect(networkOf(filtered).pair("a", "b")).toMatchObject({ verdict: "violating", forged: true });
  });

  it("is bound to its own address by spoofGuard, except on a passthrough vNIC", () => {
    const filtered = twoTenants().portGroup("p10", "vsw-1", access(10), { spoofGuard: true }).vm("a2", "h1", nic("p10", "10.1.0.11/24"), { tenant: "ta" })
      .put("firewalls", "fw", router([rule("allow tcp/443 vm:a2 > vm:b")]));
    expect(pairOf(filtered, "a", "b")).toBe("- / - / isolated / 3 / -");
    const passthrough = filtered.vm("a", "h1", { eth0: { portGroup: "p10", addresses: ["10.1.0.10/24"], passthrough: "sriov" } }, { tenant: "ta" })
      .uplink("u1", "vsw-1", "h1", "tor-1", { mode: "access", vlan: 10 }).portGroup("p20", "vsw-1", access(20));
    expect(networkOf(passthrough.put("externalNetworks", "x", { attachedTo: { physicalSwitch: "tor-1", vlan: 10 } })).pair("a", "x").frames).toBe("both");
  });

  it("leaves spoofGuard without effect on what routers forward", () => {
    const guarded = twoTenants().portGroup("p20", "vsw-1", access(20), { spoofGuard: true })
      .put("routers", "gw", { hypervisor: "h1", interfaces: { a: { portGroup: "p10" }, b: { portGroup: "p20" } } });
    expect(pairOf(guarded, "a", "b")).toBe("any / - / violating / 3 / -");
  });
});

describe("routers and firewalls", () => {
  it("pass what their rules allow, by default everything and nothing", () => {
    expect(pairOf(twoTenants().put("routers", "r", router()), "a", "b")).toBe("any / - / violating / 3 / -");
    expect(pairOf(twoTenants().put("firewalls", "f", router()), "a", "b")).toBe("- / - / isolated / 3 / -");
    expect(pairOf(twoTenants().put("firewalls", "f", router([rule("allow tcp/443+icmp cidr:10.1.0.0/24 > vm:b")])), "a", "b")).toBe("icmp+tcp/443 / - / violating / 3 / -");
  });

  it("pass nothing but answers the other way where they keep state", () => {
    const one = twoTenants().put("firewalls", "f", router([rule("allow tcp/443 vm:a > vm:b")]));
    expect(pairOf(one, "a", "b")).toBe("tcp/443 / - / violating / 3 / -");
    expect(pairOf(one, "b", "a")).toBe("- / - / isolated / 3 / -");
  });

  it("need a way back for every protocol where they keep no state", () => {
    const stateless = (...rules: string[]) => pairOf(twoTenants().put("firewalls", "f", router(rules.map((text) => rule(text)), { stateful: false })), "a", "b");
    expect(stateless("allow tcp/443 vm:a > vm:b")).toBe("- / tcp/443 / violating / 3 / -");
    expect(stateless("allow tcp/443+icmp vm:a > vm:b", "allow tcp/50000 vm:b > vm:a")).toBe("tcp/443 / icmp / violating / 3 / -");
    expect(stateless("allow icmp+udp/53 vm:a > vm:b", "allow icmp vm:b > vm:a")).toBe("icmp / udp/53 / violating / 3 / -");
  });

  it("need one client port that all stateless filters on the way let back", () => {
    const chain = (portOut: string, portIn: string) => pairOf(
      twoTenants().put("firewalls", "f1", { stateful: false, interfaces: interfaces(10, 30), rules: [rule("allow tcp/443 vm:a > vm:b"), rule(`allow ${portOut} vm:b > vm:a`)] })
        .put("firewalls", "f2", { stateful: false, interfaces: interfaces(30, 20), rules: [rule("allow tcp/443 vm:a > vm:b"), rule(`allow ${portIn} vm:b > vm:a`)] }), "a", "b");
    expect(chain("tcp/1000-2000", "tcp/2000-3000")).toBe("tcp/443 / - / violating / 3 / -");
    expect(chain("tcp/1000-1999", "tcp/2000-3000")).toBe("- / tcp/443 / violating / 3 / -");
  });

  it("swap the interfaces for the answer", () => {
    const swapped = twoTenants().put("firewalls", "f", router([rule("allow tcp/443", { in: "v10", out: "v20" }), rule("allow tcp", { in: "v20", out: "v10" })], { stateful: false }));
    expect(pairOf(swapped, "a", "b")).toBe("tcp/443 / - / violating / 3 / -");
  });

  it("in a chain pass what all of them pass, and in parallel what any of them passes", () => {
    const first = { interfaces: interfaces(10, 30), rules: [rule("allow tcp/1-100")] };
    expect(pairOf(twoTenants().put("firewalls", "f1", first).put("firewalls", "f2", { interfaces: interfaces(30, 20), rules: [rule("allow tcp/50-200")] }), "a", "b"))
      .toBe("tcp/50-100 / - / violating / 3 / -");
    expect(pairOf(twoTenants().put("firewalls", "f1", router([rule("allow tcp/1-100")])).put("firewalls", "f2", router([rule("allow tcp/50-200")])), "a", "b"))
      .toBe("tcp/1-200 / - / violating / 3 / -");
  });

  it("never see the traffic inside one segment", () => {
    expect(pairOf(twoTenants().vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" }).put("firewalls", "f", router([rule("deny any")])), "a", "b")).toBe("any / - / violating / 2 / both");
  });

  it("need two-way frames at each hop", () => {
    // VLAN 10 leaves tor-1 untagged and joins 50 at tor-2, whose frames come back untagged, or tagged 50, which tor-1 does not take.
    const joined = (tagNative: boolean) => twoTenants().physicalSwitch("tor-2").trunk("t", "tor-1", trunkPort("10", 10), "tor-2", trunkPort("50", 50, tagNative))
      .put("routers", "r", { interfaces: { a: { physicalSwitch: "tor-2", vlan: 50 }, b: { physicalSwitch: "tor-1", vlan: 20 } } });
    expect(pairOf(joined(false), "a", "b")).toBe("any / - / violating / 3 / -");
    expect(pairOf(joined(true), "a", "b")).toBe("- / - / isolated / 3 / -");
    // Frames tagged 10 get to tor-2's VLAN 10; those that it sends untagged there, of native 10, join VLAN 40 and never come back.
    const oneWay = twoTenants().physicalSwitch("tor-2").trunk("t", "tor-1", trunkPort("10,40", 40), "tor-2", trunkPort("10", 10))
      .put("routers", "r", { interfaces: { a: { physicalSwitch: "tor-2", vlan: 10 }, b: { physicalSwitch: "tor-1", vlan: 20 } } });
    expect(pairOf(oneWay, "a", "b")).toBe("- / - / isolated / 3 / -");
  });

  it("forward back out of the interface a packet came in by, between ends that cannot exchange frames", () => {
    const privateVlan = twoTenants().vswitch("vds", "distributed", "h1").portGroup("prom", "vds", promiscuous(100)).portGroup("iso", "vds", isolated(100, 101))
      .vm("a", "h1", nic("iso", "10.9.0.10/24"), { tenant: "ta" }).vm("b", "h1", nic("iso", "10.9.0.11/24"), { tenant: "tb" });
    expect(pairOf(privateVlan, "a", "b")).toBe("- / - / isolated / 3 / -");
    const routed = privateVlan.put("routers", "r", { hypervisor: "h1", interfaces: { in: { portGroup: "prom", addresses: ["10.9.0.1/24"] } } });
    expect(pairOf(routed, "a", "b")).toBe("any / - / violating / 3 / -");
    expect(pairOf(privateVlan.portGroup("iso", "vds", community(100, 102)), "a", "b")).toBe("any / - / violating / 2 / both");
  });
});

describe("one direction at layer 2", () => {
  /** `a` in the primary's id of a private VLAN is heard by the isolated `b`, whose answers only the promiscuous router hears. */
  const half = (rules: string[] = [], stateful = true, kind: "routers" | "firewalls" = "routers") =>
    twoTenants().vswitch("vds", "distributed", "h1").portGroup("prom", "vds", promiscuous(100)).portGroup("iso", "vds", isolated(100, 101), { spoofGuard: true })
      .portGroup("plain", "vds", access(100), { spoofGuard: true })
      .vm("a", "h1", nic("plain", "10.9.0.10/24"), { tenant: "ta" }).vm("b", "h1", nic("iso", "10.9.0.11/24"), { tenant: "tb" })
      .put(kind, "r", { hypervisor: "h1", interfaces: { in: { portGroup: "prom", addresses: ["10.9.0.1/24"] } }, rules: rules.map((text) => rule(text)), stateful });

  it("is two-way, layer 2, frames one, where a router carries the answer", () => {
    expect(pairOf(half(), "a", "b")).toBe("any / - / violating / 2 / one");
    expect(pairOf(half(), "b", "a")).toBe("any / - / violating / 3 / -");
  });

  it("is injection where nothing carries the answer", () => {
    expect(pairOf(half(["deny any"]), "a", "b")).toBe("- / any / violating / 2 / one");
  });

  it("breaks TCP at a stateful filter that sees the answers only", () => {
    expect(pairOf(half(["allow any vm:b > vm:a"], true, "firewalls"), "a", "b")).toBe("icmp+udp / tcp / violating / 2 / one");
    expect(pairOf(half(["allow any vm:b > vm:a"], false, "firewalls"), "a", "b")).toBe("any / - / violating / 2 / one");
  });
});

describe("transparent firewalls", () => {
  const bridged = (...rules: string[]) => twoTenants().put("firewalls", "t", router(rules.map((text) => rule(text)), { mode: "transparent" }));

  it("join two segments for IP, at layer 2 and without frames", () => {
    expect(pairOf(bridged("allow tcp/443 vm:a > vm:b"), "a", "b")).toBe("tcp/443 / - / violating / 2 / -");
    expect(networkOf(bridged("deny any")).pairs).toEqual([]);
  });

  it("let routers be reached through them", () => {
    const behind = bridged("allow tcp/443").vm("c", "h1", nic("p30", "10.3.0.10/24"), { tenant: "ta" })
      .put("routers", "r", { interfaces: { in: { physicalSwitch: "tor-1", vlan: 20 }, out: { physicalSwitch: "tor-1", vlan: 30 } } });
    expect(pairOf(behind, "a", "c")).toBe("tcp/443 / - / permitted / 3 / -");
  });
});
