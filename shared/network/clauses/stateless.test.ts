/** Semantics, section 4: filters that keep state and those that keep none; asymmetric ways. */
import { describe, expect, it } from "vitest";
import type { Forwarder } from "../../model/kinds/forwarder";
import { interfaces, networkOf, nic, pairOf, router, rule, twoTenants } from "../fixtures/two-tenants";
import { type Drawing } from "../testing";

const stateless = (...rules: string[]): Drawing => twoTenants().put("firewalls", "f", router(rules.map((one) => rule(one)), { stateful: false }));

describe("a stateful filter", () => {
  it("judges the first packet, the answer follows", () => {
    expect(pairOf(twoTenants().put("firewalls", "f", router([rule("allow icmp+tcp/22+udp/53 vm:a > vm:b")])), "a", "b")).toBe("icmp+tcp/22+udp/53 / - / violating / 3 / -");
  });

  it("is what a filter is that does not say", () => {
    expect(pairOf(twoTenants().put("routers", "r", router([rule("allow tcp/22 vm:a > vm:b"), rule("deny")])), "a", "b")).toBe("tcp/22 / - / violating / 3 / -");
  });
});

describe("a stateless filter", () => {
  it("needs a way back for every protocol, else the flow is one-way", () => {
    expect(pairOf(stateless("allow icmp+tcp/22+udp/53 vm:a > vm:b"), "a", "b")).toBe("- / icmp+tcp/22+udp/53 / violating / 3 / -");
  });

  it("lets ICMP back only if it is allowed back, and no rule with ports allows it", () => {
    expect(pairOf(stateless("allow icmp vm:a > vm:b", "allow tcp+udp vm:b > vm:a"), "a", "b")).toBe("- / icmp / violating / 3 / -");
    expect(pairOf(stateless("allow icmp vm:a > vm:b", "allow icmp vm:b > vm:a"), "a", "b")).toBe("icmp / - / violating / 3 / -");
  });

  it.each(["tcp/1", "tcp/65535", "tcp/22", "tcp/1024-65535"])("lets TCP back to some client port (%s)", (back) => {
    expect(pairOf(stateless("allow tcp/22 vm:a > vm:b", `allow ${back} vm:b > vm:a`), "a", "b")).toBe("tcp/22 / - / violating / 3 / -");
  });

  it("lets UDP back by UDP only", () => {
    expect(pairOf(stateless("allow udp/53 vm:a > vm:b", "allow tcp vm:b > vm:a"), "a", "b")).toBe("- / udp/53 / violating / 3 / -");
    expect(pairOf(stateless("allow udp/53 vm:a > vm:b", "allow udp/5000 vm:b > vm:a"), "a", "b")).toBe("udp/53 / - / violating / 3 / -");
  });

  it("takes the answer in by the interface it left by", () => {
    const swapped = (inside: string, outside: string) => twoTenants().put("firewalls", "f", router([rule("allow tcp/22", { in: "v10", out: "v20" }), rule("allow tcp/5000", { in: inside, out: outside })], { stateful: false }));
    expect(pairOf(swapped("v20", "v10"), "a", "b")).toBe("tcp/22 / - / violating / 3 / -");
    expect(pairOf(swapped("v10", "v20"), "a", "b")).toBe("- / tcp/22+tcp/5000 / violating / 3 / -");
  });

  it("that allows everything is answered, and one that denies nothing is no filter", () => {
    expect(pairOf(stateless("allow"), "a", "b")).toBe("any / - / violating / 3 / -");
  });

  it("as a distributed firewall needs its way back too", () => {
    const guarded = (back: string) => twoTenants().vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" })
      .put("distributedFirewalls", "d", { stateful: false, defaultAction: "deny", rules: [rule("allow tcp/443 vm:a > vm:b"), rule(back)] });
    expect(pairOf(guarded("allow icmp vm:b > vm:a"), "a", "b")).toBe("- / tcp/443 / violating / 2 / both");
    expect(pairOf(guarded("allow tcp/40000 vm:b > vm:a"), "a", "b")).toBe("tcp/443 / - / violating / 2 / both");
  });
});

