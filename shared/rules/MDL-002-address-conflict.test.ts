import { describe, expect, it } from "vitest";
import type { Vnic } from "../model/kinds/vm";
import { access, draw, guestTrunk, isolated, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mdl002 } from "./MDL-002-address-conflict";

const base = (): Drawing => draw().tenant("a").hypervisor("hv").vswitch("sw", "standard", "hv").portGroup("p10", "sw", access(10)).portGroup("p20", "sw", access(20));
const nic = (portGroup: string, address: string, gateway?: string): Record<string, Vnic> => ({ eth0: { portGroup, addresses: [address], ...(gateway === undefined ? {} : { gateway }) } });
const keys = (drawing: Drawing): string[] => run(mdl002, drawing.build()).map(({ key }) => key);
const router = (drawing: Drawing): Drawing => drawing.put("routers", "r", { interfaces: { a: { portGroup: "p10" }, b: { portGroup: "p20" } } });

describe("MDL-002", () => {
  it("finds nothing in a clean plan", () => {
    expect(keys(router(base()).vm("v1", "hv", nic("p10", "10.0.1.5/24", "10.0.1.1")).vm("v2", "hv", nic("p20", "10.0.2.5/24")))).toEqual([]);
  });

  it("finds an address twice in one segment, however it is written, and not in two", () => {
    const twice = base().vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("p10", "10.0.1.5/24"));
    expect(severities(mdl002, twice.build())).toEqual({ "10.0.1.5@sw.10": "medium" });
    expect(run(mdl002, twice.build())[0]?.subjects).toEqual(["v1", "v2"]);
    expect(keys(base().vm("v1", "hv", nic("p10", "fd00::5/64")).vm("v2", "hv", nic("p10", "fd00:0::0:5/64")))).toEqual(["fd00::5@sw.10"]);
    expect(keys(base().vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("p20", "10.0.1.5/24")))).toEqual([]);
  });

  it("lets routers and firewalls share a virtual address, but no VM with them", () => {
    const pair = base().put("routers", "r1", { interfaces: { a: { portGroup: "p10", addresses: ["10.0.1.1/24"] } } }).put("routers", "r2", { interfaces: { a: { portGroup: "p10", addresses: ["10.0.1.1/24"] } } });
    expect(keys(pair)).toEqual([]);
    expect(keys(pair.vm("v1", "hv", nic("p10", "10.0.1.1/24")))).toEqual(["10.0.1.1@sw.10"]);
  });

  it("lets every segment have the link-local blocks, and a router's address in them be a gateway", () => {
    expect(keys(router(base()).vm("v1", "hv", nic("p10", "fe80::5/64")).vm("v2", "hv", nic("p20", "fe80::5/64")).vm("v3", "hv", nic("p20", "169.254.1.2/16")).vm("v4", "hv", nic("p10", "169.254.1.2/16")))).toEqual([]);
    expect(keys(base().vm("v1", "hv", nic("p10", "2001:db8::5/64", "fe80::1")))).toEqual([]);
    expect(keys(base().vm("v1", "hv", nic("p10", "fe80::5/64")).vm("v2", "hv", nic("p10", "fe80::5/64")))).toEqual(["fe80::5@sw.10"]);
  });

  it("finds masks that differ in one segment", () => {
    expect(keys(base().vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("p10", "10.0.1.6/16")))).toEqual(["10.0.1.0/24+10.0.0.0/16@sw.10"]);
    expect(keys(base().vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("p10", "10.0.2.6/24")))).toEqual([]);
    expect(keys(base().vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("p10", "10.0.1.6/32")))).toEqual([]);
  });

  it("finds a gateway outside the adapter's subnets", () => {
    const drawing = base().vm("v1", "hv", nic("p10", "10.0.1.5/24", "10.0.9.1")).put("managementInterfaces", "m", { hypervisor: "hv", portGroup: "p20", addresses: ["10.0.2.5/24"], gateway: "10.0.3.1" })
      .put("routers", "r", { interfaces: { a: { portGroup: "p10", addresses: ["10.0.1.1/24"] } } });
    expect(keys(drawing)).toEqual(["m", "v1/eth0"]);
    expect(closingFixes(mdl002, drawing.build())).toEqual({ m: ["Remove the gateway of m"], "v1/eth0": ["Use the gateway 10.0.1.1", "Remove the gateway of v1/eth0"] });
  });

  it("offers an address in the subnet of the gateway that the adapter names", () => {
    const drawing = base().put("routers", "r", { interfaces: { a: { portGroup: "p10", addresses: ["10.0.1.1/24"] } } }).vm("v1", "hv", nic("p10", "10.7.0.5/24", "10.0.1.1"));
    expect(closingFixes(mdl002, drawing.build())).toEqual({ "v1/eth0": ["Give v1/eth0 an address in 10.0.1.0/24"] });
  });

  it("finds an adapter outside the subnets of its segment's gateways", () => {
    const routed = (address: string): Drawing => base().vm("v1", "hv", nic("p10", address)).put("routers", "r", { interfaces: { a: { portGroup: "p10", addresses: ["10.0.1.1/24"] } } });
    expect(keys(routed("10.0.7.5/24"))).toEqual(["v1/eth0"]);
    expect(keys(routed("10.0.1.5/24"))).toEqual([]);
    expect(keys(routed("fd00::5/64"))).toEqual([]);
    expect(closingFixes(mdl002, routed("10.0.7.5/24").build())).toEqual({ "v1/eth0": ["Give v1/eth0 an address in 10.0.1.0/24"] });
  });

  it("finds subnets of different tenants in one segment", () => {
    const two = (b: string, portGroup = "p10"): Drawing => base().tenant("b").vm("a1", "hv", nic("p10", "10.0.1.5/24"), { tenant: "a" }).vm("b1", "hv", nic(portGroup, b), { tenant: "b" });
    expect(keys(two("10.0.2.5/24"))).toEqual(["subnets@sw.10"]);
    expect(keys(two("10.0.1.6/24"))).toEqual([]);
    expect(keys(two("10.0.2.5/24", "p20"))).toEqual([]);
    expect(closingFixes(mdl002, two("10.0.2.5/24").build())["subnets@sw.10"]).toContain("Move b into a VLAN of its own");
  });

  it("finds a subnet on two segments only where something routes between them", () => {
    const apart = base().vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("p20", "10.0.1.6/24"));
    expect(keys(apart)).toEqual([]);
    expect(keys(router(apart))).toEqual(["10.0.1.0/24@sw.10+sw.20"]);
    expect(keys(router(base().vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("p20", "10.0.0.6/16"))))).toEqual(["10.0.1.0/24@sw.10+sw.20"]);
  });

  it("takes the sides of a transparent firewall for one place", () => {
    const drawing = base().vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("p20", "10.0.1.6/24"))
      .put("firewalls", "tfw", { mode: "transparent", interfaces: { a: { portGroup: "p10" }, b: { portGroup: "p20" } } });
    expect(keys(drawing)).toEqual([]);
    expect(keys(drawing.vm("v3", "hv", nic("p20", "10.0.1.5/24")))).toEqual(["10.0.1.5@sw.10"]);
  });

  it("leaves private VLANs and guest trunks alone", () => {
    const drawing = router(base()).portGroup("iso", "sw", isolated(20, 201)).portGroup("all", "sw", guestTrunk("10,20"))
      .vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("iso", "10.0.1.6/24")).vm("v3", "hv", nic("all", "10.0.1.7/24"));
    expect(keys(drawing)).toEqual([]);
  });

  it("offers fixes that close it", () => {
    expect(closingFixes(mdl002, base().vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("p10", "10.0.1.5/24")).build()))
      .toEqual({ "10.0.1.5@sw.10": ["Give all but v1/eth0 an address of their own"] });
    expect(closingFixes(mdl002, base().vm("v1", "hv", nic("p10", "10.0.1.5/24")).vm("v2", "hv", nic("p10", "10.0.1.6/24")).vm("v3", "hv", nic("p10", "10.0.1.7/16")).build()))
      .toEqual({ "10.0.1.0/24+10.0.0.0/16@sw.10": ["Use /24 on v3/eth0"] });
  });
});
