import { describe, expect, it } from "vitest";
import { applyEdits } from "../../shared/model/edit";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { connect } from "./connect";

const topology: Topology = {
  format: FORMAT,
  name: "t",
  hosts: { h1: { name: "srv1", nics: { vmnic0: {} } }, h2: { name: "srv2" } },
  physicalSwitches: { tor: { name: "tor" }, tor2: { name: "tor2" } },
  hypervisors: { esx1: { name: "esx1", host: "h1", platform: "esxi" }, esx2: { name: "esx2", host: "h2", platform: "esxi" } },
  managementInterfaces: { vmk0: { name: "vmk0", hypervisor: "esx1", portGroup: "mgmt" } },
  virtualSwitches: {
    vsw: { name: "vSwitch0", kind: "standard", hypervisors: ["esx1"] },
    vds: { name: "vDS", kind: "distributed", hypervisors: ["esx1", "esx2"] },
    empty: { name: "vSwitch9", kind: "standard", hypervisors: ["esx2"] },
  },
  portGroups: {
    prod: { name: "Production", virtualSwitch: "vsw", vlan: { mode: "access", id: 20 } },
    mgmt: { name: "Management", virtualSwitch: "vsw" },
    wide: { name: "Wide", virtualSwitch: "vds" },
  },
  vms: { web: { name: "web", hypervisor: "esx1" }, far: { name: "far", hypervisor: "esx2", nics: { eth0: {} } } },
  firewalls: { fw: { name: "fw" } },
  externalNetworks: { net: { name: "Internet" } },
  datastores: { ds: { name: "san" } },
  distributedFirewalls: { dfw: { name: "DFW" } },
  tenants: { a: { name: "Tenant A" } },
};

function joined(from: string, to: string, base: Topology = topology): Topology {
  const outcome = connect(base, from, to);
  if (!outcome.ok) throw new Error(outcome.reason);
  return applyEdits(base, outcome.change.edits);
}
function refused(from: string, to: string): string {
  const outcome = connect(topology, from, to);
  return outcome.ok ? "(connected)" : outcome.reason;
}

describe("connect", () => {
  it("adds a vNIC, from either end, and uses a loose one first", () => {
    expect(joined("web", "prod").vms?.["web"]?.nics).toEqual({ eth0: { portGroup: "prod" } });
    expect(joined("prod", "web")).toEqual(joined("web", "prod"));
    expect(joined("far", "wide").vms?.["far"]?.nics).toEqual({ eth0: { portGroup: "wide" } });
    expect(joined("web", "mgmt", joined("web", "prod")).vms?.["web"]?.nics?.["eth1"]).toEqual({ portGroup: "mgmt" });
  });

  it("refuses a port group of a switch that the VM's hypervisor does not have", () => {
    expect(refused("far", "prod")).toBe("vSwitch0 is not on esx2");
  });

  it("takes a switch for its only port group, and asks where there are more or none", () => {
    expect(joined("web", "vds").vms?.["web"]?.nics).toEqual({ eth0: { portGroup: "wide" } });
    expect(refused("web", "vsw")).toBe("vSwitch0 has 2 port groups: drop the cable on one of them");
    expect(refused("far", "empty")).toBe("vSwitch9 has no port group yet: add one first");
  });

  it("adds an uplink on a free host NIC, one per hypervisor of a distributed switch", () => {
    const one = joined("vsw", "tor");
    expect(one.uplinks).toEqual({ "esx1-vmnic0": { virtualSwitch: "vsw", hypervisor: "esx1", hostNic: "vmnic0", physicalSwitch: "tor", port: { mode: "trunk", allowed: "all", native: 1 } } });
    const both = joined("tor", "vds", one);
    expect(Object.keys(both.uplinks ?? {})).toEqual(["esx1-vmnic0", "esx1-vmnic1", "esx2-vmnic0"]);
    expect(Object.keys(both.hosts?.["h1"]?.nics ?? {})).toEqual(["vmnic0", "vmnic1"]);
  });

  it("adds a trunk between physical switches, and the BMC's cable from a host", () => {
    expect(Object.keys(joined("tor", "tor2").trunks ?? {})).toEqual(["tor-tor2"]);
    expect(joined("h1", "tor").hosts?.["h1"]?.bmc).toEqual({ physicalSwitch: "tor", vlan: 10 });
  });

  it("lets a firewall and an external network meet in one VLAN that nothing else uses", () => {
    const first = joined("fw", "tor");
    expect(first.firewalls?.["fw"]?.interfaces).toEqual({ if0: { physicalSwitch: "tor", vlan: 30 } });
    expect(joined("net", "tor", first).externalNetworks?.["net"]?.attachedTo).toEqual({ physicalSwitch: "tor", vlan: 30 });
  });

  it("attaches datastores, distributed firewalls, disks and tenants", () => {
    expect(joined("ds", "esx1").datastores?.["ds"]?.hypervisors).toEqual(["esx1"]);
    expect(joined("dfw", "vsw").distributedFirewalls?.["dfw"]?.virtualSwitches).toEqual(["vsw"]);
    expect(joined("web", "ds").vms?.["web"]?.disks).toEqual([{ datastore: "ds" }]);
    expect(joined("a", "web").vms?.["web"]?.tenant).toBe("a");
  });

  it("says why not", () => {
    expect(refused("web", "far")).toBe("Two VMs meet in a port group, not on a cable: plug both into the same one");
    expect(refused("physical", "web")).toBe("Drop the cable on a thing");
    expect(refused("web", "web")).toBe("A cable needs two ends");
    expect(refused("tor", "prod")).toBe("Pull the cable from the virtual switch: it is the switch that has an uplink");
    expect(refused("dfw", "net")).toBe("No cable joins a distributed firewall and an external network");
  });
});
