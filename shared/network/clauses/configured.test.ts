/** Semantics, sections 2 and 4: `--assume configured`, with addresses, gateways and forwarding as written. */
import { describe, expect, it } from "vitest";
import type { Vnic } from "../../model/kinds/vm";
import { interfaces, nic, pairOf, router, rule, twoTenants } from "../fixtures/two-tenants";
import { guestTrunk, type Drawing } from "../testing";
import { cabled, framesOf, pairsOf } from "./asking";

const ask = (drawing: Drawing, from = "a", to = "b"): string => pairOf(drawing, from, to, "configured");
const b = (...addresses: string[]): Drawing => twoTenants().vm("b", "h1", nic("p10", ...addresses), { tenant: "tb" });
const at = (portGroup: string, address: string, gateway: string): Record<string, Vnic> => ({ eth0: { portGroup, addresses: [address], gateway } });
const second = (last: number) => ({ interfaces: { x: { physicalSwitch: "tor-1", vlan: 10, addresses: [`10.1.0.${last}/24`] }, y: { physicalSwitch: "tor-1", vlan: 20, addresses: [`10.2.0.${last}/24`] } } });

describe("addresses as written", () => {
  it("one subnet in one segment: direct", () => {
    expect(ask(b("10.1.0.11/24"))).toBe("any / - / violating / 2 / both");
  });

  it("other subnets: frames pass, IP does not without a forwarder", () => {
    expect(ask(b("192.168.0.1/24"))).toBe("- / - / isolated / 2 / both");
  });

  it("the hostile guest does not care", () => {
    expect(pairOf(b("192.168.0.1/24"), "a", "b")).toBe("any / - / violating / 2 / both");
  });

  it("a rule for a neighbour's address lets nobody else through", () => {
    const filtered = twoTenants().vm("n", "h1", nic("p10", "10.1.0.11/24"), { tenant: "ta" }).put("firewalls", "f", router([rule("allow tcp/443 vm:n > vm:b")]));
    expect([ask(filtered), ask(filtered, "n")]).toEqual(["- / - / isolated / 3 / -", "tcp/443 / - / violating / 3 / -"]);
  });
});

describe("gateways", () => {
  const two = (): Drawing => twoTenants().put("firewalls", "f", router([rule("allow tcp/443")])).put("routers", "r", second(254));

  it("an end uses the gateway of its nic", () => {
    expect(ask(two().vm("a", "h1", at("p10", "10.1.0.10/24", "10.1.0.1"), { tenant: "ta" }))).toBe("tcp/443 / - / violating / 3 / -");
    const both = two().vm("a", "h1", at("p10", "10.1.0.10/24", "10.1.0.254"), { tenant: "ta" }).vm("b", "h1", at("p20", "10.2.0.10/24", "10.2.0.254"), { tenant: "tb" });
    expect(ask(both)).toBe("any / - / violating / 3 / -");
  });

  it("absent, the lowest address of a forwarder in its subnet and segment", () => {
    expect(ask(two())).toBe("tcp/443 / - / violating / 3 / -");
    expect(ask(twoTenants().put("firewalls", "f", { ...second(254), rules: [rule("allow tcp/443")] }).put("routers", "r", second(9)))).toBe("any / - / violating / 3 / -");
  });

  it("one that is nobody's address leads nowhere", () => {
    expect(ask(two().vm("a", "h1", at("p10", "10.1.0.10/24", "10.1.0.99"), { tenant: "ta" }))).toContain("- / - / isolated");
  });

  it("a host without one still receives from other subnets: delivered, with no answer, a one-way leak", () => {
    const stranger = twoTenants().put("routers", "r", { interfaces: { ...interfaces(10), v20: { physicalSwitch: "tor-1", vlan: 20, addresses: ["192.168.0.1/24"] } } });
    expect(ask(stranger)).toBe("- / any / violating / 3 / -");
    expect(ask(stranger, "b", "a")).toBe("- / - / isolated / 3 / -");
  });

  it("a management interface tags nothing, though its port would let tags pass", () => {
    const apart = cabled().portGroup("untagged", "s1").portGroup("trunk", "s1", guestTrunk("all", 1)).vm("a", "h1", { e0: { portGroup: "trunk", addresses: ["10.1.0.14/24"] } }, { tenant: "ta" })
      .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "untagged", addresses: ["10.1.0.16/24"], firewall: { enabled: false } });
    expect(framesOf(apart, "vmk0")["a"]).toBe("one");
    expect(framesOf(apart, "vmk0", "configured")).toEqual({ x1: "both" });
  });

  it("a management interface uses its own too", () => {
    const managed = (gateway: string) => twoTenants().put("routers", "r", { interfaces: interfaces(10, 20) })
      .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p20", addresses: ["10.2.0.5/24"], gateway, firewall: { enabled: false } });
    expect(ask(managed("10.2.0.1"), "a", "vmk0")).toBe("any / - / violating / 3 / -");
    expect(ask(managed("10.2.0.9"), "a", "vmk0")).toBe("- / any / violating / 3 / -");
  });
});

