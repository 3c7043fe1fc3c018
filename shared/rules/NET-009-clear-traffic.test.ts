import { describe, expect, it } from "vitest";
import { PLATFORMS, type Platform } from "../model/kinds/hypervisor";
import type { ManagementInterface } from "../model/kinds/management-interface";
import { access, draw, overlay, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { net009 } from "./NET-009-clear-traffic";

type Services = NonNullable<ManagementInterface["services"]>;

const beside = (services: Services, more: Partial<ManagementInterface> = {}, platform: Platform = "esxi", vlan = 10): Drawing =>
  draw().tenant("a").tenant("b").hypervisor("hv", platform).vswitch("sw", "distributed", "hv").portGroup("infra", "sw", access(10)).portGroup("guests", "sw", access(vlan)).physicalSwitch("tor")
    .uplink("up", "sw", "hv", "tor", trunkPort("10,20")).put("managementInterfaces", "vmk1", { hypervisor: "hv", portGroup: "infra", services, ...more }).vm("a1", "hv", "guests", { tenant: "a" });
const router = (drawing: Drawing): Drawing => drawing.put("routers", "gw", { interfaces: { a: { physicalSwitch: "tor", vlan: 10, addresses: ["10.0.0.1/24"] } } });

describe("NET-009", () => {
  it("where nothing is said takes migration for clear on ESXi, and storage everywhere", () => {
    expect(PLATFORMS.filter((platform) => run(net009, beside(["migration"], {}, platform).build()).length > 0)).toEqual(["esxi"]);
    expect(PLATFORMS.filter((platform) => run(net009, beside(["storage"], {}, platform).build()).length > 0)).toEqual([...PLATFORMS]);
    expect(run(net009, beside(["migration"]).build())[0]?.detail).toContain("$.managementInterfaces.vmk1.encrypted is not set and off is assumed: vSphere's default for vMotion and Fault Tolerance is opportunistic");
  });

  it.each(PLATFORMS)("on %s follows what is set", (platform) => {
    expect(severities(net009, beside(["migration"], { encrypted: false }, platform).build())).toEqual({ vmk1: "high" });
    expect(run(net009, beside(["storage"], { encrypted: true }, platform).build())).toEqual([]);
    expect(run(net009, beside(["management"], { encrypted: false }, platform).build())).toEqual([]);
  });

  it("hears what the VMs say of migration and of their disks", () => {
    const says = (migration: "required" | "opportunistic", platform: Platform = "esxi") => beside(["migration"], {}, platform).vm("a1", "hv", "guests", { tenant: "a", encryption: { migration } }).build();
    expect(run(net009, says("required"))).toEqual([]);
    expect(run(net009, says("opportunistic", "kvm"))[0]?.detail).toContain("$.vms.a1.encryption.migration is opportunistic");
    const disk = (encryptedInTransit: boolean) => beside(["storage"]).put("datastores", "ds", { storageNetwork: "vmk1" }).vm("a1", "hv", "guests", { tenant: "a", disks: [{ datastore: "ds", encryptedInTransit }] }).build();
    expect(run(net009, disk(true))).toEqual([]);
    expect(severities(net009, disk(false))).toEqual({ vmk1: "high" });
  });

  it("holds a VM that asks for less against an interface that says it encrypts, and mends the VM", () => {
    const says = (migration: "required" | "disabled", service: "migration" | "storage" = "migration") => beside([service], { encrypted: true }).vm("a1", "hv", "guests", { tenant: "a", encryption: { migration } }).build();
    expect(severities(net009, says("disabled"))).toEqual({ vmk1: "high" });
    expect(run(net009, says("disabled"))[0]?.fixes?.()[0]?.edits).toContainEqual({ op: "replace", path: "/vms/a1/encryption/migration", value: "required" });
    expect(Object.keys(closingFixes(net009, says("disabled")))).toEqual(["vmk1"]);
    expect(run(net009, says("required"))).toEqual([]);
    expect(run(net009, says("disabled", "storage"))).toEqual([]);
  });

  it("is medium over a shared uplink that is routed, and silent in a segment of its own", () => {
    expect(run(net009, beside(["storage"], {}, "esxi", 20).build())).toEqual([]);
    expect(severities(net009, router(beside(["storage"], {}, "esxi", 20)).build())).toEqual({ vmk1: "medium" });
    expect(run(net009, router(beside(["storage"], {}, "esxi", 20)).portGroup("infra", "sw", access(10), { encryption: "macsec" }).build())).toEqual([]);
  });

  const tunnels = (encryption?: "none" | "overlay-ipsec"): Drawing => draw().tenant("a").tenant("b").hypervisor("h1").hypervisor("h2").vswitch("vds", "distributed", ["h1", "h2"])
    .portGroup("pa", "vds", overlay(5001), encryption === undefined ? {} : { encryption }).portGroup("pb", "vds", overlay(5002), encryption === undefined ? {} : { encryption })
    .vm("a1", "h1", "pa", { tenant: "a" }).vm("b1", "h2", "pb", { tenant: "b" });

  it("reports overlays of several tenants that are not encrypted, once for the switch", () => {
    expect(severities(net009, tunnels().build())).toEqual({ vds: "medium" });
    expect(run(net009, tunnels().build())[0]?.detail).toContain("$.portGroups.pa.encryption and $.portGroups.pb.encryption not set, and none is assumed");
    expect(run(net009, tunnels("overlay-ipsec").build())).toEqual([]);
    const beside = tunnels().vm("b1", "h2", "pa", { tenant: "a" }).physicalSwitch("tor").uplink("u1", "vds", "h1", "tor", trunkPort("20")).portGroup("pv", "vds", access(20)).vm("b2", "h1", "pv", { tenant: "b" });
    expect(severities(net009, beside.build())).toEqual({ vds: "medium" });
    expect(run(net009, beside.vm("b2", "h1", "pv", { tenant: "a" }).build())).toEqual([]);
    expect(run(net009, tunnels().vm("b1", "h1", "pb", { tenant: "b" }).build())).toEqual([]);
  });

  it("reports sensitive traffic that says it is in clear beside another tenant", () => {
    const group = (encryption: "none" | "macsec" | undefined, vlan: number) => draw().tenant("a").tenant("b").hypervisor("hv").vswitch("sw", "standard", "hv").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10,20"))
      .portGroup("pa", "sw", access(10), encryption === undefined ? {} : { encryption }).portGroup("pb", "sw", access(vlan)).vm("a1", "hv", "pa", { tenant: "a", sensitive: true }).vm("b1", "hv", "pb", { tenant: "b" }).build();
    expect(severities(net009, group("none", 10))).toEqual({ pa: "high" });
    expect(severities(net009, group("none", 20))).toEqual({ pa: "medium" });
    expect(run(net009, group("macsec", 10))).toEqual([]);
    expect(run(net009, group(undefined, 10))).toEqual([]);
    expect(closingFixes(net009, group("none", 20))).toEqual({ pa: ["Encrypt pa with MACsec"] });
  });

  it("closes with encryption", () => {
    expect(closingFixes(net009, beside(["migration"]).build())).toEqual({ vmk1: ["Encrypt what vmk1 of hv carries"] });
    expect(closingFixes(net009, tunnels().build())).toEqual({ vds: ["Encrypt the tunnels of vds with IPsec"] });
  });
});
