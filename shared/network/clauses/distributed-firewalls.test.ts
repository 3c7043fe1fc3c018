/** Semantics, section 4: distributed firewalls, at the vNIC of the sender and at that of the receiver. */
import { describe, expect, it } from "vitest";
import type { DistributedFirewall } from "../../model/kinds/distributed-firewall";
import { interfaces, networkOf, nic, pairOf, router, rule, twoTenants } from "../fixtures/two-tenants";
import { access, overlay, trunkPort, type Drawing } from "../testing";
import { pairsOf } from "./asking";

type Settings = Partial<Omit<DistributedFirewall, "rules" | "name">>;
const guard = (drawing: Drawing, rules: string[], more: Settings = {}): Drawing => drawing.put("distributedFirewalls", "dfw", { rules: rules.map((one) => rule(one)), ...more });
/** `a` and `b` in one segment. */
const together = (rules: string[], more: Settings = {}): Drawing => guard(twoTenants().vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" }), rules, more);
const routed = (rules: string[], more: Settings = {}): Drawing => guard(twoTenants().put("routers", "r", router()), rules, more);

describe("where it filters", () => {
  it("in one segment and over routers, on one host and across hosts", () => {
    expect(pairOf(together(["deny tcp/22"]), "a", "b")).toBe("icmp+tcp/1-21+tcp/23-65535+udp / - / violating / 2 / both");
    expect(pairOf(routed(["deny tcp/22"]), "a", "b")).toBe("icmp+tcp/1-21+tcp/23-65535+udp / - / violating / 3 / -");
    const across = together(["deny tcp/22"]).hypervisor("h2").vswitch("vsw-2", "standard", "h2").uplink("u2", "vsw-2", "h2", "tor-1", trunkPort("10")).portGroup("q10", "vsw-2", access(10)).vm("b", "h2", nic("q10"), { tenant: "tb" });
    expect(pairOf(across, "a", "b")).toBe("icmp+tcp/1-21+tcp/23-65535+udp / - / violating / 2 / both");
  });

  it("outbound at the sender and inbound at the receiver: both must allow", () => {
    const half = (side: string): Drawing => together(["deny"], { exclude: [side] });
    expect([pairOf(half("vm:a"), "a", "b"), pairOf(half("vm:b"), "a", "b")]).toEqual(["- / - / isolated / 2 / both", "- / - / isolated / 2 / both"]);
    expect(pairOf(together(["deny"], { exclude: ["vm:a", "vm:b"] }), "a", "b")).toBe("any / - / violating / 2 / both");
  });

  it("not outside its scope, and on all switches without one", () => {
    expect(pairOf(together(["deny"], { virtualSwitches: [] }), "a", "b")).toContain("any / -");
    expect(pairOf(together(["deny"], { virtualSwitches: ["vsw-1"] }), "a", "b")).toContain("isolated");
    expect(pairOf(together(["deny"]), "a", "b")).toContain("isolated");
  });

  it("an exclusion by tenant, tag, port group or address takes the vNIC out", () => {
    const excluded = (exclude: string): string => pairOf(together(["deny"], { exclude: ["vm:b", exclude] }).vm("a", "h1", nic("p10", "10.1.0.10/24"), { tenant: "ta", tags: ["free"] }), "a", "b");
    expect(["tenant:ta", "tag:free", "portgroup:p10", "cidr:10.1.0.10/32", "workloads"].map(excluded)).toEqual(Array(5).fill("any / - / violating / 2 / both"));
    expect(excluded("cidr:10.9.0.0/24")).toContain("isolated");
  });

  it("only VM vNICs: never management interfaces, BMCs, externals or router interfaces", () => {
    const plain = guard(twoTenants().external("net", { physicalSwitch: "tor-1", vlan: 30 }).put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 30 } })
      .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p30", firewall: { enabled: false } }), ["deny"]);
    expect(pairsOf(plain, "net")).toEqual({ "h1-host/bmc": "2 both any - violating", vmk0: "2 both any - violating" });
    expect(pairOf(guard(twoTenants().put("routers", "r", { hypervisor: "h1", interfaces: { x: { portGroup: "p10" }, y: { portGroup: "p20" } } }), ["deny tcp"]), "a", "b")).toContain("icmp+udp");
  });

  it("what a VM forwards, at the VM's own vNICs", () => {
    const transit = (rules: string[], more: Settings = {}) => pairOf(guard(twoTenants().external("x", { physicalSwitch: "tor-1", vlan: 10 }).external("y", { physicalSwitch: "tor-1", vlan: 20 })
      .vm("m", "h1", { e0: { portGroup: "p10" }, e1: { portGroup: "p20" } }, { tenant: "ta", forwarding: true }), rules, more), "x", "y");
    expect(transit(["allow"])).toContain("any / -");
    expect(transit(["deny tcp"])).toContain("icmp+udp / -");
    expect(transit(["deny tcp"], { exclude: ["vm:m"] })).toContain("any / -");
  });

  it("IP only: frames still cross the segment, so the pair is listed as isolated with no services", () => {
    expect(pairsOf(together(["deny"]), "a")).toEqual({ b: "2 both - - isolated" });
  });

  it("in an overlay segment as in any", () => {
    const vnet = guard(twoTenants().vswitch("vds", "distributed", "h1").portGroup("o", "vds", overlay(7)).vm("a", "h1", nic("o"), { tenant: "ta" }).vm("b", "h1", nic("o"), { tenant: "tb" }), ["deny"]);
    expect(pairsOf(vnet, "a")).toEqual({ b: "2 both - - isolated" });
  });
});

