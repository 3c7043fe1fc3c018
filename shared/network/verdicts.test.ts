import { describe, expect, it } from "vitest";
import { listServices } from "../model/services";
import { interfaces, networkOf, nic, pairOf, router, rule, twoTenants } from "./fixtures/two-tenants";
import type { Port } from "../model/primitives";
import { access, accessPort, draw, guestTrunk, trunkPort } from "./testing";

/** `a` and `b` joined by a router. */
const routed = () => twoTenants().put("routers", "r", router());
/** A management interface in VLAN 30, with a firewall of its own where one is given. */
const managed = (firewall?: { enabled?: boolean; allowedSources?: string[]; ports?: string[] }) => twoTenants().put("routers", "r", { interfaces: interfaces(10, 20, 30) })
  .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p30", addresses: ["10.3.0.5/24"], ...(firewall === undefined ? {} : { firewall }) });
const policy = (...allow: { services?: string[]; from?: string[]; to?: string[]; until?: string }[]) => ({ allow: allow.map((entry, index) => ({ id: `p${index}`, ...entry })) });

describe("by default", () => {
  it("customers must not reach one another, nor shared tenants", () => {
    expect(pairOf(routed(), "a", "b")).toContain("violating");
    expect(pairOf(routed().tenant("tb", "shared"), "a", "b")).toContain("violating");
    expect(pairOf(routed().tenant("tb", "provider"), "b", "a")).toContain("violating");
  });

  it("one tenant's VMs may reach one another", () => {
    expect(pairOf(routed().vm("b", "h1", nic("p20", "10.2.0.10/24"), { tenant: "ta" }), "a", "b")).toBe("any / - / permitted / 3 / -");
  });

  it("no workload reaches management or a BMC, and a jump host needs an allow like any other VM", () => {
    expect(pairOf(managed({ enabled: false }), "a", "vmk0")).toBe("any / - / violating / 3 / -");
    expect(pairOf(managed({ enabled: false }).vm("jump", "h1", nic("p20"), { role: "jump-host" }), "jump", "vmk0")).toContain("violating");
    expect(pairOf(managed().put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 30 } }), "a", "h1-host/bmc")).toContain("violating");
  });

  it("management may open flows to VMs and to other management", () => {
    const two = managed({ enabled: false }).put("managementInterfaces", "vmk1", { hypervisor: "h1", portGroup: "p20", firewall: { enabled: false } });
    expect(pairOf(two, "vmk0", "a")).toContain("permitted");
    expect(pairOf(two, "vmk0", "vmk1")).toContain("permitted");
  });

  it("whatever has an external network at one end needs an allow", () => {
    const outside = managed({ enabled: false }).external("net", { physicalSwitch: "tor-1", vlan: 40 }).put("routers", "r2", { interfaces: interfaces(10, 30, 40) });
    for (const [from, to] of [["net", "a"], ["a", "net"], ["net", "vmk0"], ["vmk0", "net"]] as const) expect(pairOf(outside, from, to)).toContain("violating");
  });

  it("a VM of no tenant may be anybody's", () => {
    const nobody = routed().vm("b", "h1", nic("p20", "10.2.0.10/24"));
    expect(networkOf(nobody).pair("a", "b")).toMatchObject({ verdict: "unknown", missing: ["$.vms.b.tenant"] });
    const allowed = { policy: policy({ from: ["vm:a"], to: ["vm:b"] }) };
    expect(networkOf({ ...nobody.build(), ...allowed }).pair("a", "b").verdict).toBe("permitted");
  });
});

