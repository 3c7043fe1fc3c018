/** Semantics, section 1: who can be an end; and which rows the matrix has. */
import { describe, expect, it } from "vitest";
import { interfaces, networkOf, nic, twoTenants } from "../fixtures/two-tenants";
import { matrixOf } from "../network";
import { access, type Drawing } from "../testing";
import { framesOf, pairsOf } from "./asking";

const everything = (): Drawing => twoTenants().put("managementInterfaces", "vmk0", { hypervisor: "h1", portGroup: "p10", firewall: { enabled: false } })
  .put("hosts", "h1-host", { bmc: { physicalSwitch: "tor-1", vlan: 10 } }).external("net", { physicalSwitch: "tor-1", vlan: 10 })
  .put("routers", "r", { interfaces: interfaces(10) }).vm("gold", "h1", nic("p10"), { role: "template" }).vm("bare", "h1", {}, { tenant: "ta" });

describe("ends", () => {
  it("are vNICs, management interfaces, BMCs, externals and interfaces of routers", () => {
    expect(networkOf(everything()).layer2.ends.map(({ id }) => id)).toEqual(["a/eth0", "b/eth0", "h1-host/bmc", "net", "r/v10", "vmk0"]);
  });

  it("are no disconnected vNICs, and no vNICs of templates", () => {
    expect(framesOf(everything().vm("b", "h1", { eth0: { portGroup: "p10", connected: false } }, { tenant: "tb" }), "a")["b"]).toBeUndefined();
    expect(framesOf(everything(), "a")["gold"]).toBeUndefined();
  });

  it("of all kinds reach one another in one segment", () => {
    expect(framesOf(everything(), "a")).toEqual({ "h1-host/bmc": "both", net: "both", vmk0: "both" });
    expect(framesOf(everything(), "net")).toEqual({ a: "both", "h1-host/bmc": "both", vmk0: "both" });
  });

  it("an external network in a port group is an end there", () => {
    expect(pairsOf(twoTenants().external("net", { portGroup: "p10" }), "a")).toEqual({ net: "2 both any - violating" });
  });
});

describe("rows of the matrix", () => {
  it("by VM are every VM but templates, management interfaces, BMCs as host/bmc, and external networks, sorted", () => {
    expect(matrixOf(networkOf(everything()), "vm").rows).toEqual(["a", "b", "bare", "h1-host/bmc", "net", "vmk0"]);
  });

  it("by tenant and by port group are all of them, with pairs or without", () => {
    expect(matrixOf(networkOf(everything().tenant("alone")), "tenant").rows).toEqual(["alone", "ta", "tb"]);
    expect(matrixOf(networkOf(everything().portGroup("empty", "vsw-1", access(99))), "portgroup").rows).toEqual(["empty", "p10", "p20", "p30"]);
  });
});
