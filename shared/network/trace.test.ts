import { describe, expect, it } from "vitest";
import type { Hop } from "../analysis/result";
import { parseServices } from "../model/services";
import { interfaces, networkOf, nic, router, rule, twoTenants } from "./fixtures/two-tenants";
import { access, draw, isolated, promiscuous, trunkPort, untagged, type Drawing } from "./testing";

/** "at does" of every hop of every path. */
const pathsOf = (drawing: Drawing, from: string, to: string, ...services: string[]): string[][] =>
  networkOf(drawing).trace([from], [to], services.length === 0 ? undefined : parseServices(services)).paths.map((path) => path.map(inWords));
const blocked = (drawing: Drawing, from: string, to: string): string[] => networkOf(drawing).trace([from], [to]).blockedBy.map(inWords);
const inWords = ({ at, does }: Hop): string => `${at} ${does}`;

const together = () => twoTenants().vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" });

describe("a trace of what passes", () => {
  it("goes from the sender to the receiver over layer 2", () => {
    const [path = []] = networkOf(together()).trace(["a"], ["b"]).paths;
    expect([path[0]?.at, path.at(-1)?.at]).toEqual(["a/eth0", "b/eth0"]);
    expect(networkOf(together()).trace(["a"], ["b"])).toMatchObject({ reachable: true, services: ["any"], blockedBy: [] });
  });

  it("names each filter and the rule that allowed", () => {
    const guarded = twoTenants().put("firewalls", "f", router([rule("deny tcp/22"), rule("allow tcp/20-30", { id: "r2" })]))
      .put("distributedFirewalls", "dfw", { rules: [rule("allow tcp", { id: "d1" })] });
    const [path = []] = pathsOf(guarded, "a", "b");
    expect(path.filter((hop) => hop.includes("allows"))).toEqual(["dfw allows outbound by d1", "f allows by r2", "dfw allows inbound by d1"]);
  });

  it("narrows to the services that are asked for", () => {
    const guarded = twoTenants().put("firewalls", "f", router([rule("allow tcp/22", { id: "r1" }), rule("allow tcp/80", { id: "r2" })]));
    expect(networkOf(guarded).trace(["a"], ["b"], parseServices(["tcp/80-90"]))).toMatchObject({ reachable: true, services: ["tcp/80"] });
    expect(pathsOf(guarded, "a", "b", "tcp/80")[0]).toContain("f allows by r2");
    expect(networkOf(guarded).trace(["a"], ["b"], parseServices(["udp"]))).toMatchObject({ reachable: false, services: [], paths: [] });
  });

  it("lists different paths, the shortest first, and not without end", () => {
    const many = twoTenants();
    for (let i = 0; i < 12; i += 1) many.put("routers", `r${i}`, router());
    const paths = pathsOf(many, "a", "b");
    expect(paths).toHaveLength(8);
    expect(paths.every((path) => path.filter((hop) => hop.endsWith(" routes")).length === 1)).toBe(true);
  });

  it("is reachable if any member of one reaches any of the other", () => {
    const some = together().vm("c", "h1", nic("p20"), { tenant: "tb" });
    expect(networkOf(some).trace(["a"], ["c", "b"])).toMatchObject({ reachable: true });
    expect(networkOf(some).trace(["a"], ["c"])).toMatchObject({ reachable: false });
    expect(networkOf(some).trace([], ["c"])).toEqual({ reachable: false, services: [], paths: [], blockedBy: [] });
  });

  it("goes by an address taken over where only that passes", () => {
    const filtered = twoTenants().vm("a2", "h1", nic("p10", "10.1.0.11/24"), { tenant: "ta" }).put("firewalls", "fw", router([rule("allow tcp/443 vm:a2 > vm:b", { id: "r1" })]));
    expect(pathsOf(filtered, "a", "b")[0]).toContain("fw allows by r1");
  });

  it("shows a forwarding VM with the distributed firewalls at its vNICs", () => {
    const dual = twoTenants().external("net", { physicalSwitch: "tor-1", vlan: 10 }).external("far", { physicalSwitch: "tor-1", vlan: 20 })
      .vm("m", "h1", { e0: { portGroup: "p10" }, e1: { portGroup: "p20" } }, { forwarding: true }).put("distributedFirewalls", "dfw", { rules: [] });
    const [path = []] = pathsOf(dual, "net", "far");
    expect(path.filter((hop) => /^(m|dfw) /.test(hop))).toEqual(["dfw allows inbound by default", "m forwards", "dfw allows outbound by default"]);
  });

  it("ends at a management interface's own firewall", () => {
    const managed = twoTenants().put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p10", firewall: { enabled: true, ports: ["tcp/443"] } });
    expect(pathsOf(managed, "a", "vmk0")[0]).toContain("vmk0 allows by ports");
  });
});

