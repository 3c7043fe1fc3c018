import { describe, expect, it } from "vitest";
import type { Assume } from "../analysis/result";
import { listServices, parseServices } from "../model/services";
import type { Topology } from "../model/topology";
import { compileNetwork, matrixOf } from "./network";
import { access, draw, trunkPort } from "./testing";

const TODAY = "2026-11-23";

function network(topology: Topology, assume: Assume = "hostile") {
  return compileNetwork(topology, { assume, today: TODAY });
}

/** "services / oneWay / verdict / layer / frames" of a pair. */
function pairOf(topology: Topology, from: string, to: string, assume: Assume = "hostile"): string {
  const { services, oneWay, verdict, layer, frames } = network(topology, assume).pair(from, to);
  return [listServices(services).join("+"), listServices(oneWay).join("+"), verdict, layer, frames ?? "-"].join(" / ");
}

const base = () => draw().tenant("ta").tenant("tb").hypervisor("h1").physicalSwitch("tor-1").vswitch("vsw-1", "standard", "h1")
  .uplink("u1", "vsw-1", "h1", "tor-1", trunkPort("10,20,30"))
  .portGroup("p10", "vsw-1", access(10)).portGroup("p20", "vsw-1", access(20))
  .vm("a", "h1", { eth0: { portGroup: "p10", addresses: ["10.1.0.10/24"] } }, { tenant: "ta" })
  .vm("b", "h1", { eth0: { portGroup: "p20", addresses: ["10.2.0.10/24"] } }, { tenant: "tb" });

describe("two tenants", () => {
  it("in one segment reach one another on every service", () => {
    const shared = base().vm("b", "h1", { eth0: { portGroup: "p10", addresses: ["10.2.0.10/24"] } }, { tenant: "tb" }).build();
    expect(pairOf(shared, "a", "b")).toBe("any /  / violating / 2 / both");
    expect(matrixOf(network(shared), "tenant").pairs).toEqual([
      { from: "ta", to: "tb", layer: 2, frames: "both", services: ["any"], oneWay: [], verdict: "violating" },
      { from: "tb", to: "ta", layer: 2, frames: "both", services: ["any"], oneWay: [], verdict: "violating" },
    ]);
  });

  it("in two segments that nothing joins are isolated and not listed", () => {
    expect(pairOf(base().build(), "a", "b")).toBe(" /  / isolated / 3 / -");
    expect(network(base().build()).pairs).toEqual([]);
  });

  it("are joined by a router without rules", () => {
    const routed = base().put("routers", "gw-1", {
      interfaces: { a: { physicalSwitch: "tor-1", vlan: 10, addresses: ["10.1.0.1/24"] }, b: { physicalSwitch: "tor-1", vlan: 20, addresses: ["10.2.0.1/24"] } },
    }).build();
    expect(pairOf(routed, "a", "b")).toBe("any /  / violating / 3 / -");
    const { paths } = network(routed).trace(["a"], ["b"], parseServices(["tcp/22"]));
    expect(paths.map((path) => path.filter(({ kind }) => kind === "router").map(({ at, does }) => `${at} ${does}`))).toContainEqual(["gw-1 routes"]);
  });
});