describe("what it decides", () => {
  it("allow where no rule matches and no default is written", () => {
    expect(pairOf(together([]), "a", "b")).toContain("any / -");
    expect(pairOf(together([], { defaultAction: "deny" }), "a", "b")).toContain("- / - / isolated");
  });

  it("the first match; and every firewall that sees the vNIC must allow", () => {
    const two = together(["allow tcp/1-10"], { defaultAction: "deny" }).put("distributedFirewalls", "second", { rules: [rule("deny tcp/5")] });
    expect(pairOf(two, "a", "b")).toContain("tcp/1-4+tcp/6-10 / -");
  });

  it("stateful: answers pass; the other direction is a flow of its own", () => {
    const one = together(["allow tcp/443 vm:a > vm:b"], { defaultAction: "deny" });
    expect([pairOf(one, "a", "b"), pairOf(one, "b", "a")]).toEqual(["tcp/443 / - / violating / 2 / both", "- / - / isolated / 2 / both"]);
  });
});

describe("whom its selectors mean", () => {
  const withNeighbour = (text: string): Drawing => together([text], { defaultAction: "deny" }).vm("n", "h1", nic("p10", "10.1.0.12/24"), { tenant: "ta", tags: ["web"] });

  it.each(["vm:n", "tag:web"])("%s is the vNIC itself, whatever addresses others take over", (selector) => {
    expect(pairOf(withNeighbour(`allow tcp/1 ${selector} > *`), "a", "b")).toContain("- / - / isolated");
    expect(pairOf(withNeighbour(`allow tcp/1 ${selector} > *`), "n", "b")).toContain("tcp/1 / -");
  });

  it("tenant: and portgroup: too", () => {
    expect(pairOf(withNeighbour("allow tcp/1 tenant:ta > tenant:tb"), "a", "b")).toContain("tcp/1 / -");
    expect(pairOf(withNeighbour("allow tcp/1 portgroup:p10 > portgroup:p10"), "a", "b")).toContain("tcp/1 / -");
    expect(pairOf(withNeighbour("allow tcp/1 portgroup:p20 > *"), "a", "b")).toContain("isolated");
  });

  it("cidr: is an address, which a guest takes over unless the port binds it; the verdict then says forged", () => {
    const block = withNeighbour("allow tcp/1 cidr:10.1.0.12/32 > vm:b");
    expect(networkOf(block).pair("a", "b")).toMatchObject({ services: [1, 1], forged: true });
    expect(networkOf(block).pair("n", "b").forged).toBeUndefined();
    expect(pairOf(block.portGroup("p10", "vsw-1", access(10), { spoofGuard: true }), "a", "b")).toContain("isolated");
  });

  it("cidr: of the receiver can be taken over too", () => {
    expect(networkOf(withNeighbour("allow tcp/1 vm:a > cidr:10.1.0.12/32")).pair("a", "b")).toMatchObject({ services: [1, 1], forged: true });
  });

  it("external is met by what comes from outside", () => {
    const outside = guard(twoTenants().external("net", { physicalSwitch: "tor-1", vlan: 40 }).put("routers", "r", { interfaces: interfaces(10, 40) }), ["allow tcp/443 external > vm:a"], { defaultAction: "deny" });
    expect(pairOf(outside, "net", "a")).toBe("tcp/443 / - / violating / 3 / -");
  });
});
