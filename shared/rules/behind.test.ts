import { expect, it } from "vitest";
import { compileLayer2 } from "../network/layer2";
import { access, draw, trunkPort } from "../network/testing";
import { partiesBehind } from "./behind";

const topology = draw().hypervisor("hv").vswitch("sw", "standard", "hv").physicalSwitch("tor").uplink("up", "sw", "hv", "tor", trunkPort("10,20,30,40"))
  .portGroup("p10", "sw", access(10)).portGroup("p20", "sw", access(20)).portGroup("p30", "sw", access(30)).portGroup("p40", "sw", access(40))
  .vm("v10", "hv", "p10").vm("v20", "hv", "p20").vm("v30", "hv", "p30").vm("v40", "hv", "p40").vm("edge", "hv", { a: { portGroup: "p30" }, b: { portGroup: "p40" } }, { forwarding: true })
  .put("firewalls", "fw", { interfaces: { a: { portGroup: "p10" }, b: { portGroup: "p20" } } })
  .put("routers", "r", { interfaces: { x: { portGroup: "p20" }, y: { portGroup: "p30" } } }).external("net", { physicalSwitch: "tor", vlan: 10 }).build();
const behind = (local?: string): string[] => [...partiesBehind(compileLayer2(topology), "fw", local)].sort();

it("follows routers and forwarding VMs, and never comes back through the forwarder itself", () => {
  expect(behind("a")).toEqual(["net", "v10"]);
  expect(behind("b")).toEqual(["edge", "v20", "v30", "v40"]);
  expect(behind()).toEqual(["edge", "net", "v10", "v20", "v30", "v40"]);
  expect(behind("none")).toEqual([]);
});