describe("the paths and the packet of a trace", () => {
  it("counts the paths that are not listed", () => {
    const many = twoTenants();
    for (let i = 0; i < 12; i += 1) many.put("routers", `r${i}`, router());
    const trace = networkOf(many).trace(["a"], ["b"]);
    expect([trace.paths.length, trace.morePaths, trace.morePathsAtLeast]).toEqual([8, 4, undefined]);
  });

  it("tells paths apart by their cables too, and takes no detour", () => {
    const ring = together().physicalSwitch("tor-2", "tor-3").hypervisor("h2").vswitch("vsw-2", "standard", "h2").portGroup("q10", "vsw-2", access(10)).vm("c", "h2", "q10")
      .trunk("t12", "tor-1", trunkPort("10"), "tor-2", trunkPort("10")).trunk("t13", "tor-1", trunkPort("10"), "tor-3", trunkPort("10")).trunk("t23", "tor-2", trunkPort("10"), "tor-3", trunkPort("10"))
      .uplink("u2", "vsw-2", "h2", "tor-2", trunkPort("10")).uplink("u3", "vsw-2", "h2", "tor-3", trunkPort("10"));
    const cables = networkOf(ring).trace(["a"], ["c"]).paths.map((path) => path.filter(({ kind }) => kind === "trunk" || kind === "uplink").map(({ at }) => at).join(" "));
    expect(cables).toEqual(["u1 t12 u2", "u1 t13 u3"]);
    // A dual-homed neighbour and a router are no way between ends that exchange frames.
    expect(networkOf(together().put("routers", "r", router())).trace(["a"], ["b"]).paths).toHaveLength(1);
  });

  it("counts every VM that could forward instead", () => {
    const relays = draw().tenant("ta").hypervisor("h1").vswitch("vsw-1", "standard", "h1").portGroup("p10", "vsw-1", access(10)).portGroup("p20", "vsw-1", access(20)).vm("a", "h1", "p10").vm("b", "h1", "p20");
    for (let i = 0; i < 10; i += 1) relays.vm(`m${i}`, "h1", { e0: { portGroup: "p10" }, e1: { portGroup: "p20" } });
    const trace = networkOf(relays).trace(["a"], ["b"]);
    expect(trace.paths.length + (trace.morePaths ?? 0)).toBe(10);
  });

  it("gives a packet with a source port where a filter without state lets answers to some pass only", () => {
    const stateless = twoTenants().put("firewalls", "f", router([rule("allow tcp/443 vm:a > vm:b", { id: "r1" }), rule("allow tcp/1024-2000 vm:b > vm:a", { id: "r2" })], { stateful: false }));
    const { packet, paths: [path = []] } = networkOf(stateless).trace(["a"], ["b"]);
    expect(packet).toEqual({ from: "a/eth0", to: "b/eth0", source: "10.1.0.10", destination: "10.2.0.10", vlan: 10, protocol: "tcp", port: 443, sourcePort: 2000 });
    expect(path.map(inWords)).toContain("f allows by r1, the answer by r2");
  });

  it("says where the packet rests on an address taken over", () => {
    const filtered = twoTenants().vm("a2", "h1", nic("p10", "10.1.0.11/24"), { tenant: "ta" }).put("firewalls", "fw", router([rule("allow tcp/443 vm:a2 > vm:b", { id: "r1" })]));
    expect(networkOf(filtered).trace(["a"], ["b"]).packet).toMatchObject({ source: "10.1.0.11", port: 443, forged: true });
    expect(networkOf(filtered).trace(["a2"], ["b"]).packet?.forged).toBeUndefined();
  });

  it("is about the service that is asked for", () => {
    const guarded = twoTenants().put("firewalls", "f", router([rule("allow tcp/22", { id: "r1" }), rule("allow udp/53", { id: "r2" })]));
    expect(networkOf(guarded).trace(["a"], ["b"], parseServices(["udp"])).packet).toMatchObject({ protocol: "udp", port: 53 });
    expect(networkOf(guarded).trace(["a"], ["b"], parseServices(["tcp/23"])).blockedBy.at(-1)).toMatchObject({ does: "denies by default", stops: ["tcp/23"], passes: [] });
    expect(networkOf(guarded).trace(["a"], ["b"], parseServices(["tcp/443"])).blockedBy.at(-1)).toMatchObject({ stops: ["tcp/443"] });
  });

  it("sends from documentation addresses outside", () => {
    const outside = twoTenants().external("net", { physicalSwitch: "tor-1", vlan: 10 });
    expect(networkOf(outside).trace(["net"], ["a"]).packet).toMatchObject({ source: "203.0.113.7", destination: "10.1.0.10", vlan: 10 });
    const bare = draw().hypervisor("h").vswitch("s", "standard", "h").portGroup("p", "s", access(10)).vm("a", "h", "p").vm("b", "h", "p");
    expect(networkOf(bare).trace(["a"], ["b"]).packet).toMatchObject({ source: "203.0.113.7", destination: "198.51.100.7" });
  });
});