describe("policy", () => {
  it("permits what it allows and no more", () => {
    const verdict = (services: string[]) => networkOf({ ...routed().put("routers", "r", router([rule("deny tcp/1-442"), rule("deny tcp/444-65535"), rule("deny udp"), rule("deny icmp")])).build(), policy: policy({ services, from: ["tenant:ta"], to: ["vm:b"] }) }).pair("a", "b");
    expect(verdict(["tcp/443"]).verdict).toBe("permitted");
    expect(verdict(["tcp/80"])).toMatchObject({ verdict: "violating", beyond: [443, 443] });
  });

  it("counts entries up to and including their day", () => {
    const document = { ...routed().build(), policy: policy({ until: "2026-11-23" }) };
    expect(networkOf(document, "hostile", "2026-11-23").pair("a", "b").verdict).toBe("permitted");
    expect(networkOf(document, "hostile", "2026-11-24").pair("a", "b").verdict).toBe("violating");
  });

  it("permits what it requires, and says whether every member reaches every member", () => {
    const document = { ...routed().vm("a2", "h1", nic("p30"), { tenant: "ta" }).build(), policy: { require: [{ id: "q1", from: ["tenant:ta"], to: ["vm:b"], services: ["tcp/443"] }] } };
    const network = networkOf(document);
    expect(listServices(network.allowed("a", "b"))).toEqual(["tcp/443"]);
    expect(network.required.map(({ id, holds, failing }) => ({ id, holds, failing: failing.map(({ from, to, services }) => [from, to, ...listServices(services)]) })))
      .toEqual([{ id: "q1", holds: false, failing: [["a2", "b", "tcp/443"]] }]);
  });

  it("treats an empty list as nothing and an absent one as any", () => {
    expect(networkOf({ ...routed().build(), policy: policy({ from: [] }) }).pair("a", "b").verdict).toBe("violating");
    expect(networkOf({ ...routed().build(), policy: policy({ from: ["any"], services: ["any"] }) }).pair("a", "b").verdict).toBe("permitted");
  });
});

describe("verdicts", () => {
  it("call one-way delivery beyond the policy violating", () => {
    const native = twoTenants().physicalSwitch("tor-2").trunk("t", "tor-1", trunkPort("10", 10), "tor-2", trunkPort("50", 50, true)).external("x", { physicalSwitch: "tor-2", vlan: 50 });
    expect(pairOf(native, "a", "x")).toMatch(/^(any \/ -|- \/ any|- \/ -) /);
    const stateless = twoTenants().put("firewalls", "f", router([rule("allow tcp/443 vm:a > vm:b")], { stateful: false }));
    expect(pairOf(stateless, "a", "b")).toBe("- / tcp/443 / violating / 3 / -");
    expect(networkOf({ ...stateless.build(), policy: policy({}) }).pair("a", "b").verdict).toBe("permitted");
  });

  it("list a pair whose IP is denied but whose frames pass, as isolated", () => {
    const denied = twoTenants().vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" }).put("distributedFirewalls", "dfw", { rules: [rule("deny any tenant:ta > tenant:tb")] });
    expect(networkOf(denied).pairs.map(({ from, to, frames, services, verdict }) => [from, to, frames, listServices(services), verdict]))
      .toEqual([["a", "b", "both", [], "isolated"], ["b", "a", "both", ["any"], "violating"]]);
  });

  it("do not pair a VM with itself or with what does not exist", () => {
    expect(networkOf(routed()).pair("a", "a")).toMatchObject({ verdict: "isolated", services: [] });
    expect(networkOf(routed()).pair("a", "nobody")).toMatchObject({ verdict: "isolated", services: [] });
    expect(networkOf(routed()).party("nobody")).toBeUndefined();
  });

  it("join the vNICs of a VM", () => {
    const two = twoTenants().portGroup("p40", "vsw-1", access(40)).vm("b", "h1", { e0: { portGroup: "p20" }, e1: { portGroup: "p40" } }, { tenant: "tb" })
      .put("firewalls", "f", { interfaces: interfaces(10, 20, 40), rules: [rule("allow tcp/1", { out: "v20" }), rule("allow tcp/2", { out: "v40" })] });
    expect(pairOf(two, "a", "b")).toBe("tcp/1-2 / - / violating / 3 / -");
  });

  it("leave templates out of the rows", () => {
    expect(networkOf(routed().vm("gold", "h1", nic("p10"), { role: "template" })).parties.map(({ id }) => id)).toEqual(["a", "b"]);
  });
});

