/** Semantics, section 3: what an absent field means; unknown wherever a field that decides is missing, naming the field. */
import { describe, expect, it } from "vitest";
import { analyze } from "../../analysis/analyze";
import { networkOf, nic, pairOf, router, rule, TODAY, twoTenants } from "../fixtures/two-tenants";
import { access, accessPort, draw, guestTrunk, trunkPort, type Drawing } from "../testing";
import { cabled, framesOf, oneSwitch, pairsOf } from "./asking";

const findings = (drawing: Drawing, rule: string) => analyze(drawing.build(), { assume: "hostile", today: TODAY }).findings.filter((finding) => finding.rule === rule);
const detailsOf = (drawing: Drawing): string => findings(drawing, "MDL-005").map(({ detail }) => detail).join("\n");
const guest = (drawing: Drawing, vlan?: Parameters<Drawing["portGroup"]>[2]): Drawing => drawing.portGroup("p", "s1", vlan).vm("a", "h1", "p", { tenant: "ta" });

describe("a port group's vlan", () => {
  it.each(["standard", "distributed", "hyper-v"] as const)("absent on %s: untagged, with MDL-005", (kind) => {
    const network = guest(cabled(kind));
    expect(framesOf(network, "a")["x1"]).toBe("both");
    expect(findings(network, "MDL-005").map(({ subjects, detail }) => `${subjects.join()} ${detail}`).join("\n")).toMatch(/p .*vlan/i);
  });

  it("absent on Open vSwitch: a trunk of all", () => {
    expect(framesOf(guest(cabled("open-vswitch")), "a")).toEqual({ x1: "both", x10: "both", x20: "both" });
  });

  it("absent or untagged on a VLAN-aware bridge: PVID 1, untagged on the uplink, the same segment as access 1", () => {
    for (const vlan of [undefined, { mode: "untagged" } as const, access(1)]) expect(framesOf(guest(cabled("linux-bridge", { vlanAware: true }), vlan), "a")).toEqual({ x1: "both" });
  });

  it("trunk without allowed: the pairs that depend on it are unknown", () => {
    const network = guest(cabled(), guestTrunk());
    expect(pairsOf(network, "a")["x10"]).toBe("2 - - - unknown $.portGroups.p.vlan.allowed");
  });
});

describe("a linux-bridge's vlanAware", () => {
  it("absent: a guest in several VLANs with the same ends forwards between none of them, whatever is unknown elsewhere", () => {
    const network = oneSwitch("linux-bridge").portGroup("p", "s1", undefined, { isolatedPorts: true }).portGroup("q", "s1")
      .vm("a", "h1", "p", { tenant: "ta" }).vm("b", "h1", "p", { tenant: "tb" }).vm("c", "h1", "q", { tenant: "ta" });
    const elsewhere = network.vswitch("s2", "linux-bridge", "h2", { vlanAware: true }).portGroup("r", "s2", guestTrunk()).portGroup("t", "s2");
    for (const drawing of [network, elsewhere.put("routers", "f", { interfaces: { i: { portGroup: "r" }, o: { portGroup: "t" } } })]) expect(pairsOf(drawing, "a")["b"]).toBeUndefined();
  });

  it("absent: false, the kernel's default", () => {
    const network = oneSwitch("linux-bridge").portGroup("p", "s1", access(10)).portGroup("q", "s1", access(20)).vm("a", "h1", "p", { tenant: "ta" }).vm("b", "h1", "q", { tenant: "tb" });
    expect(framesOf(network, "a")).toEqual({ b: "both" });
  });
});