describe("a stateful filter that sees one direction only", () => {
  const away = { interfaces: { x: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.2/24"] }, y: { physicalSwitch: "tor-1", vlan: 20, addresses: ["10.2.0.2/24"] } } };
  /** As configured: `a` sends by the router, `b` answers by the firewall. */
  const asymmetric = (stateful: boolean, ...rules: string[]): Drawing => twoTenants().put("routers", "r", away).put("firewalls", "f", router(rules.map((one) => rule(one)), { stateful }))
    .vm("a", "h1", { eth0: { portGroup: "p10", addresses: ["10.1.0.10/24"], gateway: "10.1.0.2" } }, { tenant: "ta" })
    .vm("b", "h1", { eth0: { portGroup: "p20", addresses: ["10.2.0.10/24"], gateway: "10.2.0.1" } }, { tenant: "tb" });

  it("breaks TCP; other protocols pass where their answer is allowed as a first packet", () => {
    expect(pairOf(asymmetric(true, "allow"), "a", "b", "configured")).toBe("icmp+udp / tcp / violating / 3 / -");
    expect(pairOf(asymmetric(true, "deny tcp/1", "allow"), "a", "b", "configured")).toBe("icmp+udp / tcp / violating / 3 / -");
    expect(pairOf(asymmetric(true, "allow icmp"), "a", "b", "configured")).toBe("icmp / tcp+udp / violating / 3 / -");
  });

  it("does not where it keeps no state and allows the answers", () => {
    expect(pairOf(asymmetric(false, "deny tcp/1", "allow"), "a", "b", "configured")).toBe("any / - / violating / 3 / -");
  });

  describe("beyond a transparent firewall that both ways cross", () => {
    /** There by `r`, back by `f`; `bridge` sees both. */
    const bridged = (rules: string[], more: Partial<Forwarder> = {}, own: Partial<Forwarder> = {}): Drawing => twoTenants()
      .put("routers", "r", { interfaces: { x: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.1/24"] }, y: { physicalSwitch: "tor-1", vlan: 20, addresses: ["10.2.0.1/24"] } } })
      .put("routers", "f", { interfaces: { x: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.2/24"] }, y: { physicalSwitch: "tor-1", vlan: 20, addresses: ["10.2.0.2/24"] } }, ...own })
      .put("firewalls", "bridge", { mode: "transparent", interfaces: { in: { physicalSwitch: "tor-1", vlan: 20 }, out: { physicalSwitch: "tor-1", vlan: 30 } }, rules: rules.map((one) => rule(one)), ...more })
      .vm("a", "h1", { eth0: { portGroup: "p10", addresses: ["10.1.0.10/24"], gateway: "10.1.0.1" } }, { tenant: "ta" })
      .vm("b", "h1", { eth0: { portGroup: "p30", addresses: ["10.2.0.10/24"], gateway: "10.2.0.2" } }, { tenant: "tb" });

    it("the answer is let through by the state it finds there", () => {
      expect(pairOf(bridged(["allow tcp/443+udp/53 vm:a > vm:b"]), "a", "b", "configured")).toBe("tcp/443+udp/53 / - / violating / 3 / -");
      expect(pairOf(bridged(["allow tcp/443+udp/53 vm:a > vm:b"]), "b", "a", "configured")).toBe("- / - / isolated / 3 / -");
    });

    it("without state there it is stopped", () => {
      expect(pairOf(bridged(["allow tcp/443+udp/53 vm:a > vm:b"], { stateful: false }), "a", "b", "configured")).toBe("- / tcp/443+udp/53 / violating / 3 / -");
    });

    it("TCP breaks all the same where another filter keeps state and sees one direction", () => {
      const own: Partial<Forwarder> = { rules: [rule("deny tcp/9")] };
      expect(pairOf(bridged(["allow tcp/443+udp/53 vm:a > vm:b"], {}, own), "a", "b", "configured")).toBe("udp/53 / tcp/443 / violating / 3 / -");
      expect(pairOf(bridged(["allow tcp/443+udp/53 vm:a > vm:b"], {}, { ...own, stateful: false }), "a", "b", "configured")).toBe("tcp/443+udp/53 / - / violating / 3 / -");
    });
  });
});

it("an answer that takes another way is let through by a filter that keeps state and saw the packet, also under the hostile guest", () => {
  const split = (stateful: boolean): Drawing => twoTenants()
    .put("firewalls", "both", { interfaces: interfaces(10, 30), stateful, rules: [rule("allow tcp/443+udp/53 vm:a > vm:b")] })
    .put("firewalls", "forth", { interfaces: interfaces(30, 20), stateful: false, rules: [rule("allow tcp/443+udp/53 vm:a > vm:b")] })
    .put("firewalls", "back", { interfaces: interfaces(30, 20), stateful: false, rules: [rule("allow tcp+udp vm:b > vm:a")] });
  expect(pairOf(split(true), "a", "b")).toBe("tcp/443+udp/53 / - / violating / 3 / -");
  expect(pairOf(split(false), "a", "b")).toBe("- / tcp/443+udp/53 / violating / 3 / -");
  expect(networkOf(split(true)).trace(["a"], ["b"])).toMatchObject({ reachable: true, packet: { protocol: "tcp", port: 443 } });
});

it("an answer needs no rule of its own over several stateful filters, and every stateless one on the way", () => {
  const chain = (stateful: boolean) => twoTenants().put("firewalls", "f1", { interfaces: interfaces(10, 30), rules: [rule("allow tcp/443 vm:a > vm:b")] })
    .put("firewalls", "f2", { interfaces: interfaces(30, 20), stateful, rules: [rule("allow tcp/443 vm:a > vm:b")] });
  expect(pairOf(chain(true), "a", "b")).toBe("tcp/443 / - / violating / 3 / -");
  expect(pairOf(chain(false), "a", "b")).toBe("- / tcp/443 / violating / 3 / -");
});
