/** Semantics, section 4: a transparent firewall joins the two segments of its interfaces and filters the IP that crosses. */
import { describe, expect, it } from "vitest";
import { interfaces, nic, router, rule, twoTenants } from "../fixtures/two-tenants";
import { access, isolated, promiscuous, trunkPort, type Drawing } from "../testing";
import { pairsOf } from "./asking";

const bridged = (rules: string[], stateful = true): Drawing => twoTenants().put("firewalls", "t", router(rules.map((one) => rule(one)), { mode: "transparent", stateful }));

describe("a transparent firewall", () => {
  it("passes what its rules allow, at layer 2 and with no frames", () => {
    expect(pairsOf(bridged(["allow tcp/443 vm:a > vm:b"]), "a")).toEqual({ b: "2 - tcp/443 - violating" });
    expect(pairsOf(bridged(["allow"]), "a")).toEqual({ b: "2 - any - violating" });
  });

  it("passes nothing else: where all IP is denied the pair is not listed", () => {
    expect(pairsOf(bridged([]), "a")).toEqual({});
  });

  it("needs a way back where it keeps no state", () => {
    expect(pairsOf(bridged(["allow tcp/443 vm:a > vm:b"], false), "a")).toEqual({ b: "2 - - tcp/443 violating" });
    expect(pairsOf(bridged(["allow tcp/443 vm:a > vm:b", "allow tcp/5000 vm:b > vm:a"], false).portGroup("p10", "vsw-1", access(10), { spoofGuard: true }), "a")).toEqual({ b: "2 - tcp/443 - violating" });
  });

  it("does not filter the traffic inside one of its segments", () => {
    expect(pairsOf(bridged([]).vm("n", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" }), "a")).toEqual({ n: "2 both any - violating" });
  });

  it("lets the routers of one side be used from the other", () => {
    const behind = bridged(["allow tcp/443"]).vm("c", "h1", nic("p30", "10.3.0.10/24"), { tenant: "tb" }).put("routers", "r", { interfaces: interfaces(20, 30) });
    expect(pairsOf(behind, "a")).toMatchObject({ b: "2 - tcp/443 - violating", c: "3 - tcp/443 - violating" });
  });

  it("joins its segments for addresses that a guest takes over", () => {
    const filtered = bridged(["allow"]).vm("n", "h1", nic("p20", "10.2.0.77/24"), { tenant: "ta" }).vm("c", "h1", nic("p30", "10.3.0.10/24"), { tenant: "tb" })
      .put("firewalls", "f", { interfaces: interfaces(10, 30), rules: [rule("allow tcp/22 vm:n > vm:c")] });
    expect(pairsOf(filtered, "a")["c"]).toBe("3 - tcp/22 - violating");
  });

  it("joins them for an isolated guest too, which does not hear the firewall's isolated port but is in its segment", () => {
    const behind = twoTenants().vswitch("vds", "distributed", ["h1"]).portGroup("iso", "vds", isolated(100, 101)).portGroup("prom", "vds", promiscuous(100))
      .vm("i", "h1", nic("iso", "10.9.0.10/24"), { tenant: "tb" }).vm("n", "h1", nic("p20", "10.2.0.77/24"), { tenant: "ta" }).vm("c", "h1", nic("p30", "10.3.0.10/24"), { tenant: "ta" })
      .put("firewalls", "t", { mode: "transparent", interfaces: { in: { portGroup: "iso" }, ...interfaces(20) }, rules: [] })
      .put("firewalls", "f", { interfaces: { near: { portGroup: "prom", addresses: ["10.9.0.1/24"] }, ...interfaces(30) }, rules: [rule("allow tcp/22 vm:n > vm:c")] });
    expect(pairsOf(behind, "i")["c"]).toBe("3 - tcp/22 - violating");
  });

  it("in a row with another passes what both allow", () => {
    const two = twoTenants().put("firewalls", "t1", { mode: "transparent", interfaces: interfaces(10, 30), rules: [rule("allow tcp/1-10")] })
      .put("firewalls", "t2", { mode: "transparent", interfaces: interfaces(30, 20), rules: [rule("allow tcp/5-20")] });
    expect(pairsOf(two, "a")["b"]).toBe("2 - tcp/5-10 - violating");
  });

  it("as configured joins one subnet, not two", () => {
    const [one, two] = [bridged(["allow"]).vm("b", "h1", nic("p20", "10.1.0.11/24"), { tenant: "tb" }), bridged(["allow"])];
    expect(pairsOf(one, "a", "configured")).toEqual({ b: "2 - any - violating" });
    expect(pairsOf(two, "a", "configured")).toEqual({});
  });

  it("depends on its uplinks like any port", () => {
    expect(pairsOf(bridged(["allow"]).uplink("u1", "vsw-1", "h1", "tor-1", trunkPort("10")), "a")).toEqual({});
    expect(pairsOf(bridged(["allow"]).uplink("u1", "vsw-1", "h1", "tor-1", trunkPort()), "a")).toEqual({ b: "2 - - - unknown $.uplinks.u1.port.allowed" });
  });
});