describe("a physical port", () => {
  it("native absent: no untagged frame in or out", () => {
    expect(framesOf(guest(cabled("hyper-v", {}, trunkPort("1,10")), { mode: "untagged" }), "a")).toEqual({});
  });

  it("allowed absent at an uplink: pairs that depend on it are unknown, the others are not", () => {
    const unsaid = guest(cabled("standard", {}, trunkPort()), access(10)).vm("b", "h1", "p", { tenant: "tb" });
    expect(pairsOf(unsaid, "a")).toEqual({ b: "2 both any - violating", x10: "2 - - - unknown $.uplinks.u1.port.allowed" });
  });

  it("allowed absent at a trunk's end: the end is named, both where both are", () => {
    const joined = (left: ReturnType<typeof trunkPort>, right: ReturnType<typeof trunkPort>): Drawing => draw().physicalSwitch("s", "t").trunk("t1", "s", left, "t", right).station("a", "s", 10).station("b", "t", 10);
    expect(pairsOf(joined(trunkPort(), trunkPort("10")), "a")).toEqual({ b: "2 - - - unknown $.trunks.t1.a.port.allowed" });
    expect(pairsOf(joined(trunkPort(), trunkPort()), "b")).toEqual({ a: "2 - - - unknown $.trunks.t1.a.port.allowed $.trunks.t1.b.port.allowed" });
    expect(pairsOf(joined(trunkPort(), trunkPort("20")), "a")).toEqual({});
  });

  it("port absent: unknown, naming the port", () => {
    const network = guest(cabled(), access(10)).build();
    const uplinks = { u1: { virtualSwitch: "s1", hypervisor: "h1", physicalSwitch: "tor" } };
    expect(networkOf({ ...network, uplinks }).pair("a", "x10")).toMatchObject({ verdict: "unknown", missing: ["$.uplinks.u1.port"] });
    const cable = draw().physicalSwitch("s", "t").trunk("t1", "s", undefined, "t", accessPort(10)).station("a", "s", 10).station("b", "t", 10);
    expect(pairsOf(cable, "a")).toEqual({ b: "2 - - - unknown $.trunks.t1.a.port" });
  });

  it("of a known VLAN beside an unknown cable: what is certain stays certain", () => {
    const network = guest(cabled("standard", {}, trunkPort("10")).uplink("u2", "s1", "h1", "tor", trunkPort()), access(10));
    expect(pairsOf(network, "a")["x10"]).toBe("2 both any - violating");
  });

  it("decides for routed paths too, and names every doubtful hop", () => {
    const routed = twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", trunkPort()).put("routers", "r", router());
    expect(networkOf(routed).pair("a", "b")).toMatchObject({ verdict: "unknown", layer: 3, missing: ["$.uplinks.u1.port.allowed"] });
  });
});

it("a neighbour beyond a port that is not described: its address may be taken over", () => {
  const far = (...port: Parameters<Drawing["uplink"]>[4][]): Drawing => twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", ...port)
    .hypervisor("h2").vswitch("vsw-2", "standard", "h2").uplink("u2", "vsw-2", "h2", "tor-1", trunkPort("10")).portGroup("q10", "vsw-2", access(10)).vm("n", "h2", nic("q10", "10.1.0.77/24"), { tenant: "ta" })
    .put("firewalls", "f", { hypervisor: "h1", interfaces: { i: { portGroup: "p10" }, o: { portGroup: "p20" } }, rules: [rule("allow tcp/443 vm:n > vm:b")] });
  expect(pairsOf(far(trunkPort("10")), "a")["b"]).toBe("3 - tcp/443 - violating");
  expect(pairsOf(far(), "a")["b"]).toBe("3 - - - unknown $.uplinks.u1.port");
  expect(pairsOf(far(trunkPort("20")), "a")["b"]).toBeUndefined();
});

it("a neighbour's address may be taken over also where isolated ports keep the two from hearing one another", () => {
  const apart = (allowed?: string): Drawing => twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", trunkPort("10")).portGroup("p10", "vsw-1", guestTrunk(allowed), { isolatedPorts: true })
    .vswitch("vsw-2", "standard", "h1").uplink("u2", "vsw-2", "h1", "tor-1", trunkPort("20")).portGroup("q20", "vsw-2", access(20)).vm("b", "h1", nic("q20", "10.2.0.10/24"), { tenant: "tb" }).vm("n", "h1", nic("p10", "10.1.0.77/24"), { tenant: "ta" })
    .put("firewalls", "f", { interfaces: { i: { physicalSwitch: "tor-1", vlan: 10 }, o: { physicalSwitch: "tor-1", vlan: 20 } }, rules: [rule("allow tcp/443 vm:n > vm:b")] });
  expect(pairsOf(apart("10"), "a")["b"]).toBe("3 - tcp/443 - violating");
  expect(pairsOf(apart(), "a")["b"]).toBe("3 - - - unknown $.portGroups.p10.vlan.allowed");
});

