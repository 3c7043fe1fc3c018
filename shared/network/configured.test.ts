/** `--assume configured`: addresses, gateways and forwarding as written. */
import { describe, expect, it } from "vitest";
import type { Vnic } from "../model/kinds/vm";
import type { Port } from "../model/primitives";
import { agreement } from "./fixtures/oracle-comparison";
import { interfaces, networkOf, nic, pairOf, router, rule, twoTenants } from "./fixtures/two-tenants";
import { access, draw, trunkPort } from "./testing";

const configured = (drawing: ReturnType<typeof twoTenants>, from = "a", to = "b"): string => pairOf(drawing, from, to, "configured");
const gatewayed = (gateway: string) => ({ eth0: { portGroup: "p10", addresses: ["10.1.0.10/24"], gateway } });

describe("as configured", () => {
  it("ends of one segment talk directly only within one subnet", () => {
    const near = (address: string) => twoTenants().vm("b", "h1", nic("p10", address), { tenant: "tb" });
    expect(configured(near("10.1.0.11/24"))).toBe("any / - / violating / 2 / both");
    expect(configured(near("10.9.0.11/24"))).toBe("- / - / isolated / 2 / both");
    expect(pairOf(near("10.9.0.11/24"), "a", "b")).toBe("any / - / violating / 2 / both");
  });

  it("different subnets of one segment meet at a router", () => {
    const stick = twoTenants().vm("b", "h1", nic("p10", "10.9.0.11/24"), { tenant: "tb" })
      .put("routers", "r", { interfaces: { in: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.1/24", "10.9.0.1/24"] } } });
    expect(configured(stick)).toBe("any / - / violating / 2 / both");
  });

  it("an end uses the gateway of its nic", () => {
    const two = twoTenants().put("firewalls", "f", router([rule("allow tcp/443")])).put("routers", "r", { interfaces: { x: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.254/24"] }, y: { physicalSwitch: "tor-1", vlan: 20, addresses: ["10.2.0.254/24"] } } });
    expect(pairOf(two, "a", "b")).toBe("any / - / violating / 3 / -");
    expect(configured(two.vm("a", "h1", gatewayed("10.1.0.1"), { tenant: "ta" }))).toBe("tcp/443 / - / violating / 3 / -");
    // There by the router and back by the firewall, which never saw the first packet: TCP breaks, and it denies the rest.
    expect(configured(two.vm("a", "h1", gatewayed("10.1.0.254"), { tenant: "ta" }))).toBe("- / any / violating / 3 / -");
    expect(configured(two.vm("a", "h1", gatewayed("10.1.0.99"), { tenant: "ta" }))).toBe("- / - / isolated / 3 / -");
  });

  it("without a written gateway it uses the lowest address of a forwarder in its subnet and segment", () => {
    const two = twoTenants().put("firewalls", "f", router([rule("allow tcp/443")])).put("routers", "r", { interfaces: { x: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.254/24"] }, y: { physicalSwitch: "tor-1", vlan: 20, addresses: ["10.2.0.254/24"] } } });
    expect(configured(two)).toBe("tcp/443 / - / violating / 3 / -");
  });

  describe("behind a transparent firewall", () => {
    it("the gateway sends a packet back into the segment, and the answer comes by another", () => {
      // The packet goes over the firewall to its gateway `g` and back to the receiver next to it, whose own gateway is `h`: the firewall knows the answer.
      const drawing = draw().tenant("ta").tenant("tb").hypervisor("h1").vswitch("br", "linux-bridge", "h1", { vlanAware: true }).portGroup("p1", "br", access(1)).portGroup("p10", "br", access(10))
        .vm("a", "h1", nic("p10", "10.3.0.10/24"), { tenant: "ta" }).vm("b", "h1", nic("p1", "10.2.0.10/24"), { tenant: "tb" })
        .vm("g", "h1", nic("p1", "10.3.0.1/24"), { forwarding: true }).vm("h", "h1", nic("p1", "10.2.0.1/24"), { forwarding: true })
        .put("routers", "f", { mode: "transparent", interfaces: { in: { portGroup: "p10" }, out: { portGroup: "p1" } }, rules: [{ id: "inwards", action: "reject", out: "in" }] });
      expect(agreement(drawing.build()).disagreements).toEqual([]);
      expect(configured(drawing)).toBe("any / - / violating / 3 / -");
    });

    const via = (gateway: string, farther: string) => twoTenants().vm("a", "h1", gatewayed(gateway), { tenant: "ta" })
      .put("firewalls", "bridge", { mode: "transparent", defaultAction: "allow", interfaces: { in: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.2/24"] }, out: { physicalSwitch: "tor-1", vlan: 30 } } })
      .put("routers", "r", { interfaces: { near: { physicalSwitch: "tor-1", vlan: 30, addresses: ["10.1.0.1/24"] }, far: { physicalSwitch: "tor-1", vlan: 20, addresses: ["10.2.0.1/24"] } } })
      .put("routers", "closed", { defaultAction: "deny", interfaces: { near: { physicalSwitch: "tor-1", vlan: 30, addresses: [farther] } } });

    it("an end uses its gateway, and no other router there", () => {
      expect(configured(via("10.1.0.1", "10.1.0.3/24"))).toBe("any / - / violating / 3 / -");
      expect(configured(via("10.1.0.3", "10.1.0.3/24"))).toBe("- / - / isolated / 3 / -");
      expect(networkOf(via("10.1.0.1", "10.1.0.3/24"), "configured").trace(["a"], ["b"]).paths).toHaveLength(1);
      expect(networkOf(via("10.1.0.3", "10.1.0.3/24"), "configured").trace(["a"], ["b"])).toMatchObject({ reachable: false, paths: [] });
    });

    it("the lowest address counts on both sides of it, and its own is no gateway", () => {
      const unwritten = (farther: string) => via("10.1.0.1", farther).vm("a", "h1", nic("p10", "10.1.0.10/24"), { tenant: "ta" });
      expect(configured(unwritten("10.1.0.3/24"))).toBe("any / - / violating / 3 / -");
      expect(configured(unwritten("10.1.0.0/24"))).toBe("- / - / isolated / 3 / -");
      expect(configured(via("10.1.0.2", "10.1.0.3/24"))).toBe("- / - / isolated / 3 / -");
    });
  });

  it("a router hands on what a forwarder cannot hand over itself, and the answer comes back the same way", () => {
    const isolated = twoTenants().portGroup("i20", "vsw-1", access(20), { isolatedPorts: true })
      .vm("a", "h1", gatewayed("10.1.0.9"), { tenant: "ta" }).vm("b", "h1", nic("i20", "10.2.0.10/24"), { tenant: "tb" })
      .vm("m", "h1", { e0: { portGroup: "p10", addresses: ["10.1.0.9/24"] }, e1: { portGroup: "i20", addresses: ["10.2.0.9/24"] } }, { forwarding: true })
      .put("firewalls", "f", { interfaces: interfaces(20), rules: [rule("deny tcp/9")], defaultAction: "allow" });
    expect(configured(isolated)).toBe("icmp+tcp/1-8+tcp/10-65535+udp / - / violating / 3 / -");
  });

  it("a router sends back to a transparent firewall, behind which the receiver is, and the answer comes back the same way", () => {
    const bridged = twoTenants().portGroup("i20", "vsw-1", access(20), { isolatedPorts: true }).external("near", { portGroup: "i20" }).external("behind", { physicalSwitch: "tor-1", vlan: 50 })
      .put("firewalls", "f", { interfaces: interfaces(20), rules: [rule("deny tcp/9")], defaultAction: "allow" })
      .put("firewalls", "bridge", { mode: "transparent", hypervisor: "h1", interfaces: { in: { portGroup: "i20" }, out: { physicalSwitch: "tor-1", vlan: 50 } }, rules: [rule("allow tcp")] });
    expect(configured(bridged, "near", "behind")).toBe("tcp/1-8+tcp/10-65535 / - / violating / 3 / -");
    expect(configured(bridged, "behind", "near")).toBe("tcp/1-8+tcp/10-65535 / - / violating / 3 / -");
  });

  it("a host whose gateway is the receiver hands the packet to it, whichever of its addresses it is for", () => {
    const dual = (forwarding: boolean) => twoTenants().vm("b", "h1", { e0: { portGroup: "p20", addresses: ["10.2.0.10/24"] }, e1: { portGroup: "p10", addresses: ["10.1.0.1/24"] } }, { tenant: "tb", forwarding })
      .put("distributedFirewalls", "d", { rules: [rule("allow tcp/22 * > cidr:10.2.0.0/24"), rule("deny * vm:a")] });
    expect(configured(dual(true))).toBe("- / tcp/22 / violating / 2 / both");
    expect(configured(dual(false))).toBe("- / - / isolated / 2 / both");
  });

  it("a forwarding guest is not its own gateway, though it meets itself over a transparent firewall", () => {
    const ring = twoTenants().vm("a", "h1", nic("p10", "10.1.0.10/24"), { tenant: "ta", forwarding: true }).vm("b", "h1", nic("p10", "10.2.0.10/24"), { tenant: "tb" })
      .put("routers", "bridge", { mode: "transparent", interfaces: { in: { portGroup: "p10" }, out: { physicalSwitch: "tor-1", vlan: 10 } } });
    expect(configured(ring)).toBe("- / - / isolated / 2 / both");
  });

  it("a router of which no address is written may be anyone's gateway: unknown, also where another has the gateway's address, which routers may share", () => {
    const unwritten = (gateway?: string) => twoTenants().vm("a", "h1", { eth0: { portGroup: "p10", addresses: ["10.1.0.10/24"], ...(gateway === undefined ? {} : { gateway }) } }, { tenant: "ta" })
      .put("routers", "r", { interfaces: { x: { physicalSwitch: "tor-1", vlan: 10 }, y: { physicalSwitch: "tor-1", vlan: 20, addresses: ["10.2.0.1/24"] } } });
    const field = "$.routers.r.interfaces.x.addresses";
    for (const drawing of [unwritten(), unwritten("10.1.0.1")]) expect(networkOf(drawing, "configured").pair("a", "b")).toMatchObject({ verdict: "unknown", missing: [field] });
    const beside = unwritten("10.1.0.1").put("firewalls", "other", { interfaces: { x: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.1/24"] } } });
    expect(networkOf(beside, "configured").pair("a", "b")).toMatchObject({ verdict: "unknown", missing: [field] });
    expect(pairOf(unwritten(), "a", "b")).toBe("any / - / violating / 3 / -");
  });

  it("a host without a gateway still receives, and cannot answer", () => {
    const stranger = twoTenants().put("routers", "r", { interfaces: { ...interfaces(10), v20: { physicalSwitch: "tor-1", vlan: 20, addresses: ["192.168.0.1/24"] } } });
    expect(configured(stranger)).toBe("- / any / violating / 3 / -");
    expect(configured(stranger, "b", "a")).toBe("- / - / isolated / 3 / -");
  });

  it("a guest answers for any of its addresses on any of its vNICs", () => {
    // The neighbour's subnet covers the address of the other vNIC: it asks for it on its own segment, and gets an answer.
    const dual = twoTenants().vm("a", "h1", nic("p10", "10.1.0.10/16"), { tenant: "ta" })
      .vm("b", "h1", { e0: { portGroup: "p10", addresses: ["10.9.0.5/24"] }, e1: { portGroup: "p20", addresses: ["10.1.7.5/16"] } }, { tenant: "tb" });
    expect(configured(dual).split(" / ").slice(0, 2)).not.toEqual(["-", "-"]);
  });

  it("no guest forwards unless it is set to, and none forges", () => {
    const dual = (forwarding: boolean) => twoTenants().vm("m", "h1", { e0: { portGroup: "p10", addresses: ["10.1.0.1/24"] }, e1: { portGroup: "p20", addresses: ["10.2.0.1/24"] } }, { tenant: "ta", forwarding });
    expect(configured(dual(false))).toBe("- / - / isolated / 3 / -");
    expect(configured(dual(true))).toBe("any / - / violating / 3 / -");
    const filtered = twoTenants().vm("a2", "h1", nic("p10", "10.1.0.11/24"), { tenant: "ta" }).put("firewalls", "fw", router([rule("allow tcp/443 vm:a2 > vm:b")]));
    expect(configured(filtered)).toBe("- / - / isolated / 3 / -");
  });

  it("IPv4 and IPv6 do not meet", () => {
    expect(configured(twoTenants().put("routers", "r", router()).vm("b", "h1", nic("p20", "fd00::10/64"), { tenant: "tb" }))).toBe("- / - / isolated / 3 / -");
  });

  it("an end whose addresses are written as none sends nothing; where they are absent nobody knows", () => {
    expect(configured(twoTenants().vm("b", "h1", nic("p10"), { tenant: "tb" }))).toBe("- / - / isolated / 2 / both");
    expect(configured(twoTenants().vm("b", "h1", "p10", { tenant: "tb" }))).toBe("- / - / unknown / 2 / both");
  });

  it("external networks are reached by gateway or directly, and reach by any forwarder", () => {
    const outside = twoTenants().external("net", { physicalSwitch: "tor-1", vlan: 40 })
      .put("routers", "r", { interfaces: { ...interfaces(10), out: { physicalSwitch: "tor-1", vlan: 40, addresses: ["203.0.113.2/30"] } } });
    expect(configured(outside, "a", "net")).toBe("any / - / violating / 3 / -");
    expect(configured(outside, "net", "a")).toBe("any / - / violating / 3 / -");
  });

  it("where nobody knows which router is the gateway, what any of them passes is unknown", () => {
    const two = (port?: Port) => twoTenants().vswitch("vsw-2", "standard", "h1").uplink("u2", "vsw-2", "h1", "tor-1", port).portGroup("q10", "vsw-2", access(10))
      .put("routers", "shut", { defaultAction: "deny", interfaces: { near: { portGroup: "q10", addresses: ["10.1.0.1/24"] } } })
      .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p20", addresses: ["10.2.0.5/24"] })
      .put("routers", "r", { interfaces: { near: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.2/24"] }, far: { physicalSwitch: "tor-1", vlan: 20, addresses: ["10.2.0.1/24"] } } });
    expect(networkOf(two(trunkPort("10")), "configured").pair("a", "vmk0").verdict).toBe("isolated");
    expect(networkOf(two(trunkPort("30")), "configured").pair("a", "vmk0").verdict).toBe("unknown");
    // The management interface's firewall is absent, and the lower gateway, which denies, is there only perhaps.
    expect(networkOf(two(), "configured").pair("a", "vmk0")).toMatchObject({ verdict: "unknown", missing: expect.arrayContaining(["$.managementInterfaces.vmk0.firewall"]) as unknown });
  });

  it("an end that answers for the addresses of a vNIC that says nothing of them is unknown", () => {
    const dual = (more: Vnic) => twoTenants().vm("b", "h1", { e0: { portGroup: "p10", addresses: [] }, e1: more }, { tenant: "tb" });
    expect(networkOf(dual({ addresses: ["10.9.0.5/24"] }), "configured").pair("a", "b").verdict).toBe("isolated");
    expect(networkOf(dual({}), "configured").pair("a", "b")).toMatchObject({ verdict: "unknown", missing: ["$.vms.b.nics.e1.addresses"] });
  });

  it("an untagged guest on an uplink's own port is in any VLAN while that port is unknown, whatever it tags besides", () => {
    const direct = (port?: Port) => twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", port).external("net", { physicalSwitch: "tor-1", vlan: 20 })
      .vm("a", "h1", { eth0: { portGroup: "p10", addresses: ["10.1.0.10/24"], passthrough: "sriov", guestVlans: [30] } }, { tenant: "ta" });
    expect(networkOf(direct(trunkPort("20,30", 30)), "configured").pair("a", "net").verdict).toBe("isolated");
    expect(networkOf(direct(trunkPort("20,30", 20)), "configured").pair("a", "net").verdict).toBe("violating");
    expect(networkOf(direct(), "configured").pair("a", "net")).toMatchObject({ verdict: "unknown", missing: ["$.uplinks.u1.port"] });
  });
});