describe("what the document does not say", () => {
  it("makes pairs unknown that depend on an uplink's allowed VLANs", () => {
    const unsaid = twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", trunkPort()).external("net", { physicalSwitch: "tor-1", vlan: 10 });
    expect(networkOf(unsaid).pair("a", "net")).toMatchObject({ verdict: "unknown", missing: ["$.uplinks.u1.port.allowed"], layer: 2, services: [] });
    expect(networkOf(unsaid).pairs.map(({ from, to, verdict }) => `${from} ${to} ${verdict}`)).toContain("a net unknown");
  });

  it("makes pairs unknown even where the policy would allow them, for nothing says that they are isolated", () => {
    const unsaid = twoTenants().hypervisor("h2").vswitch("vsw-2", "standard", "h2").uplink("u2", "vsw-2", "h2", "tor-1", undefined).portGroup("q10", "vsw-2", access(10))
      .vm("a2", "h2", nic("q10"), { tenant: "ta" });
    expect(networkOf(unsaid).pair("a", "a2")).toMatchObject({ verdict: "unknown", missing: ["$.uplinks.u2.port"] });
  });

  it("never lets a violation disappear", () => {
    const unsaid = twoTenants().vm("b", "h1", nic("p10"), { tenant: "tb" }).uplink("u1", "vsw-1", "h1", "tor-1", undefined);
    expect(networkOf(unsaid).pair("a", "b").verdict).toBe("violating");
  });

  it("names every doubtful hop of a routed path", () => {
    const unsaid = routed().uplink("u1", "vsw-1", "h1", "tor-1", undefined).hypervisor("h2").vswitch("vsw-2", "standard", "h2").uplink("u2", "vsw-2", "h2", "tor-1", trunkPort())
      .portGroup("q20", "vsw-2", access(20)).vm("b", "h2", nic("q20", "10.2.0.10/24"), { tenant: "tb" });
    expect(networkOf(unsaid).pair("a", "b")).toMatchObject({ verdict: "unknown", missing: ["$.uplinks.u1.port", "$.uplinks.u2.port.allowed"], layer: 3 });
  });

  it("makes management behind an undescribed firewall unknown", () => {
    expect(networkOf(managed()).pair("a", "vmk0")).toMatchObject({ verdict: "unknown", missing: ["$.managementInterfaces.vmk0.firewall"], services: [] });
    expect(networkOf(managed({ allowedSources: ["cidr:10.9.0.0/24"] })).pair("a", "vmk0")).toMatchObject({ verdict: "unknown", missing: ["$.managementInterfaces.vmk0.firewall.enabled"] });
    expect(networkOf(managed({ ports: ["tcp/443"] })).pair("a", "vmk0")).toMatchObject({ verdict: "violating", services: [443, 443] });
  });

  it("makes pairs unknown whose address a rule would have to know", () => {
    const unaddressed = twoTenants().vm("a", "h1", { eth0: { portGroup: "p10" } }, { tenant: "ta" }).put("firewalls", "f", router([rule("allow tcp/443 vm:a > vm:b")]));
    expect(networkOf(unaddressed).pair("a", "b")).toMatchObject({ verdict: "unknown", missing: ["$.vms.a.nics.eth0.addresses"] });
    expect(networkOf(unaddressed.put("firewalls", "f", router([rule("allow tcp/443 tag:nobody > vm:b")]))).pair("a", "b").verdict).toBe("isolated");
    expect(networkOf(unaddressed.put("firewalls", "f", router([rule("deny any vm:a > *"), rule("allow any")]))).pair("a", "b").verdict).toBe("violating");
  });

  it("makes a guest trunk with unwritten VLANs a possible way between VLANs", () => {
    const trunk = twoTenants().portGroup("pt", "vsw-1", guestTrunk()).vm("m", "h1", nic("pt", "10.1.0.99/24"), { tenant: "ta" });
    expect(networkOf(trunk).pair("a", "b")).toMatchObject({ verdict: "unknown", missing: ["$.portGroups.pt.vlan.allowed"] });
  });

  it("makes a guest trunk a possible way between what may be beyond an unknown port", () => {
    const beyond = twoTenants().hypervisor("h2").vswitch("vsw-2", "standard", "h2").uplink("u2", "vsw-2", "h2", "tor-1", undefined).portGroup("pt", "vsw-2", guestTrunk("10,20"))
      .vm("m", "h2", nic("pt", "10.1.0.99/24"), { tenant: "ta" });
    expect(networkOf(beyond).pair("a", "b")).toMatchObject({ verdict: "unknown", missing: ["$.uplinks.u2.port"] });
  });

  it("takes an undrawn uplink for none", () => {
    const island = twoTenants().vswitch("vsw-9", "standard", "h1").portGroup("q10", "vsw-9", access(10)).vm("b", "h1", nic("q10"), { tenant: "tb" });
    expect(networkOf(island).pair("a", "b").verdict).toBe("isolated");
  });
});