it("who hears nobody beyond an unknown port may share a segment with others there: the port is named", () => {
  // What the two VLANs send may meet at the switch, but comes back by no port that it came in by.
  const bridge = draw().tenant("ta").tenant("tb").hypervisor("h1").physicalSwitch("tor-1").vswitch("br", "linux-bridge", "h1", { vlanAware: true })
    .uplink("u1", "br", "h1", "tor-1").portGroup("p1", "br", access(1)).portGroup("p10", "br", access(10)).external("net", { physicalSwitch: "tor-1", vlan: 30 })
    .vm("a", "h1", { e0: { portGroup: "p1" }, e1: { portGroup: "p10", addresses: ["fd00::10/64"] } }, { tenant: "ta" }).vm("b", "h1", nic("p1", "10.2.0.10/24"), { tenant: "tb" })
    .put("distributedFirewalls", "dfw", { rules: [{ id: "r", action: "deny", to: ["cidr:10.0.0.0/8"] }] });
  expect(pairsOf(bridge, "a")["b"]).toBe("2 both - - unknown $.uplinks.u1.port");
  expect(networkOf(bridge).trace(["a"], ["b"])).toMatchObject({ reachable: false, missing: ["$.uplinks.u1.port"] });
});

it("a neighbour's address may be taken over beyond a transparent firewall that only an unknown port brings near", () => {
  const beyond = (...port: Parameters<Drawing["uplink"]>[4][]): Drawing => twoTenants().vswitch("vsw-2", "standard", "h1").uplink("u2", "vsw-2", "h1", "tor-1", ...port).portGroup("q30", "vsw-2", access(30))
    .vm("a", "h1", nic("q30", "10.1.0.10/24"), { tenant: "ta" }).vm("n", "h1", nic("p10", "10.1.0.77/24"), { tenant: "tb" })
    .put("firewalls", "bridge", { mode: "transparent", interfaces: { i: { physicalSwitch: "tor-1", vlan: 30 }, o: { physicalSwitch: "tor-1", vlan: 10 } }, rules: [rule("allow tcp/443 vm:n > *")] });
  expect(pairsOf(beyond(trunkPort("30")), "a")["n"]).toBe("2 - tcp/443 - violating");
  expect(pairsOf(beyond(), "a")["n"]).toBe("2 - - - unknown $.uplinks.u2.port");
});

describe("an uplink or trunk that is not drawn", () => {
  it("is not there: isolated switches are legal designs", () => {
    const apart = oneSwitch().portGroup("p", "s1", access(10)).vm("a", "h1", "p", { tenant: "ta" }).station("x", "tor", 10);
    expect(pairsOf(apart, "a")).toEqual({});
  });
});

