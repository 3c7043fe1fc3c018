/** Semantics, section 4: matches by address, where there are addresses of IPv4 and of IPv6. No packet carries both. */
import { describe, expect, it } from "vitest";
import type { Rule } from "../../model/kinds/forwarder";
import { networkOf } from "../fixtures/two-tenants";
import { access, type Drawing } from "../testing";
import { oneSwitch, pairsOf } from "./asking";

const [A4, A6, B4, B6] = ["10.1.0.10/24", "2001:db8:1::10/64", "10.2.0.10/24", "2001:db8:2::10/64"];
const deny = (id: string, from: string, to: string): Rule => ({ id, action: "deny", from: [`cidr:${from}`], to: [`cidr:${to}`] });
const BOTH = [deny("four", "10.1.0.0/24", "10.2.0.0/24"), deny("six", "2001:db8:1::/64", "2001:db8:2::/64")];

/** `a` and `b` with these addresses, on two sides of `r`. */
function routed(a: string[], b: string[], rules: Rule[], defaultAction: "allow" | "deny" = "allow"): Drawing {
  const bound = { spoofGuard: true };
  return oneSwitch().portGroup("p", "s1", access(10), bound).portGroup("q", "s1", access(20), bound)
    .vm("a", "h1", { eth0: { portGroup: "p", addresses: a } }, { tenant: "ta" }).vm("b", "h1", { eth0: { portGroup: "q", addresses: b } }, { tenant: "tb" })
    .put("routers", "r", { hypervisor: "h1", interfaces: { in: { portGroup: "p" }, out: { portGroup: "q" } }, rules, defaultAction });
}

describe("addresses of two families", () => {
  it("rules for each family keep two machines apart that have both", () => {
    expect(pairsOf(routed([A4, A6], [B4, B6], BOTH), "a")).toEqual({});
    expect(pairsOf(routed([A4, A6], [B4, B6], BOTH.slice(0, 1)), "a")).toEqual({ b: "3 - any - violating" });
    expect(pairsOf(routed([A4, A6], [B4, B6], BOTH.slice(1)), "a")).toEqual({ b: "3 - any - violating" });
  });

  it("a hostile guest sets an address of a family in which it has none", () => {
    expect(pairsOf(routed([A4], [B4, B6], BOTH.slice(0, 1)), "a")).toEqual({ b: "3 - any - violating" });
    expect(pairsOf(routed([A4], [B6], []), "a")).toEqual({ b: "3 - any - violating" });
    expect(pairsOf(routed([A4], [B4, B6], BOTH.slice(0, 1)), "a", "configured")).toEqual({});
    expect(pairsOf(routed([A4], [B6], []), "a", "configured")).toEqual({});
  });

  it("a rule from one family to the other matches nothing", () => {
    const mixed: Rule = { id: "mixed", action: "allow", from: ["cidr:10.1.0.0/24"], to: ["cidr:2001:db8:2::/64"] };
    expect(pairsOf(routed([A4, A6], [B4, B6], [mixed], "deny"), "a")).toEqual({});
  });

  it("an external network has both", () => {
    const outside = (addresses: string[]): Drawing => routed(addresses, [B4], [{ id: "mixed", action: "allow", from: ["cidr:10.1.0.0/24"], to: ["cidr:2001:db8:9::/64"] }], "deny")
      .external("net", { portGroup: "q" }, "corporate");
    expect(pairsOf(outside([A4, A6]), "a")).toEqual({});
    expect(pairsOf(outside([A4]), "a")).toEqual({ net: "3 - any - violating" });
  });

  it("distributed firewalls likewise", () => {
    const near = oneSwitch().portGroup("p", "s1", access(10), { spoofGuard: true }).vm("a", "h1", { eth0: { portGroup: "p", addresses: [A4, A6] } }, { tenant: "ta" })
      .vm("b", "h1", { eth0: { portGroup: "p", addresses: [B4, B6] } }, { tenant: "tb" }).put("distributedFirewalls", "dfw", { rules: BOTH });
    expect(pairsOf(near, "a")).toEqual({ b: "2 both - - isolated" });
  });

  it("the packet of a trace has addresses of one family", () => {
    const { packet } = networkOf(routed([A4, A6], [B4, B6], BOTH.slice(0, 1))).trace(["a"], ["b"]);
    expect(packet).toMatchObject({ source: "2001:db8:1::10", destination: "2001:db8:2::10" });
    const half = networkOf(routed([A4, A6], [B4], [{ id: "ten", action: "allow", from: ["cidr:10.0.0.0/8"] }])).trace(["a"], ["b"]);
    expect(half.packet).toMatchObject({ source: "10.1.0.10", destination: "10.2.0.10" });
  });
});