describe("a trace of what is stopped", () => {
  it("names where frames end", () => {
    expect(networkOf(twoTenants()).trace(["a"], ["b"])).toMatchObject({ reachable: false, paths: [] });
    expect(blocked(twoTenants(), "a", "b").length).toBeGreaterThan(0);
  });

  it("names the firewall and the rule that deny", () => {
    expect(blocked(twoTenants().put("firewalls", "f", router([rule("deny any", { id: "r9" })])), "a", "b")).toContain("f denies by r9");
    expect(blocked(twoTenants().put("firewalls", "f", router()), "a", "b")).toContain("f denies by default");
  });

  it("names the distributed firewall in both directions", () => {
    expect(blocked(together().put("distributedFirewalls", "dfw", { rules: [], defaultAction: "deny" }), "a", "b"))
      .toEqual(["dfw denies outbound by default", "dfw denies inbound by default"]);
  });

  it("leaves out firewalls that lead elsewhere, and says which ones nothing gets to any more", () => {
    const far = twoTenants().put("firewalls", "f1", { interfaces: interfaces(10, 30) }).put("firewalls", "f2", { interfaces: interfaces(30, 20) }).put("firewalls", "f3", { interfaces: interfaces(10, 40) });
    expect(networkOf(far).trace(["a"], ["b"]).blockedBy.slice(1)).toEqual([
      { at: "f1", kind: "firewall", does: "denies by default", stops: ["any"], passes: [] },
      { at: "f2", kind: "firewall", does: "denies by default", stops: ["any"], passes: [], behind: true },
    ]);
  });

  it("names the management interface's own firewall, and what is missing where it is not described", () => {
    const managed = (firewall?: { enabled: boolean; allowedSources: string[] }) =>
      twoTenants().put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p10", ...(firewall === undefined ? {} : { firewall }) });
    expect(blocked(managed({ enabled: true, allowedSources: [] }), "a", "vmk0")).toEqual(["vmk0 denies by default"]);
    expect(networkOf(managed()).trace(["a"], ["vmk0"])).toMatchObject({ reachable: false, missing: ["$.managementInterfaces.vmk0.firewall"] });
  });

  it("is unknown for a service that absent fields may let pass, whatever passes for certain", () => {
    const half = twoTenants().put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p10", firewall: { ports: ["tcp/443"] } });
    const asked = (service: string) => networkOf(half).trace(["a"], ["vmk0"], parseServices([service]));
    expect(asked("tcp/443")).toMatchObject({ reachable: true, services: ["tcp/443"] });
    expect(asked("tcp/22")).toMatchObject({ reachable: false, missing: ["$.managementInterfaces.vmk0.firewall.enabled"] });
  });

  it("shows the path of what is delivered without an answer, and why there is none", () => {
    const stateless = twoTenants().put("firewalls", "f", router([rule("allow tcp/443 vm:a > vm:b", { id: "r1" })], { stateful: false }));
    const trace = networkOf(stateless).trace(["a"], ["b"]);
    expect(trace.reachable).toBe(false);
    expect(trace.paths[0]?.map(inWords)).toContain("f allows by r1");
    expect(trace.blockedBy.map(inWords)).toContain("f denies the answer by default");
  });

  it("says where a stateful filter sees one direction only", () => {
    const half = twoTenants().vswitch("vds", "distributed", "h1").portGroup("prom", "vds", promiscuous(100)).portGroup("iso", "vds", isolated(100, 101), { spoofGuard: true })
      .portGroup("plain", "vds", access(100), { spoofGuard: true }).vm("a", "h1", nic("plain", "10.9.0.10/24"), { tenant: "ta" }).vm("b", "h1", nic("iso", "10.9.0.11/24"), { tenant: "tb" })
      .put("firewalls", "f", { hypervisor: "h1", interfaces: { in: { portGroup: "prom" } }, rules: [rule("allow any vm:b > vm:a")] });
    expect(networkOf(half).trace(["a"], ["b"], parseServices(["tcp"])).blockedBy.map(inWords)).toContain("f sees only the answers of TCP and drops them");
    expect(networkOf(half).trace(["a"], ["b"], parseServices(["udp"])).reachable).toBe(true);
  });

  it("says that an end has no gateway, as configured", () => {
    const stranded = twoTenants().put("routers", "r", { interfaces: { ...interfaces(20), v10: { physicalSwitch: "tor-1", vlan: 10, addresses: ["192.168.0.1/24"] } } });
    expect(networkOf(stranded, "configured").trace(["a"], ["b"]).blockedBy.map(inWords)).toContain("a/eth0 has no gateway");
  });

  it("says that an end has no address, or none of the other's family, as configured", () => {
    const beside = (addresses: string[] | undefined): Drawing => draw().hypervisor("h1").vswitch("s", "standard", "h1").portGroup("p", "s", access(10)).vm("a", "h1", nic("p", "10.1.0.10/24"))
      .vm("b", "h1", { eth0: { portGroup: "p", ...(addresses === undefined ? {} : { addresses }) } }).put("managementInterfaces", "m", { hypervisor: "h1", portGroup: "p", addresses: ["10.1.0.9/24"], firewall: { enabled: true, ports: [] } });
    const stops = (drawing: Drawing, from: string, to: string): string[] => networkOf(drawing, "configured").trace([from], [to]).blockedBy.map(inWords);
    expect(stops(beside([]), "a", "b")).toEqual(["b/eth0 has no address"]);
    expect(stops(beside(["fd00::1/64"]), "a", "b")).toEqual(["b/eth0 has no IPv4 address"]);
    expect(stops(beside(undefined), "b", "m")).toEqual(["b/eth0 has no address that is written", "m denies by default"]);
  });

  it("says where the answer ends of a neighbour that keeps to the rules", () => {
    const oneWay = draw().hypervisor("h1").vswitch("s", "standard", "h1").portGroup("p", "s", access(10)).portGroup("u", "s", untagged).vm("b", "h1", nic("p", "10.1.0.11/24"))
      .vm("a", "h1", { eth0: { portGroup: "u", addresses: ["10.1.0.10/24"], guestVlans: [10] } });
    expect(networkOf(oneWay, "configured").trace(["a"], ["b"]).blockedBy.map(inWords)).toEqual(["u hears untagged frames only, not VLAN 10 (the answer)"]);
  });

  it("names the filter on the answer's own way", () => {
    const apart = twoTenants().external("net", { physicalSwitch: "tor-1", vlan: 30 }).put("routers", "r", { interfaces: { v30: { physicalSwitch: "tor-1", vlan: 30 }, v10: { physicalSwitch: "tor-1", vlan: 10, addresses: [] } } })
      .put("firewalls", "f", { interfaces: { v10: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.1/24"] } } });
    const trace = networkOf(apart, "configured").trace(["net"], ["a"]);
    expect(trace).toMatchObject({ reachable: false, oneWay: ["any"] });
    expect(trace.blockedBy.map(inWords)).toContain("f denies the answer by default");
  });
});

it("a pair needs no matrix", () => {
  const drawing = twoTenants().portGroup("p10", "vsw-1", access(10));
  for (let i = 0; i < 300; i += 1) drawing.vm(`v${i}`, "h1", nic("p10", `10.1.1.${i % 250}/16`), { tenant: "ta" });
  const started = performance.now();
  expect(networkOf(drawing).trace(["v0"], ["v299"]).reachable).toBe(true);
  expect(performance.now() - started).toBeLessThan(2000);
});