describe("addresses", () => {
  it("absent where a rule would have to know them: unknown, naming the nic", () => {
    const unaddressed = twoTenants().vm("a", "h1", "p10", { tenant: "ta" }).put("firewalls", "f", router([rule("allow tcp/443 vm:a > vm:b")]));
    expect(pairsOf(unaddressed, "a")).toEqual({ b: "3 - - - unknown $.vms.a.nics.eth0.addresses" });
  });

  it("absent: MDL-005 names them, as it names a VM's tenant, where a verdict rests on it", () => {
    const unaddressed = twoTenants().vm("a", "h1", "p10", { tenant: "ta" }).put("firewalls", "f", router([rule("allow tcp/443 vm:a > vm:b")]));
    expect(detailsOf(unaddressed)).toContain("$.vms.a.nics.eth0.addresses is not set: unknown");
    const nobodys = twoTenants().vm("b", "h1", nic("p10", "10.1.0.11/24"));
    expect(pairsOf(nobodys, "a")).toEqual({ b: "2 both any - unknown $.vms.b.tenant" });
    expect(detailsOf(nobodys)).toContain("$.vms.b.tenant is not set: unknown");
    expect(detailsOf(twoTenants())).not.toMatch(/tenant is not set|addresses is not set/);
  });

  it("absent on both sides: only the side that decides is named", () => {
    const both = twoTenants().vm("a", "h1", "p10", { tenant: "ta" }).put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p10", firewall: { enabled: true, allowedSources: ["cidr:10.7.0.0/16"] } });
    expect(pairsOf(both, "a")).toEqual({ vmk0: "2 both - - unknown $.vms.a.nics.eth0.addresses" });
    const filtered = (text: string): Drawing => twoTenants().vm("a", "h1", "p10", { tenant: "ta" }).vm("b", "h1", "p20", { tenant: "tb" }).put("firewalls", "f", router([rule(text)]));
    expect(pairsOf(filtered("allow tcp/1 * > cidr:10.7.0.0/16"), "a")).toEqual({ b: "3 - - - unknown $.vms.b.nics.eth0.addresses" });
    expect(pairsOf(filtered("allow tcp/1 cidr:10.6.0.0/16 > cidr:10.7.0.0/16"), "a")).toEqual({ b: "3 - - - unknown $.vms.a.nics.eth0.addresses $.vms.b.nics.eth0.addresses" });
  });

  it("absent where no rule asks: certain", () => {
    expect(pairOf(twoTenants().vm("a", "h1", "p10", { tenant: "ta" }).put("routers", "r", router()), "a", "b")).toContain("any / -");
  });
});

describe("security of port groups", () => {
  const said = (kind: "standard" | "distributed" | "hyper-v" | "linux-bridge" | "open-vswitch", platform: "esxi" | "hyper-v" | "kvm"): string[] => {
    const drawing = draw().tenant("ta").hypervisor("h1", platform).vswitch("s1", kind, "h1", kind === "linux-bridge" ? { vlanAware: true } : {}).portGroup("p", "s1", access(10)).vm("a", "h1", nic("p", "10.1.0.10/24"), { tenant: "ta" });
    return ["SW-001", "SW-002", "SW-003"].filter((id) => findings(drawing, id).length > 0);
  };

  it.each([["standard", "esxi", ["SW-002", "SW-003"]], ["distributed", "esxi", []], ["hyper-v", "hyper-v", []], ["linux-bridge", "kvm", ["SW-002", "SW-003"]], ["open-vswitch", "kvm", ["SW-002", "SW-003"]]] as const)("absent on %s", (kind, platform, rules) => {
    expect(said(kind, platform)).toEqual(rules);
  });

  it("absent on a standard switch: MDL-005 says that sources disagree", () => {
    const drawing = draw().hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("p", "s1", access(10)).vm("a", "h1", "p");
    expect(findings(drawing, "MDL-005").map(({ detail }) => detail).join("\n")).toMatch(/sources disagree/i);
  });
});

it("anything else boolean is false, and connected is true", () => {
  const plain = draw().tenant("ta").tenant("tb").hypervisor("h1").vswitch("s1", "standard", "h1").portGroup("p", "s1", access(10)).vm("a", "h1", nic("p"), { tenant: "ta" }).vm("b", "h1", nic("p"), { tenant: "tb" });
  expect(pairsOf(plain, "a")).toEqual({ b: "2 both any - violating" });
});

it("unknown never lets a violation disappear", () => {
  const network = guest(oneSwitch().uplink("u1", "s1", "h1", "tor", trunkPort()), access(10)).vm("b", "h1", "p", { tenant: "tb" });
  expect(pairsOf(network, "a")).toEqual({ b: "2 both any - violating" });
  expect(findings(network, "NET-001")).toHaveLength(1);
  expect(findings(network, "MDL-005").length).toBeGreaterThan(0);
});
