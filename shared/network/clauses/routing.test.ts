/** Semantics, section 4: routers, routed firewalls, guests that forward, rules in order. */
import { describe, expect, it } from "vitest";
import type { Forwarder, Rule } from "../../model/kinds/forwarder";
import { interfaces, networkOf, nic, pairOf, router, rule, twoTenants } from "../fixtures/two-tenants";
import { access, guestTrunk, isolated, promiscuous, trunkPort, type Drawing } from "../testing";
import { pairsOf } from "./asking";

const through = (rules: (string | Rule)[], more: Partial<Forwarder> = {}): Drawing => twoTenants().put("firewalls", "f", router(rules.map((one) => (typeof one === "string" ? rule(one) : one)), more));
const permitted = (...allow: { from?: string[]; to?: string[]; services?: string[] }[]) => ({ policy: { allow: allow.map((entry, index) => ({ id: `p${index}`, ...entry })) } });

describe("forwarders", () => {
  it("a router forwards between any two of its interfaces; a firewall what its rules allow", () => {
    expect(pairOf(twoTenants().put("routers", "r", { interfaces: interfaces(10, 20) }), "a", "b")).toBe("any / - / violating / 3 / -");
    expect(pairOf(twoTenants().put("firewalls", "f", { interfaces: interfaces(10, 20) }), "a", "b")).toBe("- / - / isolated / 3 / -");
  });

  it("defaultAction: deny for firewalls, allow for routers, reject as deny", () => {
    expect(pairOf(through([], { defaultAction: "allow" }), "a", "b")).toContain("any / -");
    expect(pairOf(through([], { defaultAction: "reject" }), "a", "b")).toContain("- / -");
    expect(pairOf(twoTenants().put("routers", "r", router([], { defaultAction: "deny" })), "a", "b")).toContain("- / -");
  });

  it("a virtual appliance on a hypervisor is plugged into port groups", () => {
    expect(pairOf(twoTenants().put("routers", "r", { hypervisor: "h1", interfaces: { x: { portGroup: "p10" }, y: { portGroup: "p20" } } }), "a", "b")).toContain("any / -");
  });

  it("a router with one interface in a trunk port group forwards between its VLANs", () => {
    expect(pairOf(twoTenants().portGroup("t", "vsw-1", guestTrunk("10,20")).put("routers", "r", { hypervisor: "h1", interfaces: { x: { portGroup: "t" } } }), "a", "b")).toContain("any / -");
  });

  it("a VM with forwarding forwards everything, a template nothing", () => {
    const dual = (more: object) => twoTenants().vm("m", "h1", { e0: { portGroup: "p10" }, e1: { portGroup: "p20" } }, { tenant: "ta", ...more });
    expect(pairOf(dual({ forwarding: true }), "a", "b")).toBe("any / - / violating / 3 / -");
    expect(pairOf(dual({ role: "template", forwarding: true }), "a", "b")).toBe("- / - / isolated / 3 / -");
  });

  it("under the hostile guest any VM on two segments forwards, by a trunk as by two vNICs; as configured only one that is set to", () => {
    const trunked = twoTenants().portGroup("t", "vsw-1", guestTrunk("10,20")).vm("m", "h1", "t", { tenant: "ta" });
    expect(pairOf(trunked, "a", "b")).toBe("any / - / violating / 3 / -");
    expect(pairOf(trunked, "a", "b", "configured")).toContain("- / - / isolated");
  });

  it("a disconnected vNIC forwards nothing", () => {
    const dual = twoTenants().vm("m", "h1", { e0: { portGroup: "p10" }, e1: { portGroup: "p20", connected: false } }, { tenant: "ta", forwarding: true });
    expect(pairOf(dual, "a", "b")).toContain("- / - / isolated");
  });

  it("routing tables are complete: two routers in a row forward", () => {
    const chain = twoTenants().put("routers", "r1", { interfaces: interfaces(10, 30) }).put("routers", "r2", { interfaces: interfaces(30, 20) });
    expect(pairOf(chain, "a", "b")).toBe("any / - / violating / 3 / -");
  });

  it("hosts use any forwarder of their segment: the union over all paths", () => {
    const two = through(["allow tcp/443"]).put("firewalls", "g", router([rule("allow udp/53")]));
    expect(pairOf(two, "a", "b")).toBe("tcp/443+udp/53 / - / violating / 3 / -");
  });

  it("a path is the meet of all filters along it", () => {
    const chain = twoTenants().put("firewalls", "f1", { interfaces: interfaces(10, 30), rules: [rule("allow tcp/20-80")] }).put("firewalls", "f2", { interfaces: interfaces(30, 20), rules: [rule("allow tcp/50-100+icmp")] });
    expect(pairOf(chain, "a", "b")).toBe("tcp/50-80 / - / violating / 3 / -");
  });

  it("a routed path needs two-way layer 2 at each hop", () => {
    const half = (tagNative: boolean) => twoTenants().physicalSwitch("tor-2").trunk("t", "tor-1", trunkPort("1,10", 1), "tor-2", trunkPort("1,10", tagNative ? 10 : 1))
      .put("routers", "r", { interfaces: { x: { physicalSwitch: "tor-2", vlan: 10 }, y: { physicalSwitch: "tor-1", vlan: 20 } } });
    expect(pairOf(half(false), "a", "b")).toContain("any / -");
    expect(pairOf(half(true), "a", "b")).toBe("- / - / isolated / 3 / -");
  });

  it("traffic inside one segment never crosses an appliance firewall", () => {
    expect(pairOf(through(["deny any"]).vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" }), "a", "b")).toBe("any / - / violating / 2 / both");
  });
});

describe("rules", () => {
  it("are ordered, the first that matches decides, else the default", () => {
    expect(pairOf(through(["deny tcp/22", "allow tcp/22-23"]), "a", "b")).toContain("tcp/23 / -");
    expect(pairOf(through(["allow tcp/22-23", "deny tcp/22"]), "a", "b")).toContain("tcp/22-23 / -");
    expect(pairOf(through(["deny tcp/22"], { defaultAction: "allow" }), "a", "b")).toContain("icmp+tcp/1-21+tcp/23-65535+udp / -");
  });

  it("must match in from, to, services, in and out", () => {
    const only = (one: string, more: Partial<Rule> = {}) => pairOf(through([rule(one, more)]), "a", "b").split(" ")[0];
    expect([only("allow tcp/1 vm:a > vm:b"), only("allow tcp/1 vm:b > vm:b"), only("allow tcp/1 vm:a > vm:a")]).toEqual(["tcp/1", "-", "-"]);
    expect([only("allow tcp/1", { in: "v10", out: "v20" }), only("allow tcp/1", { in: "v20" }), only("allow tcp/1", { out: "v10" })]).toEqual(["tcp/1", "-", "-"]);
  });

  it("absent lists are any, empty ones match nothing", () => {
    expect(pairOf(through(["allow"]), "a", "b")).toContain("any / -");
    for (const none of ["allow none", "allow * none > *", "allow * * > none"]) expect(pairOf(through([none]), "a", "b")).toContain("- / - / isolated");
  });

  it("that are not enabled do not count", () => {
    expect(pairOf(through([rule("allow", { enabled: false })]), "a", "b")).toContain("isolated");
  });

  it("whose selector names no member match nothing: never widened to any", () => {
    const empty = through(["allow any tag:nobody > *"]).put("vms", "gold", { hypervisor: "h1", role: "template", tags: ["nobody"] });
    expect(pairOf(empty, "a", "b")).toContain("isolated");
    expect(pairOf(through(["deny any portgroup:p30 > *", "allow"]), "a", "b")).toContain("any / -");
    expect(pairOf(through(["allow any tenant:tc > *"]).tenant("tc"), "a", "b")).toContain("isolated");
  });

  it("with ports match TCP and UDP, never ICMP; icmp, tcp and udp their protocol", () => {
    expect(pairOf(through(["allow tcp/1-65535+udp/1-65535"]), "a", "b")).toContain("tcp+udp / -");
    expect(pairOf(through(["allow icmp"]), "a", "b")).toContain("icmp / -");
    expect(pairOf(through(["allow icmp+tcp+udp"]), "a", "b")).toContain("any / -");
  });

  it("reject reaches nothing", () => {
    expect(pairOf(through(["reject tcp/22", "allow tcp"]), "a", "b")).toContain("tcp/1-21+tcp/23-65535 / -");
  });

  it("established answers are let through before any rule is read", () => {
    expect(pairOf(through(["deny any vm:b > *", "allow tcp/443 vm:a > *"]), "a", "b")).toContain("tcp/443 / -");
  });
});

describe("selectors of an appliance stand for the written addresses of their members", () => {
  const second = (more: Parameters<Drawing["vm"]>[2] = nic("p30", "10.1.0.10/24")): Drawing => through(["allow tcp/443 vm:twin > *"]).vm("twin", "h1", more, { tenant: "ta" });

  it("so that another machine with the same address matches", () => {
    expect(pairOf(second(), "a", "b")).toContain("tcp/443 / -");
    expect(networkOf(second()).pair("a", "b").forged).toBeUndefined();
  });

  it("and a match holds for any written address of the segment, taken over, unless the port binds addresses", () => {
    const neighbour = second(nic("p10", "10.1.0.77/24"));
    expect(networkOf(neighbour).pair("a", "b")).toMatchObject({ services: [443, 443], forged: true });
    expect(pairOf(neighbour.portGroup("p10", "vsw-1", access(10), { spoofGuard: true }), "a", "b")).toContain("isolated");
  });

  it("of an interface of the router in the segment too", () => {
    expect(networkOf(through(["allow tcp/443 cidr:10.1.0.1/32 > *"])).pair("a", "b")).toMatchObject({ services: [443, 443], forged: true });
  });

  it("but not of a segment beyond a router", () => {
    expect(pairOf(second(nic("p30", "10.3.0.77/24")).put("routers", "r3", { interfaces: interfaces(10, 30) }), "a", "b")).not.toContain("tcp/443");
  });

  it("spoofGuard of a port group does not bind a router in it", () => {
    const guarded = twoTenants().portGroup("p20", "vsw-1", access(20), { spoofGuard: true }).put("routers", "gw", { hypervisor: "h1", interfaces: { x: { portGroup: "p10" }, y: { portGroup: "p20" } } });
    expect(pairOf(guarded, "a", "b")).toContain("any / -");
  });

  it("configured guests forge nothing", () => {
    const neighbour = second(nic("p10", "10.1.0.77/24"));
    expect(pairOf(neighbour, "a", "b", "configured")).toContain("- / - / isolated");
    expect(pairOf(neighbour, "twin", "b", "configured")).toContain("tcp/443 / -");
  });
});

describe("one direction at layer 2", () => {
  /** Isolated `b` hears `a` in the primary's id; the answer is heard by the promiscuous router only. */
  const half = (rules?: Rule[]): Drawing => twoTenants().vswitch("vds", "distributed", "h1").portGroup("prom", "vds", promiscuous(100)).portGroup("iso", "vds", isolated(100, 101)).portGroup("plain", "vds", access(100))
    .vm("a", "h1", nic("plain", "10.9.0.10/24"), { tenant: "ta" }).vm("b", "h1", nic("iso", "10.9.0.11/24"), { tenant: "tb" })
    .put("routers", "r", { hypervisor: "h1", interfaces: { in: { portGroup: "prom", addresses: ["10.9.0.1/24"] } }, ...(rules === undefined ? {} : { rules }) });

  it("whose answer can only return through a router: two-way, layer 2, frames one", () => {
    expect(pairsOf(half(), "a")["b"]).toBe("2 one any - violating");
    expect(pairsOf(half(), "b")["a"]).toBe("3 - any - violating");
  });

  it("with no way back is an injection", () => {
    expect(pairsOf(half([rule("deny")]), "a")["b"]).toBe("2 one - any violating");
    expect(pairsOf(half([rule("deny")]), "b")["a"]).toBeUndefined();
  });

  it("is violating beyond the policy and permitted within it", () => {
    const document = half([rule("deny")]).build();
    expect(networkOf({ ...document, ...permitted({ from: ["vm:a"], to: ["vm:b"] }) }).pair("a", "b").verdict).toBe("permitted");
  });
});
