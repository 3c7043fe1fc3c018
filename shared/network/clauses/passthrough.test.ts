/** Semantics, sections 1 and 3: passthrough and SR-IOV go around the virtual switch's policy and every distributed firewall. */
import { describe, expect, it } from "vitest";
import type { Vnic } from "../../model/kinds/vm";
import { nic, rule, router } from "../fixtures/two-tenants";
import { access, accessPort, trunkPort, type Drawing } from "../testing";
import { cabled, framesOf, oneSwitch, pairsOf } from "./asking";

const direct = (drawing: Drawing, passthrough: "sriov" | "pci", more: Vnic = {}): Drawing =>
  drawing.portGroup("p", "s1", access(10)).vm("a", "h1", { eth0: { portGroup: "p", passthrough, ...more } }, { tenant: "ta" });

describe.each(["sriov", "pci"] as const)("a vNIC with %s", (kind) => {
  it("is in every VLAN of the uplink's physical trunk, whatever its port group says", () => {
    expect(framesOf(direct(cabled(), kind), "a")).toEqual({ x1: "both", x10: "both", x20: "both" });
  });

  it("is in the VLAN of the uplink's physical access port", () => {
    expect(framesOf(direct(cabled("standard", {}, accessPort(20)), kind), "a")).toEqual({ x20: "both" });
  });

  it("reaches nobody where its switch has no uplink on its hypervisor", () => {
    const island = direct(oneSwitch(), kind).vm("b", "h1", "p", { tenant: "tb" });
    expect([framesOf(island, "a"), framesOf(island, "b")]).toEqual([{}, {}]);
  });

  it("is not filtered by a distributed firewall, its peer is", () => {
    const guarded = direct(cabled("standard", {}, trunkPort("10")), kind).vm("b", "h1", "p", { tenant: "tb" }).put("distributedFirewalls", "dfw", { rules: [rule("deny any")] });
    expect(pairsOf(guarded, "a")).toEqual({ b: "2 both - - isolated", x10: "2 both any - violating" });
  });

  it("is not bound by spoofGuard nor by isolated ports", () => {
    const bound = direct(cabled("linux-bridge", { vlanAware: true }, trunkPort("10")), kind, { addresses: ["10.1.0.10/24"] }).portGroup("p", "s1", access(10), { spoofGuard: true, isolatedPorts: true })
      .vm("n", "h1", nic("p", "10.1.0.11/24"), { tenant: "ta" }).vm("b", "h1", nic("q", "10.2.0.10/24"), { tenant: "tb" }).portGroup("q", "s1", access(20))
      .uplink("u1", "s1", "h1", "tor", trunkPort("10,20"))
      .put("firewalls", "f", { ...router([rule("allow tcp/443 vm:n > vm:b")]), interfaces: { v10: { physicalSwitch: "tor", vlan: 10 }, v30: { portGroup: "q" } }, hypervisor: "h1" });
    expect(framesOf(bound, "a")["n"]).toBe("both");
  });
});

it("a guest on a passthrough trunk forwards between its VLANs", () => {
  const network = direct(cabled("standard", {}, trunkPort("10,20")), "sriov");
  expect(pairsOf(network, "x10")["x20"]).toBe("3 - any - violating");
  expect(pairsOf(network, "x10", "configured")["x20"]).toBeUndefined();
});

it("an absent passthrough or none is an ordinary vNIC", () => {
  const plain = cabled().portGroup("p", "s1", access(10)).vm("a", "h1", { eth0: { portGroup: "p", passthrough: "none" } }, { tenant: "ta" });
  expect(framesOf(plain, "a")).toEqual({ x10: "both" });
});

it("an uplink whose allowed list is absent makes the pairs of a passthrough vNIC unknown", () => {
  const unsaid = direct(oneSwitch().uplink("u1", "s1", "h1", "tor", trunkPort()), "sriov").station("x", "tor", 10);
  expect(pairsOf(unsaid, "a")).toEqual({ x: "2 - - - unknown $.uplinks.u1.port.allowed" });
});