it("is unknown where a passthrough guest might forward, because nobody knows how many VLANs its uplink carries", () => {
  const shared = (port?: Port) => draw().hypervisor("h1").physicalSwitch("tor-1").vswitch("s1", "standard", "h1").vswitch("br", "linux-bridge", "h1")
    .uplink("u1", "br", "h1", "tor-1", accessPort(30)).uplink("u2", "br", "h1", "tor-1", port).portGroup("p0", "br", undefined, { isolatedPorts: true }).portGroup("p1", "s1")
    .vm("a", "h1", "p0").vm("b", "h1", "p1").vm("m", "h1", { e0: { portGroup: "p0", passthrough: "sriov" } }).station("net", "tor-1", 30)
    .put("routers", "r", { interfaces: { isolated: { portGroup: "p0" }, inside: { portGroup: "p1" } } });
  // `a` and the router are isolated ports: only a guest that carries packets from one VLAN to another brings them together.
  expect(networkOf(shared(accessPort(30))).pair("a", "b").verdict).toBe("isolated");
  expect(networkOf(shared(trunkPort("30,31"))).pair("a", "b").services).not.toEqual([]);
  expect(networkOf(shared()).pair("a", "b")).toMatchObject({ verdict: "unknown", missing: expect.arrayContaining(["$.uplinks.u2.port"]) as unknown });
});

it("names the field that a way over a transparent firewall rests on, also where frames pass one way only", () => {
  const leak = twoTenants().physicalSwitch("tor-2").trunk("t", "tor-1", trunkPort(), "tor-2", trunkPort("20", 20)).external("net", { physicalSwitch: "tor-2", vlan: 20 })
    .put("firewalls", "f", { mode: "transparent", defaultAction: "allow", interfaces: { in: { physicalSwitch: "tor-1", vlan: 10 }, out: { physicalSwitch: "tor-1", vlan: 20 } } });
  expect(networkOf(leak).pair("a", "net")).toMatchObject({ verdict: "unknown", missing: ["$.trunks.t.a.port.allowed"] });
});

it("names the uplinks beyond which the segments of a guest on every VLAN may differ, so that it may forward", () => {
  const apart = draw().hypervisor("h1").hypervisor("h2").physicalSwitch("tor-1").vswitch("br", "linux-bridge", "h1").vswitch("ovs", "open-vswitch", "h2")
    .uplink("u1", "br", "h1", "tor-1").uplink("u2", "ovs", "h2", "tor-1").portGroup("p0", "br", undefined, { isolatedPorts: true }).portGroup("p1", "br").portGroup("p2", "ovs", access(10))
    .vm("a", "h1", "p0", { tenant: "ta" }).vm("b", "h1", "p0", { tenant: "tb" }).vm("m", "h1", "p1").vm("far", "h2", "p2").tenant("ta").tenant("tb");
  expect(networkOf(apart).pair("a", "b")).toMatchObject({ verdict: "unknown", missing: ["$.uplinks.u1.port", "$.uplinks.u2.port"] });
});

describe("a management interface's own firewall", () => {
  it("is the last filter of every path to it, and of none from it", () => {
    const guarded = managed({ enabled: true, allowedSources: ["cidr:10.1.0.0/24"], ports: ["tcp/443", "tcp/902"] });
    expect(pairOf(guarded, "a", "vmk0")).toBe("tcp/443+tcp/902 / - / violating / 3 / -");
    expect(pairOf(guarded, "b", "vmk0")).toBe("- / - / isolated / 3 / -");
    expect(pairOf(guarded, "vmk0", "b")).toBe("any / - / permitted / 3 / -");
  });

  it("also stands in the segment, where frames pass all the same", () => {
    const near = managed({ enabled: true, allowedSources: [] }).vm("a", "h1", nic("p30", "10.3.0.9/24"), { tenant: "ta" });
    expect(pairOf(near, "a", "vmk0")).toBe("- / - / isolated / 2 / both");
  });

  it("reads absent lists as any source and every port, and off as open", () => {
    expect(pairOf(managed({ enabled: true }), "a", "vmk0")).toBe("any / - / violating / 3 / -");
    expect(pairOf(managed({ enabled: true, ports: [] }), "a", "vmk0")).toBe("- / - / isolated / 3 / -");
    expect(pairOf(managed({ enabled: false, allowedSources: [] }), "a", "vmk0")).toBe("any / - / violating / 3 / -");
  });
});

it("reads an access uplink for what it is", () => {
  expect(pairOf(twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", accessPort(10)).put("routers", "r", router()), "a", "b")).toBe("- / - / isolated / 3 / -");
});
