import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { canReplug, replug, type CableEnd } from "./replug";

const topology: Topology = {
  format: FORMAT, name: "t",
  hosts: { h: { name: "h", bmc: { physicalSwitch: "tor", vlan: 10 } } },
  physicalSwitches: { tor: { name: "tor" }, tor2: { name: "tor2" }, core: { name: "core" } },
  trunks: { t1: { a: { switch: "tor", port: { mode: "access", vlan: 5 } }, b: { switch: "core" } } },
  hypervisors: { e1: { name: "e1", host: "h", platform: "esxi" }, e2: { name: "e2", host: "h", platform: "esxi" } },
  virtualSwitches: { s1: { name: "s1", kind: "standard", hypervisors: ["e1"] }, s2: { name: "s2", kind: "standard", hypervisors: ["e2"] } },
  uplinks: { up: { virtualSwitch: "s1", hypervisor: "e1", physicalSwitch: "tor", port: { mode: "access", vlan: 7 } } },
  portGroups: { a: { name: "A", virtualSwitch: "s1" }, b: { name: "B", virtualSwitch: "s1" }, far: { name: "Far", virtualSwitch: "s2" } },
  vms: { web: { name: "web", hypervisor: "e1", nics: { eth0: { portGroup: "a", addresses: ["10.0.0.1/24"] } } } },
  firewalls: { fw: { name: "fw", interfaces: { out: { physicalSwitch: "tor", vlan: 20, addresses: ["10.2.0.1/24"] } } } },
};

function plugged(cable: string, end: CableEnd, target: string): Topology {
  const outcome = replug(topology, cable, end, target);
  if (!outcome.ok) throw new Error(outcome.reason);
  return applyEdits(topology, outcome.change.edits);
}
function refused(cable: string, end: CableEnd, target: string): string {
  const outcome = replug(topology, cable, end, target);
  return outcome.ok ? "(plugged)" : outcome.reason;
}

describe("replug", () => {
  it("moves a vNIC with its address to another port group that its VM can reach", () => {
    expect(plugged("web/eth0", "far", "b").vms?.["web"]?.nics?.["eth0"]).toEqual({ portGroup: "b", addresses: ["10.0.0.1/24"] });
    expect(refused("web/eth0", "far", "far")).toBe("s2 is not on e1");
    expect(refused("web/eth0", "far", "tor")).toBe("A vNIC is plugged into a port group");
  });

  it("keeps the port settings of uplinks and trunks", () => {
    expect(plugged("up", "far", "tor2").uplinks?.["up"]).toMatchObject({ physicalSwitch: "tor2", port: { mode: "access", vlan: 7 } });
    expect(plugged("t1", "near", "tor2").trunks?.["t1"]).toEqual({ a: { switch: "tor2", port: { mode: "access", vlan: 5 } }, b: { switch: "core" } });
    expect(refused("t1", "far", "tor")).toBe("A cable needs two ends");
  });

  it("takes an interface from a physical switch into a port group, without its VLAN", () => {
    expect(plugged("fw/out", "far", "a").firewalls?.["fw"]?.interfaces).toEqual({ out: { portGroup: "a", addresses: ["10.2.0.1/24"] } });
    expect(plugged("fw/out", "far", "core").firewalls?.["fw"]?.interfaces?.["out"]).toMatchObject({ physicalSwitch: "core", vlan: 20 });
  });

  it("moves a BMC and says which ends stay", () => {
    expect(plugged("h/bmc>tor", "far", "core").hosts?.["h"]?.bmc).toEqual({ physicalSwitch: "core", vlan: 10 });
    expect(canReplug(topology, "a>s1", "far")).toBe(false);
    expect(canReplug(topology, "web/eth0", "near")).toBe(false);
    expect(canReplug(topology, "t1", "near")).toBe(true);
  });
});
