import { describe, expect, it } from "vitest";
import { access, draw, trunkPort, type Drawing } from "../network/testing";
import { closingFixes, run, severities } from "./fixtures/run-rule";
import { mgt009 } from "./MGT-009-bmc-network";

const drawing = (vlan: number): Drawing =>
  draw().tenant("a").hypervisor("hv", "esxi", { bmc: { physicalSwitch: "tor", vlan, addresses: ["10.0.99.1/24"] } }).physicalSwitch("tor")
    .vswitch("sw", "standard", "hv").portGroup("guests", "sw", access(100)).portGroup("management", "sw", access(10)).uplink("up", "sw", "hv", "tor", trunkPort("10,20,100"))
    .put("managementInterfaces", "vmk0", { hypervisor: "hv", portGroup: "management", services: ["management"] }).vm("a1", "hv", "guests", { tenant: "a", nics: { eth0: { portGroup: "guests", addresses: ["10.0.100.1/24"] } } });
const gateway = (action: "allow" | "deny"): Drawing => drawing(99).put("routers", "gw", {
  interfaces: { a: { physicalSwitch: "tor", vlan: 99, addresses: ["10.0.99.254/24"] }, b: { physicalSwitch: "tor", vlan: 100, addresses: ["10.0.100.254/24"] } }, defaultAction: action,
});

describe("MGT-009", () => {
  it("fires beside workloads", () => {
    expect(severities(mgt009, drawing(100).build())).toEqual({ "hv-host/bmc": "high" });
  });

  it("does not fire in the management network, in one of its own, or where no BMC is drawn", () => {
    expect(run(mgt009, drawing(10).build())).toEqual([]);
    expect(run(mgt009, drawing(99).build())).toEqual([]);
    expect(run(mgt009, drawing(100).put("hosts", "hv-host", {}).build())).toEqual([]);
  });

  it("fires beside users and beside storage, not beside administrators and jump hosts", () => {
    expect(severities(mgt009, drawing(99).external("users", { physicalSwitch: "tor", vlan: 99 }, "corporate").build())).toEqual({ "hv-host/bmc": "high" });
    expect(severities(mgt009, drawing(20).portGroup("storage", "sw", access(20)).put("managementInterfaces", "vmk1", { hypervisor: "hv", portGroup: "storage", services: ["storage"] }).build())).toEqual({ "hv-host/bmc": "high" });
    const administrators = drawing(10).external("admins", { physicalSwitch: "tor", vlan: 10 }, "admin").vm("jump", "hv", "management", { role: "jump-host" });
    expect(run(mgt009, administrators.build())).toEqual([]);
  });

  it("fires where a VM gets there through a router beyond the policy", () => {
    expect(run(mgt009, gateway("allow").build())[0]?.detail).toBe("a1 reaches the BMC of hv-host, which the policy does not allow.");
    expect(run(mgt009, gateway("deny").build())).toEqual([]);
    expect(run(mgt009, { ...gateway("allow").build(), policy: { allow: [{ id: "oob", from: ["vm:a1"], to: ["bmc"], services: ["any"] }] } })).toEqual([]);
  });

  it("closes in a VLAN of its own, or with a deny", () => {
    expect(closingFixes(mgt009, drawing(100).build())).toEqual({ "hv-host/bmc": ["Move the BMC of hv-host into an out-of-band VLAN"] });
    expect(closingFixes(mgt009, gateway("allow").build())["hv-host/bmc"]?.length).toBeGreaterThan(1);
  });
});
