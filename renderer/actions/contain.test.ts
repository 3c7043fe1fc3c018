import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { moveInto } from "./contain";

const topology: Topology = {
  format: FORMAT,
  name: "t",
  hosts: { h1: { name: "srv1", nics: { vmnic0: {} } }, h2: { name: "srv2" } },
  physicalSwitches: { tor: { name: "tor" } },
  hypervisors: { esx1: { name: "esx1", host: "h1", platform: "esxi" }, esx2: { name: "esx2", host: "h2", platform: "esxi" } },
  managementInterfaces: { vmk0: { name: "vmk0", hypervisor: "esx1", portGroup: "prod1" } },
  virtualSwitches: {
    vsw1: { name: "vSwitch0", kind: "standard", hypervisors: ["esx1"] },
    vsw2: { name: "vSwitch0", kind: "standard", hypervisors: ["esx2"] },
    lone: { name: "vSwitch1", kind: "standard", hypervisors: ["esx1"] },
  },
  uplinks: { up: { virtualSwitch: "lone", hypervisor: "esx1", hostNic: "vmnic0", physicalSwitch: "tor" } },
  portGroups: {
    prod1: { name: "Production", virtualSwitch: "vsw1", vlan: { mode: "access", id: 100 } },
    prod2: { name: "Production", virtualSwitch: "vsw2", vlan: { mode: "access", id: 100 } },
    dmz1: { name: "DMZ", virtualSwitch: "lone" },
  },
  vms: { web: { name: "web", hypervisor: "esx1", nics: { eth0: { portGroup: "prod1" }, eth1: { portGroup: "dmz1" } } }, db: { name: "db", hypervisor: "esx1", nics: { eth0: { portGroup: "dmz1" } } } },
  firewalls: { fw: { name: "fw", interfaces: { if0: { physicalSwitch: "tor", vlan: 20 } } } },
  layout: { web: { x: 8, y: 40 } },
};

function moved(id: string, target: string | undefined): { topology: Topology; note: string | undefined; label: string } {
  const outcome = moveInto(topology, id, target);
  if (!outcome.ok) throw new Error(outcome.reason);
  return { topology: applyEdits(topology, outcome.change.edits), note: outcome.note, label: outcome.change.label };
}
function refused(id: string, target: string | undefined): string {
  const outcome = moveInto(topology, id, target);
  return outcome.ok ? "(moved)" : outcome.reason;
}

describe("moveInto", () => {
  it("takes a VM to another hypervisor, finds its port groups there by name, and unplugs the rest", () => {
    const { topology: after, note, label } = moved("web", "esx2");
    expect(after.vms?.["web"]).toEqual({ name: "web", hypervisor: "esx2", nics: { eth0: { portGroup: "prod2" }, eth1: {} } });
    expect(note).toBe("esx2 has no such port group: eth1 is unplugged");
    expect(label).toBe("move web to esx2");
    expect(after.layout).toBeUndefined();
  });

  it("takes a host for its hypervisor, and a port group for the hypervisor and the cable", () => {
    expect(moved("db", "h2").topology.vms?.["db"]?.hypervisor).toBe("esx2");
    const plugged = moved("db", "prod2").topology.vms?.["db"];
    expect(plugged).toEqual({ name: "db", hypervisor: "esx2", nics: { eth0: { portGroup: "prod2" } } });
  });

  it("never leaves a management interface without a port group", () => {
    expect(moved("vmk0", "esx2").topology.managementInterfaces?.["vmk0"]?.portGroup).toBe("prod2");
    expect(refused("prod1", "vsw2")).toBe("vmk0 of esx1 is plugged into it, and that switch is elsewhere");
    expect(refused("vsw1", "esx2")).toBe("vmk0 of esx1 is plugged into it");
  });

  it("moves a port group or a switch and unplugs what runs elsewhere", () => {
    const group = moved("dmz1", "vsw2");
    expect(group.topology.portGroups?.["dmz1"]?.virtualSwitch).toBe("vsw2");
    expect(group.topology.vms?.["db"]?.nics).toEqual({ eth0: {} });
    expect(group.note).toBe("Unplugged, because they run elsewhere: db and web");
    const vswitch = moved("lone", "esx2").topology;
    expect(vswitch.uplinks?.["up"]).toEqual({ virtualSwitch: "lone", hypervisor: "esx2", physicalSwitch: "tor" });
  });

  it("moves a hypervisor with its uplinks, which let go of NICs that the new host lacks", () => {
    expect(moved("esx1", "h2").topology.uplinks?.["up"]).toEqual({ virtualSwitch: "lone", hypervisor: "esx1", physicalSwitch: "tor" });
  });

  it("makes an appliance virtual and physical again", () => {
    expect(moved("fw", "esx1").topology.firewalls?.["fw"]?.hypervisor).toBe("esx1");
    expect(moved("fw", undefined).topology.firewalls?.["fw"]?.hypervisor).toBeUndefined();
  });

  it("says why a drop means nothing", () => {
    expect(refused("web", undefined)).toBe("web runs on a hypervisor: drop it on one");
    expect(refused("dmz1", "esx2")).toBe("A port group belongs to a virtual switch: drop it on one");
    expect(refused("tor", "h1")).toBe("A physical switch stands by itself");
  });
});
