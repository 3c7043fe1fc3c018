import { describe, expect, it } from "vitest";
import { interfaces, pairOf, rule, twoTenants } from "./fixtures/two-tenants";

/** What a firewall with one rule lets the external network do to `a`. */
function fromOutside(source: string, trust: "untrusted" | "corporate" = "untrusted"): string {
  const drawing = twoTenants().external("net", { physicalSwitch: "tor-1", vlan: 40 }, trust)
    .put("firewalls", "f", { interfaces: { ...interfaces(10), out: { physicalSwitch: "tor-1", vlan: 40, addresses: ["203.0.113.2/30"] } }, rules: [rule(`allow tcp/443 ${source} > vm:a`)] });
  return pairOf(drawing, "net", "a").split(" ")[0] ?? "";
}

describe("an external network", () => {
  it("is matched by its selectors", () => {
    expect(["external", "external:net", "any"].map((source) => fromOutside(source))).toEqual(["tcp/443", "tcp/443", "tcp/443"]);
    expect(fromOutside("workloads")).toBe("-");
  });

  it("holds every address that no written subnet does", () => {
    expect(fromOutside("cidr:198.51.100.0/24")).toBe("tcp/443");
    expect(fromOutside("cidr:0.0.0.0/0")).toBe("tcp/443");
    expect(fromOutside("cidr:2001:db8::/32")).toBe("tcp/443");
    expect(fromOutside("cidr:203.0.113.0/30")).toBe("-");
    expect(fromOutside("cidr:203.0.113.0/24")).toBe("tcp/443");
    expect(fromOutside("cidr:10.1.0.0/24")).toBe("-");
  });

  it("holds private addresses only where it is not the Internet", () => {
    expect(fromOutside("cidr:172.16.5.0/24")).toBe("-");
    expect(fromOutside("cidr:172.16.5.0/24", "corporate")).toBe("tcp/443");
  });
});
