import { expect, it } from "vitest";
import { access, draw } from "../network/testing";
import { adaptersOf, isMonitor, isSensitive, occupantsOf, portGroupsOf, residentsOf, tenantsAmong } from "./residents";

const topology = draw().tenant("b").put("tenants", "a", { sensitive: true }).hypervisor("hv").vswitch("sw", "standard", "hv", { mirrors: { m: { sources: ["any"], destination: "vm:ids" } } })
  .portGroup("pg", "sw", access(10)).vm("a1", "hv", { e0: { portGroup: "pg" }, e1: { portGroup: "pg" }, e2: { portGroup: "pg", connected: false }, e3: { portGroup: "pg", passthrough: "pci" } }, { tenant: "a" })
  .vm("ids", "hv", "pg").vm("gold", "hv", "pg", { role: "template", tenant: "b" }).put("managementInterfaces", "m", { hypervisor: "hv", portGroup: "pg" }).build();

it("counts running VMs and connected virtual vNICs", () => {
  expect(residentsOf(topology, "hv").map(({ id }) => id)).toEqual(["a1", "ids"]);
  expect(occupantsOf(topology, "pg").map(({ end }) => end)).toEqual(["a1/e0", "a1/e1", "ids/eth0"]);
  expect(tenantsAmong(residentsOf(topology, "hv"))).toEqual(["a"]);
  expect([portGroupsOf(topology, "sw"), adaptersOf(topology, "pg")]).toEqual([["pg"], ["m"]]);
  expect([residentsOf(topology, "constructor"), occupantsOf(topology, "none")]).toEqual([[], []]);
});

it("knows monitors and what is sensitive", () => {
  expect([isMonitor(topology, "ids"), isMonitor(topology, "a1")]).toEqual([true, false]);
  expect(["a1", "ids"].map((id) => isSensitive(topology, topology.vms?.[id] ?? { name: "", hypervisor: "" }))).toEqual([true, false]);
});
