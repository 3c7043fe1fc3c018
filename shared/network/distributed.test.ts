import { describe, expect, it } from "vitest";
import type { DistributedFirewall } from "../model/kinds/distributed-firewall";
import { interfaces, networkOf, nic, pairOf, router, rule, twoTenants } from "./fixtures/two-tenants";
import { access, accessPort, type Drawing } from "./testing";

type Settings = Partial<Omit<DistributedFirewall, "rules" | "name">>;

function withGuard(drawing: Drawing, rules: string[], more: Settings = {}): Drawing {
  return drawing.put("distributedFirewalls", "dfw", { rules: rules.map((text) => rule(text)), ...more });
}

const together = () => twoTenants().vm("b", "h1", nic("p10", "10.1.0.11/24"), { tenant: "tb" });
const routed = () => twoTenants().put("routers", "r", router());

describe("a distributed firewall", () => {
  it("filters at the vNIC, in one segment and over routers, and allows by default", () => {
    expect(pairOf(withGuard(together(), ["deny tcp/22"]), "a", "b")).toBe("icmp+tcp/1-21+tcp/23-65535+udp / - / violating / 2 / both");
    expect(pairOf(withGuard(routed(), ["allow tcp/443 vm:a > vm:b", "deny any"]), "a", "b")).toBe("tcp/443 / - / violating / 3 / -");
    expect(pairOf(withGuard(together(), []), "a", "b")).toBe("any / - / violating / 2 / both");
  });

  it("may not filter a vNIC of which nobody knows whether its address is on the exclusion list", () => {
    const excluding = (exclude: string[]) => networkOf(withGuard(together().vm("b", "h1", "p10", { tenant: "tb" }).vm("a", "h1", nic("p10", "10.9.0.1/24"), { tenant: "ta" }), ["deny any"], { exclude })).pair("b", "a");
    expect(excluding(["vm:b"]).verdict).toBe("isolated");
    expect(excluding(["cidr:10.1.0.0/24"]).verdict).toBe("isolated");
    expect(excluding(["vm:a", "cidr:10.1.0.0/24"])).toMatchObject({ verdict: "unknown", missing: ["$.vms.b.nics.eth0.addresses"] });
  });

  it("knows a vNIC by what it is, whatever address it uses", () => {
    const neighbour = together().vm("a2", "h1", nic("p10", "10.1.0.12/24"), { tenant: "ta", tags: ["web"] });
    expect(pairOf(withGuard(neighbour, ["allow tcp/1 vm:a2 > vm:b", "allow tcp/2 tag:web > *", "allow tcp/3 portgroup:p10 > tenant:tb"], { defaultAction: "deny" }), "a", "b"))
      .toBe("tcp/3 / - / violating / 2 / both");
  });

  it("matches blocks and management by address, which a neighbour can take over", () => {
    const neighbour = together().vm("a2", "h1", nic("p10", "10.1.0.12/24"), { tenant: "ta" });
    expect(pairOf(withGuard(neighbour, ["allow tcp/1 cidr:10.1.0.12/32 > vm:b"], { defaultAction: "deny" }), "a", "b")).toBe("tcp/1 / - / violating / 2 / both");
    const bound = neighbour.portGroup("p10", "vsw-1", access(10), { spoofGuard: true });
    expect(pairOf(bound, "a", "b")).toBe("- / - / isolated / 2 / both");
  });

  it("filters only vNICs on the switches of its scope", () => {
    expect(pairOf(withGuard(together(), ["deny any"], { virtualSwitches: ["vsw-1"] }), "a", "b")).toBe("- / - / isolated / 2 / both");
    expect(pairOf(withGuard(together().vswitch("vsw-2", "standard", "h1"), ["deny any"], { virtualSwitches: ["vsw-2"] }), "a", "b")).toBe("any / - / violating / 2 / both");
  });

  it("is bypassed by passthrough vNICs", () => {
    const direct = twoTenants().uplink("u1", "vsw-1", "h1", "tor-1", accessPort(10))
      .vm("a", "h1", { eth0: { portGroup: "p10", passthrough: "pci" } }, { tenant: "ta" }).external("net", { physicalSwitch: "tor-1", vlan: 10 });
    expect(pairOf(withGuard(direct, ["deny any"]), "a", "net")).toBe("any / - / violating / 2 / both");
  });

  it("never filters management interfaces, BMCs, externals or routers", () => {
    const plain = twoTenants().external("net", { physicalSwitch: "tor-1", vlan: 30 }).put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 30 } })
      .put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p20", firewall: { enabled: false } }).put("routers", "r", { interfaces: interfaces(10, 20, 30) });
    for (const [from, to] of [["net", "vmk0"], ["net", "h1-host/bmc"], ["vmk0", "h1-host/bmc"]] as const) expect(pairOf(withGuard(plain, ["deny any"]), from, to)).toContain("any / -");
    expect(pairOf(withGuard(plain, ["deny any"]), "net", "a")).toBe("- / - / isolated / 3 / -");
  });

  it("filters what a VM forwards, at the VM's own vNICs", () => {
    const outer = twoTenants().vswitch("vsw-2", "standard", "h1").uplink("u2", "vsw-2", "h1", "tor-1", accessPort(10)).portGroup("q", "vsw-2", { mode: "untagged" })
      .vm("a", "h1", nic("q", "10.1.0.10/24"), { tenant: "ta" }).external("net", { physicalSwitch: "tor-1", vlan: 20 })
      .vm("fw", "h1", { e0: { portGroup: "p10" }, e1: { portGroup: "p20" } }, { forwarding: true, tenant: "ta" });
    expect(pairOf(outer, "a", "net")).toBe("any / - / violating / 3 / -");
    expect(pairOf(withGuard(outer, ["deny tcp vm:a > external"], { virtualSwitches: ["vsw-1"] }), "a", "net")).toBe("icmp+udp / - / violating / 3 / -");
  });

  it("needs a way back where it keeps no state", () => {
    expect(pairOf(withGuard(together(), ["allow tcp/443 vm:a > vm:b"], { stateful: false, defaultAction: "deny" }), "a", "b")).toBe("- / tcp/443 / violating / 2 / both");
    expect(pairOf(withGuard(together(), ["allow tcp/443 vm:a > vm:b", "allow tcp/1024-65535 vm:b > vm:a"], { stateful: false, defaultAction: "deny" }), "a", "b")).toBe("tcp/443 / - / violating / 2 / both");
  });

  it("meets with every other one", () => {
    const two = withGuard(together(), ["allow tcp/1-10"], { defaultAction: "deny" }).put("distributedFirewalls", "second", { rules: [rule("allow tcp/5-20")], defaultAction: "deny" });
    expect(pairOf(two, "a", "b")).toBe("tcp/5-10 / - / violating / 2 / both");
  });
});