describe("forwarding as written", () => {
  const dual = (forwarding?: boolean): Drawing => twoTenants().vm("m", "h1", { e0: { portGroup: "p10", addresses: ["10.1.0.1/24"] }, e1: { portGroup: "p20", addresses: ["10.2.0.1/24"] } }, { tenant: "ta", ...(forwarding === undefined ? {} : { forwarding }) });

  it("a guest on two segments forwards only if it is set to", () => {
    expect([ask(dual()), ask(dual(false)), ask(dual(true))]).toEqual(["- / - / isolated / 3 / -", "- / - / isolated / 3 / -", "any / - / violating / 3 / -"]);
  });

  it("but answers for any of its addresses on any of its vNICs (weak host model)", () => {
    // `a` asks its own segment for an address of the other vNIC, and gets an answer.
    const weak = twoTenants().vm("a", "h1", nic("p10", "10.9.0.77/16"), { tenant: "ta" })
      .vm("m", "h1", { e0: { portGroup: "p10", addresses: ["10.1.0.1/24"] }, e1: { portGroup: "p20", addresses: ["10.9.0.1/24"] } }, { tenant: "tb" });
    expect(ask(weak, "a", "m")).toBe("any / - / violating / 2 / both");
  });
});

describe("tags as written", () => {
  it("a guest on a trunk uses its guestVlans and the native VLAN only", () => {
    const trunk = (guestVlans: number[]): Drawing => twoTenants().portGroup("t", "vsw-1", { mode: "trunk", allowed: "10,20,30", native: 30 })
      .vm("m", "h1", { eth0: { portGroup: "t", guestVlans, addresses: ["10.1.0.99/24"] } }, { tenant: "ta" });
    expect(framesOf(trunk([]), "m", "configured")).toEqual({});
    expect(framesOf(trunk([20]), "m", "configured")).toEqual({ b: "both" });
    expect(framesOf(trunk([]), "m")).toEqual({ a: "both", b: "both" });
  });

  it("external switch tagging passes only tags that the guest is written to use", () => {
    const tagging = (guestVlans: number[]): Drawing => twoTenants().portGroup("e", "vsw-1", { mode: "untagged" }).vm("m", "h1", { eth0: { portGroup: "e", guestVlans, addresses: ["10.1.0.99/24"] } }, { tenant: "tb" });
    expect(framesOf(tagging([]), "m", "configured")).toEqual({});
    expect(framesOf(tagging([10]), "m", "configured")).toEqual({ a: "one" });
  });
});

it("the matrix says which assumption it rests on", () => {
  expect(pairsOf(b("10.1.0.11/24"), "a", "configured")).toEqual({ b: "2 both any - violating" });
});
